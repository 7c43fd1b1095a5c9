//! What a merge costs, and that the cost grows with the number of events and no faster.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context as _, Result};
use ship24_sdk::tracking_core::kit::EventOrder;
use ship24_sdk::tracking_core::merge::{Update, merge};
use ship24_sdk::tracking_core::{
    Courier, Event, EventKey, Leg, LegRole, ProviderId, RawStatus, Shipment, Status, StatusReport,
    Timestamp, UtcTime,
};

use crate::instructions;
use crate::table::Table;

/// Each is compared with the one before it.
const SIZES: [usize; 4] = [250, 500, 1_000, 2_000];

/// A sort is a little more than linear.
const BUDGET_OF_DOUBLE: f64 = 2.3;

/// Milliseconds for one merge of a shipment that is full.
const BUDGET_OF_ONE: f64 = 20.0;

/// A merge of a complete response into a shipment with this many events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merging {
    events: usize,
    new: usize,
}

impl Merging {
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (events, new) = name.strip_prefix("merge-")?.split_once("-new-")?;
        let (events, new) = (events.parse().ok()?, new.parse().ok()?);
        Some(Self { events, new })
    }

    fn name(self) -> String {
        format!("merge-{}-new-{}", self.events, self.new)
    }

    fn title(self) -> String {
        format!("merge, {} events, {} of them new", self.events, self.new)
    }

    /// Merges this many times, each time into the same shipment.
    pub(crate) fn run(self, times: u32) {
        let known = merge(None, response(self.events - self.new)).shipment;
        let latest = response(self.events);
        for _ in 0..times {
            black_box(merge(
                black_box(Some(known.clone())),
                black_box(latest.clone()),
            ));
        }
    }
}

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    for new in [0, 1] {
        let small = Merging { events: 10, new };
        table.figure(small.title(), "instructions", of_one(small)?, None);
        let mut before = None;
        for events in SIZES {
            let merging = Merging { events, new };
            let measured = of_one(merging)?;
            let ratio = before.and_then(|before| Some((before, measured?)));
            match ratio {
                Some((before, measured)) => {
                    let title = format!("{}, against half", merging.title());
                    let budget = BUDGET_OF_DOUBLE;
                    table.growth(title, "instructions", before, measured, budget);
                }
                None => table.figure(merging.title(), "instructions", measured, None),
            }
            before = measured;
        }
    }
    for events in [10, 2_000] {
        let milliseconds = one_by_one(events)?;
        let title = format!("one more event each time, the last 100 up to {events}");
        table.figure(
            title,
            "milliseconds",
            Some(milliseconds),
            Some(BUDGET_OF_ONE),
        );
    }
    Ok(())
}

fn of_one(merging: Merging) -> Result<Option<f64>> {
    let name = merging.name();
    // The copies of shipment and response, which each merge uses up, count too.
    let counts = if merging.events > 100 {
        (2, 10)
    } else {
        (40, 240)
    };
    instructions::of_one(&name, counts, "")
}

/// Feeds complete responses, each with one more event, and returns the median time of the last merges.
fn one_by_one(events: usize) -> Result<f64> {
    let mut known: Option<Shipment> = None;
    let mut times = Vec::with_capacity(events);
    for count in 1..=events {
        let latest = response(count);
        let start = Instant::now();
        let merged = merge(known.take(), latest);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        known = Some(merged.shipment);
    }
    let mut last = times.split_off(events.saturating_sub(100));
    last.sort_by(f64::total_cmp);
    last.get(last.len() / 2).copied().context("no merges")
}

/// A complete response with the first of an endless row of events: without ids, a minute apart, with the
/// few texts and places that couriers have.
fn response(events: usize) -> Update {
    const START: i64 = 1_760_000_000;
    let one = |index: usize| {
        let seconds = START + 60 * i64::try_from(index).unwrap_or_default();
        let time = UtcTime::from_unix_seconds(seconds).map(|time| time.to_string());
        let mut status = StatusReport::new(Status::InTransit);
        status.raw = RawStatus::new("in_transit".to_owned()).with_fine(format!("c{}", index % 7));
        let mut event = if index.is_multiple_of(2) {
            Event::without_id(status)
        } else {
            Event::new(EventKey::from_provider_id(format!("event-{index}")), status)
        };
        event.time = time.map(Timestamp::parse);
        event.description = Some(format!("Processed at facility {}", index % 11));
        event.location = Some(format!("Köln {}", index % 5));
        event
    };
    let fetched = START + 60 * i64::try_from(events).unwrap_or_default();
    let mut shipment = Shipment::new(
        ProviderId::new("bench"),
        "TP0001",
        StatusReport::new(Status::InTransit),
        UtcTime::from_unix_seconds(fetched).unwrap_or_else(UtcTime::now),
    );
    let mut leg = Leg::new(LegRole::Only);
    leg.courier = Some(Courier::new("testpost"));
    leg.events = (0..events).map(one).collect();
    shipment.legs.push(leg);
    shipment.finish(EventOrder::OldestFirst);
    Update::Snapshot(shipment)
}
