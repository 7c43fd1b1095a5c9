//! One bad event never loses the shipment, one bad shipment never loses the batch.

use bytes::Bytes;
use tracking_core::kit::{RawList, numbered_elements, raw_at_path, raw_elements};
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, Recovered, recover};

use crate::Tracking;
use crate::empty::is_empty_json;
use crate::error::{NAME, failure_in};
use crate::version::refuse_later_version;

/// A tracking as far as it could be read.
pub(crate) struct ReadTracking {
    pub(crate) tracking: Tracking,
    pub(crate) raw: RawTracking,
    pub(crate) problems: Vec<Problem>,
}

/// The JSON of one tracking.
#[derive(Debug)]
pub(crate) struct RawTracking {
    pub(crate) whole: RawJson,
    /// Events of the way from the sender, in the order of the response.
    pub(crate) origin: RawList,
    /// Events in the country of destination, in the order of the response.
    pub(crate) destination: RawList,
}

impl RawTracking {
    pub(crate) fn new(whole: RawJson) -> Self {
        let origin = RawList::new(whole.clone(), |tracking| {
            raw_elements(tracking, &["origin_info", "trackinfo"]).unwrap_or_default()
        });
        let destination = RawList::new(whole.clone(), |tracking| {
            raw_elements(tracking, &["destination_info", "trackinfo"]).unwrap_or_default()
        });
        Self {
            whole,
            origin,
            destination,
        }
    }
}

/// Reads all trackings of a body, each as far as possible.
pub(crate) fn read_trackings(body: &Bytes) -> Result<Vec<ReadTracking>, Error> {
    if let Some(failure) = failure_in(body) {
        let code = failure.code.unwrap_or_default();
        let message = format!("the response reports the code {code} and holds no trackings");
        return Err(named(Error::new(failure.kind, message)));
    }
    let place = std::str::from_utf8(body).ok().and_then(cut);
    let read: Vec<ReadTracking> = match place {
        Some(Cut::Nothing) => Vec::new(),
        // Other operations respond with an object as well.
        Some(Cut::Single(tracking)) if raw_at_path(tracking, &["tracking_number"]).is_some() => {
            vec![read_tracking(raw(body, tracking), "data")]
        }
        Some(Cut::Items(items)) => {
            let read = |(index, tracking)| {
                read_tracking(raw(body, tracking), &format!("data.items[{index}]"))
            };
            items.into_iter().map(read).collect()
        }
        Some(Cut::Single(_)) | None => {
            refuse_later_version(body).map_err(named)?;
            let message = "neither a tracking nor a list of them is here";
            return Err(named(Error::decode("data", message)));
        }
    };
    if !read.iter().all(|read| is_of_version_two(&read.tracking)) {
        refuse_later_version(body).map_err(named)?;
    }
    Ok(read)
}

/// Returns true if a tracking names its carrier or its status as version 2 does, and every tracking of
/// version 2 should. Of one that does not the body says whether it is of a later version.
pub(crate) fn is_of_version_two(tracking: &Tracking) -> bool {
    tracking.carrier_code.is_some() || tracking.status.is_some()
}

fn named(error: Error) -> Error {
    error.with_provider(NAME)
}

/// Pairs trackings that were read as a whole with their JSON.
pub(crate) fn with_raws(trackings: Vec<Tracking>, body: &Bytes) -> Vec<ReadTracking> {
    let raws = raw_trackings(body);
    let pair = |(index, tracking)| ReadTracking {
        tracking,
        raw: RawTracking::new(raws.element(index)),
        problems: Vec::new(),
    };
    trackings.into_iter().enumerate().map(pair).collect()
}

/// Reads one tracking as far as possible.
pub(crate) fn read_tracking(raw: RawTracking, path: &str) -> ReadTracking {
    let read = recover::<Tracking>(raw.whole.get(), path);
    let raw = if read.problems.is_empty() {
        raw
    } else {
        RawTracking {
            origin: kept(&raw, "origin_info", &read),
            destination: kept(&raw, "destination_info", &read),
            ..raw
        }
    };
    ReadTracking {
        tracking: read.value,
        raw,
        problems: read.problems,
    }
}

/// Events and their JSON are matched by position.
fn kept(raw: &RawTracking, info: &str, read: &Recovered<Tracking>) -> RawList {
    let kept = read.kept_elements(raw.whole.get(), &[info, "trackinfo"]);
    let kept: Vec<RawJson> = kept.into_iter().map(RawJson::from_string).collect();
    kept.into()
}

fn raw(body: &Bytes, tracking: &str) -> RawTracking {
    RawTracking::new(RawJson::from_slice(body, tracking))
}

/// The trackings of a response that was read as a whole, which are cut out when they are asked for.
pub(crate) fn raw_trackings(body: &Bytes) -> RawList {
    RawList::new(RawJson::from_response(body), |body| {
        cut(body).map(Cut::trackings).unwrap_or_default()
    })
}

/// Where the trackings are in a response.
pub(crate) enum Cut<'a> {
    /// A list of them, each with its place in the response, which counts nulls: a page of all
    /// trackings, or what a carrier answered now.
    Items(Vec<(usize, &'a str)>),
    /// A single one.
    Single(&'a str),
    /// The PHP back end's empty object.
    Nothing,
}

impl<'a> Cut<'a> {
    fn trackings(self) -> Vec<&'a str> {
        match self {
            Self::Items(items) => items.into_iter().map(|(_, item)| item).collect(),
            Self::Single(tracking) => vec![tracking],
            Self::Nothing => Vec::new(),
        }
    }
}

/// Cuts a response into its trackings; nothing when they are not where they belong.
pub(crate) fn cut(body: &str) -> Option<Cut<'_>> {
    let data = raw_at_path(body, &["data"])?;
    if is_empty_json(data) {
        return Some(Cut::Nothing);
    }
    match raw_at_path(data, &["items"]) {
        Some(items) if is_empty_json(items) => Some(Cut::Nothing),
        Some(items) => numbered_elements(items, &[]).map(Cut::Items),
        None => data.starts_with('{').then_some(Cut::Single(data)),
    }
}
