//! The operations, one file for each resource or call.

pub(crate) mod create_label;
pub(crate) mod create_token;
pub(crate) mod get_shipment;
pub(crate) mod list_label_methods;
pub(crate) mod register_return;
pub(crate) mod search_shipments;
pub(crate) mod tours;
