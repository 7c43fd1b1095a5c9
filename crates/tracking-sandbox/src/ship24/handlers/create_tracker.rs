//! `POST /trackers`, and the rule by which a repeat is recognised.

use http::StatusCode;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::{Envelope, OneTracker};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::requests::input::Rules;
use crate::ship24::requests::payload::Payload;
use crate::ship24::state::State;
use crate::snapshot::Snapshot;

/// What became of a create object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registered {
    Created(usize),
    Existing(usize),
}

impl Registered {
    pub(crate) const fn serial(self) -> usize {
        match self {
            Self::Created(serial) | Self::Existing(serial) => serial,
        }
    }
}

pub(crate) fn create(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let payload = state.payload(call.body, &snapshot)?;
    provider.refuse_in_parallel(&payload)?;
    let registered = state.register(payload, &snapshot)?;
    let status = match registered {
        Registered::Created(_) => StatusCode::CREATED,
        Registered::Existing(_) => state.settings.assumptions.repeat_status,
    };
    state.show_tracker(registered.serial(), status, &snapshot)
}

impl State {
    /// Reads a create object.
    pub(crate) fn payload(&self, body: &[u8], snapshot: &Snapshot<'_>) -> Result<Payload, Refusal> {
        self.rules(snapshot).payload(body)
    }

    pub(crate) fn rules(&self, snapshot: &Snapshot<'_>) -> Rules<'_> {
        Rules {
            now_millis: snapshot.now,
            assumptions: &self.settings.assumptions,
        }
    }

    /// Finds the tracker of an identical earlier call, or makes a new one.
    pub(crate) fn register(
        &mut self,
        payload: Payload,
        snapshot: &Snapshot<'_>,
    ) -> Result<Registered, Refusal> {
        if let Some(serial) = self.identical(&payload)? {
            return Ok(Registered::Existing(serial));
        }
        self.use_quota()?;
        let serial = self.trackers.len();
        let id = snapshot.core.identities.uuid("tracker", "", serial as u64);
        let serial = self.trackers.add(id, payload, snapshot.now);
        self.announce(serial, snapshot);
        Ok(Registered::Created(serial))
    }

    /// The tracker that a payload repeats: looked for by the client's own id if there is one,
    /// else by number. Only subscribed trackers count; that archived ones do not is assumed.
    pub(crate) fn identical(&self, payload: &Payload) -> Result<Option<usize>, Refusal> {
        let Some(client_id) = &payload.client_tracker_id else {
            let mut candidates = self
                .trackers
                .subscribed_with_number(&payload.tracking_number);
            return Ok(candidates
                .find(|tracker| payload.matches(&tracker.payload))
                .map(|tracker| tracker.serial));
        };
        let Some(serial) = self.trackers.subscribed_with_client_id(client_id) else {
            return Ok(None);
        };
        let same = self
            .trackers
            .get(serial)
            .is_some_and(|tracker| payload.matches(&tracker.payload));
        if same {
            return Ok(Some(serial));
        }
        Err(Refusal::conflict(
            "This clientTrackerId belongs to an active tracker that was created otherwise.",
        ))
    }

    pub(crate) fn use_quota(&mut self) -> Result<(), Refusal> {
        match &mut self.settings.quota {
            None => Ok(()),
            Some(0) => Err(Refusal::quota(self.settings.assumptions.quota_status)),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
        }
    }

    pub(crate) fn show_tracker(
        &self,
        serial: usize,
        status: StatusCode,
        snapshot: &Snapshot<'_>,
    ) -> Result<Reply, Refusal> {
        let tracker = self
            .trackers
            .get(serial)
            .ok_or_else(Refusal::tracker_not_found)?;
        let tracker = TrackerBody::new(tracker, snapshot);
        let data = OneTracker { tracker };
        Ok(Reply::json(status, &Envelope { data }))
    }
}
