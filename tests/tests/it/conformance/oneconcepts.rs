//! 1concepts as a candidate.

use std::sync::Arc;

use oneconcepts_sdk::ListTrackingsQuery;
use tracking_core::TrackRequest;
use tracking_core::conformance::Cases;
use tracking_sandbox::Sandbox;

use super::{Candidate, OF_DETECTION, OF_NUMBERS, OF_REGISTRATION, OF_WEBHOOKS};
use crate::oneconcepts::sandboxed::client;

pub(super) async fn candidate() -> Candidate {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let account = sandbox.oneconcepts();
    let client = client(&sandbox);
    let trackings = client
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap();
    let id = trackings.members[0].id.as_ref().unwrap().to_string();

    let log = Arc::clone(&sandbox);
    let cases = Cases::new()
        .with_found(TrackRequest::reference("SHOP::1001"))
        // Two parcels of one order.
        .with_found(TrackRequest::reference("SHOP::1002"))
        .with_found(TrackRequest::id(id))
        .with_unknown(TrackRequest::reference("SHOP::UNKNOWN"))
        .with_unknown(TrackRequest::id("999999"))
        .with_secret(account.email())
        .with_secret(account.password())
        .with_call_counter(move || log.requests().len() as u64);

    Candidate {
        provider: Arc::new(client),
        cases,
        not_concerned: &[OF_NUMBERS, OF_REGISTRATION, OF_DETECTION, OF_WEBHOOKS],
        sandbox,
    }
}
