//! 1concepts as a candidate.

use std::sync::Arc;

use oneconcepts_sdk::{ConfigureClient as _, ListTrackingsQuery};
use tracking_core::TrackRequest;
use tracking_core::conformance::Cases;
use tracking_sandbox::Sandbox;

use super::troubled::{Troubles, pair};
use super::{Candidate, OF_COURIERS, OF_DETECTION, OF_NUMBERS, OF_REGISTRATION, OF_WEBHOOKS};
use crate::oneconcepts::sandboxed::{builder, client};
use crate::ship24::sandboxed::swift_retries;

pub(super) async fn candidate() -> Candidate {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let account = sandbox.oneconcepts();
    let client = client(&sandbox);
    let trackings = client
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap();
    let [id, other] = [0, 1].map(|index: usize| {
        let id = trackings.members[index].id.as_ref();
        id.unwrap().to_string()
    });

    let log = Arc::clone(&sandbox);
    let cases = Cases::new()
        .with_found(TrackRequest::reference("SHOP::1001"))
        // Two parcels of one order.
        .with_found(TrackRequest::reference("SHOP::1002"))
        .with_found(TrackRequest::id(&id))
        .with_several(TrackRequest::reference("SHOP::1002"))
        .with_unknown(TrackRequest::reference("SHOP::UNKNOWN"))
        .with_unknown(TrackRequest::id("999999"))
        .with_secret(account.email())
        .with_secret(account.password())
        .with_call_counter(move || log.requests().len() as u64);

    let troubles = Troubles {
        partly_readable: "broken-key=courier",
        others: vec![
            pair("1001", "1002"),
            pair(&format!("/trackings/{id}"), &format!("/trackings/{other}")),
        ],
    };
    let cases = troubles.add_to(cases, |transport, timeout| {
        let client = builder(&sandbox)
            .without_rate_limits()
            .with_retry(swift_retries())
            .with_timeout(timeout)
            .with_transport(transport);
        Arc::new(client.build().unwrap())
    });

    Candidate {
        provider: Arc::new(client),
        cases,
        not_concerned: &[
            OF_NUMBERS,
            OF_REGISTRATION,
            OF_DETECTION,
            OF_COURIERS,
            OF_WEBHOOKS,
        ],
        sandbox,
    }
}
