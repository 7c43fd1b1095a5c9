//! The operations: name, method, path and handler.

use crate::gcl::handlers::{create_order, get_tracking, quote};
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
        quote::quote,
    ),
    Endpoint::post(
        "create-shipping-order",
        "/shipping-orders",
        create_order::create,
    ),
];
