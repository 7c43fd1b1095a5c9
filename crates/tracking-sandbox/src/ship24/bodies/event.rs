//! The `events` of a tracking.

use serde::Serialize;

use crate::identity::Identities;
use crate::ship24::statuses::{Milestone, category_and_code};
use crate::ship24::view::View;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event<'a> {
    event_id: String,
    tracking_number: &'a str,
    event_tracking_number: &'a str,
    status: &'a str,
    occurrence_datetime: String,
    order: usize,
    location: Option<&'a str>,
    source_code: String,
    courier_code: &'a str,
    status_code: Option<&'static str>,
    status_category: Option<&'static str>,
    status_milestone: &'static str,
    #[serde(flatten)]
    deprecated: Option<DeprecatedTime>,
    /// Which scan this is; not on the wire.
    #[serde(skip)]
    pub(crate) serial: u32,
}

/// Three old keys that only webhooks carry. `datetime` is the local time with a `Z` that it does
/// not deserve.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DeprecatedTime {
    has_no_time: bool,
    utc_offset: Option<String>,
    datetime: String,
}

impl Event<'_> {
    /// Adds the deprecated keys of webhooks.
    pub(crate) fn with_deprecated_time(mut self) -> Self {
        let time = self
            .occurrence_datetime
            .get(..19)
            .unwrap_or(&self.occurrence_datetime);
        let has_no_time = time.len() < 19;
        let clock = if has_no_time { "T00:00:00" } else { "" };
        let datetime = format!("{time}{clock}.000Z");
        self.deprecated = Some(DeprecatedTime {
            has_no_time,
            utc_offset: None,
            datetime,
        });
        self
    }
}

/// All visible events, newest first.
pub(crate) fn events<'a>(view: &View<'a>, identities: Identities) -> Vec<Event<'a>> {
    let legs = view.journey.legs();
    // The documentation describes this as the number that the tracker was created with; its
    // examples show the number of the last courier, and so does the sandbox.
    let last_number = legs.last().map_or("", |leg| leg.number());
    let first_number = legs.first().map_or("", |leg| leg.number());
    let mut milestone = Milestone::Pending;
    let mut events: Vec<_> = view
        .scans
        .iter()
        .copied()
        .enumerate()
        .map(|(position, scan)| {
            milestone = milestone.after(scan.step);
            let (category, code) = category_and_code(scan.step);
            let leg = legs.get(scan.leg);
            let courier = leg.map_or("", |leg| leg.courier.as_str());
            Event {
                event_id: event_id(identities, first_number, scan.serial),
                tracking_number: last_number,
                event_tracking_number: leg.map_or("", |leg| leg.number()),
                status: &scan.text,
                occurrence_datetime: scan.time_text(),
                order: position + 1,
                location: scan.place.as_deref(),
                source_code: format!("{courier}-tracking"),
                courier_code: courier,
                status_code: code,
                status_category: category,
                status_milestone: milestone.as_str(),
                deprecated: None,
                serial: scan.serial,
            }
        })
        .collect();
    events.reverse();
    events
}

/// Identifiers of events look like UUIDs, and one in five is none.
fn event_id(identities: Identities, number: &str, serial: u32) -> String {
    if serial % 5 == 1 {
        identities.not_quite_hex("event", number, u64::from(serial))
    } else {
        identities.uuid_like("event", number, u64::from(serial))
    }
}
