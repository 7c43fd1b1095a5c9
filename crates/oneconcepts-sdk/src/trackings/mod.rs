//! Trackings: filters by time, couriers' pages, and when new ones appear.

mod created_at;
mod tracking_url;
mod upload_time;

pub(crate) use created_at::CreatedAt;
pub use tracking_url::tracking_url;
pub(crate) use tracking_url::{TrackingPages, is_number};
pub use upload_time::next_upload_after;
