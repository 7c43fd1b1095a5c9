//! The transport of tests in which time matters.

use crate::server::Exporto;

pub(crate) type Script = tracking_testkit::Script<Exporto>;
pub(crate) type Step = tracking_testkit::Step<Exporto>;
