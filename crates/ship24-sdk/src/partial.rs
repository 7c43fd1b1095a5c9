//! Reads trackings as far as possible: one bad field never loses the event, one bad tracking never loses
//! the response.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::has_path;
use tracking_core::{Completeness, Problem, RawJson};
use tracking_http::Error;
use tracking_http::json::partial::{Partial, PartialList};
use tracking_http::json::without_bom;

use crate::{
    Event, Tracker, TrackerListResponse, TrackerResponse, Tracking, TrackingResultsResponse,
};

/// Where the events are in a tracking.
const EVENTS: &[&str] = &["events"];

/// Where the trackings are in a response.
const TRACKINGS: &[&str] = &["data", "trackings"];

/// Pairs trackings that were read as a whole with their JSON.
pub(crate) fn whole_trackings(trackings: Vec<Tracking>, body: &Bytes) -> PartialList<Tracking> {
    let response = Partial::whole(trackings, RawJson::from_response(body), "");
    response.into_list(TRACKINGS, mem::take)
}

/// Reads all trackings of a body, each as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is not JSON or holds no list of trackings.
pub(crate) fn read_trackings(body: &Bytes) -> Result<PartialList<Tracking>, Error> {
    let response = Partial::<TrackingResultsResponse>::from_body(body)?;
    let is_list = |problem: &&Problem| matches!(&*problem.path, "data" | "data.trackings");
    if let Some(problem) = response.problems.iter().find(is_list) {
        return Err(Error::decode(&*problem.path, &*problem.message));
    }
    let trackings = response.into_list(TRACKINGS, |response| {
        let data = response.data.as_mut();
        data.map(|data| mem::take(&mut data.trackings))
            .unwrap_or_default()
    });
    // Null means an empty list, as everywhere.
    if trackings.elements.is_empty() && !has_path(without_bom(body), TRACKINGS) {
        let message = "this key is missing or null";
        return Err(Error::decode("data.trackings", message));
    }
    Ok(trackings)
}

/// Where the trackers are in a response.
pub(crate) const TRACKERS: &[&str] = &["data", "trackers"];

/// Pairs trackers that were read as a whole with their JSON.
pub(crate) fn whole_trackers(trackers: Vec<Tracker>, body: &Bytes) -> PartialList<Tracker> {
    let response = Partial::whole(trackers, RawJson::from_response(body), "");
    response.into_list(TRACKERS, mem::take)
}

/// Reads all trackers of a page, each as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is not JSON.
pub(crate) fn read_trackers(body: &Bytes) -> Result<PartialList<Tracker>, Error> {
    let response = Partial::<TrackerListResponse>::from_body(body)?;
    Ok(response.into_list(TRACKERS, |response| {
        let data = response.data.as_mut();
        data.map(|data| mem::take(&mut data.trackers))
            .unwrap_or_default()
    }))
}

/// Reads the tracker of a create as far as possible; none without an id, which makes it one.
pub(crate) fn read_created(body: &Bytes) -> Option<Tracker> {
    let response = Partial::<TrackerResponse>::from_body(body).ok()?;
    let tracker = response.value.data?.tracker?;
    tracker.tracker_id.is_some().then_some(tracker)
}

/// Takes the events out of a tracking, in the order of the response, and returns whether they are all; their
/// problems become those of the tracking.
pub(crate) fn take_events(tracking: &mut Partial<Tracking>) -> (Vec<Partial<Event>>, Completeness) {
    let mut events = tracking.take_list(EVENTS, |tracking| mem::take(&mut tracking.events));
    let completeness = tracking.completeness_of(EVENTS, events.len());
    for event in &mut events {
        tracking.problems.append(&mut event.problems);
    }
    (events, completeness)
}
