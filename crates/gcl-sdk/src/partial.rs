//! One bad checkpoint never loses the parcel. The provider's own JSON of each part stays beside it.

use bytes::Bytes;
use tracking_core::kit::{RawList, has_path, non_blank, numbered_elements, raw_elements};
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, recover};

use crate::{CheckPoint, TrackingResponse};

/// The only list of a tracking.
const CHECKPOINTS: &str = "checkpoints";

/// A tracking as far as it could be read.
pub(crate) struct ReadTracking {
    pub(crate) tracking: TrackingResponse,
    pub(crate) raw: RawTracking,
    pub(crate) problems: Vec<Problem>,
}

/// The JSON of a tracking, cut out of the response without copying it.
pub(crate) struct RawTracking {
    pub(crate) whole: RawJson,
    /// In the order of the response.
    pub(crate) checkpoints: RawList,
}

impl RawTracking {
    fn new(body: &Bytes) -> Self {
        let whole = RawJson::from_response(body);
        let checkpoints = RawList::new(whole.clone(), |tracking| {
            raw_elements(tracking, &[CHECKPOINTS]).unwrap_or_default()
        });
        Self { whole, checkpoints }
    }
}

impl ReadTracking {
    /// Pairs a tracking that was read as a whole with its JSON.
    pub(crate) fn whole(tracking: TrackingResponse, body: &Bytes) -> Self {
        Self {
            tracking,
            raw: RawTracking::new(body),
            problems: Vec::new(),
        }
    }

    /// Reads a response as far as possible.
    ///
    /// # Errors
    ///
    /// Kind `Decode` when the body is no object or says nothing of a parcel.
    pub(crate) fn of_response(body: &Bytes) -> Result<Self, Error> {
        match tracking_http::decode(body) {
            Ok(tracking) => {
                check_is_tracking(&tracking, body)?;
                Ok(Self::whole(tracking, body))
            }
            Err(error) => {
                let read = Self::part_by_part(body);
                read.filter(|read| is_tracking(&read.tracking)).ok_or(error)
            }
        }
    }

    /// Reads any object with keys of a tracking as far as possible; nothing when the body is none.
    pub(crate) fn of_object(body: &Bytes) -> Option<Self> {
        match tracking_http::decode(body) {
            Ok(tracking) if is_object(body) => Some(Self::whole(tracking, body)),
            _ => Self::part_by_part(body),
        }
    }

    /// Reads each checkpoint on its own: its state counts, whatever became of its other fields.
    fn part_by_part(body: &Bytes) -> Option<Self> {
        let text = std::str::from_utf8(body).ok().filter(|_| is_object(body))?;
        let read = recover::<TrackingResponse>(text, "");
        let mut tracking = read.value;
        let mut problems = read.problems;
        let mut raws = Vec::new();
        if let Some(list) = numbered_elements(text, &[CHECKPOINTS]) {
            tracking.checkpoints.clear();
            problems.retain(|problem| !problem.path.starts_with(CHECKPOINTS));
            for (index, element) in list {
                let place = format!("{CHECKPOINTS}[{index}]");
                let read = recover::<CheckPoint>(element, &place);
                if read.problems.iter().all(|problem| problem.path != place) {
                    tracking.checkpoints.push(read.value);
                    raws.push(RawJson::from_slice(body, element));
                }
                problems.extend(read.problems);
            }
        }
        Some(Self {
            tracking,
            raw: RawTracking {
                whole: RawJson::from_response(body),
                checkpoints: raws.into(),
            },
            problems,
        })
    }

    /// Returns true if there is a checkpoint that could not be read at all.
    pub(crate) fn lacks_checkpoints(&self) -> bool {
        let in_list = |problem: &Problem| {
            let place = problem.path.strip_prefix(CHECKPOINTS);
            place.is_some_and(|place| !place.contains('.'))
        };
        self.problems.iter().any(in_list)
    }
}

/// Refuses an object that says nothing of a parcel, which would read like a parcel without news.
///
/// Every single field may be missing, since a lenient reader takes that for an incomplete record.
pub(crate) fn check_is_tracking(tracking: &TrackingResponse, body: &[u8]) -> Result<(), Error> {
    // Null is an empty list, as everywhere.
    if (is_tracking(tracking) && is_object(body)) || has_path(body, &[CHECKPOINTS]) {
        return Ok(());
    }
    Err(missing(
        "shortUid",
        "neither this key nor `checkpoints` nor another one of a tracking is there",
    ))
}

/// Returns true if this has a value that only a tracking has. The number is not enough: errors repeat it.
fn is_tracking(tracking: &TrackingResponse) -> bool {
    let strings = [
        &tracking.short_uid,
        &tracking.tracking_url,
        &tracking.shipment_method_uid,
        &tracking.shipment_method_name,
        &tracking.carrier_uid,
        &tracking.carrier_name,
        &tracking.weight_in_grams,
    ];
    let is_filled = |text: &Option<String>| non_blank(text.as_ref()).is_some();
    !tracking.checkpoints.is_empty() || strings.into_iter().any(is_filled)
}

/// Returns true if a body is an object: the reader of types takes an array for one too, by position.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'{')
}

/// A response with a success status that does not hold what it is for.
pub(crate) fn missing(path: &str, what: &str) -> Error {
    Error::decode(
        path,
        format!("the response has a success status, but {what}"),
    )
}
