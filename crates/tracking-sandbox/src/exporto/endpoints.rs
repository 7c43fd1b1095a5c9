//! The operations: name, method, path and handler.

use http::Method;

use crate::exporto::handlers::{
    create_label, create_token, get_shipment, list_label_methods, register_return,
    search_shipments, tours,
};
use crate::exporto::provider::ExportoProvider;
use crate::server::{Call, Endpoint, Reply};

pub(crate) const CREATE_TOKEN: &str = "create-token";
pub(crate) const GET_SHIPMENT: &str = "get-shipment";
pub(crate) const SEARCH_SHIPMENTS: &str = "search-shipments";
pub(crate) const LIST_TOURS: &str = "list-tours";
pub(crate) const LIST_TOUR_SHIPMENTS: &str = "list-tour-shipments";
pub(crate) const CREATE_TOUR: &str = "create-tour";
pub(crate) const LIST_LABEL_METHODS: &str = "list-label-methods";
pub(crate) const CREATE_LABEL: &str = "create-label";
pub(crate) const REGISTER_RETURN: &str = "register-return-shipment";

/// The tour operations are listed once for each spelling of [`TourPaths`](super::TourPaths).
pub(crate) static ENDPOINTS: [Endpoint<ExportoProvider>; 15] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        handler: fn(&ExportoProvider, &Call<'_>) -> Reply,
    ) -> Endpoint<ExportoProvider> {
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
        handler: fn(&ExportoProvider, &Call<'_>) -> Reply,
    ) -> Endpoint<ExportoProvider> {
        endpoint(id, Method::GET, path, handler)
    }
    const fn post(
        id: &'static str,
        path: &'static str,
        handler: fn(&ExportoProvider, &Call<'_>) -> Reply,
    ) -> Endpoint<ExportoProvider> {
        endpoint(id, Method::POST, path, handler)
    }
    [
        post(CREATE_TOKEN, "/auth/token", create_token::create),
        get(
            SEARCH_SHIPMENTS,
            "/shipment/search",
            search_shipments::search,
        ),
        get(GET_SHIPMENT, "/shipment/{shipmentId}", get_shipment::get),
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
        get(
            LIST_LABEL_METHODS,
            "/label/methods",
            list_label_methods::list,
        ),
        post(CREATE_LABEL, "/label", create_label::create),
        post(
            REGISTER_RETURN,
            "/order/return-shipment",
            register_return::register,
        ),
    ]
};

/// The operations, each once.
pub(crate) fn operations() -> Vec<&'static str> {
    let mut names: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.id).collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_operations_have_distinct_names() {
        let mut names = operations();
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), 9);
        assert_eq!(operations().len(), 9);
    }
}
