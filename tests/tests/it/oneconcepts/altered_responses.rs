//! Responses of tomorrow: unknown fields and values, nulls, missing keys, scalars of another type.

use tracking_core::{Provider as _, Status, TrackRequest};
use tracking_sandbox::Fault;

use super::operations::Account;
use crate::caller::{INVENTED, assert_alterations_are_survived};
use crate::ship24::sandboxed::track;

/// Their responses are not published, or only in part, so what is not known is kept.
const OPEN: [&str; 4] = [
    "check-availability",
    "create-order",
    "update-order-status",
    "update-order-status-by-id",
];

#[tokio::test]
async fn every_operation_survives_every_alteration() {
    let faults = [
        Fault::UnknownField,
        Fault::NumberAsString,
        Fault::WrongContentType,
    ];
    assert_alterations_are_survived(&Account::open().await, &faults, &OPEN).await;
}

#[tokio::test]
async fn unknown_statuses_keep_raw_value_and_are_reported() {
    let account = Account::open().await;
    let faults = account.sandbox.oneconcepts();
    faults.faults().on("get-tracking").next(Fault::UnknownEnum);

    let shipment = track(&account.client, TrackRequest::id("1")).await;

    let Status::Unmapped(value) = &shipment.status.status else {
        panic!("{:?}", shipment.status);
    };
    assert_eq!(value.as_str(), INVENTED);
    assert!(!shipment.is_terminal());
    let unmapped = account.client.unmapped();
    let found = unmapped.iter().find(|count| count.value == INVENTED);
    assert!(found.unwrap().report_text().contains("oneconcepts"));
}
