//! The operations: name, method, path and handler.

use crate::gcl::handlers::{create_shipping_order, get_tracking, quote_shipping_methods};
use crate::gcl::provider::GclProvider;
use crate::server::Endpoint;

/// The three published operations.
pub(crate) static ENDPOINTS: &[Endpoint<GclProvider>] = &[
    Endpoint::get(
        "get-tracking",
        "/tracking/{trackingNumber}",
        get_tracking::get,
    ),
    Endpoint::post(
        "quote-shipping-methods",
        "/shipping-methods/quote",
        quote_shipping_methods::quote,
    ),
    Endpoint::post(
        "create-shipping-order",
        "/shipping-orders",
        create_shipping_order::create,
    ),
];
