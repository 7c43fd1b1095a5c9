//! What is written on the wire.

pub(crate) mod created_tracking;
pub(crate) mod envelope;
pub(crate) mod item_outcome;
pub(crate) mod leg;
pub(crate) mod loose_string;
pub(crate) mod php_json;
pub(crate) mod tracking;
