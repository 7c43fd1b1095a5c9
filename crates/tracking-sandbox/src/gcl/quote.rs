//! `POST /v1/shipping-methods/quote`: the methods of the account with a price each.

use http::StatusCode;
use serde::Serialize;

use super::carriers::{METHODS, Method};
use super::failure::Failure;
use super::fields::{self, Field};
use super::module::GclModule;
use super::order_request::OrderRequest;
use crate::module::Call;
use crate::reply::Reply;

#[derive(Serialize)]
struct Quote {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    carrier: CarrierBody,
    method: MethodBody,
}

#[derive(Serialize)]
struct CarrierBody {
    name: &'static str,
    uid: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MethodBody {
    name: &'static str,
    uid: &'static str,
    /// In the currency of the request. A number, not a text.
    price: f64,
    max_shipment_days: u32,
    min_shipment_days: u32,
    delivery_padding_days: u32,
}

pub(super) fn quote(module: &GclModule, call: &Call<'_>) -> Reply {
    let (every_key, details) = {
        let assumptions = &module.state().settings.assumptions;
        (assumptions.require_every_key, assumptions.error_details)
    };
    let quoted = fields::body(call).and_then(|body| {
        let request = OrderRequest::read(&Field::root(&body, every_key))?;
        let items = METHODS.iter().map(|method| item(method, &request));
        Ok(Quote {
            items: items.collect(),
        })
    });
    match quoted {
        Ok(quote) => Reply::json(StatusCode::OK, &quote),
        Err(failure) => Failure::reply(&failure, details),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "prices stay far below the numbers that a float cannot hold"
)]
fn item(method: &Method, request: &OrderRequest<'_>) -> Item {
    let cents = method.cents(request.charged_grams(), request.is_abroad());
    Item {
        carrier: CarrierBody {
            name: method.carrier_name,
            uid: method.carrier_uid,
        },
        method: MethodBody {
            name: method.name,
            uid: method.uid,
            price: cents as f64 / 100.0,
            max_shipment_days: method.days.1,
            min_shipment_days: method.days.0,
            delivery_padding_days: method.padding_days,
        },
    }
}
