//! The full body of a request: what is not set is sent empty, as in the provider's example.

use serde::Serialize;
use serde_json::{Number, Value, json};
use tracking_http::{Call, Error};

/// Adds the body of a quote or of an order, with every key of the published example.
///
/// It is not known which keys may be left out, and the example sends all of them, with an empty string
/// or null for what does not apply. So that is the only form which is known to be accepted.
/// Numbers without a fraction are sent without one, as there.
pub(crate) fn with_full_body<'a>(
    call: Call<'a>,
    request: &impl Serialize,
    empty: &Value,
) -> Call<'a> {
    match serde_json::to_value(request) {
        Ok(mut body) => {
            fill(&mut body, empty);
            shorten(&mut body);
            call.json(&body)
        }
        Err(error) => {
            let refused = Error::invalid_request("body", "cannot be written");
            call.check(Err(refused.with_source(error)))
        }
    }
}

/// A quote of which nothing is set. Of a list, the one element is used for all.
pub(crate) fn empty_quote() -> Value {
    let person = json!({"firstName": "", "lastName": "", "company": "", "email": "", "phone": ""});
    let address = json!({
        "state": "", "addressLine2": null, "addressLine3": null, "street": "", "houseNumber": "",
        "suburb": null,
    });
    json!({
        "partner": {"clientName": ""},
        "receiver": {"person": person, "address": address, "customs": {"vatNumber": null}},
        "sender": {
            "person": person,
            "address": address,
            "customs": {
                "vatNumber": null, "iossNumber": null, "eoriNumber": null, "pcccNumber": null,
                "australianBusinessNumber": null,
            },
        },
        "packages": [{
            "grossWeight": null, "netWeight": null, "length": null, "width": null, "height": null,
            "boxType": null, "volumetricWeight": null,
            "items": [{"weight": null, "hsCode": null, "countryOfOrigin": null}],
        }],
    })
}

/// An order of which nothing is set.
pub(crate) fn empty_order() -> Value {
    let mut empty = empty_quote();
    empty["shippingMethod"] = json!({"uid": "", "carrier": "", "tier": ""});
    empty
}

fn fill(value: &mut Value, empty: &Value) {
    match (value, empty) {
        (Value::Object(keys), Value::Object(empties)) => {
            for (key, empty) in empties {
                match keys.get_mut(key) {
                    Some(value) => fill(value, empty),
                    None => {
                        keys.insert(key.clone(), empty.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(empties)) => {
            for (item, empty) in items.iter_mut().zip(empties.iter().cycle()) {
                fill(item, empty);
            }
        }
        _ => {}
    }
}

/// Writes 810.0 as 810.
fn shorten(value: &mut Value) {
    /// Up to here every whole number has an exact form as a floating-point number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Object(keys) => keys.values_mut().for_each(shorten),
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Number(number) if number.is_f64() => {
            let whole = number
                .as_f64()
                .filter(|it| it.fract() == 0.0 && it.abs() <= EXACT);
            if let Some(whole) = whole {
                *number = Number::from(whole as i64);
            }
        }
        _ => {}
    }
}
