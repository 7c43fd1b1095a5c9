//! `POST /trackings/realtime`: asks the carrier now, and costs quota each time.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::snapshot::Snapshot;
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::quota::Quota;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::state::State;
use crate::trackingmore::tracking::Tracking;

/// The same number may be requested once in this time.
const REPEAT_AFTER_MILLIS: i64 = 2 * 3_600_000;

#[derive(Serialize)]
struct Body<'a> {
    items: [TrackingBody<'a>; 1],
}

pub(crate) fn query(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let body = input::body(call)?;
    let tracking = state.ask(Fields::of(&body)?, &snapshot)?;
    let repeat = state.settings.repeat_handover;
    Ok(state.with_view(&tracking, &snapshot, |view| {
        let items = [TrackingBody::new(view, Form::Realtime, repeat)];
        envelope::success(&Body { items })
    }))
}

impl State {
    /// The tracking as it is after the carrier was asked. This operation names the order
    /// `order` and nothing else.
    fn ask(&mut self, fields: Fields<'_>, snapshot: &Snapshot<'_>) -> Result<Tracking, Refusal> {
        if !self.settings.features {
            return Err(Refusal::NOT_ACTIVATED);
        }
        let known = match self.acceptable(fields, "order", snapshot) {
            Ok(new) => Err(new),
            Err(Refusal::EXISTS) => {
                let (carrier, number) = fields.key()?;
                Ok(self.existing(&carrier, &number)?)
            }
            Err(refusal) => return Err(refusal),
        };
        if let Ok(serial) = known {
            let asked_at = self.trackings.get(serial).and_then(|known| known.asked_at);
            let is_repeat = asked_at.is_some_and(|at| {
                (0..REPEAT_AFTER_MILLIS).contains(&snapshot.now.saturating_sub(at))
            });
            if is_repeat && self.settings.assumptions.refuse_realtime_repeat {
                return Err(Refusal::PAUSED);
            }
        }
        self.settings.quota.pay(Quota::ONE)?;
        let serial = match known {
            Ok(serial) => serial,
            Err(mut new) => {
                new.asked_at = Some(snapshot.now);
                if !self.settings.assumptions.realtime_stores {
                    new.id = snapshot
                        .core
                        .identities
                        .hex("realtime", snapshot.now.unsigned_abs());
                    return Ok(new);
                }
                self.register(new, snapshot)
            }
        };
        let tracking = self
            .trackings
            .get_mut(serial)
            .ok_or(Refusal::UNKNOWN_TRACKING)?;
        tracking.asked_at = Some(snapshot.now);
        let tracking = tracking.clone();
        self.announce(serial, snapshot);
        Ok(tracking)
    }
}
