//! Parcels, their scans and legs.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::error::ParcelError;
use crate::sandbox::Core;
use crate::wire_time::utc_millis;
use crate::world::{Journey, JourneyScan, Leg, Parcel, SampleJourney, Scan, ScanEdit};

pub(super) fn add_parcel(core: &Core, parcel: Parcel) -> Result<Value, String> {
    let numbers: Vec<_> = parcel.legs.iter().map(|leg| leg.number.clone()).collect();
    core.world
        .add(parcel, &core.clock)
        .map_err(|error| error.to_string())?;
    core.clock.ring();
    Ok(json!({ "numbers": numbers }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewJourney {
    journey: SampleJourney,
    number: String,
}

pub(super) fn play(core: &Core, new: NewJourney) -> Result<Value, String> {
    let NewJourney { journey, number } = new;
    core.world
        .play(journey, &number, &core.clock)
        .map_err(|error| error.to_string())?;
    core.clock.ring();
    Ok(json!({
        "numbers": journey.numbers(number),
        "duration_seconds": journey.duration().as_secs(),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewScan {
    number: String,
    scan: Scan,
}

pub(super) fn add_scan(core: &Core, new: NewScan) -> Result<Value, String> {
    changed(core, new.number, |journey, now| {
        journey.with_scan(new.scan, now)
    })
}

/// A scan by a number of its parcel and its position.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownScan {
    number: String,
    scan: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditedScan {
    number: String,
    scan: usize,
    edit: ScanEdit,
}

pub(super) fn edit_scan(core: &Core, edited: EditedScan) -> Result<Value, String> {
    changed(core, edited.number, |journey, now| {
        journey.with_edit(edited.scan, edited.edit, now)
    })
}

pub(super) fn withdraw_scan(core: &Core, known: KnownScan) -> Result<Value, String> {
    changed(core, known.number, |journey, _| {
        journey.without_scan(known.scan)
    })
}

pub(super) fn resend_scan(core: &Core, known: KnownScan) -> Result<Value, String> {
    changed(core, known.number, |journey, _| {
        journey.with_scan_again(known.scan)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectedLeg {
    number: String,
    position: usize,
    leg: Leg,
}

pub(super) fn correct_leg(core: &Core, corrected: CorrectedLeg) -> Result<Value, String> {
    changed(core, corrected.number, |journey, _| {
        journey.with_leg(corrected.position, corrected.leg)
    })
}

/// Changes a parcel, and shows all its scans.
fn changed(
    core: &Core,
    number: String,
    change: impl FnOnce(&Journey, i64) -> Result<Journey, ParcelError>,
) -> Result<Value, String> {
    let shown = || {
        core.change_parcel(&number, change)?;
        let journey = core.world.existing(&number)?;
        let listed = journey.listed().into_iter().enumerate();
        Ok(listed.map(show).collect())
    };
    let scans: Value = shown().map_err(|error: ParcelError| error.to_string())?;
    Ok(Value::Object(Map::from_iter([
        ("number".to_owned(), Value::String(number)),
        ("scans".to_owned(), scans),
    ])))
}

fn show((position, (scan, withdrawn)): (usize, (&JourneyScan, bool))) -> Value {
    json!({
        "scan": position,
        "step": scan.step,
        "time": utc_millis(scan.at),
        "leg": scan.leg,
        "text": scan.text,
        "place": scan.place,
        "withdrawn": withdrawn,
    })
}
