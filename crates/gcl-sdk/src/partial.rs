//! One bad checkpoint never loses the parcel. The provider's own JSON of each part stays beside it.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::{has_path, non_blank};
use tracking_core::{Completeness, Problem, RawJson};
use tracking_http::Error;
use tracking_http::json::partial::Partial;
use tracking_http::json::without_bom;

use crate::{CheckPoint, TrackingResponse};

/// The only list of a tracking.
const CHECKPOINTS: &[&str] = &["checkpoints"];

/// A tracking as far as it fits.
pub(crate) struct PartialTracking {
    /// Without its checkpoints.
    pub(crate) tracking: Partial<TrackingResponse>,
    pub(crate) checkpoints: Vec<Partial<CheckPoint>>,
    /// Whether these are all checkpoints of the response.
    pub(crate) completeness: Completeness,
}

impl PartialTracking {
    fn new(mut tracking: Partial<TrackingResponse>) -> Self {
        let checkpoints = tracking.take_list(CHECKPOINTS, |it| mem::take(&mut it.checkpoints));
        Self {
            completeness: tracking.completeness_of(CHECKPOINTS, checkpoints.len()),
            tracking,
            checkpoints,
        }
    }

    /// Returns true if there is a checkpoint that could not be read at all.
    pub(crate) fn lacks_checkpoints(&self) -> bool {
        let in_list = |problem: &Problem| {
            let place = problem.path.strip_prefix(CHECKPOINTS[0]);
            place.is_some_and(|place| !place.contains('.'))
        };
        self.tracking.problems.iter().any(in_list)
    }

    /// Puts the tracking together again, and its problems with those of its checkpoints.
    pub(crate) fn into_response(self) -> (TrackingResponse, Vec<Problem>) {
        let mut tracking = self.tracking.value;
        let mut problems = self.tracking.problems;
        for checkpoint in self.checkpoints {
            tracking.checkpoints.push(checkpoint.value);
            problems.extend(checkpoint.problems);
        }
        (tracking, problems)
    }
}

/// Pairs a tracking that was decoded as a whole with its JSON.
pub(crate) fn whole_tracking(tracking: TrackingResponse, body: &Bytes) -> PartialTracking {
    PartialTracking::new(Partial::whole(tracking, RawJson::from_response(body), ""))
}

/// Reads a response as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is no object or says nothing of a parcel.
pub(crate) fn read_tracking(body: &Bytes) -> Result<PartialTracking, Error> {
    let tracking = Partial::<TrackingResponse>::from_body(body)?;
    match tracking.problems.first() {
        None => check_is_shipment(&tracking.value, body)?,
        Some(problem) if !is_tracking(&tracking.value) => {
            return Err(Error::decode(&problem.path, &problem.message));
        }
        Some(_) => {}
    }
    Ok(PartialTracking::new(tracking))
}

/// Reads any object with keys of a tracking as far as possible; `None` when the body is none.
pub(crate) fn read_object(body: &Bytes) -> Option<PartialTracking> {
    let tracking = Partial::from_body(body).ok();
    tracking
        .filter(|_| is_object(body))
        .map(PartialTracking::new)
}

/// Refuses an object that says nothing of a parcel, which would read like a parcel without news.
///
/// Every single field may be missing, since a lenient reader takes that for an incomplete record.
pub(crate) fn check_is_shipment(tracking: &TrackingResponse, body: &[u8]) -> Result<(), Error> {
    // Null is an empty list, as everywhere.
    if (is_tracking(tracking) && is_object(body)) || has_path(without_bom(body), CHECKPOINTS) {
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
    let is_non_blank = |text: &Option<String>| non_blank(text.as_ref()).is_some();
    !tracking.checkpoints.is_empty() || strings.into_iter().any(is_non_blank)
}

/// Returns true if a body is an object: the reader of types takes an array for one too, by position.
fn is_object(body: &[u8]) -> bool {
    without_bom(body).trim_ascii_start().first() == Some(&b'{')
}

/// A response with a success status that does not hold what it is for.
pub(crate) fn missing(path: &str, what: &str) -> Error {
    Error::decode(
        path,
        format!("the response has a success status, but {what}"),
    )
}
