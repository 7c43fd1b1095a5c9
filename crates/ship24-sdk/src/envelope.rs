//! What is inside of the envelope `{errors, data}` of a response, and what is missing from it.

use tracking_core::kit::has_path;
use tracking_http::json::without_bom;
use tracking_http::{Call, Error, Response};

use crate::{Tracker, TrackerResponse, Tracking, TrackingResultsResponse};

/// Takes the tracker out of its envelope.
pub(crate) fn single_tracker(
    response: Response<TrackerResponse>,
) -> Result<Response<Tracker>, Error> {
    response.try_map(|body| {
        body.data
            .and_then(|data| data.tracker)
            .ok_or_else(|| missing("data.tracker"))
    })
}

/// Takes a tracker that was created out of its envelope. One with neither id nor number is none.
pub(crate) fn created_tracker(
    response: Response<TrackerResponse>,
) -> Result<Response<Tracker>, Error> {
    single_tracker(response)?.try_map(|tracker| {
        if tracker.tracker_id.is_some() || tracker.tracking_number.is_some() {
            Ok(tracker)
        } else {
            Err(missing("data.tracker.trackerId"))
        }
    })
}

/// Sends a call whose response is a list of trackings, and takes it out of its envelope.
pub(crate) async fn trackings(call: Call<'_>) -> Result<Response<Vec<Tracking>>, Error> {
    let response: Response<TrackingResultsResponse> = call.send().await?;
    list_in(response, "trackings", |body| Some(body.data?.trackings))
}

/// Takes a list out of its envelope. A list that is missing is not an empty one: while paging it
/// would end the list early without an error. Null means an empty list, as everywhere.
pub(crate) fn list_in<B, T>(
    response: Response<B>,
    key: &str,
    list: fn(B) -> Option<Vec<T>>,
) -> Result<Response<Vec<T>>, Error> {
    let raw = response.body().clone();
    response.try_map(|body| {
        let items = list(body).ok_or_else(|| missing("data"))?;
        if items.is_empty() && !has_path(without_bom(&raw), &["data", key]) {
            return Err(missing(&format!("data.{key}")));
        }
        Ok(items)
    })
}

pub(crate) fn missing(path: &str) -> Error {
    Error::decode(
        path,
        "the response has a success status but this key is missing or null",
    )
}
