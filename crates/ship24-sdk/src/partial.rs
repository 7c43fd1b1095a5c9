//! Reads trackings as far as possible: one bad field never loses the event, one bad tracking never loses
//! the response.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::has_path;
use tracking_core::{Problem, RawJson};
use tracking_http::Error;
use tracking_http::json::partial::Partial;
use tracking_http::json::without_bom;

use crate::{Event, Tracking, TrackingResultsResponse};

/// Where the trackings are in a response.
const TRACKINGS: &[&str] = &["data", "trackings"];

/// The trackings of a response, and what is in their place without being one.
pub(crate) struct ReadTrackings {
    pub(crate) trackings: Vec<Partial<Tracking>>,
    pub(crate) problems: Vec<Problem>,
}

impl ReadTrackings {
    /// Pairs trackings that were read as a whole with their JSON.
    pub(crate) fn whole(trackings: Vec<Tracking>, body: &Bytes) -> Self {
        let raw = RawJson::from_response(&body.slice_ref(without_bom(body)));
        let mut list = Partial::whole(trackings, raw, "");
        let trackings = list.take_list(TRACKINGS, mem::take);
        Self {
            trackings,
            problems: list.problems,
        }
    }

    /// The trackings, of which the first has the problems that belong to none of them.
    ///
    /// # Errors
    ///
    /// Kind `Decode` when there is no tracking because nothing could be read.
    pub(crate) fn into_trackings(self) -> Result<Vec<Partial<Tracking>>, Error> {
        let Self {
            mut trackings,
            problems,
        } = self;
        match trackings.first_mut() {
            Some(first) => first.problems.extend(problems),
            None => {
                // What is wrong beside the list leaves an empty list an empty one.
                let is_element = |problem: &Problem| problem.path.starts_with("data.trackings[");
                if let Some(problem) = problems.into_iter().find(is_element) {
                    return Err(Error::decode(problem.path, problem.message));
                }
            }
        }
        Ok(trackings)
    }
}

/// Reads all trackings of a body, each as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is not JSON or holds no list of trackings.
pub(crate) fn read_trackings(body: &Bytes) -> Result<ReadTrackings, Error> {
    let mut response = Partial::<TrackingResultsResponse>::from_body(body)?;
    let is_list = |problem: &&Problem| matches!(&*problem.path, "data" | "data.trackings");
    if let Some(problem) = response.problems.iter().find(is_list) {
        return Err(Error::decode(&*problem.path, &*problem.message));
    }
    let trackings = response.take_list(TRACKINGS, |response| {
        let data = response.data.as_mut();
        data.map(|data| mem::take(&mut data.trackings))
            .unwrap_or_default()
    });
    // Null means an empty list, as everywhere.
    if trackings.is_empty() && !has_path(without_bom(body), TRACKINGS) {
        let message = "this key is missing or null";
        return Err(Error::decode("data.trackings", message));
    }
    Ok(ReadTrackings {
        trackings,
        problems: response.problems,
    })
}

/// Takes the events out of a tracking, in the order of the response; their problems become those of the
/// tracking.
pub(crate) fn take_events(tracking: &mut Partial<Tracking>) -> Vec<Partial<Event>> {
    let mut events = tracking.take_list(&["events"], |tracking| mem::take(&mut tracking.events));
    for event in &mut events {
        tracking.problems.append(&mut event.problems);
    }
    events
}
