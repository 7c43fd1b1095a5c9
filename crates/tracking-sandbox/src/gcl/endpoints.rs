//! The endpoints, and what the sandbox calls their operations.

use http::Method;

use super::module::GclModule;
use super::settings::PER_SECOND;
use super::{create, quote, tracking};
use crate::module::{Call, Endpoint};
use crate::reply::Reply;

/// The three published operations.
pub(super) static ENDPOINTS: [Endpoint<GclModule>; 3] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        handler: fn(&GclModule, &Call<'_>) -> Reply,
    ) -> Endpoint<GclModule> {
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
            tracking::get,
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
            create::create,
        ),
    ]
};

/// The names of the operations.
pub(super) fn operations() -> Vec<&'static str> {
    ENDPOINTS.iter().map(|endpoint| endpoint.id).collect()
}
