//! One bad event never loses the shipment, one bad shipment never loses the batch.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracking_core::{Problem, RawJson};
use tracking_http::Error;

use crate::raw_parts::{RawTracking, cut, holds_list, raw_trackings};
use crate::{Event, Tracking, TrackingResultsResponse};

/// A tracking as far as it could be read.
pub(crate) struct ReadTracking {
    pub(crate) tracking: Tracking,
    pub(crate) raw: RawTracking,
    pub(crate) problems: Vec<Problem>,
}

/// Reads all trackings of a body: as a whole where that works, else part by part.
pub(crate) fn read_trackings(body: &Bytes) -> Result<Vec<ReadTracking>, Error> {
    match tracking_http::decode::<TrackingResultsResponse>(body) {
        Ok(answer) => match answer.data {
            Some(data) if !data.trackings.is_empty() || holds_list(body, "trackings") => {
                Ok(with_raws(data.trackings, body))
            }
            _ => Err(Error::decode(
                "data.trackings",
                "this key is missing or null",
            )),
        },
        Err(error) => {
            let raws = cut(body).ok_or(error)?;
            let read = |(index, raw)| read_tracking(raw, &format!("data.trackings[{index}]"));
            Ok(raws.into_iter().enumerate().map(read).collect())
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

/// Reads one tracking: as a whole where that works, else part by part.
pub(crate) fn read_tracking(raw: RawTracking, path: &str) -> ReadTracking {
    match serde_json::from_str(raw.whole.get()) {
        Ok(tracking) => ReadTracking {
            tracking,
            raw,
            problems: Vec::new(),
        },
        Err(_) => part_by_part(raw, path),
    }
}

/// Reads what can be read of one tracking; what cannot is a problem with its path and text.
fn part_by_part(raw: RawTracking, path: &str) -> ReadTracking {
    let mut problems = Vec::new();
    let mut tracking = Tracking::default();
    match serde_json::from_str::<Value>(raw.whole.get()) {
        Ok(Value::Object(mut keys)) => {
            let mut take = |key: &str| keys.remove(key).unwrap_or_default();
            tracking.metadata = part(&take("metadata"), path, "metadata", &mut problems);
            tracking.tracker = part(&take("tracker"), path, "tracker", &mut problems);
            tracking.shipment = part(&take("shipment"), path, "shipment", &mut problems);
            tracking.statistics = part(&take("statistics"), path, "statistics", &mut problems);
            // Events are read one by one below, which takes a list.
            let events = take("events");
            if !events.is_array() && !events.is_null() {
                let raw = RawJson::from_text(events.to_string());
                let problem = Problem::new(format!("{path}.events"), "is not a list");
                problems.push(problem.with_raw(raw));
            }
        }
        _ => problems.push(Problem::new(path, "is not an object").with_raw(raw.whole.clone())),
    }
    let RawTracking { whole, events } = raw;
    let mut kept = Vec::with_capacity(events.elements().len());
    for (index, raw) in events.elements().iter().enumerate() {
        match tracking_http::decode::<Event>(raw.get().as_bytes()) {
            Ok(event) => {
                tracking.events.push(event);
                kept.push(raw.clone());
            }
            Err(error) => {
                let path = format!("{path}.events[{index}]");
                problems.push(problem(&path, &error, raw.clone()));
            }
        }
    }
    ReadTracking {
        tracking,
        raw: RawTracking {
            whole,
            events: kept.into(),
        },
        problems,
    }
}

fn part<T: DeserializeOwned>(
    value: &Value,
    path: &str,
    key: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    if value.is_null() {
        return None;
    }
    let raw = RawJson::from_text(value.to_string());
    match tracking_http::decode(raw.get().as_bytes()) {
        Ok(part) => Some(part),
        Err(error) => {
            problems.push(problem(&format!("{path}.{key}"), &error, raw));
            None
        }
    }
}

/// Names the place and what was expected there. What was found may be personal data, so it stands
/// in the raw text only.
pub(crate) fn problem(path: &str, error: &Error, raw: RawJson) -> Problem {
    let path = match error.path() {
        Some(inside) if inside.starts_with('[') => format!("{path}{inside}"),
        Some(inside) => format!("{path}.{inside}"),
        None => path.to_owned(),
    };
    Problem::new(path, error.message().unwrap_or("cannot be read")).with_raw(raw)
}
