//! `POST /trackings/realtime`: asks the carrier now, and costs quota each time.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::state::{Account, Quota, State};
use crate::trackingmore::tracking::Tracking;

/// The same number may be asked for once in this time.
const REPEAT_AFTER_MILLIS: i64 = 2 * 3_600_000;

#[derive(Serialize)]
struct Answer<'a> {
    items: [TrackingBody<'a>; 1],
}

pub(crate) fn query(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let asked = (|| {
        let body = input::body(call)?;
        state.ask(Fields::of(&body)?, &account)
    })();
    let reply = match asked {
        Ok(tracking) => {
            let repeat = state.settings.repeat_handover;
            state.with_view(&tracking, &account, |view| {
                let items = [TrackingBody::new(view, Form::Realtime, repeat)];
                envelope::success(&Answer { items })
            })
        }
        Err(refusal) => Refusal::into_reply(refusal),
    };
    drop(state);
    provider.signals.wake();
    reply
}

impl State {
    /// The tracking as it stands after the carrier was asked. This operation names the order
    /// `order` and nothing else.
    fn ask(&mut self, fields: Fields<'_>, account: &Account<'_>) -> Result<Tracking, Refusal> {
        if !self.settings.features {
            return Err(Refusal::NOT_ACTIVATED);
        }
        let known = match self.acceptable(fields, "order", account) {
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
                (0..REPEAT_AFTER_MILLIS).contains(&account.now.saturating_sub(at))
            });
            if is_repeat && self.settings.assumptions.refuse_realtime_repeat {
                return Err(Refusal::PAUSED);
            }
        }
        self.quota.pay(Quota::ONE)?;
        let serial = match known {
            Ok(serial) => serial,
            Err(mut new) => {
                new.asked_at = Some(account.now);
                if !self.settings.assumptions.realtime_stores {
                    new.id = account
                        .core
                        .identities
                        .hex("realtime", account.now.unsigned_abs());
                    return Ok(new);
                }
                self.register(new, account)
            }
        };
        let tracking = self
            .trackings
            .get_mut(serial)
            .ok_or(Refusal::UNKNOWN_TRACKING)?;
        tracking.asked_at = Some(account.now);
        let tracking = tracking.clone();
        self.announce(serial, account);
        Ok(tracking)
    }
}
