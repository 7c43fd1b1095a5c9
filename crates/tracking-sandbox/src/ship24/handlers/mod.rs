//! What each operation does, one file per operation or pair.

pub(crate) mod bulk_create_trackers;
pub(crate) mod create_tracker;
pub(crate) mod create_tracker_and_get_tracking_results;
pub(crate) mod download_webhook_history;
pub(crate) mod get_couriers;
pub(crate) mod get_tracking;
pub(crate) mod resend_webhooks;
pub(crate) mod results;
pub(crate) mod trackers;
pub(crate) mod update_tracker;
