//! What is written on the wire.

pub(crate) mod event;
pub(crate) mod shipment;
pub(crate) mod statistics;
pub(crate) mod tracker;
pub(crate) mod tracking;
