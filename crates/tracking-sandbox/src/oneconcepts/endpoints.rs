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

const ORDERS: &str = "/orders";
const UPDATE_ORDER: &str = "update-order-status";

/// The update of an order has two paths, on one at a time.
pub(crate) static ENDPOINTS: &[Endpoint<OneConceptsProvider>] = &[
    Endpoint::post(CREATE_TOKEN, "/create-token", create_token::create),
    Endpoint::get("list-trackings", "/trackings", trackings::list),
    Endpoint::get("get-tracking", "/trackings/{id}", trackings::get),
    Endpoint::get("list-orders", ORDERS, orders::list),
    Endpoint::get("get-order", "/orders/{id}", orders::get),
    Endpoint::post("create-order", ORDERS, create_order::create),
    Endpoint::patch(UPDATE_ORDER, ORDERS, update_order::by_number),
    Endpoint::patch(UPDATE_ORDER, "/orders/{id}", update_order::by_id),
    Endpoint::get("list-category-tree", "/categorytree", categories::tree),
    Endpoint::get("list-categories", "/categories", categories::list),
    Endpoint::get("list-products", "/products", products::list),
    Endpoint::post(
        "check-availability",
        "/products/check-availability",
        products::check_availability,
    ),
    Endpoint::get(GET_ENTRYPOINT, "", documentation::entrypoint),
    Endpoint::get(
        GET_DOCUMENTATION,
        "/docs.jsonld",
        documentation::documentation,
    ),
    Endpoint::get(GET_CONTEXT, "/contexts/{name}", documentation::context),
];

/// Returns true if the operation refuses calls without a token.
pub(crate) fn needs_token(operation: &str) -> bool {
    !matches!(
        operation,
        CREATE_TOKEN | GET_CONTEXT | GET_DOCUMENTATION | GET_ENTRYPOINT
    )
}
