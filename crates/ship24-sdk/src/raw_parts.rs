//! The provider's own JSON of each tracking and event, cut out of the answer without copying it.

use bytes::Bytes;
use tracking_core::RawJson;
use tracking_core::kit::{RawList, numbered_elements, raw_elements};

/// Where the trackings stand in an answer.
pub(crate) const TRACKINGS: [&str; 2] = ["data", "trackings"];

/// The JSON of one tracking.
#[derive(Debug)]
pub(crate) struct RawTracking {
    pub(crate) whole: RawJson,
    /// In the order of the answer.
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

/// The trackings of an answer that was read as a whole, which are cut out when they are asked for.
pub(crate) fn raw_trackings(body: &Bytes) -> RawList {
    RawList::new(RawJson::from_answer(body), |body| {
        raw_elements(body, &TRACKINGS).unwrap_or_default()
    })
}

/// Cuts an answer into its trackings, each with its position there, or gives `None` when it does not
/// hold a list of them.
pub(crate) fn cut(body: &Bytes) -> Option<Vec<(usize, RawTracking)>> {
    let trackings = numbered_elements(std::str::from_utf8(body).ok()?, &TRACKINGS)?;
    let cut = |(index, tracking)| {
        let raw = RawJson::from_slice(body, tracking);
        (index, RawTracking::new(raw))
    };
    Some(trackings.into_iter().map(cut).collect())
}
