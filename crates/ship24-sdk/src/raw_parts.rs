//! The provider's own JSON of each tracking and event, cut out of the answer without copying it.

use bytes::Bytes;
use serde_json::Value;
use tracking_core::{RawJson, RawList, raw_elements};

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
        trackings_of(body).unwrap_or_default()
    })
}

/// Cuts an answer into its trackings, or gives `None` when it does not hold a list of them.
pub(crate) fn cut(body: &Bytes) -> Option<Vec<RawTracking>> {
    let trackings = trackings_of(std::str::from_utf8(body).ok()?)?;
    let cut = |tracking| RawTracking::new(RawJson::from_slice(body, tracking));
    Some(trackings.into_iter().map(cut).collect())
}

/// Whether the key of a list is there at all, for a reading that takes a missing list for an empty
/// one. Null stands for an empty list, as everywhere.
pub(crate) fn holds_list(body: &[u8], key: &str) -> bool {
    serde_json::from_slice::<Value>(body).is_ok_and(|body| body["data"].get(key).is_some())
}

fn trackings_of(body: &str) -> Option<Vec<&str>> {
    raw_elements(body, &["data", "trackings"])
}
