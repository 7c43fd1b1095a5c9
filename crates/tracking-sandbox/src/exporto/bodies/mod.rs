//! Response bodies.

pub(crate) mod label;
pub(crate) mod shipment;
pub(crate) mod tours;
