//! Whole journeys against the sandbox.

use std::time::Duration;

use gcl_sdk::tracking_core::{Outcome, Provider as _, Status, TrackRequest};
use gcl_sdk::{Client, ConfigureClient as _, ErrorKind};
use tracking_core::webhook::{WebhookProof, WebhookRequest};
use tracking_sandbox::gcl::{Assumptions, Missing, WebhookFormat, WebhookMethod};
use tracking_sandbox::{Sandbox, StatusCode};

use crate::inbox::Inbox;
use crate::requests::{order, quote};

const HEADER: &str = "X-Shop-Token";
const SECRET: &str = "hush-hush-hush";

fn client(sandbox: &Sandbox) -> Client {
    Client::builder(sandbox.gcl().api_key())
        .with_base_url(sandbox.base_url("gcl"))
        .with_webhook_header(HEADER, SECRET)
        .build()
        .unwrap()
}

#[tokio::test]
async fn quote_order_and_track_are_one_journey() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);

    let methods = client.quote_shipping_methods(&quote()).await.unwrap();
    let ordered = client.create_shipping_order(&order()).await.unwrap();
    let number = sandbox.gcl().orders()[0].tracking_numbers[0].clone();
    let tracking = client.get_tracking(&number).await.unwrap();
    let unified = client.track(TrackRequest::number(number)).await.unwrap();

    assert!(!methods.items.is_empty());
    assert_eq!(ordered.order_reference_id.as_deref(), Some("PTS-0009917"));
    assert!(tracking.checkpoints.is_empty());
    assert!(unified.shipments()[0].is_unheard_of());
}

#[tokio::test]
async fn key_that_is_not_sandboxs_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder("another:key")
        .with_base_url(sandbox.base_url("gcl"))
        .build()
        .unwrap();

    let error = client.get_tracking("QX1").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Authentication);
}

#[tokio::test]
async fn notifications_of_the_sandbox_are_proven_and_read() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let mut inbox = Inbox::open().await;
    let account = sandbox.gcl();
    account.configure(|settings| settings.webhooks.url = Some(inbox.url.parse().unwrap()));
    account
        .configure(|settings| settings.webhooks.headers.insert(HEADER, SECRET))
        .unwrap();
    account.configure(|settings| settings.webhooks.method = WebhookMethod::Put);

    // The demo parcel is delivered within these hours.
    sandbox.clock().advance(Duration::from_secs(5 * 60 * 60));
    account.webhooks_settled().await;

    let received = inbox.take();
    assert!(!received.is_empty());
    let mut statuses = Vec::new();
    for message in &received {
        assert_eq!(message.method, http::Method::PUT);
        let request = WebhookRequest::new(&message.body, |name| {
            message.headers.get(name).map(http::HeaderValue::as_bytes)
        });
        let delivery = client.webhook(request).unwrap();
        assert_eq!(delivery.proof, WebhookProof::SharedSecret);
        let shipments = delivery.shipments();
        statuses.extend(shipments.map(|it| (it.number.clone(), it.is_delivered())));
    }
    assert!(
        statuses.contains(&(Sandbox::DEMO_NUMBER.to_owned(), true)),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn notifications_in_xml_are_proven_and_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let mut inbox = Inbox::open().await;
    let account = sandbox.gcl();
    account.configure(|settings| settings.webhooks.url = Some(inbox.url.parse().unwrap()));
    account
        .configure(|settings| settings.webhooks.headers.insert(HEADER, SECRET))
        .unwrap();
    account.configure(|settings| settings.webhooks.format = WebhookFormat::Xml);

    sandbox.clock().advance(Duration::from_secs(5 * 60 * 60));
    account.webhooks_settled().await;

    let received = inbox.take();
    assert!(!received.is_empty());
    for sent in received {
        let receiver = client.webhooks().unwrap();
        let message = receiver.receive(&sent.headers, &sent.body).unwrap();
        assert_eq!(message.tracking, None);
        assert!(message.body.starts_with(b"<"));
    }
}

#[tokio::test]
async fn unknown_number_is_outcome_under_either_status() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);

    for status in [StatusCode::NOT_FOUND, StatusCode::OK] {
        let mut assumptions = Assumptions::default();
        assumptions.not_found_status = status;
        sandbox
            .gcl()
            .configure(|settings| settings.assumptions = assumptions);

        let outcome = client.track(TrackRequest::number("NOBODY-0001")).await;

        assert_eq!(outcome.unwrap(), Outcome::NotFound, "{status}");
    }
}

#[tokio::test]
async fn every_odd_form_of_a_response_means_the_same() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let plain = summary(&client).await;
    let mut odd = Assumptions::default();
    odd.omit_empty_checkpoints = true;
    odd.oldest_first = true;
    odd.fractional_status = true;
    odd.offset_times = true;
    for (spelling, other) in [
        ("registered", "Registered"),
        ("failed_attempt", "failed_delivery_attempt"),
        ("shipping_exception", "shipment_exception"),
        ("available_for_pickup", "available_for_pick_up"),
        ("not_picked_up", "unclaimed"),
    ] {
        odd.spellings.insert(spelling.to_owned(), other.to_owned());
    }

    for missing in [Missing::Null, Missing::Absent] {
        odd.missing = missing;
        sandbox
            .gcl()
            .configure(|settings| settings.assumptions = odd.clone());

        assert_eq!(summary(&client).await, plain, "{missing:?}");
    }
    assert!(plain.len() > 30, "{plain:#?}");
    assert!(client.unmapped().is_empty(), "{:?}", client.unmapped());
}

/// What the demo parcels report: state, text and place of every event.
async fn summary(client: &Client) -> Vec<(Status, Option<String>, Option<String>)> {
    let mut summary = Vec::new();
    for number in Sandbox::DEMO_NUMBERS {
        let outcome = client.track(TrackRequest::number(*number)).await.unwrap();
        for shipment in outcome.into_shipments() {
            summary.push((shipment.status.status.clone(), None, None));
            let events = shipment.events().into_iter().cloned();
            summary.extend(events.map(|it| (it.status.status, it.description, it.location)));
        }
    }
    summary
}
