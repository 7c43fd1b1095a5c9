//! The SDKs, as their own tests describe them: how each operation is called, and what is a success.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::Mutex;

use tracking_testkit::spec::{Described, operations as described};
use tracking_testkit::{Reply, Sdk};

#[path = "../../../crates/exporto-sdk/tests/it/server.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod exporto;
#[path = "../../../crates/gcl-sdk/tests/it/server.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod gcl;
#[path = "../../../crates/oneconcepts-sdk/tests/it/server.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod oneconcepts;
/// Of TrackingMore.
#[path = "../../../crates/trackingmore-sdk/tests/it/operations.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod operations;
/// Of GCL.
#[path = "../../../crates/gcl-sdk/tests/it/requests.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod requests;
#[path = "../../../crates/ship24-sdk/tests/it/server.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod ship24;
#[path = "../../../crates/trackingmore-sdk/tests/it/server.rs"]
#[allow(
    dead_code,
    unexpected_cfgs,
    reason = "the tests of the SDK use the rest and have its features"
)]
mod trackingmore;

pub(crate) use exporto::Exporto;
pub(crate) use gcl::Gcl;
pub(crate) use oneconcepts::OneConcepts;
pub(crate) use ship24::Ship24;
pub(crate) use trackingmore::TrackingMore;

/// What is read from files, once for each SDK.
#[derive(Debug)]
pub(crate) struct Known<S> {
    pub(crate) operations: Vec<Described>,
    /// What the path of a request for a token ends with, and the usual reply.
    pub(crate) login: Option<(&'static str, Reply<S>)>,
    /// A success of [`Sdk::LOOKUP`].
    pub(crate) found: Reply<S>,
}

/// What is known of an SDK.
pub(crate) fn known<S: Sdk>() -> &'static Known<S> {
    static ALL: Mutex<Option<HashMap<TypeId, &'static (dyn std::any::Any + Send + Sync)>>> =
        Mutex::new(None);
    let mut all = ALL.lock().unwrap();
    let all = all.get_or_insert_default();
    let known = all.entry(TypeId::of::<S>()).or_insert_with(|| {
        Box::leak(Box::new(Known::<S> {
            operations: described::<S>(),
            login: S::login().map(|login| (login.path, login.reply)),
            found: S::success(S::LOOKUP),
        }))
    });
    known.downcast_ref().unwrap()
}
