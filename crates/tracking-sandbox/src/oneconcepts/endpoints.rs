//! The endpoints, and what the sandbox calls their operations.

use crate::oneconcepts::handlers::{
    categories, create_order, create_token, orders, products, trackings, update_order,
};
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::server::Endpoint;

/// The one operation that needs no token.
pub(crate) const CREATE_TOKEN: &str = "create-token";

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
];
