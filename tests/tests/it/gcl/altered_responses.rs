//! Responses of tomorrow: unknown fields and values, nulls, missing keys, scalars of another type.

use tracking_core::{Precision, Provider as _, Status, TrackRequest};
use tracking_sandbox::{Fault, Sandbox};

use super::operations::Account;
use crate::caller::{INVENTED, assert_alterations_are_survived};
use crate::ship24::sandboxed::track;

/// Of this only the beginning of the response is published, so it keeps what follows.
const OPEN: [&str; 1] = ["create-shipping-order"];

#[tokio::test]
async fn every_operation_survives_every_alteration() {
    let faults = [
        Fault::UnknownEnum,
        Fault::UnknownField,
        Fault::NumberAsString,
        Fault::StringAsNumber,
        Fault::WrongContentType,
    ];
    assert_alterations_are_survived(&Account::open().await, &faults, &OPEN).await;
}

#[tokio::test]
async fn unknown_statuses_keep_raw_value_and_are_reported() {
    let account = Account::open().await;
    account.sandbox.gcl().faults().next(Fault::UnknownEnum);

    let shipment = track(&account.client, TrackRequest::number(Sandbox::DEMO_NUMBER)).await;

    // The number beside it still says where the parcel is, but less exactly.
    assert_eq!(shipment.status.status, Status::OutForDelivery);
    assert_eq!(shipment.status.precision, Precision::Coarse);
    assert_eq!(shipment.status.raw.main.as_deref(), Some(INVENTED));
    assert!(!shipment.is_terminal());
    assert_eq!(shipment.events().len(), 10);
    let unmapped = account.client.unmapped();
    let found = unmapped.iter().find(|count| count.value == INVENTED);
    assert!(found.unwrap().report_text().contains("gcl"));
}

#[tokio::test]
async fn lookup_finds_rest_of_altered_response() {
    let account = Account::open().await;
    let request = TrackRequest::number(Sandbox::DEMO_NUMBER);
    let whole = track(&account.client, request.clone()).await;
    let events = whole.events().len();
    let without = |key: &str| Fault::WithoutKey(key.to_owned());
    let null = |key: &str| Fault::NullKey(key.to_owned());

    for (fault, expected) in [
        (Fault::UnknownField, events),
        (Fault::NumberAsString, events),
        (Fault::StringAsNumber, events),
        (Fault::WrongContentType, events),
        (without("shortUid"), events),
        (null("createdAt"), events),
        (null("message"), events),
        (without("weightInGrams"), events),
        (null("checkpoints"), 0),
    ] {
        account.sandbox.gcl().faults().next(fault.clone());

        let found = track(&account.client, request.clone()).await;

        assert_eq!(found.events().len(), expected, "{fault}");
        assert_eq!(found.problems, [], "{fault}");
        assert_eq!(found.number, whole.number, "{fault}");
    }
}
