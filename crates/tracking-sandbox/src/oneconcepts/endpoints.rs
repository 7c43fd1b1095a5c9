//! The endpoints, and what the sandbox calls their operations.

use http::Method;

use crate::oneconcepts::handlers::{
    categories, create_order, create_token, orders, products, trackings, update_order,
};
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::server::{Call, Endpoint, Reply};

/// The one operation that needs no token.
pub(crate) const CREATE_TOKEN: &str = "create-token";

/// The update of an order answers on two paths, on one at a time.
pub(crate) static ENDPOINTS: [Endpoint<OneConceptsProvider>; 12] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        handler: fn(&OneConceptsProvider, &Call<'_>) -> Reply,
    ) -> Endpoint<OneConceptsProvider> {
        Endpoint {
            id,
            method,
            path,
            // No limit is documented, and none is kept.
            per_second: u32::MAX,
            handler,
        }
    }
    const GET: Method = Method::GET;
    const ORDERS: &str = "/orders";
    const UPDATE_ORDER: &str = "update-order-status";
    [
        endpoint(
            CREATE_TOKEN,
            Method::POST,
            "/create-token",
            create_token::create,
        ),
        endpoint("list-trackings", GET, "/trackings", trackings::list),
        endpoint("get-tracking", GET, "/trackings/{id}", trackings::get),
        endpoint("list-orders", GET, ORDERS, orders::list),
        endpoint("get-order", GET, "/orders/{id}", orders::get),
        endpoint("create-order", Method::POST, ORDERS, create_order::create),
        endpoint(UPDATE_ORDER, Method::PATCH, ORDERS, update_order::by_number),
        endpoint(
            UPDATE_ORDER,
            Method::PATCH,
            "/orders/{id}",
            update_order::by_id,
        ),
        endpoint("list-category-tree", GET, "/categorytree", categories::tree),
        endpoint("list-categories", GET, "/categories", categories::list),
        endpoint("list-products", GET, "/products", products::list),
        endpoint(
            "check-availability",
            Method::POST,
            "/products/check-availability",
            products::check_availability,
        ),
    ]
};

/// Every operation once, in the order of the endpoints.
pub(crate) fn operations() -> Vec<&'static str> {
    let mut names: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.id).collect();
    names.dedup();
    names
}
