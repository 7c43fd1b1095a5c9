//! The endpoints, and what the sandbox calls their operations.

use http::Method;

use crate::gcl::provider::GclProvider;
use crate::gcl::settings::PER_SECOND;

use crate::gcl::handlers::{create_order, get_tracking, quote};
use crate::server::{Call, Endpoint, Reply};

/// The three published operations.
pub(crate) static ENDPOINTS: [Endpoint<GclProvider>; 3] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        handler: fn(&GclProvider, &Call<'_>) -> Reply,
    ) -> Endpoint<GclProvider> {
        Endpoint {
            id,
            method,
            path,
            per_second: PER_SECOND,
            handler,
        }
    }
    [
        endpoint(
            "get-tracking",
            Method::GET,
            "/v1/tracking/{trackingNumber}",
            get_tracking::get,
        ),
        endpoint(
            "quote-shipping-methods",
            Method::POST,
            "/v1/shipping-methods/quote",
            quote::quote,
        ),
        endpoint(
            "create-shipping-order",
            Method::POST,
            "/v1/shipping-orders",
            create_order::create,
        ),
    ]
};

/// The names of the operations.
pub(crate) fn operations() -> Vec<&'static str> {
    ENDPOINTS.iter().map(|endpoint| endpoint.id).collect()
}
