//! The operations, one file each.

pub(crate) mod create_order;
pub(crate) mod get_tracking;
pub(crate) mod quote;
