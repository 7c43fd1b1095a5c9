//! Control paths under `/_sandbox`, for tests in any language.

mod account;
mod clock;
mod faults;
pub(crate) mod json;
mod requests;
mod router;
mod settings;
pub(crate) mod status;
mod subject;
mod world;

pub(crate) use account::account_methods;
pub(crate) use json::ok;
pub(crate) use router::router;
pub(crate) use settings::{HasSettings, account_router};
pub(crate) use subject::Subject;
