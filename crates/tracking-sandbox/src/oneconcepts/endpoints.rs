//! The operations: name, method, path and handler.

use crate::oneconcepts::handlers::{
    categories, create_order, create_token, documentation, orders, products, trackings,
    update_order,
};
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::server::Endpoint;

const CREATE_TOKEN: &str = "create-token";
const GET_CONTEXT: &str = "get-context";
const GET_DOCUMENTATION: &str = "get-documentation";
const GET_ENTRYPOINT: &str = "get-entrypoint";

const ORDERS: &str = "/api/orders";

/// The update of an order has two paths, on one at a time. `list-categories` is deprecated, and no client needs it.
pub(crate) static ENDPOINTS: &[Endpoint<OneConceptsProvider>] = &[
    Endpoint::post(CREATE_TOKEN, "/api/create-token", create_token::create),
    Endpoint::get("list-trackings", "/api/trackings", trackings::list),
    Endpoint::get("get-tracking", "/api/trackings/{id}", trackings::get),
    Endpoint::get("list-orders", ORDERS, orders::list),
    Endpoint::get("get-order", "/api/orders/{id}", orders::get),
    Endpoint::post("create-order", ORDERS, create_order::create),
    Endpoint::patch("update-order-status", ORDERS, update_order::by_number),
    Endpoint::patch(
        "update-order-status-by-id",
        "/api/orders/{id}",
        update_order::by_id,
    ),
    Endpoint::get("list-category-tree", "/api/categorytree", categories::tree),
    Endpoint::get("list-categories", "/api/categories", categories::list),
    Endpoint::get("list-products", "/api/products", products::list),
    Endpoint::post(
        "check-availability",
        "/api/products/check-availability",
        products::check_availability,
    ),
    Endpoint::get(GET_ENTRYPOINT, "/api", documentation::entrypoint),
    Endpoint::get(
        GET_DOCUMENTATION,
        "/api/docs.jsonld",
        documentation::documentation,
    ),
    Endpoint::get(GET_CONTEXT, "/api/contexts/{name}", documentation::context),
];

/// Returns true if the operation refuses calls without a token.
pub(crate) fn needs_token(operation: &str) -> bool {
    !matches!(
        operation,
        CREATE_TOKEN | GET_CONTEXT | GET_DOCUMENTATION | GET_ENTRYPOINT
    )
}
