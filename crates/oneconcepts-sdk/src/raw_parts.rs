//! Trackings of an answer together with their JSON; one that cannot be read never loses the others.

use bytes::Bytes;
use tracking_core::kit::{RawList, numbered_elements};
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, decode, recover};

use crate::answer_kind::is_tracking;
use crate::collection::{Collection as _, MEMBER_KEYS, holds_list, missing_list};
use crate::{Iri, Tracking, TrackingCollection};

/// A tracking as far as it could be read.
#[derive(Debug, Default)]
pub(crate) struct ReadTracking {
    pub(crate) tracking: Tracking,
    pub(crate) raw: RawJson,
    pub(crate) problems: Vec<Problem>,
}

/// One page of trackings.
#[derive(Debug)]
pub(crate) struct ReadPage {
    pub(crate) trackings: Vec<ReadTracking>,
    pub(crate) next: Option<Iri>,
}

/// Reads a page of trackings: as a whole where that works, else part by part.
pub(crate) fn read_list(body: &Bytes) -> Result<ReadPage, Error> {
    match decode::<TrackingCollection>(body) {
        Ok(list) if !list.members.is_empty() || holds_list(body) => Ok(with_raws(list, body)),
        Ok(_) => Err(missing_list()),
        Err(error) => read_part_by_part(body).ok_or(error),
    }
}

/// Reads a single tracking, as far as it can be read.
pub(crate) fn read_single(body: &Bytes) -> Result<ReadTracking, Error> {
    let single = read_one(RawJson::from_answer(body), "");
    if is_tracking(&single.tracking) {
        return Ok(single);
    }
    Err(Error::decode("", "the answer is no tracking"))
}

fn with_raws(list: TrackingCollection, body: &Bytes) -> ReadPage {
    let next = list.next();
    let raws = RawList::new(RawJson::from_answer(body), |body| {
        let members = members_of(body).unwrap_or_default().into_iter();
        members.map(|(_, member)| member).collect()
    });
    let members = list.into_members().into_iter().enumerate();
    let pair = |(index, tracking)| ReadTracking {
        tracking,
        raw: raws.element(index),
        problems: Vec::new(),
    };
    ReadPage {
        trackings: members.map(pair).collect(),
        next,
    }
}

fn read_part_by_part(body: &Bytes) -> Option<ReadPage> {
    let text = std::str::from_utf8(body).ok()?;
    let members = members_of(text)?.into_iter();
    let read =
        |(place, member): (String, &str)| read_one(RawJson::from_slice(body, member), &place);
    Some(ReadPage {
        trackings: members.map(read).collect(),
        next: recover::<TrackingCollection>(text, "").value.next(),
    })
}

fn read_one(raw: RawJson, place: &str) -> ReadTracking {
    let read = recover::<Tracking>(raw.get(), place);
    ReadTracking {
        tracking: read.value,
        raw,
        problems: read.problems,
    }
}

/// The elements of a list as they stand in an answer, each with its JSON path there.
pub(crate) fn members_of(body: &str) -> Option<Vec<(String, &str)>> {
    MEMBER_KEYS.iter().find_map(|key| {
        let elements = numbered_elements(body, &[key])?.into_iter();
        let placed = elements.map(|(index, element)| (format!("{key}[{index}]"), element));
        Some(placed.collect())
    })
}
