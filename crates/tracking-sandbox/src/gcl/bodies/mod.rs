//! Response bodies, and the bodies of notifications.

pub(crate) mod order;
pub(crate) mod quote;
pub(crate) mod tracking;
pub(crate) mod xml;
