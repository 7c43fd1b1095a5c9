//! One bad event never loses the shipment, one bad shipment never loses the batch.

use bytes::Bytes;
use tracking_core::kit::{RawList, has_path, numbered_elements, raw_elements};
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, Recovered, recover};

use crate::{Tracking, TrackingResultsResponse};

/// Where the trackings are in a response.
pub(crate) const TRACKINGS: [&str; 2] = ["data", "trackings"];

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
    /// In the order of the response.
    pub(crate) events: RawList,
}

impl RawTracking {
    pub(crate) fn new(whole: RawJson) -> Self {
        let events = RawList::new(whole.clone(), |tracking| {
            raw_elements(tracking, &["events"]).unwrap_or_default()
        });
        Self { whole, events }
    }
}

/// Reads all trackings of a body: as a whole where that works, else part by part.
pub(crate) fn read_trackings(body: &Bytes) -> Result<Vec<ReadTracking>, Error> {
    match tracking_http::decode::<TrackingResultsResponse>(body) {
        Ok(response) => match response.data {
            Some(data) if !data.trackings.is_empty() || has_path(body, &TRACKINGS) => {
                Ok(with_raws(data.trackings, body))
            }
            _ => Err(Error::decode(
                "data.trackings",
                "this key is missing or null",
            )),
        },
        Err(error) => {
            let raws = cut(body).ok_or(error)?;
            let read = |(index, raw)| read_tracking(raw, &format!("data.trackings[{index}]"));
            Ok(raws.into_iter().map(read).collect())
        }
    }
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
        without_dropped_events(raw, &read)
    };
    ReadTracking {
        tracking: read.value,
        raw,
        problems: read.problems,
    }
}

/// Events and their JSON are matched by position.
fn without_dropped_events(raw: RawTracking, read: &Recovered<Tracking>) -> RawTracking {
    let kept = read.kept_elements(raw.whole.get(), &["events"]);
    let kept: Vec<RawJson> = kept.into_iter().map(RawJson::from_string).collect();
    RawTracking {
        events: kept.into(),
        ..raw
    }
}

/// The trackings of a response that was read as a whole, which are cut out when they are asked for.
pub(crate) fn raw_trackings(body: &Bytes) -> RawList {
    RawList::new(RawJson::from_response(body), |body| {
        raw_elements(body, &TRACKINGS).unwrap_or_default()
    })
}

/// Cuts a response into its trackings, each with its position there, or gives `None` when it does not
/// hold a list of them.
pub(crate) fn cut(body: &Bytes) -> Option<Vec<(usize, RawTracking)>> {
    let trackings = numbered_elements(std::str::from_utf8(body).ok()?, &TRACKINGS)?;
    let cut = |(index, tracking)| {
        let raw = RawJson::from_slice(body, tracking);
        (index, RawTracking::new(raw))
    };
    Some(trackings.into_iter().map(cut).collect())
}
