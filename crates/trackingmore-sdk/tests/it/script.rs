//! The transport of tests in which time matters.

use crate::server::TrackingMore;

pub(crate) type Script = tracking_testkit::Script<TrackingMore>;
pub(crate) type Step = tracking_testkit::Step<TrackingMore>;
