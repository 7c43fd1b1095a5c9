//! One bad event never loses the shipment, one bad shipment never loses the batch.

use bytes::Bytes;
use tracking_core::kit::{RawList, raw_at_path};
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, Recovered, recover};

use crate::Tracking;
use crate::error::failure_in;
use crate::raw_parts::{Cut, RawTracking, cut, raw_trackings};

/// A tracking as far as it could be read.
pub(crate) struct ReadTracking {
    pub(crate) tracking: Tracking,
    pub(crate) raw: RawTracking,
    pub(crate) problems: Vec<Problem>,
}

/// Reads all trackings of a body, each as far as possible.
pub(crate) fn read_trackings(body: &Bytes) -> Result<Vec<ReadTracking>, Error> {
    if let Some(failure) = failure_in(body) {
        let code = failure.code.unwrap_or_default();
        let message = format!("the answer reports the code {code} and holds no trackings");
        return Err(Error::new(failure.kind, message).with_provider("trackingmore"));
    }
    let place = std::str::from_utf8(body).ok().and_then(cut);
    match place {
        Some(Cut::Nothing) => Ok(Vec::new()),
        // Other operations answer with an object as well.
        Some(Cut::Single(tracking)) if raw_at_path(tracking, &["tracking_number"]).is_some() => {
            Ok(vec![read_tracking(raw(body, tracking), "data")])
        }
        Some(Cut::Items(items)) => {
            let read = |(index, tracking)| {
                read_tracking(raw(body, tracking), &format!("data.items[{index}]"))
            };
            Ok(items.into_iter().map(read).collect())
        }
        Some(Cut::Single(_)) | None => {
            let message = "neither a tracking nor a list of them stands here";
            Err(Error::decode("data", message).with_provider("trackingmore"))
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
    let kept: Vec<RawJson> = kept.into_iter().map(RawJson::from_text).collect();
    kept.into()
}

fn raw(body: &Bytes, tracking: &str) -> RawTracking {
    RawTracking::new(RawJson::from_slice(body, tracking))
}
