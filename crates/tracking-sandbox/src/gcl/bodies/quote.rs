//! The response to a quote.

use serde::Serialize;

use crate::gcl::carriers::{METHODS, Method};
use crate::gcl::requests::order::OrderRequest;

#[derive(Debug, Serialize)]
pub(crate) struct QuoteBody {
    items: Vec<Item>,
}

impl QuoteBody {
    /// Every method of the account with its price for this request.
    pub(crate) fn new(request: &OrderRequest<'_>) -> Self {
        Self {
            items: METHODS.iter().map(|method| item(method, request)).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Item {
    carrier: CarrierBody,
    method: MethodBody,
}

#[derive(Debug, Serialize)]
struct CarrierBody {
    name: &'static str,
    uid: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct MethodBody {
    name: &'static str,
    uid: &'static str,
    /// In the currency of the request. A number, not a string.
    price: f64,
    max_shipment_days: u32,
    min_shipment_days: u32,
    delivery_padding_days: u32,
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
