//! `POST /trackers/track`: create the tracker if needed, ask the couriers, answer with results.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use http::StatusCode;

use super::create::Registered;
use crate::locking::lock;
use crate::server::{Call, Hold, Reply};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::requests::payload::Payload;
use crate::ship24::state::State;

pub(crate) fn track(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let payload = state.payload(call.body, &account).and_then(|payload| {
        provider.refuse_in_parallel(&payload)?;
        state.refuse_overlap(&payload)?;
        Ok(payload)
    });
    let key = payload.as_ref().ok().map(key);
    let reply = match payload.and_then(|payload| state.register(payload, &account)) {
        Ok(registered) => {
            let status = StatusCode::from_u16(state.settings.assumptions.track_status)
                .unwrap_or(StatusCode::CREATED);
            let mut reply = state.show_results(&[registered.serial()], status, &account);
            let delay = state.settings.courier_delay;
            if matches!(registered, Registered::Created(_)) && !delay.is_zero() {
                let release = Box::new(provider.begin(key.unwrap_or_default()));
                reply.hold = Some(Hold { delay, release });
            }
            reply
        }
        Err(refusal) => refusal.into_reply(),
    };
    drop(state);
    provider.signals.wake();
    reply
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
    /// Refuses a payload that another call is processing at this moment.
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
