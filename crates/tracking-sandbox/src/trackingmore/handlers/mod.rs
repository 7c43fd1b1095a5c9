//! What each operation does, one file per operation or pair.

pub(crate) mod air_cargo;
pub(crate) mod batch_create;
pub(crate) mod change_carrier;
pub(crate) mod cost_time;
pub(crate) mod counters;
pub(crate) mod create_tracking;
pub(crate) mod delete_tracking;
pub(crate) mod detect_carrier;
pub(crate) mod get_tracking;
pub(crate) mod list_carriers;
pub(crate) mod list_trackings;
pub(crate) mod not_update;
pub(crate) mod realtime;
pub(crate) mod remote;
pub(crate) mod update_tracking;
