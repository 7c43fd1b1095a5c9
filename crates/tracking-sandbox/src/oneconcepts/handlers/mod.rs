//! The operations, one file for each resource or call.

pub(crate) mod categories;
pub(crate) mod create_order;
pub(crate) mod create_token;
pub(crate) mod documentation;
pub(crate) mod orders;
pub(crate) mod products;
pub(crate) mod trackings;
pub(crate) mod update_order;
