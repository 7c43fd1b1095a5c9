//! Reads trackings as far as possible: one bad field never loses the event, one bad tracking never loses
//! the response.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::{count_elements, has_path, raw_at_path};
use tracking_core::{Completeness, Problem, RawJson};
use tracking_http::json::partial::{Partial, PartialList};
use tracking_http::{Error, Response};

use crate::empty::is_empty_json;
use crate::envelope::unconfirmed;
use crate::error::{NAME, code_in, failure_in};
use crate::page_end::PageEnd;
use crate::version::refuse_later_version;
use crate::{
    CarrierInfo, CreateTrackingResponse, CreatedTracking, TrackInfo, Tracking,
    TrackingListResponse, TrackingResponse,
};

/// Where the trackings are in a list.
pub(crate) const ITEMS: &[&str] = &["data", "items"];

/// The trackings of a response as far as they fit.
#[derive(Default)]
pub(crate) struct PartialTrackings {
    pub(crate) list: PartialList<Tracking>,
    /// What the response says about its place in the list of all trackings.
    pub(crate) end: PageEnd,
}

/// Pairs the trackings of a list with their JSON and their problems.
///
/// # Errors
///
/// As [`read_trackings`], of a list that was not read as a whole.
pub(crate) fn trackings_of(
    trackings: Vec<Tracking>,
    end: PageEnd,
    response: &Response<()>,
) -> Result<PartialTrackings, Error> {
    if !response.problems().is_empty() {
        return read_trackings(response.body());
    }
    let list = Partial::whole(trackings, RawJson::from_response(response.body()), "");
    Ok(PartialTrackings {
        list: list.into_list(ITEMS, mem::take),
        end,
    })
}

/// Pairs a tracking that was read as a whole with its JSON.
pub(crate) fn whole_tracking(tracking: Tracking, body: &Bytes) -> PartialTrackings {
    let response = Partial::whole(tracking, RawJson::from_response(body), "");
    single(response.into_part(&["data"], |tracking| tracking))
}

/// Reads the tracking of a create as far as possible; none without an id, which makes it one, and none
/// of a later version.
pub(crate) fn read_created(body: &Bytes) -> Option<CreatedTracking> {
    refuse_later_version(body).ok()?;
    code_in(body).filter(|code| code.is_success())?;
    let response = Partial::<CreateTrackingResponse>::from_body(body).ok()?;
    response.value.data.filter(|created| created.id.is_some())
}

fn single(tracking: Partial<Tracking>) -> PartialTrackings {
    PartialTrackings {
        list: tracking.into(),
        ..PartialTrackings::default()
    }
}

/// Reads all trackings of a body, each as far as possible: a list of them (a page of all trackings, or
/// what a carrier reported now), a single one, or a PHP back end's empty object.
///
/// # Errors
///
/// The kind of the code when the body reports one; kind `Decode` when there is neither a tracking nor a
/// list of them, and for a body of a later version.
pub(crate) fn read_trackings(body: &Bytes) -> Result<PartialTrackings, Error> {
    read(body).map_err(|error| error.with_provider(NAME))
}

fn read(body: &Bytes) -> Result<PartialTrackings, Error> {
    if let Some(failure) = failure_in(body) {
        let code = failure.code.unwrap_or_default();
        let message = format!("the response reports the code {code} and holds no trackings");
        return Err(Error::new(failure.kind, message));
    }
    // A list with something in it needs no look at what else the body may be.
    let read = match Partial::<TrackingListResponse>::from_body(body) {
        Ok(response) if has_items(&response.value) => list_of(response)?,
        _ => read_other(body)?,
    };
    if read.list.is_empty() && code_in(body).is_none() {
        return Err(unconfirmed(body));
    }
    let mut trackings = read.list.elements.iter();
    if !trackings.all(|tracking| is_of_version_two(&tracking.value)) {
        refuse_later_version(body)?;
    }
    Ok(read)
}

/// Reads a body without any item of a list.
fn read_other(body: &Bytes) -> Result<PartialTrackings, Error> {
    let whole = RawJson::from_response(body);
    let data = raw_at_path(whole.get(), &["data"]);
    match data {
        Some(data) if is_empty_json(data) => Ok(PartialTrackings::default()),
        Some(data) if has_path(data.as_bytes(), &["items"]) => list_of(Partial::from_body(body)?),
        // Other operations respond with an object as well.
        Some(data) if has_path(data.as_bytes(), &["tracking_number"]) => {
            let response = Partial::<TrackingResponse>::from_body(body)?;
            Ok(single(
                response.into_part(&["data"], |it| it.data.unwrap_or_default()),
            ))
        }
        _ => {
            refuse_later_version(body)?;
            let message = "neither a tracking nor a list of them is here";
            Err(Error::decode("data", message))
        }
    }
}

fn has_items(response: &TrackingListResponse) -> bool {
    let data = response.data.as_ref();
    data.is_some_and(|data| !data.items.is_empty())
}

fn list_of(response: Partial<TrackingListResponse>) -> Result<PartialTrackings, Error> {
    let is_list = |problem: &&Problem| matches!(&*problem.path, "data" | "data.items");
    if let Some(problem) = response.problems.iter().find(is_list) {
        return Err(Error::decode(&*problem.path, &*problem.message));
    }
    let data = response.value.data.as_ref();
    let end = data.map(|data| {
        // Those that could not be read have their place in the list too.
        let all =
            (!response.problems.is_empty()).then(|| count_elements(response.raw.get(), ITEMS));
        PageEnd::new(data, all.flatten().unwrap_or(data.items.len()))
    });
    let list = response.into_list(ITEMS, |response| {
        let data = response.data.as_mut();
        data.map(|data| mem::take(&mut data.items))
            .unwrap_or_default()
    });
    Ok(PartialTrackings {
        list,
        end: end.unwrap_or_default(),
    })
}

/// Returns true if a tracking names its carrier or its status as version 2 does, and every tracking of
/// version 2 should. Of one that does not the body says whether it is of a later version.
pub(crate) fn is_of_version_two(tracking: &Tracking) -> bool {
    tracking.carrier_code.is_some() || tracking.status.is_some()
}

/// Takes the events of the way from the sender out of a tracking, in the order of the response; their
/// problems become those of the tracking.
pub(crate) fn take_origin_events(
    tracking: &mut Partial<Tracking>,
) -> (Vec<Partial<TrackInfo>>, Completeness) {
    take_events(tracking, &["origin_info", "trackinfo"], |tracking| {
        tracking.origin_info.as_mut()
    })
}

/// Takes the events in the country of destination out of a tracking, in the same way.
pub(crate) fn take_destination_events(
    tracking: &mut Partial<Tracking>,
) -> (Vec<Partial<TrackInfo>>, Completeness) {
    take_events(tracking, &["destination_info", "trackinfo"], |tracking| {
        tracking.destination_info.as_mut()
    })
}

fn take_events(
    tracking: &mut Partial<Tracking>,
    keys: &'static [&'static str],
    info: fn(&mut Tracking) -> Option<&mut CarrierInfo>,
) -> (Vec<Partial<TrackInfo>>, Completeness) {
    // The JSON need not be read again to see that nothing is there.
    let is_absent = tracking.problems.is_empty() && info(&mut tracking.value).is_none();
    let mut events = tracking.take_list(keys, |tracking| {
        let info = info(tracking);
        info.map(|info| mem::take(&mut info.trackinfo))
            .unwrap_or_default()
    });
    let completeness = if is_absent {
        Completeness::Partial
    } else {
        tracking.completeness_of(keys, events.len())
    };
    for event in &mut events {
        tracking.problems.append(&mut event.problems);
    }
    (events, completeness)
}

/// Returns true if a tracking says anything of the country of destination, be it unreadable. Null or absent
/// means that one carrier does all of it (documented).
pub(crate) fn names_destination(tracking: &Partial<Tracking>) -> bool {
    let is_there = || {
        let part = raw_at_path(tracking.raw.get(), &["destination_info"]);
        part.is_some_and(|part| !is_empty_json(part))
    };
    tracking.value.destination_info.is_some() || !tracking.problems.is_empty() && is_there()
}
