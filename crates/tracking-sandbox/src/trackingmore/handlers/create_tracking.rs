//! `POST /trackings/post`, and what makes a number acceptable.

use crate::server::{Call, Reply};
use crate::snapshot::Snapshot;
use crate::trackingmore::bodies::created_tracking::CreatedTracking;
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::quota::Quota;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::state::State;
use crate::trackingmore::tracking::{Details, Tracking};

pub(crate) fn create(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let body = input::body(call)?;
    let tracking = state.acceptable(Fields::of(&body)?, "order_id", &snapshot)?;
    state.settings.quota.pay(Quota::ONE)?;
    let serial = state.register(tracking, &snapshot);
    let code = state.settings.assumptions.create_code;
    let tracking = state.trackings.get(serial);
    let tracking = tracking.ok_or(Refusal::UNKNOWN_TRACKING)?;
    Ok(envelope::reply(code, &CreatedTracking::new(tracking)))
}

impl State {
    /// Reads a create object and checks all that can be wrong with it but the quota. Operations
    /// differ in the name they have for the order.
    pub(crate) fn acceptable(
        &self,
        fields: Fields<'_>,
        order_field: &str,
        snapshot: &Snapshot<'_>,
    ) -> Result<Tracking, Refusal> {
        let (carrier, number) = fields.key()?;
        if !input::is_tracking_number(&number) {
            return Err(Refusal::NUMBER_INVALID);
        }
        self.known_carrier(&carrier, &number, snapshot)?;
        if self.trackings.find(&carrier, &number).is_some() {
            return Err(Refusal::EXISTS);
        }
        let mut tracking = Tracking::new(String::new(), carrier, number, snapshot.now);
        tracking.details = Details {
            title: fields.string("title"),
            logistics_channel: fields.string("logistics_channel"),
            customer_name: fields.string("customer_name"),
            customer_email: fields.string("customer_email"),
            customer_phone: fields.string("customer_phone"),
            order_id: fields.string(order_field),
            order_create_time: fields.string("order_create_time"),
            comment: fields.string("comment"),
            destination_code: fields.string("destination_code"),
            postal_code: fields.string("tracking_postal_code"),
        };
        Ok(tracking)
    }

    /// Puts a tracking into the account.
    pub(crate) fn register(&mut self, mut tracking: Tracking, snapshot: &Snapshot<'_>) -> u64 {
        tracking.id = snapshot
            .core
            .identities
            .hex("trackingmore", self.trackings.created());
        let serial = self.trackings.add(tracking);
        self.announce(serial, snapshot);
        serial
    }
}
