//! The transport of tests in which time matters.

use crate::server::Gcl;

pub(crate) type Script = tracking_testkit::Script<Gcl>;
pub(crate) type Step = tracking_testkit::Step<Gcl>;
