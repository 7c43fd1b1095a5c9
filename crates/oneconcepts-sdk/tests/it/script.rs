//! The transport of tests in which time matters.

use crate::server::OneConcepts;

pub(crate) type Script = tracking_testkit::Script<OneConcepts>;
pub(crate) type Step = tracking_testkit::Step<OneConcepts>;
