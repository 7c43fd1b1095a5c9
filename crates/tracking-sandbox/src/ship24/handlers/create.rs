//! `POST /trackers`, and the rule by which a repeat is recognised.

use http::StatusCode;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::{Envelope, OneTracker};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::requests::input::Rules;
use crate::ship24::requests::payload::Payload;
use crate::ship24::state::{Account, State};

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

pub(crate) fn create(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let registered = state.payload(call.body, &account).and_then(|payload| {
        provider.refuse_in_parallel(&payload)?;
        state.register(payload, &account)
    });
    let reply = match registered {
        Ok(registered) => {
            let status = match registered {
                Registered::Created(_) => StatusCode::CREATED,
                Registered::Existing(_) => {
                    StatusCode::from_u16(state.settings.assumptions.repeat_status)
                        .unwrap_or(StatusCode::CREATED)
                }
            };
            state.show_tracker(registered.serial(), status, &account)
        }
        Err(refusal) => refusal.into_reply(),
    };
    drop(state);
    provider.signals.wake();
    reply
}

impl State {
    /// Reads a create object.
    pub(crate) fn payload(&self, body: &[u8], account: &Account<'_>) -> Result<Payload, Refusal> {
        self.rules(account).payload(body)
    }

    pub(crate) fn rules(&self, account: &Account<'_>) -> Rules<'_> {
        Rules {
            now_millis: account.now,
            assumptions: &self.settings.assumptions,
        }
    }

    /// Finds the tracker of an identical earlier call, or makes a new one.
    pub(crate) fn register(
        &mut self,
        payload: Payload,
        account: &Account<'_>,
    ) -> Result<Registered, Refusal> {
        if let Some(serial) = self.identical(&payload)? {
            return Ok(Registered::Existing(serial));
        }
        self.use_quota()?;
        let serial = self.trackers.len();
        let id = account
            .core
            .identities
            .uuid_like("tracker", "", serial as u64);
        let serial = self.trackers.add(id, payload, account.now);
        self.announce(serial, account);
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
            Some(0) => {
                let status = StatusCode::from_u16(self.settings.assumptions.quota_status)
                    .unwrap_or(StatusCode::FORBIDDEN);
                Err(Refusal::quota(status))
            }
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
        account: &Account<'_>,
    ) -> Reply {
        match self.trackers.get(serial) {
            Some(tracker) => Reply::json(
                status,
                &Envelope {
                    data: OneTracker {
                        tracker: TrackerBody::new(tracker, account),
                    },
                },
            ),
            None => Refusal::tracker_not_found().into_reply(),
        }
    }
}
