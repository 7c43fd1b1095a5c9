//! `POST /trackings/post`, and what makes a number acceptable.

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::created_tracking::CreatedTracking;
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::state::{Account, Quota, State};
use crate::trackingmore::tracking::{Details, Tracking};

pub(crate) fn create(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let created = (|| {
        let body = input::body(call)?;
        let tracking = state.acceptable(Fields::of(&body)?, "order_id", &account)?;
        state.quota.pay(Quota::ONE)?;
        Ok(state.register(tracking, &account))
    })();
    let reply = match created {
        Ok(serial) => {
            let code = state.settings.assumptions.create_code;
            match state.trackings.get(serial) {
                Some(tracking) => envelope::answer(code, &CreatedTracking::new(tracking)),
                None => Refusal::UNKNOWN_TRACKING.into_reply(),
            }
        }
        Err(refusal) => Refusal::into_reply(refusal),
    };
    drop(state);
    provider.signals.wake();
    reply
}

impl State {
    /// Reads a create object and checks all that can be wrong with it but the quota. Operations
    /// differ in the name they have for the order.
    pub(crate) fn acceptable(
        &self,
        fields: Fields<'_>,
        order_field: &str,
        account: &Account<'_>,
    ) -> Result<Tracking, Refusal> {
        let (carrier, number) = fields.key()?;
        if !input::is_tracking_number(&number) {
            return Err(Refusal::NUMBER_INVALID);
        }
        self.known_carrier(&carrier, &number, account)?;
        if self.trackings.find(&carrier, &number).is_some() {
            return Err(Refusal::EXISTS);
        }
        let mut tracking = Tracking::new(String::new(), carrier, number, account.now);
        tracking.details = Details {
            title: fields.text("title"),
            logistics_channel: fields.text("logistics_channel"),
            customer_name: fields.text("customer_name"),
            customer_email: fields.text("customer_email"),
            customer_phone: fields.text("customer_phone"),
            order_id: fields.text(order_field),
            order_create_time: fields.text("order_create_time"),
            comment: fields.text("comment"),
            destination_code: fields.text("destination_code"),
            postal_code: fields.text("tracking_postal_code"),
        };
        Ok(tracking)
    }

    /// Puts a tracking into the account.
    pub(crate) fn register(&mut self, mut tracking: Tracking, account: &Account<'_>) -> u64 {
        tracking.id = account
            .core
            .identities
            .hex("trackingmore", self.trackings.created());
        let serial = self.trackings.add(tracking);
        self.announce(serial, account);
        serial
    }
}
