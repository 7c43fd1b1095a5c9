//! Responses of tomorrow: unknown fields and values, nulls, missing keys, scalars of another type.

use tracking_core::{Precision, Provider as _, TrackRequest};
use tracking_sandbox::Fault;

use super::operations::Account;
use crate::caller::{INVENTED, assert_alterations_are_survived};
use crate::ship24::sandboxed::track;

/// Their responses are not published: what is not known is kept, or nothing is read at all.
const OPEN: [&str; 3] = ["list-tours", "create-tour", "register-return-shipment"];

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
async fn unknown_states_keep_raw_value_and_are_reported() {
    let account = Account::open().await;
    account.sandbox.exporto().faults().next(Fault::UnknownEnum);

    let request = TrackRequest::id(account.demo.shipment_id.as_str());
    let shipment = track(&account.client, request).await;

    // The dates beside it still say where the parcel is, but less exactly.
    assert_eq!(shipment.status.precision, Precision::Coarse);
    assert!(!shipment.is_terminal());
    let unmapped = account.client.unmapped();
    let found = unmapped.iter().find(|count| count.value == INVENTED);
    assert!(found.unwrap().report_text().contains("exporto"));
}

#[tokio::test]
async fn lookup_finds_rest_of_altered_response() {
    let account = Account::open().await;
    let request = TrackRequest::id(account.demo.shipment_id.as_str());
    let whole = track(&account.client, request.clone()).await;
    let events = whole.events().len();
    let without = |key: &str| Fault::WithoutKey(key.to_owned());
    let null = |key: &str| Fault::NullKey(key.to_owned());

    for (fault, expected) in [
        (Fault::UnknownField, events),
        (Fault::NumberAsString, events),
        (Fault::StringAsNumber, events),
        (Fault::WrongContentType, events),
        (without("status"), events),
        (null("lineItems"), events),
        (null("carrierReceivedAt"), events - 1),
        (without("declaredAt"), events - 1),
    ] {
        account.sandbox.exporto().faults().next(fault.clone());

        let found = track(&account.client, request.clone()).await;

        assert_eq!(found.events().len(), expected, "{fault}");
        assert_eq!(found.problems, [], "{fault}");
        assert_eq!(found.number, whole.number, "{fault}");
    }
}
