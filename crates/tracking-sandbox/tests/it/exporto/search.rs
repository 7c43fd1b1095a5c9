//! `GET /shipment/search`.

use std::time::Duration;

use serde_json::json;
use tracking_sandbox::exporto::{Assumptions, Exporto, TimeFilter};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::merchant::{Merchant, RETURN_ID, RETURN_NUMBER, ids, refused};

const ALWAYS: (&str, &str) = ("processedAt", "2020-01-01T00:00:00Z");

#[tokio::test]
async fn demo_parcel_is_found_by_its_last_mile_number() {
    let merchant = Merchant::open().await;

    let found = merchant
        .search(&[("foreignOutboundTrackingId", Exporto::DEMO_NUMBER)])
        .await;
    let first_mile = merchant
        .search(&[("foreignOutboundTrackingId", Sandbox::DEMO_NUMBER)])
        .await;

    assert_eq!(ids(&found), [merchant.demo().shipment_id]);
    assert_eq!(first_mile.text, "[]");
}

#[tokio::test]
async fn search_results_are_partial() {
    let merchant = Merchant::open().await;

    let outbound = merchant
        .search(&[("foreignOutboundTrackingId", Exporto::DEMO_NUMBER)])
        .await;
    let inbound = merchant
        .search(&[("foreignInboundTrackingId", RETURN_NUMBER)])
        .await;

    assert_eq!(
        outbound.json(),
        json!([{
            "shipmentId": merchant.demo().shipment_id,
            "foreignOutboundTrackingId": Exporto::DEMO_NUMBER,
            "lineItems": [{ "articleId": "ART-001" }, { "articleId": "ART-002" }],
        }])
    );
    assert_eq!(
        inbound.json(),
        json!([{
            "shipmentId": RETURN_ID,
            "foreignInboundTrackingId": RETURN_NUMBER,
            "lineItems": [{ "articleId": "ART-001" }],
        }])
    );
}

#[tokio::test]
async fn results_may_be_whole() {
    let merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.full_search_results = true;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);

    let found = merchant
        .search(&[("foreignInboundTrackingId", RETURN_NUMBER)])
        .await;

    assert_eq!(found.at("/0"), merchant.shipment(RETURN_ID).await.json());
}

#[tokio::test]
async fn return_is_found_by_outbound_number_too() {
    let merchant = Merchant::open().await;
    let shipment = merchant.shipment(RETURN_ID).await;
    let outbound = shipment.at("/foreignOutboundTrackingId");
    let number = ("foreignOutboundTrackingId", outbound.as_str().unwrap());

    let any = merchant.search(&[number]).await;
    let outbound_only = merchant.search(&[number, ("type", "outbound")]).await;

    assert_eq!(ids(&any), [RETURN_ID]);
    assert_eq!(any.at("/0/foreignOutboundTrackingId"), outbound);
    assert_eq!(outbound_only.text, "[]");
}

#[tokio::test]
async fn call_without_selector_is_refused() {
    let merchant = Merchant::open().await;
    let cases: [&[(&str, &str)]; 5] = [
        &[],
        &[("page", "0"), ("pageSize", "50")],
        &[("type", "inbound")],
        &[("foreignOutboundTrackingId", "")],
        &[("shipmentId", RETURN_ID)],
    ];

    for query in cases {
        let response = merchant.search(query).await;

        let expected = (400, "A search selector is required".to_owned());
        assert_eq!(refused(&response), expected, "{query:?}");
    }
}

#[tokio::test]
async fn type_may_be_selector() {
    let merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.type_is_selector = true;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);

    let found = merchant.search(&[("type", "inbound")]).await;

    assert_eq!(ids(&found), [RETURN_ID]);
}

#[tokio::test]
async fn values_that_cannot_be_read_are_refused() {
    let merchant = Merchant::open().await;
    let cases = [
        ("processedAt", "2026-03-01"),
        ("processedAt", "2026-03-01T09:00:00"),
        ("carrierReceivedAtUpdatedAt", "yesterday"),
        ("carrierDeliveredAtUpdatedAt", "1772442000"),
        ("type", "INBOUND"),
        ("page", "-1"),
        ("page", "first"),
        ("pageSize", "0"),
    ];

    for (name, value) in cases {
        let number = ("foreignInboundTrackingId", RETURN_NUMBER);
        let response = merchant.search(&[number, (name, value)]).await;

        let expected = (400, format!("Invalid {name}"));
        assert_eq!(refused(&response), expected, "{value}");
    }
}

#[tokio::test]
async fn plus_of_offset_must_be_encoded() {
    let merchant = Merchant::open().await;
    let path = |sign: &str| {
        format!("/shipment/search?type=inbound&processedAt=2026-02-01T00:00:00{sign}08:00")
    };

    let encoded = merchant.get(&path("%2B")).await;
    let plain = merchant.get(&path("+")).await;

    assert_eq!(ids(&encoded), [RETURN_ID]);
    assert_eq!(plain.status, 400);
}

#[tokio::test]
async fn each_time_selects_by_its_fact() {
    let merchant = Merchant::open().await;
    for (number, step) in [
        ("FRESH-1", Step::Accepted),
        ("FRESH-2", Step::OutForDelivery),
        ("FRESH-3", Step::Delivered),
    ] {
        let scan = Scan::ago(Duration::from_secs(60), step);
        let parcel = Parcel::new("ups", number).scan(scan);
        merchant.sandbox.add_parcel(parcel).unwrap();
    }
    let cases: [(&str, &[&str]); 3] = [
        ("processedAt", &["S-FRESH-1", "S-FRESH-2", "S-FRESH-3"]),
        ("carrierReceivedAtUpdatedAt", &["S-FRESH-2", "S-FRESH-3"]),
        ("carrierDeliveredAtUpdatedAt", &["S-FRESH-3"]),
    ];

    for (name, expected) in cases {
        let found = merchant.search(&[(name, "2026-03-02T08:59:00Z")]).await;
        let later = merchant
            .search(&[(name, "2026-03-02T09:59:01+01:00")])
            .await;

        assert_eq!(ids(&found), expected, "{name}");
        assert_eq!(later.text, "[]", "{name}");
    }
}

#[tokio::test]
async fn time_can_mean_second_or_day() {
    let merchant = Merchant::open().await;
    let demo = merchant.demo().shipment_id;
    let mut found = Vec::new();

    for filter in [TimeFilter::Exactly, TimeFilter::SameDay] {
        let mut assumptions = Assumptions::default();
        assumptions.time_filter = filter;
        merchant
            .account()
            .configure(|settings| settings.assumptions = assumptions);
        for time in ["2026-02-24T22:00:00Z", "2026-02-24T03:00:00Z"] {
            let response = merchant.search(&[("processedAt", time)]).await;
            found.push(ids(&response).contains(&demo));
        }
    }

    assert_eq!(found, [true, false, true, true]);
}

#[tokio::test]
async fn pages_count_from_zero_and_end_with_empty_array() {
    let merchant = Merchant::open().await;
    let mut seen = Vec::new();
    let mut lengths = Vec::new();

    for page in ["0", "1", "2", "3"] {
        let query = [ALWAYS, ("page", page), ("pageSize", "3")];
        let found = ids(&merchant.search(&query).await);
        lengths.push(found.len());
        seen.extend(found);
    }
    let all = ids(&merchant.search(&[ALWAYS]).await);

    // Eight demo parcels, one of which has not been processed.
    assert_eq!(lengths, [3, 3, 1, 0]);
    assert_eq!(seen, all);
}

#[tokio::test]
async fn page_has_50_items_and_maximum_cuts_it() {
    let merchant = Merchant::open().await;
    for number in 0..60 {
        let scan = Scan::ago(Duration::from_secs(60), Step::Accepted);
        let parcel = Parcel::new("ups", format!("MANY-{number:02}")).scan(scan);
        merchant.sandbox.add_parcel(parcel).unwrap();
    }
    let hundred = [ALWAYS, ("pageSize", "100")];

    let plain = merchant.search(&[ALWAYS]).await;
    let large = merchant.search(&hundred).await;
    let mut assumptions = Assumptions::default();
    assumptions.largest_page = Some(20);
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);
    let cut = merchant.search(&hundred).await;

    assert_eq!(ids(&plain).len(), 50);
    assert_eq!(ids(&large).len(), 67);
    assert_eq!(ids(&cut).len(), 20);
}

#[tokio::test]
async fn server_can_ignore_page() {
    let merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.ignore_page = true;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);

    let first = merchant.search(&[ALWAYS, ("page", "0")]).await;
    let later = merchant.search(&[ALWAYS, ("page", "9")]).await;

    assert_eq!(first.text, later.text);
    assert_ne!(first.text, "[]");
}
