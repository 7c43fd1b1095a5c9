//! The provider's own JSON of each tracking and event, cut out of the answer without copying it.

use bytes::Bytes;
use tracking_core::RawJson;
use tracking_core::kit::{RawList, numbered_elements, raw_at_path, raw_elements};

/// The JSON of one tracking.
#[derive(Debug)]
pub(crate) struct RawTracking {
    pub(crate) whole: RawJson,
    /// Events of the way from the sender, in the order of the answer.
    pub(crate) origin: RawList,
    /// Events in the country of destination, in the order of the answer.
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

/// The trackings of an answer that was read as a whole, which are cut out when they are asked for.
pub(crate) fn raw_trackings(body: &Bytes) -> RawList {
    RawList::new(RawJson::from_answer(body), |body| {
        cut(body).map(Cut::trackings).unwrap_or_default()
    })
}

/// Where the trackings stand in an answer.
pub(crate) enum Cut<'a> {
    /// A list of them, each with its place in the answer, which counts nulls: a page of all
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

/// Cuts an answer into its trackings; nothing when they are not where they belong.
pub(crate) fn cut(body: &str) -> Option<Cut<'_>> {
    let data = raw_at_path(body, &["data"])?;
    if is_nothing(data) {
        return Some(Cut::Nothing);
    }
    match raw_at_path(data, &["items"]) {
        Some(items) if is_nothing(items) => Some(Cut::Nothing),
        Some(items) => numbered_elements(items, &[]).map(Cut::Items),
        None => data.starts_with('{').then_some(Cut::Single(data)),
    }
}

/// The spellings of "nothing" of a PHP back end.
pub(crate) fn is_nothing(json: &str) -> bool {
    // Anything longer holds something, or more blanks than a machine writes.
    json.len() <= 4 && {
        let bare: String = json.split_ascii_whitespace().collect();
        matches!(bare.as_str(), "null" | "[]" | "{}" | "\"\"")
    }
}
