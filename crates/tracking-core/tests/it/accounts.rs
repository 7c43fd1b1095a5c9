//! Several accounts of one provider in one set.

use std::sync::Arc;

use tracking_core::webhook::WebhookRequest;
use tracking_core::{
    ErrorKind, ListRequest, Lookup, Provider, ProviderId, ProviderSet, Status, TrackRequest,
};

use crate::parcels::parcel;
use crate::scripted::{Scripted, proof_of};

const FIRST: ProviderId = ProviderId::new("first");
const SECOND: ProviderId = ProviderId::new("second");

fn scripted(id: ProviderId, status: Status) -> Arc<dyn Provider> {
    Arc::new(Scripted::new(id, vec![parcel(status, 0, Vec::new())]))
}

/// Two accounts of the first provider, and one of the second.
fn accounts() -> ProviderSet {
    let mut set = ProviderSet::new();
    let german = scripted(FIRST, Status::InTransit);
    let french = scripted(FIRST, Status::Delivered);
    set.add_account("first-de", german).unwrap();
    set.add_account("first-fr", french).unwrap();
    set.add(scripted(SECOND, Status::Pending)).unwrap();
    set
}

#[tokio::test]
async fn lookup_goes_to_its_account_and_shipment_names_it() {
    let names = ["first-fr", "FIRST-DE", "second", "first"];
    let lookups = names.map(|name| Lookup::new(name, TrackRequest::number("TP0001")));

    let results = accounts().track_all(lookups).await;

    let found = results[..3].iter().map(|it| {
        let [shipment] = it.result.as_ref().unwrap().shipments() else {
            panic!("{it:?}");
        };
        assert_eq!(shipment.account.as_ref(), Some(&it.account));
        (it.account.as_str(), shipment.status.status.clone())
    });
    let found: Vec<(&str, Status)> = found.collect();
    assert_eq!(
        found,
        [
            ("first-fr", Status::Delivered),
            ("first-de", Status::InTransit),
            ("second", Status::Pending),
        ]
    );
    let error = results[3].result.as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.message(),
        "`first` has several accounts; name one of them: first-de, first-fr"
    );
    assert_eq!(results[3].account, "first");
}

#[test]
fn provider_names_its_only_account() {
    let mut set = ProviderSet::new();
    set.add_account("shop", scripted(FIRST, Status::InTransit))
        .unwrap();

    assert_eq!(set.get(" First ").unwrap().name(), "shop");
    assert_eq!(set.get("SHOP").unwrap().id(), FIRST);
}

#[test]
fn name_of_account_comes_before_name_of_provider() {
    let mut set = ProviderSet::new();
    set.add(scripted(FIRST, Status::InTransit)).unwrap();
    set.add_account("first-fr", scripted(FIRST, Status::Delivered))
        .unwrap();

    assert_eq!(set.get("first").unwrap().name(), "first");
    assert_eq!(set.names(), ["first", "first-fr"]);
}

#[test]
fn name_that_means_two_things_is_refused() {
    for (name, id, expected) in [
        ("", FIRST, "use letters, digits"),
        ("first de", FIRST, "use letters, digits"),
        ("größe", FIRST, "use letters, digits"),
        ("first/de", FIRST, "use letters, digits"),
        ("First-DE", FIRST, "there is an account `first-de`"),
        ("second", SECOND, "there is an account `second`"),
        ("first", SECOND, "`first` is the name of another provider"),
        (
            "x",
            ProviderId::new("first-de"),
            "an account of `first` has the name",
        ),
    ] {
        let mut set = accounts();

        let error = set
            .add_account(name, scripted(id, Status::InTransit))
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{name}");
        assert!(error.message().contains(expected), "{name}: {error}");
        assert_eq!(set.len(), 3, "{name}");
    }
    let longest = "aZ09.-_".repeat(20);
    let added = accounts().add_account(longest, scripted(FIRST, Status::InTransit));
    added.unwrap();
}

#[tokio::test]
async fn list_and_webhook_name_the_account() {
    let set = accounts();
    let account = set.get("first-fr").unwrap();
    let proof = proof_of(account.capabilities().webhook.unwrap(), b"{}");
    let headers = [("authorization", proof.as_str())];

    let page = account.list(ListRequest::new()).await.unwrap();
    let request = WebhookRequest::from_pairs(b"{}", &headers);
    let delivery = account.webhook(request).unwrap();

    let kept = account.read_webhook(b"{}", delivery.proof).unwrap();

    let shipments = page.shipments.iter().chain(delivery.shipments());
    let shipments = shipments.chain(kept.shipments());
    let names: Vec<Option<&str>> = shipments.map(|it| it.account.as_deref()).collect();
    assert_eq!(names, [Some("first-fr"); 3]);
}
