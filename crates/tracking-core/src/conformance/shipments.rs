//! What every shipment in a response must fulfil.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::Value;

use super::report::Report;
use crate::model::ConflictKind;
use crate::{
    Capabilities, Event, Leg, Origin, ProviderId, RawJson, Shipment, Status, StatusReport,
    Timestamp,
};

/// Checks one shipment on its own.
pub(super) fn check(report: &mut Report, id: &ProviderId, shipment: &Shipment, can: Capabilities) {
    let subject = shipment.number.clone();
    let subject = subject.as_str();
    report.demand(
        "shipment_names_its_provider",
        subject,
        names_provider(id, shipment),
    );
    report.demand(
        "status_is_complete",
        subject,
        statuses_are_complete(shipment),
    );
    report.demand("raw_json_is_kept", subject, raw_is_kept(shipment));
    report.demand("events_are_oldest_first", subject, oldest_first(shipment));
    report.demand("event_keys_are_unique", subject, keys_are_unique(shipment));
    report.demand(
        "times_are_as_reported",
        subject,
        times_are_as_reported(shipment),
    );
    report.demand(
        "timeline_has_every_event",
        subject,
        timeline_is_complete(shipment),
    );
    report.demand(
        "final_shipments_are_not_polled",
        subject,
        polls_sensibly(shipment),
    );
    report.demand("json_round_trip_is_lossless", subject, round_trip(shipment));
    report.demand(
        "merging_the_same_changes_nothing",
        subject,
        merges_with_itself(shipment),
    );
    report.demand(
        "only_announced_data_are_reported",
        subject,
        is_announced(shipment, can),
    );
}

/// Checks two responses to the same request.
pub(super) fn check_pair(report: &mut Report, first: &Shipment, second: &Shipment) {
    let subject = first.number.as_str();
    let again: HashSet<&str> = events(second).map(|event| event.key.as_str()).collect();
    let lost = events(first).find(|event| !again.contains(event.key.as_str()));
    let result = lost.map_or(Ok(()), |event| {
        Err(format!(
            "the second response lacks the key {}",
            event.key.as_str()
        ))
    });
    report.demand("event_keys_are_stable", subject, result);

    if first.raw == second.raw {
        report.demand(
            "the_same_response_changes_nothing",
            subject,
            no_changes(first, second),
        );
    } else {
        report.skip(
            "the_same_response_changes_nothing",
            "the raw JSON of the two responses differs",
        );
    }
}

fn is_announced(shipment: &Shipment, can: Capabilities) -> Result<(), String> {
    match events(shipment).next() {
        Some(event) if !can.events => Err(format!("no `events`, yet there is {}", event.key)),
        _ if !can.etas && !shipment.etas.is_empty() => {
            Err("no `etas`, yet there is one".to_owned())
        }
        _ => Ok(()),
    }
}

fn names_provider(id: &ProviderId, shipment: &Shipment) -> Result<(), String> {
    if shipment.provider != *id {
        return Err(format!("the shipment says `{}`", shipment.provider));
    }
    if shipment.number.trim().is_empty() && shipment.id.is_none() {
        return Err("neither a number nor an id".to_owned());
    }
    Ok(())
}

fn statuses_are_complete(shipment: &Shipment) -> Result<(), String> {
    status_is_complete("shipment", &shipment.status)?;
    for event in events(shipment) {
        status_is_complete(event.key.as_str(), &event.status)?;
    }
    Ok(())
}

fn status_is_complete(subject: &str, report: &StatusReport) -> Result<(), String> {
    let raw = &report.raw;
    let raw_values = [
        raw.main.as_deref(),
        raw.fine.as_deref(),
        raw.category.as_deref(),
        raw.text.as_deref(),
    ];
    let has_raw = raw_values
        .into_iter()
        .flatten()
        .any(|text| !text.is_empty());
    let is_reported = report.origin == Origin::Reported;
    if is_reported && !has_raw {
        return Err(format!(
            "{subject}: a reported status without its raw values"
        ));
    }
    if is_reported && report.mapping_version == 0 {
        return Err(format!("{subject}: `mapping_version` is 0"));
    }
    if let Status::Unmapped(value) = &report.status {
        let value = value.as_str();
        let is_kept = raw_values.into_iter().flatten().any(|text| text == value);
        if !is_kept {
            return Err(format!(
                "{subject}: the unmapped `{value}` is not in the raw values"
            ));
        }
    }
    Ok(())
}

fn raw_is_kept(shipment: &Shipment) -> Result<(), String> {
    is_document("shipment", &shipment.raw)?;
    for event in reported(shipment) {
        is_document(event.key.as_str(), &event.raw)?;
    }
    Ok(())
}

fn is_document(subject: &str, raw: &RawJson) -> Result<(), String> {
    match serde_json::from_str::<Value>(raw.get()) {
        Ok(Value::Null) => Err(format!("{subject}: no raw JSON")),
        Ok(_) => Ok(()),
        Err(error) => Err(format!("{subject}: raw JSON does not parse: {error}")),
    }
}

fn oldest_first(shipment: &Shipment) -> Result<(), String> {
    let admitted = shipment
        .conflicts
        .iter()
        .any(|conflict| conflict.kind == ConflictKind::TimeOrder);
    if admitted {
        return Ok(());
    }
    for leg in &shipment.legs {
        for (earlier, later) in leg.events.iter().zip(leg.events.iter().skip(1)) {
            let (Some(first), Some(next)) = (&earlier.time, &later.time) else {
                continue;
            };
            if first.compare_within_leg(next) == Some(Ordering::Greater) {
                return Err(format!(
                    "`{first}` comes before `{next}` without a conflict"
                ));
            }
        }
    }
    Ok(())
}

fn keys_are_unique(shipment: &Shipment) -> Result<(), String> {
    let mut seen = HashSet::new();
    for event in events(shipment) {
        let key = event.key.as_str();
        if key.is_empty() {
            return Err("an empty key".to_owned());
        }
        if !seen.insert(key) {
            return Err(format!("two events have the key {key}"));
        }
    }
    Ok(())
}

/// Every time text must be in the raw JSON as it is: nothing added, nothing converted.
fn times_are_as_reported(shipment: &Shipment) -> Result<(), String> {
    let whole = scalars(&shipment.raw);
    for event in events(shipment) {
        let Some(time) = &event.time else {
            continue;
        };
        let own = scalars(&event.raw);
        is_reported(event.key.as_str(), time, &[&own, &whole])?;
    }
    for eta in &shipment.etas {
        for time in std::iter::once(&eta.from).chain(&eta.to) {
            is_reported(&eta.field, time, &[&whole])?;
        }
    }
    for (status, time) in &shipment.milestones.claimed {
        is_reported(status.as_str(), time, &[&whole])?;
    }
    Ok(())
}

fn is_reported(
    subject: &str,
    time: &Timestamp,
    reported: &[&HashSet<String>],
) -> Result<(), String> {
    if reported.iter().any(|strings| strings.contains(time.text())) {
        return Ok(());
    }
    Err(format!(
        "{subject}: the time `{time}` is not in the raw JSON"
    ))
}

fn scalars(raw: &RawJson) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut open: Vec<Value> = serde_json::from_str(raw.get()).into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => {
                found.insert(text);
            }
            Value::Number(number) => {
                found.insert(number.to_string());
            }
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.into_iter().map(|(_, value)| value)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    found
}

fn timeline_is_complete(shipment: &Shipment) -> Result<(), String> {
    let in_legs = events(shipment).count();
    let in_timeline = shipment.timeline().len();
    if in_legs == in_timeline {
        Ok(())
    } else {
        Err(format!("{in_timeline} of {in_legs} events"))
    }
}

fn polls_sensibly(shipment: &Shipment) -> Result<(), String> {
    if shipment.is_terminal() && shipment.should_poll() {
        return Err("final, and `should_poll` is true".to_owned());
    }
    Ok(())
}

fn round_trip(shipment: &Shipment) -> Result<(), String> {
    let text = serde_json::to_string(shipment).map_err(|error| error.to_string())?;
    let restored: Shipment = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    if restored == *shipment {
        Ok(())
    } else {
        Err("restored from its JSON it is another one".to_owned())
    }
}

fn merges_with_itself(shipment: &Shipment) -> Result<(), String> {
    let merged = Shipment::merge(shipment, shipment.clone());
    let repeated = merged.shipment.duplicates_dropped - shipment.duplicates_dropped;
    if repeated > 0 {
        return Err(format!("{repeated} repeated events were not dropped"));
    }
    no_changes(shipment, shipment)?;
    let partial = shipment.merge_partial(shipment.clone());
    match partial.changes.first() {
        Some(change) => Err(format!("as a partial update: {}", change.kind())),
        None => Ok(()),
    }
}

fn no_changes(first: &Shipment, second: &Shipment) -> Result<(), String> {
    match Shipment::merge(first, second.clone()).changes.first() {
        Some(change) => Err(format!("reported: {}", change.kind())),
        None => Ok(()),
    }
}

fn events(shipment: &Shipment) -> impl Iterator<Item = &Event> {
    shipment.legs.iter().flat_map(|leg: &Leg| &leg.events)
}

fn reported(shipment: &Shipment) -> impl Iterator<Item = &Event> {
    events(shipment).filter(|event| event.origin == Origin::Reported)
}
