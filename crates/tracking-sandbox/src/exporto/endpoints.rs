//! The operations: name, method, path and handler.

use crate::exporto::handlers::{
    create_label, create_token, get_shipment, list_label_methods, register_return,
    search_shipments, tours,
};
use crate::exporto::provider::ExportoProvider;
use crate::server::Endpoint;

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
pub(crate) static ENDPOINTS: &[Endpoint<ExportoProvider>] = &[
    Endpoint::post(CREATE_TOKEN, "/auth/token", create_token::create),
    Endpoint::get(
        SEARCH_SHIPMENTS,
        "/shipment/search",
        search_shipments::search,
    ),
    Endpoint::get(GET_SHIPMENT, "/shipment/{shipmentId}", get_shipment::get),
    Endpoint::get(LIST_TOURS, "/tour", tours::list),
    Endpoint::get(LIST_TOURS, "/tours", tours::list),
    Endpoint::get(LIST_TOURS, "/tour/list", tours::list),
    Endpoint::get(
        LIST_TOUR_SHIPMENTS,
        "/tour/{tourId}/shipment",
        tours::shipments,
    ),
    Endpoint::get(
        LIST_TOUR_SHIPMENTS,
        "/tours/{tourId}/shipments",
        tours::shipments,
    ),
    Endpoint::get(LIST_TOUR_SHIPMENTS, "/tour/{tourId}", tours::shipments),
    Endpoint::post(CREATE_TOUR, "/tour", tours::create),
    Endpoint::post(CREATE_TOUR, "/tours", tours::create),
    Endpoint::post(CREATE_TOUR, "/tour/create", tours::create),
    Endpoint::get(
        LIST_LABEL_METHODS,
        "/label/methods",
        list_label_methods::list,
    ),
    Endpoint::post(CREATE_LABEL, "/label", create_label::create),
    Endpoint::post(
        REGISTER_RETURN,
        "/order/return-shipment",
        register_return::register,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_operations_have_distinct_names() {
        let mut names = Endpoint::operations(ENDPOINTS);
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), 9);
        assert_eq!(Endpoint::operations(ENDPOINTS).len(), 9);
    }
}
