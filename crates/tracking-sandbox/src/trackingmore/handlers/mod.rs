//! What each operation does, one file per operation or pair.

pub(crate) mod air_cargo;
pub(crate) mod batch;
pub(crate) mod carriers;
pub(crate) mod change_carrier;
pub(crate) mod counters;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod detect;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod not_update;
pub(crate) mod realtime;
pub(crate) mod remote;
pub(crate) mod transit_times;
pub(crate) mod update;
