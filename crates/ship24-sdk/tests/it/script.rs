//! The transport of tests in which time matters.

use crate::server::Ship24;

pub(crate) type Script = tracking_testkit::Script<Ship24>;
pub(crate) type Step = tracking_testkit::Step<Ship24>;
