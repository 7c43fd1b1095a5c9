//! Response bodies.

pub(crate) mod catalogue;
pub(crate) mod hydra;
pub(crate) mod order;
pub(crate) mod tracking;
