//! Parcels and their scans.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::sandbox::Core;
use crate::world::{Parcel, Scan};

pub(super) fn add_parcel(core: &Core, parcel: Parcel) -> Result<Value, String> {
    let numbers: Vec<_> = parcel.legs.iter().map(|leg| leg.number.clone()).collect();
    core.world
        .add(parcel, &core.clock)
        .map_err(|error| error.to_string())?;
    core.clock.ring();
    Ok(json!({ "numbers": numbers }))
}

#[derive(Deserialize)]
pub(super) struct NewScan {
    number: String,
    scan: Scan,
}

pub(super) fn add_scan(core: &Core, new: NewScan) -> Result<Value, String> {
    core.world
        .add_scan(&new.number, new.scan, &core.clock)
        .map_err(|error| error.to_string())?;
    core.clock.ring();
    Ok(json!({ "number": new.number }))
}
