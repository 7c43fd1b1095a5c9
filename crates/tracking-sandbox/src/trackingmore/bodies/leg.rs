//! `origin_info` and `destination_info`: what one carrier reported.

use serde::Serialize;

use super::loose_string::LooseString;
use crate::trackingmore::carriers;
use crate::trackingmore::statuses;
use crate::wire_time::{minutes, seconds};
use crate::world::{JourneyScan, Step, TimeShape};

#[derive(Debug, Serialize)]
pub(crate) struct LegBody<'a> {
    #[serde(
        rename = "ReferenceNumber",
        skip_serializing_if = "LooseString::is_missing"
    )]
    pub(crate) reference_number: LooseString<'a>,
    #[serde(flatten)]
    milestones: Milestones,
    weblink: &'a str,
    phone: Option<&'a str>,
    carrier_code: &'a str,
    /// Newest first; null while the carrier has not been asked.
    trackinfo: Option<Vec<Event<'a>>>,
}

/// When each station was reached first, in the provider's irregular spelling.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Milestones {
    item_received: Option<String>,
    item_dispatched: Option<String>,
    #[serde(rename = "DepartfromAirport")]
    depart_from_airport: Option<String>,
    #[serde(rename = "ArrivalfromAbroad")]
    arrival_from_abroad: Option<String>,
    customs_clearance: Option<String>,
    destination_arrived: Option<String>,
}

impl Milestones {
    fn new(scans: &[&JourneyScan]) -> Self {
        let mut milestones = Self::default();
        for scan in scans {
            let slot = match scan.step {
                Step::Accepted => &mut milestones.item_received,
                Step::Moved => &mut milestones.item_dispatched,
                Step::DepartedOrigin => &mut milestones.depart_from_airport,
                Step::ArrivedInDestination => &mut milestones.arrival_from_abroad,
                Step::CustomsReceived => &mut milestones.customs_clearance,
                Step::OutForDelivery => &mut milestones.destination_arrived,
                _ => continue,
            };
            slot.get_or_insert_with(|| date(scan));
        }
        milestones
    }
}

#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Event<'a> {
    date: String,
    status_description: &'a str,
    details: &'a str,
    #[serde(rename = "checkpoint_status")]
    status: &'static str,
    #[serde(rename = "substatus")]
    substatus: Option<&'static str>,
    item_node: Option<&'static str>,
}

impl<'a> Event<'a> {
    fn new(scan: &'a JourneyScan) -> Self {
        let (status, substatus) = statuses::of_event(scan.step);
        Self {
            date: date(scan),
            status_description: &scan.text,
            details: scan.place.as_deref().unwrap_or_default(),
            status: status.as_str(),
            substatus,
            item_node: (scan.step == Step::Accepted).then_some("ItemReceived"),
        }
    }
}

impl<'a> LegBody<'a> {
    /// What a carrier reported, oldest scan first; none when it was not asked.
    pub(crate) fn new(carrier: &'a str, scans: Option<&[&'a JourneyScan]>) -> Self {
        let known = carriers::find(carrier);
        Self {
            reference_number: LooseString::Missing,
            milestones: Milestones::new(scans.unwrap_or_default()),
            weblink: known.map_or("", |carrier| carrier.homepage),
            phone: known
                .map(|carrier| carrier.phone)
                .filter(|phone| !phone.is_empty()),
            carrier_code: carrier,
            trackinfo: scans.map(|scans| scans.iter().rev().map(|scan| Event::new(scan)).collect()),
        }
    }
}

/// The wall clock of the place, never a zone. Some scans have seconds, others of the same carrier
/// have none, and a date without a time becomes midnight.
pub(crate) fn date(scan: &JourneyScan) -> String {
    match scan.shape {
        TimeShape::DateOnly => {
            let midnight = minutes(scan.at, scan.offset_minutes);
            let day = midnight.get(..10).unwrap_or_default();
            format!("{day} 00:00")
        }
        TimeShape::Naive if scan.serial.is_multiple_of(2) => minutes(scan.at, scan.offset_minutes),
        _ => seconds(scan.at, scan.offset_minutes),
    }
}

/// Description, details and date in one string. The parts may hold commas themselves, and an empty
/// one leaves none behind.
pub(crate) fn last_event(scan: &JourneyScan) -> String {
    let details = scan.place.as_deref().unwrap_or_default();
    let date = date(scan);
    let parts = [scan.text.as_str(), details, date.as_str()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(",")
}
