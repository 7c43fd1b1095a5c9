//! Faults to come.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::{Fault, Faults};
use crate::sandbox::Core;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewFault {
    fault: String,
    provider: Option<String>,
    operation: Option<String>,
    /// How often; 1 when absent, 0 for always.
    times: Option<u32>,
}

pub(super) fn add_fault(core: &Core, new: NewFault) -> Result<Value, String> {
    let fault: Fault = new.fault.parse().map_err(|error| format!("{error}"))?;
    let mut faults = Faults::new(&core.faults);
    if let Some(provider) = new.provider {
        faults = faults.of(provider);
    }
    if let Some(operation) = new.operation {
        faults = faults.on(operation);
    }
    match new.times.unwrap_or(1) {
        0 => faults.always(fault),
        times => faults.times(times, fault),
    };
    Ok(json!({ "waiting": faults.waiting() }))
}

pub(super) fn clear_faults(core: &Core) -> Value {
    core.faults.clear();
    json!({ "waiting": 0 })
}
