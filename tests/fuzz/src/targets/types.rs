//! Any body, read as each type of an SDK: what was read can be written, and says the same when it is read again.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracking_http::{decode, unmodelled_fields};
use tracking_testkit::Sdk;

use crate::input::Input;

/// Reads a body as types of an SDK, one of which the first byte chooses.
macro_rules! types {
    ($function:ident, $sdk:ident: $($type:ident),+ $(,)?) => {
        pub(crate) fn $function(input: &[u8]) {
            const TYPES: &[fn(&[u8])] = &[$(is_the_same_again::<$sdk::$type>),+];
            let mut input = Input::new(input);
            let read = input.choice(TYPES);
            read(input.rest());
        }
    };
}

types!(exporto, exporto_sdk: AccessToken, ErrorResponse, Label, LabelMethodList, Shipment, ShipmentList, Tour, TourList);
types!(gcl, gcl_sdk: ErrorResponse, QuotedShippingMethod, ShippingMethodsQuote, ShippingOrder, TrackingResponse);
types!(oneconcepts, oneconcepts_sdk:
    AvailabilityResponse, CategoryTreeCollection, ErrorResponse, Order, OrderCollection, ProductCollection,
    TokenResponse, TrackingCollection,
);
types!(ship24, ship24_sdk:
    BulkCreateResponse, CourierListResponse, ErrorResponse, ProofOfDeliveryWebhook, ResendWebhooksResponse,
    TrackerListResponse, TrackerResponse, TrackingEventsWebhook, TrackingResultsResponse, WebhookHistory,
);
types!(trackingmore, trackingmore_sdk:
    AirCargoResponse, BatchCreateResponse, CarrierListResponse, CostTimeResponse, CreateTrackingResponse,
    DeleteTrackingResponse, DeleteTrackingsResponse, DetectCarrierResponse, ErrorResponse, NotUpdateResponse,
    RealtimeResponse, RemoteResponse, StatusNumberResponse, TrackingListResponse, TrackingResponse, TrackingWebhook,
    UpdateCarrierResponse, UpdateMoreResponse, UpdateTrackingResponse, UserInfoResponse,
);

fn is_the_same_again<T: Serialize + DeserializeOwned>(body: &[u8]) {
    let Ok(read) = decode::<T>(body) else {
        return;
    };
    let written = serde_json::to_string(&read).unwrap();
    let again: T = decode(written.as_bytes()).unwrap_or_else(|error| panic!("{error}: {written}"));
    let again = serde_json::to_string(&again).unwrap();
    assert!(is_same_json(&again, &written), "{again}: {written}");
    unmodelled_fields::<T>(body).unwrap();
}

/// Returns true if both say the same. A number of more than 15 digits, or with a large exponent, is read as the nearest
/// one or as its neighbour: `serde_json` takes twice the time to find the nearest one.
fn is_same_json(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let [one, other]: [Value; 2] = [one, other].map(|json| serde_json::from_str(json).unwrap());
    is_same_value(&one, &other)
}

pub(super) fn is_same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (Some(value), Some(again)) = (one.as_f64(), other.as_f64()) else {
                return false;
            };
            let is_float = !one.is_i64() && !one.is_u64();
            one == other || (is_float && (value - again).abs() <= value.abs() * 1e-15)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same_value(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|((key, value), (again, other))| {
                    key == again && is_same_value(value, other)
                })
        }
        (one, other) => one == other,
    }
}

/// Every fixture with a few of the types: the changes find the others.
pub(crate) fn seeds<S: Sdk>() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (place, file) in (0_u8..=u8::MAX).cycle().zip(S::FIXTURES.bodies()) {
        let body = S::FIXTURES.text(&file);
        for step in 0..4 {
            let first = place.wrapping_add(step);
            seeds.push([&[first], body.as_bytes()].concat());
        }
    }
    seeds
}
