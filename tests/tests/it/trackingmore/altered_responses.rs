//! Responses of tomorrow, for every operation: unknown fields and values, nulls, missing keys,
//! scalars of another type. A call that succeeded, and may have cost quota, stays a success.

use tracking_core::{Provider as _, Status, TrackRequest};
use tracking_sandbox::{Fault, Sandbox};
use trackingmore_sdk::ErrorKind;

use super::operations::Account;
use super::sandboxed::DEMO_CARRIER;
use crate::caller::{INVENTED, assert_alterations_are_survived, call_altered};
use crate::ship24::sandboxed::track;

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
async fn response_without_data_is_decode_error_with_body() {
    let account = Account::open().await;

    for fault in [
        Fault::WithoutKey("data".to_owned()),
        Fault::NullKey("data".to_owned()),
    ] {
        for operation in ["create-tracking", "get-tracking", "get-user-info"] {
            let error = call_altered(&account, operation, fault.clone())
                .await
                .unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Decode, "{fault} {operation}");
            assert!(error.status().unwrap().is_success(), "{fault} {operation}");
            assert!(
                error.path().unwrap().starts_with("data"),
                "{fault} {operation}"
            );
        }
    }
}

#[tokio::test]
async fn unknown_statuses_keep_raw_value_and_are_reported() {
    let account = Account::open().await;
    let faults = account.sandbox.trackingmore();
    faults.faults().next(Fault::UnknownEnum);

    let request = TrackRequest::number(Sandbox::DEMO_NUMBER).with_courier(DEMO_CARRIER);
    let shipment = track(&account.client, request).await;

    let Status::Unmapped(value) = &shipment.status.status else {
        panic!("{:?}", shipment.status);
    };
    assert_eq!(value.as_str(), INVENTED);
    assert!(!shipment.is_terminal());
    assert_eq!(shipment.events().len(), 10);
    let unmapped = account.client.unmapped();
    let found = unmapped
        .iter()
        .find(|count| count.field == "status" && count.value == INVENTED);
    let text = found.unwrap().report_text();
    assert!(
        text.contains("trackingmore") && text.contains(INVENTED),
        "{text}"
    );
}

#[tokio::test]
async fn lookup_finds_rest_of_altered_response() {
    let account = Account::open().await;
    let request = TrackRequest::number(Sandbox::DEMO_NUMBER).with_courier(DEMO_CARRIER);
    let whole = track(&account.client, request.clone()).await;
    let events = whole.events().len();
    let without = |key: &str| Fault::WithoutKey(key.to_owned());
    let null = |key: &str| Fault::NullKey(key.to_owned());

    for (fault, expected) in [
        (Fault::UnknownField, events),
        (Fault::NumberAsString, events),
        (Fault::StringAsNumber, events),
        (Fault::WrongContentType, events),
        (without("id"), events),
        (null("lastEvent"), events),
        (without("checkpoint_status"), events),
        (null("Date"), events),
        (null("Details"), events),
        (without("trackinfo"), 0),
        (null("trackinfo"), 0),
    ] {
        let faults = account.sandbox.trackingmore();
        faults.faults().next(fault.clone());

        let found = track(&account.client, request.clone()).await;

        assert_eq!(found.events().len(), expected, "{fault}");
        assert_eq!(found.problems, [], "{fault}");
        assert_eq!(found.number, whole.number, "{fault}");
        assert_eq!(found.status.status, whole.status.status, "{fault}");
    }
}
