//! The clock of the sandbox.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::{parse_rfc3339, unix_millis};
use crate::sandbox::Core;
use crate::wire_time::{is_writable, utc_millis};

pub(super) fn show_clock(core: &Core) -> Value {
    json!({
        "now": utc_millis(core.clock.now_millis()),
        "running": core.clock.is_running(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockChange {
    set: Option<String>,
    advance_seconds: Option<u32>,
    running: Option<bool>,
}

/// Returns true if the scans of a journey around this time can be written, too.
fn has_room(millis: i64) -> bool {
    const YEAR_MILLIS: i64 = 366 * 24 * 3600 * 1000;
    is_writable(millis.saturating_sub(YEAR_MILLIS))
        && is_writable(millis.saturating_add(YEAR_MILLIS))
}

pub(super) fn change_clock(core: &Core, change: ClockChange) -> Result<Value, String> {
    if let Some(time) = change.set {
        let time = parse_rfc3339(&time)
            .filter(|time| has_room(unix_millis(*time)))
            .ok_or_else(|| format!("`{time}` is not a time such as 2026-03-02T09:00:00Z"))?;
        core.clock.set(time);
    }
    if let Some(seconds) = change.advance_seconds {
        core.clock.advance(Duration::from_secs(seconds.into()));
    }
    match change.running {
        Some(true) => core.clock.run(),
        Some(false) => core.clock.stop(),
        None => {}
    }
    Ok(show_clock(core))
}
