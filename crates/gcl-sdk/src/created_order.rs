//! The response to an order. The order was paid for, so whatever can be read of the response is kept.

use bytes::Bytes;
use tracking_core::kit::has_path;
use tracking_http::json::partial::Partial;
use tracking_http::json::without_bom;
use tracking_http::{Error, Response};

use crate::ShippingOrder;
use crate::partial::missing;

/// Reads the response to an order.
///
/// # Errors
///
/// Kind `Decode` when the body names no order.
pub(crate) fn created_order(response: Response<Bytes>) -> Result<Response<ShippingOrder>, Error> {
    let body = response.body().clone();
    match response.clone().decode::<ShippingOrder>() {
        Ok(order) => order.try_map(|order| {
            if is_order(&order) || has_path(without_bom(&body), &["packages"]) {
                return Ok(order);
            }
            let what = "neither this key nor `orderReferenceId` nor `packages` is there";
            Err(missing("orderId", what))
        }),
        Err(error) => match as_far_as_possible(&body) {
            Some(order) => Ok(response.map(|_| order)),
            None => Err(error),
        },
    }
}

/// Only the first keys of the response are published, so the rest may well have another shape.
fn as_far_as_possible(body: &Bytes) -> Option<ShippingOrder> {
    let order = Partial::from_body(body).ok()?.value;
    is_order(&order).then_some(order)
}

fn is_order(order: &ShippingOrder) -> bool {
    order.order_id.is_some() || order.order_reference_id.is_some() || !order.packages.is_empty()
}
