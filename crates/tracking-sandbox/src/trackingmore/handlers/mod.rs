//! What each operation does, one file per operation or pair.

pub(crate) mod air_cargo;
pub(crate) mod batch_create_trackings;
pub(crate) mod cost_time;
pub(crate) mod counters;
pub(crate) mod create_tracking;
pub(crate) mod delete_tracking;
pub(crate) mod detect_carrier;
pub(crate) mod get_tracking;
pub(crate) mod list_carriers;
pub(crate) mod list_trackings;
pub(crate) mod not_update_trackings;
pub(crate) mod realtime_tracking;
pub(crate) mod remote_areas;
pub(crate) mod update_carrier;
pub(crate) mod update_tracking;
