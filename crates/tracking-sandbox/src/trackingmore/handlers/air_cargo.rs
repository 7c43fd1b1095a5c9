//! `POST /trackings/aircargo`: air waybills.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::quota::Quota;
use crate::trackingmore::requests::input::{self, Fields};
use crate::wire_time::minutes;

const HOUR: i64 = 3_600_000;

/// Airlines by the first three digits of a waybill.
const AIRLINES: [(&str, &str, &str); 4] = [
    ("020", "Lufthansa Cargo", "LH"),
    ("157", "Qatar Airways Cargo", "QR"),
    ("172", "Cargolux", "CV"),
    ("180", "Korean Air Cargo", "KE"),
];

#[derive(Serialize)]
struct Waybill {
    airline_info: AirlineInfo,
    return_data: ReturnData,
}

#[derive(Serialize)]
struct AirlineInfo {
    name: &'static str,
    url: &'static str,
    track_url: String,
}

#[derive(Serialize)]
struct ReturnData {
    /// A string with a unit.
    weight: &'static str,
    piece: &'static str,
    origin: &'static str,
    destination: &'static str,
    last_event: &'static str,
    track_info: Vec<Event>,
    flight_info: BTreeMap<String, Flight>,
}

#[derive(Serialize)]
struct Event {
    plan_date: String,
    actual_date: String,
    event: &'static str,
    station: &'static str,
    flight_number: String,
    status: &'static str,
    piece: &'static str,
    weight: &'static str,
}

#[derive(Serialize)]
struct Flight {
    depart_station: &'static str,
    arrival_station: &'static str,
    plan_depart_time: String,
    depart_time: String,
    plan_arrival_time: String,
    arrival_time: String,
}

pub(crate) fn track(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let now = provider.snapshot().now;
    let mut state = provider.state();
    if !state.settings.features {
        return Err(Refusal::NOT_ACTIVATED);
    }
    let body = input::body(call)?;
    let asked = Fields::of(&body)?.strings("track_number");
    if asked.is_empty() {
        return Err(Refusal::NUMBER_MISSING);
    }
    let numbers = asked
        .iter()
        .map(|number| tidy(number).ok_or(Refusal::NUMBER_INVALID))
        .collect::<Result<Vec<_>, _>>()?;
    let cost = numbers.len() as u64 * Quota::AIR_WAYBILL;
    state.settings.quota.pay(cost)?;
    let mut found = BTreeMap::new();
    for number in numbers.into_iter().filter(|number| is_known(number)) {
        let asked_at = *state.air_waybills.entry(number.clone()).or_insert(now);
        let waybill = waybill(&number, asked_at);
        found.insert(number, waybill);
    }
    if found.is_empty() {
        // PHP writes an empty map as an empty list.
        return Ok(envelope::success(&envelope::NOTHING));
    }
    Ok(envelope::success(&found))
}

/// The waybill as `NNN-NNNNNNNN`; seven digits after the first three will do.
fn tidy(number: &str) -> Option<String> {
    let (prefix, rest) = number.split_at_checked(3)?;
    let serial = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(prefix) && digits(serial) && matches!(serial.len(), 7 | 8))
        .then(|| format!("{prefix}-{serial}"))
}

/// Returns true if the airline knows it. The airlines of the sandbox know every waybill with the right check
/// digit: the first seven digits modulo seven. One without a check digit passes.
fn is_known(number: &str) -> bool {
    let serial = number.get(4..).unwrap_or_default();
    let (body, check) = serial.split_at_checked(7).unwrap_or((serial, ""));
    let remainder = body.parse::<u32>().unwrap_or_default() % 7;
    check.is_empty() || check == remainder.to_string()
}

/// Accepted and flown before it was requested; the same each time after.
fn waybill(number: &str, asked_at: i64) -> Waybill {
    let known = AIRLINES
        .iter()
        .find(|(prefix, _, _)| number.starts_with(prefix));
    let (_, name, airline) = known.copied().unwrap_or(("", "Northwind Air", "NW"));
    let flight = format!("{airline}7301");
    let hours_ago = |hours: i64| minutes(asked_at.saturating_sub(hours * HOUR), 0);
    let event = |hours, event, station, status| Event {
        plan_date: hours_ago(hours + 1),
        actual_date: hours_ago(hours),
        event,
        station,
        flight_number: flight.clone(),
        status,
        piece: "12",
        weight: "340 KG",
    };
    let track_info = vec![
        event(8, "Received from flight", "LUX", "RCF"),
        event(22, "Departed", "PVG", "DEP"),
        event(30, "Received from shipper", "PVG", "RCS"),
    ];
    let details = Flight {
        depart_station: "PVG",
        arrival_station: "LUX",
        plan_depart_time: hours_ago(23),
        depart_time: hours_ago(22),
        plan_arrival_time: hours_ago(10),
        arrival_time: hours_ago(9),
    };
    Waybill {
        airline_info: AirlineInfo {
            name,
            url: "www.airline.sandbox.example",
            track_url: format!("//www.airline.sandbox.example/awb/{number}"),
        },
        return_data: ReturnData {
            weight: "340 KG",
            piece: "12",
            origin: "PVG",
            destination: "LUX",
            last_event: "Received from flight",
            track_info,
            flight_info: BTreeMap::from([(flight.clone(), details)]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waybills_are_read_with_and_without_a_hyphen() {
        let cases = [
            ("172-28891936", Some("172-28891936")),
            ("172 28891936", Some("172-28891936")),
            ("17228891936", Some("172-28891936")),
            ("172-2889193", Some("172-2889193")),
            ("172-288919", None),
            ("17a-28891936", None),
            ("1", None),
            ("", None),
        ];

        for (text, expected) in cases {
            assert_eq!(tidy(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn check_digit_decides_whether_waybill_is_known() {
        assert!(is_known("172-28891936"));
        assert!(is_known("172-2889193"));
        assert!(!is_known("172-28891935"));
    }
}
