//! Response bodies.

pub(crate) mod catalogue;
pub(crate) mod documentation;
pub(crate) mod hydra;
pub(crate) mod order;
pub(crate) mod response;
pub(crate) mod tracking;
