//! Trackings and orders of a response as far as they fit; one that does not fit costs no other.

use bytes::Bytes;
use tracking_core::kit::{RawList, numbered_elements};
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, Response, decode, recover};

use crate::error::unfit_body;
use crate::hydra::{Collection as _, MEMBER_KEYS, holds_list, is_tracking, missing_list};
use crate::{Iri, Order, OrderCollection, Tracking, TrackingCollection};

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
    let single = read_one(RawJson::from_response(body), "");
    if is_tracking(&single.tracking) {
        return Ok(single);
    }
    Err(Error::decode("", "the response is no tracking"))
}

fn with_raws(list: TrackingCollection, body: &Bytes) -> ReadPage {
    let next = list.next();
    let raws = RawList::new(RawJson::from_response(body), |body| {
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

/// The elements of a list as they are in a response, each with its JSON path there.
fn members_of(body: &str) -> Option<Vec<(String, &str)>> {
    MEMBER_KEYS.iter().find_map(|key| {
        let elements = numbered_elements(body, &[key])?.into_iter();
        let placed = elements.map(|(index, element)| (format!("{key}[{index}]"), element));
        Some(placed.collect())
    })
}

/// An order as far as it could be read.
#[derive(Debug)]
pub(crate) struct ReadOrder {
    pub(crate) order: Order,
    pub(crate) problems: Vec<Problem>,
}

/// One page of orders.
#[derive(Debug)]
pub(crate) struct ReadOrders {
    pub(crate) orders: Vec<ReadOrder>,
    pub(crate) next: Option<Iri>,
    /// Why the page could not be read as a whole.
    pub(crate) unfit: Option<Error>,
}

/// Reads a page of orders: as a whole where that works, else part by part.
///
/// # Errors
///
/// That of the response, when there is no list in it.
pub(crate) fn read_orders(
    response: Result<Response<OrderCollection>, Error>,
) -> Result<ReadOrders, Error> {
    let mut page = match response {
        Ok(list) => whole(list.into_inner()),
        Err(error) => match part_by_part(&error) {
            Some((orders, next)) => ReadOrders {
                orders,
                next,
                unfit: Some(error),
            },
            None => return Err(error),
        },
    };
    // One release of the framework links to a next page even past the end.
    page.next.take_if(|_| page.orders.is_empty());
    Ok(page)
}

fn whole(list: OrderCollection) -> ReadOrders {
    let next = list.next();
    let orders = list.into_members().into_iter().map(|order| ReadOrder {
        order,
        problems: Vec::new(),
    });
    ReadOrders {
        orders: orders.collect(),
        next,
        unfit: None,
    }
}

fn part_by_part(error: &Error) -> Option<(Vec<ReadOrder>, Option<Iri>)> {
    let text = std::str::from_utf8(unfit_body(error)?).ok()?;
    let orders = members_of(text)?.into_iter().map(|(place, member)| {
        let read = recover::<Order>(member, &place);
        ReadOrder {
            order: read.value,
            problems: read.problems,
        }
    });
    let next = recover::<OrderCollection>(text, "").value.next();
    Some((orders.collect(), next))
}
