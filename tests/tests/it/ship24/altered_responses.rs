//! Responses of tomorrow, for every operation: unknown fields and values, nulls, missing keys,
//! scalars of another type. A call that succeeded, and may have cost money, stays a success.

use ship24_sdk::tracking_core::{Outcome, Provider as _, Status, TrackRequest};
use ship24_sdk::{ErrorKind, operations};
use tracking_sandbox::{Fault, Sandbox};

use super::operations::Account;
use super::sandboxed::{client, sandbox, track};
use crate::caller::{Caller as _, INVENTED, assert_alterations_are_survived, call_altered};

#[tokio::test]
async fn every_operation_survives_every_alteration() {
    let faults = [
        Fault::UnknownEnum,
        Fault::UnknownField,
        Fault::NumberAsString,
        Fault::StringAsNumber,
        Fault::WrongContentType,
    ];
    assert_alterations_are_survived(&Account::open().await, &faults, &[]).await;
}

#[tokio::test]
async fn nulls_are_survived_unless_nothing_says_what_was_created() {
    let account = Account::open().await;
    for operation in Account::OPERATIONS {
        let called = call_altered(&account, operation.id, Fault::Nulls).await;

        let error = called.err();
        let is_create = operation.id == "create-tracker";
        assert_eq!(error.is_some(), is_create, "{}: {error:?}", operation.id);
        assert!(error.is_none_or(|error| error.is_decode()));
    }
}

#[tokio::test]
async fn missing_envelope_is_decode_error_with_body() {
    let account = Account::open().await;
    let without_envelope = ["bulk-create-trackers", "download-webhook-history"];

    for fault in [
        Fault::WithoutKey("data".to_owned()),
        Fault::NullKey("data".to_owned()),
    ] {
        for operation in operations::ALL {
            if without_envelope.contains(&operation.id) {
                continue;
            }
            account
                .sandbox
                .ship24()
                .faults()
                .on(operation.id)
                .next(fault.clone());

            let error = account.call(operation.id).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Decode, "{fault} {}", operation.id);
            assert!(
                error.status().unwrap().is_success(),
                "{fault} {}",
                operation.id
            );
            assert!(error.request_id().is_some(), "{fault} {}", operation.id);
            assert!(
                error.path().unwrap().starts_with("data"),
                "{fault} {}",
                operation.id
            );
        }
    }
}

#[tokio::test]
async fn unknown_statuses_keep_raw_value_and_are_reported() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox.ship24().faults().next(Fault::UnknownEnum);

    let shipment = track(
        &client,
        TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true),
    )
    .await;

    let Status::Unmapped(value) = &shipment.status.status else {
        panic!("{:?}", shipment.status);
    };
    assert_eq!(value.as_str(), INVENTED);
    assert!(!shipment.is_terminal());
    assert_eq!(shipment.events().len(), 10);
    let unmapped = client.unmapped();
    for field in ["statusMilestone", "statusCode"] {
        let found = unmapped
            .iter()
            .find(|count| count.field == field && count.value == INVENTED);
        let text = found.unwrap().report_text();
        assert!(text.contains("ship24") && text.contains(INVENTED), "{text}");
    }
}

#[tokio::test]
async fn lookup_finds_rest_of_altered_response() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let whole = track(
        &client,
        TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true),
    )
    .await;
    let without = |key: &str| Fault::WithoutKey(key.to_owned());
    let null = |key: &str| Fault::NullKey(key.to_owned());

    for (fault, events) in [
        (Fault::UnknownField, 10),
        (Fault::NumberAsString, 10),
        (Fault::StringAsNumber, 10),
        (Fault::WrongContentType, 10),
        (without("tracker"), 10),
        (null("tracker"), 10),
        (without("shipment"), 10),
        (null("shipment"), 10),
        (without("statistics"), 10),
        (null("delivery"), 10),
        (without("eventId"), 10),
        (null("occurrenceDatetime"), 10),
        (null("location"), 10),
        (null("courierCode"), 10),
        (without("events"), 0),
        (null("events"), 0),
    ] {
        sandbox.ship24().faults().next(fault.clone());

        let found = track(
            &client,
            TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true),
        )
        .await;

        assert_eq!(found.events().len(), events, "{fault}");
        assert_eq!(found.problems, [], "{fault}");
        assert!(!found.number.is_empty(), "{fault}");
        if events > 0 {
            assert_eq!(found.status.status, whole.status.status, "{fault}");
        }
    }
}

#[tokio::test]
async fn nulls_everywhere_are_a_shipment_of_which_nothing_is_known() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox.ship24().faults().next(Fault::Nulls);

    let shipment = track(
        &client,
        TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true),
    )
    .await;

    assert_eq!(shipment.status.status, Status::Pending);
    assert!(!shipment.is_terminal());
    assert!(shipment.events().iter().all(|event| event.time.is_none()));
    let text = serde_json::to_string(&shipment).unwrap();
    assert_eq!(
        serde_json::from_str::<ship24_sdk::tracking_core::Shipment>(&text).unwrap(),
        shipment
    );
}

#[tokio::test]
async fn response_without_trackings_is_outcome() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox
        .ship24()
        .faults()
        .next(Fault::NullKey("trackings".to_owned()));

    let outcome = client
        .track(TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true))
        .await
        .unwrap();

    assert_eq!(outcome, Outcome::NotFound);
}
