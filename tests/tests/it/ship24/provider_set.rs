//! Several providers used as one: what fails fails alone.

use std::sync::Arc;

use ship24_sdk::tracking_core::kit::BoxFuture;
use ship24_sdk::tracking_core::webhook::{WebhookEndpoint, WebhookOutcome, WebhookRequest};
use ship24_sdk::tracking_core::{
    Capabilities, Error, ErrorKind, Lookup, Outcome, Provider, ProviderId, ProviderSet, Shipment,
    Status, StatusReport, TrackRequest, UtcTime,
};
use tracking_sandbox::{Fault, Sandbox};

use super::sandboxed::{client, sandbox};

/// A courier with an API of its own: it knows every number but one.
#[derive(Debug)]
struct Courier;

const BROKEN: &str = "BROKEN";

impl Provider for Courier {
    fn id(&self) -> ProviderId {
        ProviderId::new("courier")
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let number = request.target.as_str();
            if number == BROKEN {
                return Err(Error::new(
                    ErrorKind::Server,
                    self.id(),
                    "the server is down",
                ));
            }
            let status = StatusReport::new(Status::InTransit);
            let shipment = Shipment::new(self.id(), number, status, UtcTime::now());
            Ok(Outcome::Found(vec![shipment]))
        })
    }
}

fn providers(sandbox: &Sandbox) -> ProviderSet {
    let mut providers = ProviderSet::new();
    providers.add(Arc::new(client(sandbox))).unwrap();
    providers.add(Arc::new(Courier)).unwrap();
    providers
}

/// The result of a lookup as a name.
fn word(result: &Result<Outcome, Error>) -> &'static str {
    match result {
        Ok(outcome) => outcome.as_str(),
        Err(error) => error.kind().as_str(),
    }
}

#[tokio::test]
async fn each_failure_is_the_result_of_its_own_lookup() {
    let sandbox = sandbox().await;
    sandbox
        .ship24()
        .faults()
        .on("get-tracking-results-of-tracker-by-trackerId")
        .always(Fault::HtmlError(502));
    let lookups = [
        Lookup::new(
            "ship24",
            TrackRequest::number("SHIP24_SAMPLE_DELIVERED_001").with_register(true),
        ),
        Lookup::new("courier", TrackRequest::number("C-1").with_register(true)),
        Lookup::new("ship24", TrackRequest::id("t-1")),
        Lookup::new("nobody", TrackRequest::number("C-1").with_register(true)),
        Lookup::new(
            "ship24",
            TrackRequest::number("NEVER-SEEN").with_register(false),
        ),
        Lookup::new("ship24", TrackRequest::number("../x").with_register(true)),
        Lookup::new("courier", TrackRequest::number(BROKEN).with_register(true)),
        Lookup::new(
            "Ship24",
            TrackRequest::number("SHIP24_SAMPLE_PENDING_001").with_register(true),
        ),
    ];

    let results = providers(&sandbox).track_all(lookups.clone()).await;

    let words: Vec<&str> = results.iter().map(|found| word(&found.result)).collect();
    assert_eq!(
        words,
        [
            "found",
            "found",
            "server",
            "configuration",
            "not_registered",
            "invalid_request",
            "server",
            "found",
        ]
    );
    for (position, (found, lookup)) in results.iter().zip(&lookups).enumerate() {
        assert_eq!(found.index, position);
        assert_eq!(found.lookup, *lookup);
    }
}

#[tokio::test]
async fn unknown_provider_is_named_with_known_ones() {
    let sandbox = sandbox().await;
    let providers = providers(&sandbox);

    let error = providers.get("shipp24").unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    let message = error.to_string();
    for part in ["shipp24", "ship24", "courier"] {
        assert!(message.contains(part), "{message}");
    }
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn providers_of_same_name_are_refused() {
    let sandbox = sandbox().await;
    let mut providers = providers(&sandbox);

    let error = providers.add(Arc::new(client(&sandbox))).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(providers.len(), 2);
}

#[tokio::test]
async fn ambiguous_number_is_looked_up_at_all_providers() {
    let sandbox = sandbox().await;
    let number = TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true);

    let results = providers(&sandbox).track_everywhere(&number).await;

    let found: Vec<(&str, Status)> = results
        .iter()
        .flat_map(|found| {
            let shipments = found.result.as_ref().unwrap().shipments();
            shipments
                .iter()
                .map(|shipment| (found.account.as_str(), shipment.status.status.clone()))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("ship24", Status::OutForDelivery),
            ("courier", Status::InTransit)
        ]
    );
}

#[tokio::test]
async fn webhook_goes_to_provider_whose_address_it_arrived_at() {
    let sandbox = sandbox().await;
    let providers = providers(&sandbox);
    let bearer = format!("Bearer {}", sandbox.ship24().webhook_secret());
    let headers = [("Authorization", bearer.as_str())];
    let body = br#"{"trackings":[]}"#;

    let endpoint = WebhookEndpoint::new(providers);
    let mut outcomes = Vec::new();
    for account in ["ship24", "courier", "nobody"] {
        let path = endpoint.path_of(account);
        let request = WebhookRequest::from_pairs(body, &headers).with_target("POST", &path);
        let nothing = |_| async { Ok::<(), tracking_core::Error>(()) };
        outcomes.push(endpoint.receive(request, nothing).await.outcome);
    }

    // The courier's API has no webhooks.
    let none = WebhookOutcome::UnknownPath;
    assert_eq!(outcomes, [WebhookOutcome::Accepted, none, none]);
}
