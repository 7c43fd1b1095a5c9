//! `POST /trackers/track`: create the tracker if needed, ask the couriers, respond with results.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::create_tracker::Registered;
use crate::locking::lock;
use crate::server::{Call, Hold, Reply};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::requests::payload::Payload;
use crate::ship24::state::State;

pub(crate) fn track(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let payload = state.payload(call.body, &snapshot)?;
    provider.refuse_in_parallel(&payload)?;
    state.refuse_overlap(&payload)?;
    let key = key(&payload);
    let registered = state.register(payload, &snapshot)?;
    let status = state.settings.assumptions.track_status;
    let mut reply = state.show_results(&[registered.serial()], status, &call.shown(snapshot));
    let delay = Duration::from_millis(state.settings.courier_delay_ms);
    if matches!(registered, Registered::Created(_)) && !delay.is_zero() {
        let release = Box::new(provider.begin(key));
        reply.hold = Some(Hold { delay, release });
    }
    Ok(reply)
}

impl State {
    /// This operation alone also refuses couriers that overlap those of a tracker of the same
    /// number without being the same.
    fn refuse_overlap(&self, payload: &Payload) -> Result<(), Refusal> {
        let overlaps = self
            .trackers
            .subscribed_with_number(&payload.tracking_number)
            .any(|tracker| {
                let known = &tracker.payload.courier_codes;
                payload.courier_codes.overlaps(known) && !payload.courier_codes.equals(known)
            });
        if overlaps {
            return Err(Refusal::conflict(
                "A tracker of this number has some of these couriers, but not the same ones.",
            ));
        }
        Ok(())
    }
}

/// What is the same in two calls with the same payload.
fn key(payload: &Payload) -> String {
    format!("{payload:?}")
}

/// Keeps a payload marked as being processed until it is dropped.
struct InFlight {
    key: String,
    all: Arc<Mutex<HashSet<String>>>,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        lock(&self.all).remove(&self.key);
    }
}

impl Ship24Provider {
    /// Refuses a payload that another call is processing.
    pub(crate) fn refuse_in_parallel(&self, payload: &Payload) -> Result<(), Refusal> {
        let in_flight = lock(&self.in_flight);
        if !in_flight.is_empty() && in_flight.contains(&key(payload)) {
            return Err(Refusal::in_parallel());
        }
        Ok(())
    }

    fn begin(&self, key: String) -> InFlight {
        lock(&self.in_flight).insert(key.clone());
        InFlight {
            key,
            all: Arc::clone(&self.in_flight),
        }
    }
}
