//! `GET /trackings` and `GET /trackings/{id}`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::oneconcepts::OneConcepts;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::partner::{Partner, each, members};

const HOUR: Duration = Duration::from_secs(3600);

fn ids(list: &[Value]) -> Vec<u64> {
    list.iter().map(|it| it["id"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn demo_parcel_is_found_by_its_external_order_number() {
    let partner = Partner::open().await;

    let list = partner
        .get("/trackings?order.externalOrderNumber=SHOP%3A%3A1001")
        .await;

    assert_eq!(OneConcepts::DEMO_ORDER_NUMBER, "SHOP::1001");
    let found = members(&list);
    assert_eq!(found.len(), 1);
    let id = found[0]["id"].as_u64().unwrap();
    let order = partner.order("SHOP::1001").await;
    assert_eq!(
        found[0],
        json!({
            "@id": format!("/oneconcepts/v2/api/trackings/{id}"),
            "@type": "Tracking",
            "id": id,
            "order": order["@id"],
            "createdAt": "2026-02-25T18:00:00+01:00",
            "courier": "Singapore Post",
            "status": "shipped",
            "trackingId": Sandbox::DEMO_NUMBER,
        })
    );
}

#[tokio::test]
async fn freight_has_placeholder_instead_of_number() {
    let partner = Partner::open().await;

    let list = partner
        .get("/trackings?order.externalOrderNumber=SHOP::1007")
        .await;

    assert_eq!(each(&list, "courier"), ["Bulk carrier"]);
    assert_eq!(each(&list, "trackingId"), ["_"]);
}

#[tokio::test]
async fn address_leads_to_record_with_context() {
    let partner = Partner::open().await;
    let first = members(&partner.get("/trackings").await).remove(0);

    let item = partner.follow(&first["@id"]).await;
    let mut without_context = item.json();
    let context = without_context.as_object_mut().unwrap().remove("@context");

    assert_eq!(item.status, 200);
    assert_eq!(without_context, first);
    assert_eq!(context.unwrap()["courier"], "Tracking/courier");
    for unknown in ["/trackings/999", "/trackings/none"] {
        let response = partner.get(unknown).await;
        assert_eq!(response.status, 404, "{unknown}");
        assert_eq!(response.at("/hydra:description"), "Not Found");
    }
}

#[tokio::test]
async fn list_has_its_envelope_and_names_its_filters() {
    let partner = Partner::open().await;

    let list = partner.get("/trackings").await;

    assert_eq!(
        list.header("content-type"),
        "application/ld+json; charset=utf-8"
    );
    assert_eq!(list.at("/@id"), "/oneconcepts/v2/api/trackings");
    assert_eq!(list.at("/@type"), "hydra:Collection");
    assert_eq!(
        list.at("/@context/order"),
        json!({ "@id": "Tracking/order", "@type": "@id" })
    );
    assert_eq!(list.at("/hydra:totalItems"), 7);
    assert_eq!(ids(&members(&list)), [1, 2, 3, 4, 5, 6, 7]);
    let variables: Vec<_> = (0..5)
        .map(|it| list.at(&format!("/hydra:search/hydra:mapping/{it}/variable")))
        .collect();
    assert_eq!(
        variables,
        [
            "createdAt[before]",
            "createdAt[strictly_before]",
            "createdAt[after]",
            "createdAt[strictly_after]",
            "order.externalOrderNumber",
        ]
    );
}

#[tokio::test]
async fn filters_apply_together() {
    let partner = Partner::open().await;
    let all = members(&partner.get("/trackings").await);
    let middle = all[3]["createdAt"].as_str().unwrap();
    let same: Vec<_> = all.iter().filter(|it| it["createdAt"] == middle).collect();
    let before = all.partition_point(|it| it["createdAt"].as_str().unwrap() < middle);
    let after = before + same.len();
    let date = middle.replace('+', "%2B").replace(':', "%3A");
    let utc = "2026-02-24T17:00:00Z";
    let numbers = ids(&all);
    let cases = [
        (format!("createdAt[before]={date}"), &numbers[..after]),
        (
            format!("createdAt%5Bstrictly_before%5D={date}"),
            &numbers[..before],
        ),
        (format!("createdAt%5Bafter%5D={date}"), &numbers[before..]),
        (
            format!("createdAt[strictly_after]={date}"),
            &numbers[after..],
        ),
        (
            format!("createdAt[after]={date}&createdAt[before]={date}"),
            &numbers[before..after],
        ),
        (
            format!("createdAt[after]={utc}&order.externalOrderNumber=SHOP::1004"),
            &[],
        ),
    ];

    for (query, expected) in cases {
        let list = partner.get(&format!("/trackings?{query}")).await;

        assert_eq!(ids(&members(&list)), expected, "{query}");
        assert_eq!(list.at("/hydra:totalItems"), expected.len(), "{query}");
    }
}

#[tokio::test]
async fn day_is_its_midnight_in_germany() {
    let partner = Partner::open().await;

    let list = partner
        .get("/trackings?createdAt[after]=2026-02-25&createdAt[strictly_before]=2026-02-26")
        .await;

    assert_eq!(each(&list, "createdAt"), ["2026-02-25T18:00:00+01:00"]);
}

#[tokio::test]
async fn unusable_filter_is_ignored() {
    let partner = Partner::open().await;
    let queries = [
        "createdAt[after]=soon",
        "createdAt[since]=2030-01-01",
        "createdAt[after]=2030-01-01T00:00:00+01:00",
        "createdAt[after][]=2030-01-01",
        "createdAt=2030-01-01",
        "order_externalOrderNumber=SHOP::1001",
        "order.externalOrderNumber[]=SHOP::1001",
    ];

    for query in queries {
        let list = partner.get(&format!("/trackings?{query}")).await;

        assert_eq!(list.at("/hydra:totalItems"), 7, "{query}");
    }
}

#[tokio::test]
async fn partial_order_number_finds_more_unless_assumed_otherwise() {
    let partner = Partner::open().await;
    let path = "/trackings?order.externalOrderNumber=SHOP::100";

    let partial = partner.get(path).await;
    partner.assume(|it| it.partial_order_number = false);
    let exact = partner.get(path).await;

    assert_eq!(partial.at("/hydra:totalItems"), 7);
    assert_eq!(members(&exact), [] as [Value; 0]);
}

#[tokio::test]
async fn added_parcel_is_found_by_its_number_as_order_number() {
    let partner = Partner::open().await;
    let parcel = Parcel::new("dhl", "MADE-UP-1").scan(Scan::ago(HOUR * 30, Step::Accepted));
    partner.sandbox.add_parcel(parcel).unwrap();

    let list = partner
        .get("/trackings?order.externalOrderNumber=MADE-UP-1")
        .await;

    assert_eq!(each(&list, "courier"), ["DHL"]);
    assert_eq!(each(&list, "trackingId"), ["MADE-UP-1"]);
}
