//! The operations: name, method, path, and what answers.

use http::Method;

use super::module::ExportoModule;
use super::{label, label_methods, returns, search, shipment, token, tours};
use crate::module::{Call, Endpoint};
use crate::reply::Reply;

pub(super) const CREATE_TOKEN: &str = "create-token";
pub(super) const GET_SHIPMENT: &str = "get-shipment";
pub(super) const SEARCH_SHIPMENTS: &str = "search-shipments";
pub(super) const LIST_TOURS: &str = "list-tours";
pub(super) const LIST_TOUR_SHIPMENTS: &str = "list-tour-shipments";
pub(super) const CREATE_TOUR: &str = "create-tour";
pub(super) const LIST_LABEL_METHODS: &str = "list-label-methods";
pub(super) const CREATE_LABEL: &str = "create-label";
pub(super) const REGISTER_RETURN: &str = "register-return-shipment";

/// The tour operations stand here once for each spelling of [`TourPaths`](super::TourPaths).
pub(super) static ENDPOINTS: [Endpoint<ExportoModule>; 15] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        handler: fn(&ExportoModule, &Call<'_>) -> Reply,
    ) -> Endpoint<ExportoModule> {
        Endpoint {
            id,
            method,
            path,
            // No limit is documented; the account has one of its own.
            per_second: 0,
            handler,
        }
    }
    const fn get(
        id: &'static str,
        path: &'static str,
        handler: fn(&ExportoModule, &Call<'_>) -> Reply,
    ) -> Endpoint<ExportoModule> {
        endpoint(id, Method::GET, path, handler)
    }
    const fn post(
        id: &'static str,
        path: &'static str,
        handler: fn(&ExportoModule, &Call<'_>) -> Reply,
    ) -> Endpoint<ExportoModule> {
        endpoint(id, Method::POST, path, handler)
    }
    [
        post(CREATE_TOKEN, "/auth/token", token::create),
        get(SEARCH_SHIPMENTS, "/shipment/search", search::search),
        get(GET_SHIPMENT, "/shipment/{shipmentId}", shipment::get),
        get(LIST_TOURS, "/tour", tours::list),
        get(LIST_TOURS, "/tours", tours::list),
        get(LIST_TOURS, "/tour/list", tours::list),
        get(
            LIST_TOUR_SHIPMENTS,
            "/tour/{tourId}/shipment",
            tours::shipments,
        ),
        get(
            LIST_TOUR_SHIPMENTS,
            "/tours/{tourId}/shipments",
            tours::shipments,
        ),
        get(LIST_TOUR_SHIPMENTS, "/tour/{tourId}", tours::shipments),
        post(CREATE_TOUR, "/tour", tours::create),
        post(CREATE_TOUR, "/tours", tours::create),
        post(CREATE_TOUR, "/tour/create", tours::create),
        get(LIST_LABEL_METHODS, "/label/methods", label_methods::list),
        post(CREATE_LABEL, "/label", label::create),
        post(REGISTER_RETURN, "/order/return-shipment", returns::register),
    ]
};

/// The operations, each once.
pub(super) fn operations() -> Vec<&'static str> {
    let mut names: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.id).collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_operations_have_a_name_each() {
        let mut names = operations();
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), 9);
        assert_eq!(operations().len(), 9);
    }
}
