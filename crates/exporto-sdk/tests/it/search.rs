//! `GET /shipment/search`: filters, bare arrays, pages from 0.

use exporto_sdk::{ErrorKind, SearchShipmentsQuery, ShipmentType};
use serde_json::{Value, json};
use tracking_core::UtcTime;

use crate::server::{Reply, Server};

fn page(ids: &[&str]) -> Reply {
    let shipments: Vec<Value> = ids.iter().map(|id| json!({ "shipmentId": id })).collect();
    Reply::json(200, &json!(shipments))
}

fn query() -> SearchShipmentsQuery {
    SearchShipmentsQuery::new().foreign_inbound_tracking_id("INB-5531")
}

#[tokio::test]
async fn every_filter_goes_into_the_query_by_its_name() {
    let server = Server::replying(Reply::fixture("search-shipments/200_partial.json")).await;
    let query = SearchShipmentsQuery::new()
        .foreign_outbound_tracking_id("OUT/5530")
        .foreign_inbound_tracking_id("INB 5531")
        .processed_at("2026-10-05T08:30:00+08:00")
        .carrier_received_at_updated_at("2026-10-06T10:00:00Z")
        .carrier_delivered_at_updated_at("2026-10-07T11:00:00.5-03:30")
        .type_(ShipmentType::Inbound)
        .page(2)
        .page_size(50);

    server.client().search_shipments(&query).await.unwrap();

    let request = server.request();
    let (path, sent) = request.target.split_once('?').unwrap();
    let mut sent: Vec<&str> = sent.split('&').collect();
    sent.sort_unstable();
    assert_eq!(path, "/v1/shipment/search");
    assert_eq!(
        sent,
        [
            "carrierDeliveredAtUpdatedAt=2026-10-07T11%3A00%3A00.5-03%3A30",
            "carrierReceivedAtUpdatedAt=2026-10-06T10%3A00%3A00Z",
            "foreignInboundTrackingId=INB%205531",
            "foreignOutboundTrackingId=OUT%2F5530",
            "page=2",
            "pageSize=50",
            "processedAt=2026-10-05T08%3A30%3A00%2B08%3A00",
            "type=inbound",
        ]
    );
}

#[tokio::test]
async fn plus_of_offset_is_sent_percent_encoded() {
    let server = Server::replying(Reply::fixture("search-shipments/200_empty.json")).await;
    let query = SearchShipmentsQuery::new().processed_at("2026-10-05T08:30:00+08:00");

    server.client().search_shipments(&query).await.unwrap();

    let target = "/v1/shipment/search?processedAt=2026-10-05T08%3A30%3A00%2B08%3A00";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn instant_is_sent_in_utc() {
    let server = Server::replying(Reply::fixture("search-shipments/200_empty.json")).await;
    let instant = UtcTime::from_unix_seconds(1_790_000_000).unwrap();
    let query = SearchShipmentsQuery::new().processed_at(instant);

    server.client().search_shipments(&query).await.unwrap();

    let target = "/v1/shipment/search?processedAt=2026-09-21T14%3A13%3A20Z";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn page_zero_is_sent() {
    let server = Server::replying(Reply::fixture("search-shipments/200_empty.json")).await;

    server
        .client()
        .search_shipments(&query().page(0))
        .await
        .unwrap();

    let target = "/v1/shipment/search?foreignInboundTrackingId=INB-5531&page=0";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn unset_fields_are_not_sent() {
    let server = Server::replying(Reply::fixture("search-shipments/200_empty.json")).await;

    server.client().search_shipments(&query()).await.unwrap();

    let target = "/v1/shipment/search?foreignInboundTrackingId=INB-5531";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn hits_are_partial_and_come_in_a_bare_array() {
    let server = Server::replying(Reply::fixture("search-shipments/200_partial.json")).await;

    let found = server.client().search_shipments(&query()).await.unwrap();

    assert_eq!(found.len(), 2);
    assert_eq!(found[0].shipment_id, Some("return-7201".into()));
    assert_eq!(
        (&found[0].status, &found[0].carrier_delivered_at),
        (&None, &None)
    );
    assert_eq!(
        found[1].foreign_outbound_tracking_id.as_deref(),
        Some("OUT-6611")
    );
    assert!(found.unmodelled().is_empty());
}

#[tokio::test]
async fn search_without_match_is_empty_list() {
    for name in ["200_empty.json", "200_null.json"] {
        let server = Server::replying(Reply::fixture(&format!("search-shipments/{name}"))).await;

        let found = server.client().search_shipments(&query()).await.unwrap();

        assert!(found.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn response_other_than_array_is_error() {
    for body in [
        "{}",
        r#"{"message":"partial outage"}"#,
        r#"{"shipments":[]}"#,
        "7",
        "",
    ] {
        let server = Server::replying(Reply::new(200, body)).await;

        let error = server
            .client()
            .search_shipments(&query())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn page_shorter_than_requested_is_last() {
    let server = Server::start([page(&["a", "b"]), page(&["c", "d"]), page(&["e"])]).await;

    let mut shipments = server
        .client()
        .search_shipments_pages(&query().page_size(2))
        .items();
    let mut ids = Vec::new();
    while let Some(shipment) = shipments.next().await {
        ids.push(shipment.unwrap().shipment_id.unwrap().to_string());
    }

    assert_eq!(ids, ["a", "b", "c", "d", "e"]);
    let targets: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    let start = "/v1/shipment/search?foreignInboundTrackingId=INB-5531";
    assert_eq!(
        targets,
        [0, 1, 2].map(|page| format!("{start}&page={page}&pageSize=2"))
    );
}

#[tokio::test]
async fn list_without_page_size_ends_at_empty_page() {
    let server = Server::start([page(&["a", "b"]), page(&["c"]), page(&[])]).await;

    let mut pages = server.client().search_shipments_pages(&query());
    let mut counts = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        counts.push((page.cursor, page.items.len(), page.next));
    }

    assert_eq!(counts, [(0, 2, Some(1)), (1, 1, Some(2)), (2, 0, None)]);
}

#[tokio::test]
async fn server_that_ignores_page_is_detected() {
    let server = Server::start([page(&["a", "b"]), page(&["a", "b"])]).await;

    let mut pages = server.client().search_shipments_pages(&query());
    let first = pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();

    assert_eq!(first.items.len(), 2);
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("same page twice"), "{error}");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn repeated_page_of_shipments_without_ids_is_detected() {
    let page = || {
        let shipments = json!([{ "foreignOutboundTrackingId": "X" }, { "foreignInboundTrackingId": "INB-5531" }]);
        Reply::json(200, &shipments)
    };
    let server = Server::start([page(), page()]).await;

    let mut pages = server.client().search_shipments_pages(&query());
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn interrupted_search_is_resumed_at_its_page() {
    let broken = Reply::fixture("errors/502_bad_gateway.html");
    let server = Server::start([page(&["a", "b"]), broken, page(&["c"])]).await;
    let client = server.client();
    let query = query().page_size(2);

    let mut pages = client.search_shipments_pages(&query);
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    let resume_at = *pages.resume_at();
    let mut rest = client.search_shipments_pages(&query.page(resume_at));
    let page = rest.next().await.unwrap().unwrap();

    assert_eq!((error.kind(), resume_at), (ErrorKind::Server, 1));
    assert_eq!(page.items[0].shipment_id, Some("c".into()));
}

#[tokio::test]
async fn providers_own_refusal_is_invalid_request() {
    let server = Server::replying(Reply::fixture("search-shipments/400_no_selector.json")).await;

    let error = server
        .client()
        .search_shipments(&query())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.attempts(), 1);
}
