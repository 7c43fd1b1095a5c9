//! The operations, one file each.

pub(crate) mod create_shipping_order;
pub(crate) mod get_tracking;
pub(crate) mod quote_shipping_methods;
