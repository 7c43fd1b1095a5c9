//! What is sent to register a number.

use tracking_core::{Date, Error, ErrorKind, Registered, Registration};

use crate::empty::reported;
use crate::error::NAME;
use crate::status_table::PROVIDER;
use crate::{BatchCreateTracking, Client, CreateTracking, CreatedTracking};

impl Client {
    /// What the account says about a number that is registered already.
    pub(crate) async fn registered(&self, courier: &str, number: String) -> Registered {
        let mut registered = Registered::new(PROVIDER, number);
        // It exists. That it has nothing to show, or cannot be read now, changes nothing about that.
        if let Ok(tracking) = self.get_tracking(courier, &registered.number).await {
            let tracking = tracking.into_inner();
            registered.id = reported(tracking.id.map(Into::into));
            registered.reference = reported(tracking.order_id);
        }
        registered
    }

    /// The courier that a number without one is registered under.
    pub(crate) async fn likeliest_courier(&self, number: &str) -> Result<String, Error> {
        self.first_courier(number).await?.ok_or_else(|| {
            let message = "no courier is known for this number; name one";
            Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
        })
    }
}

/// What was just registered, under the number that was sent if the response names none.
pub(crate) fn created_now(created: CreatedTracking, number: String) -> Registered {
    let number = reported(created.tracking_number).unwrap_or(number);
    let mut registered = Registered::new(PROVIDER, number);
    registered.id = reported(created.id.map(Into::into));
    registered.reference = reported(created.order_id);
    registered.created = Some(true);
    registered
}

/// Returns true if what was registered has an id or a number. Without them it is none.
pub(crate) fn is_something(created: &CreatedTracking) -> bool {
    created.id.is_some() || created.tracking_number.is_some()
}

pub(crate) fn to_create(registration: &Registration, courier: &str) -> CreateTracking {
    let mut tracking = CreateTracking::new(registration.number.as_str(), courier);
    tracking.destination_code = registration.hints.destination_country.clone();
    tracking.tracking_destination_country = registration.hints.destination_country.clone();
    tracking.tracking_postal_code = registration.hints.destination_post_code.clone();
    tracking.tracking_ship_date = registration.hints.ship_date.map(compact);
    tracking.order_id = registration.reference.clone();
    tracking.title = registration.title.clone();
    tracking
}

/// The same as an item of a batch, which has another field for the country that a courier may ask for.
pub(crate) fn to_create_in_batch(
    registration: &Registration,
    courier: &str,
    language: &Option<String>,
) -> BatchCreateTracking {
    let single = to_create(registration, courier);
    let mut tracking = BatchCreateTracking::new(single.tracking_number, single.carrier_code);
    tracking.destination_code = single.destination_code;
    tracking.special_number_destination = single.tracking_destination_country;
    tracking.tracking_postal_code = single.tracking_postal_code;
    tracking.tracking_ship_date = single.tracking_ship_date;
    tracking.order_id = single.order_id;
    tracking.title = single.title;
    tracking.lang.clone_from(language);
    tracking
}

/// Checks what a registration or a realtime query would send, before anything is asked.
pub(crate) fn check_fields(
    registration: &Registration,
    language: Option<String>,
) -> Result<(), Error> {
    // Number and courier are checked where they are sent; a courier may still be detected.
    let mut tracking = to_create(registration, "any");
    "any".clone_into(&mut tracking.tracking_number);
    tracking.lang = language;
    let checked = tracking.validate();
    Ok(checked.map_err(|error| error.with_provider(NAME))?)
}

/// A day as TrackingMore writes it: `20260908`.
pub(crate) fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}
