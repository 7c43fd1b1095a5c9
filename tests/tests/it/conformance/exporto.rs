//! exporto as a candidate.

use std::sync::Arc;

use exporto_sdk::ConfigureClient as _;
use tracking_core::TrackRequest;
use tracking_core::conformance::Cases;
use tracking_sandbox::Sandbox;

use super::troubled::{Troubles, pair};
use super::{Candidate, OF_COURIERS, OF_DETECTION, OF_REGISTRATION, OF_SEVERAL, OF_WEBHOOKS};
use crate::exporto::sandboxed::{builder, client};
use crate::ship24::sandboxed::swift_retries;

pub(super) async fn candidate() -> Candidate {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let account = sandbox.exporto();

    let log = Arc::clone(&sandbox);
    let mut cases = Cases::new()
        .with_unknown(TrackRequest::number("NOBODY-0001"))
        .with_unknown(TrackRequest::id("S-NOBODY-0001"))
        // Assumed: no number is longer than this.
        .with_bad_number("7".repeat(101))
        .with_secret(account.password())
        .with_call_counter(move || log.requests().len() as u64);
    for number in Sandbox::DEMO_NUMBERS {
        let ids = account.ids(number).unwrap();
        cases = cases
            .with_found(TrackRequest::id(ids.shipment_id))
            .with_found(TrackRequest::number(ids.tracking_number));
    }

    let [own, other] = [0, 1].map(|index| account.ids(Sandbox::DEMO_NUMBERS[index]).unwrap());
    let troubles = Troubles {
        partly_readable: "broken-event",
        others: vec![
            pair(&own.shipment_id, &other.shipment_id),
            pair(&own.tracking_number, &other.tracking_number),
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
        provider: Arc::new(client(&sandbox)),
        cases,
        not_concerned: &[
            OF_REGISTRATION,
            OF_DETECTION,
            OF_COURIERS,
            OF_WEBHOOKS,
            OF_SEVERAL,
        ],
        sandbox,
    }
}
