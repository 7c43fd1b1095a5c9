//! `Provider::list`: pages of trackings as shipments.

use oneconcepts_sdk::ConfigureClient as _;
use serde_json::json;
use tracking_core::{Cursor, ErrorKind, ListRequest, Provider as _, UtcTime};

use crate::server::{Reply, Server};

#[tokio::test]
async fn values_without_an_agreed_meaning_are_counted() {
    let server = Server::replying(Reply::fixture("list-trackings/200_unknown_values.json")).await;
    let client = server.client();

    client.list(ListRequest::new()).await.unwrap();

    let counts = client.unmapped();
    assert_eq!(
        (counts[0].field.as_str(), counts[0].value.as_str()),
        ("tracking.status", "in_orbit")
    );
}

#[tokio::test]
async fn list_filters_by_creation_and_resumes_at_cursor() {
    let server = Server::start([
        Reply::fixture("list-trackings/200_page_1.json"),
        Reply::fixture("list-trackings/200_page_2.json"),
    ])
    .await;
    let client = server.client();
    let since: UtcTime = "2026-03-01T17:00:00Z".parse().unwrap();
    let request = ListRequest::new().with_updated_since(since).with_limit(1);

    let first = client.list(request.clone()).await.unwrap();
    let cursor = first.next.clone().unwrap();
    let second = client.list(request.with_cursor(cursor)).await.unwrap();

    assert_eq!(
        (
            first.shipments[0].id.as_deref(),
            second.shipments[0].id.as_deref()
        ),
        (Some("31"), Some("32"))
    );
    assert_eq!(second.next, None);
    let requests = server.requests();
    requests[0].assert_without_body(
        "GET",
        "/v2/api/trackings?createdAt%5Bafter%5D=2026-03-01T17%3A00%3A00Z&itemsPerPage=1",
    );
    requests[1].assert_without_body("GET", "/v2/api/trackings?itemsPerPage=1&page=2");
}

#[tokio::test]
async fn list_keeps_page_of_which_part_does_not_fit() {
    let body = json!({
        "hydra:member": [{ "@id": "/v2/api/trackings/1", "trackingId": {} }, { "@id": "/v2/api/trackings/2" }],
        "hydra:view": { "hydra:next": "/v2/api/trackings?page=2" },
    });
    let server = Server::replying(Reply::json(200, &body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    assert_eq!(page.shipments.len(), 2);
    assert_eq!(page.shipments[0].problems.len(), 1);
    assert_eq!(page.next, Some(Cursor::new("/v2/api/trackings?page=2")));
}

#[tokio::test]
async fn ignored_filter_is_error_also_in_partly_broken_list() {
    let body = json!({ "hydra:member": [
        { "@id": "/v2/api/trackings/1", "createdAt": "2019-01-01T10:00:00+01:00" },
        { "@id": "/v2/api/trackings/2", "trackingId": {} },
    ]});
    let server = Server::replying(Reply::json(200, &body)).await;
    let since: UtcTime = "2026-03-01T17:00:00Z".parse().unwrap();

    let error = server
        .client()
        .list(ListRequest::new().with_updated_since(since))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn cursor_to_another_host_and_limits_out_of_range_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    let requests = [
        ListRequest::new().with_cursor(Cursor::new("https://evil.example/v2/api/trackings")),
        ListRequest::new().with_cursor(Cursor::new("2")),
        ListRequest::new().with_limit(0),
        ListRequest::new().with_limit(201),
    ];
    for request in requests {
        let error = client.list(request).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn added_tracking_pages_are_used_for_shipments() {
    let server = Server::replying(Reply::fixture("list-trackings/200_unknown_values.json")).await;
    let builder = server.builder();
    let client = builder.with_tracking_page("Rocket Mail", "https://rocket.example/{number}");
    let client = client.with_user_agent("shop/1").build().unwrap();

    let page = client.list(ListRequest::new()).await.unwrap();

    let url = page.shipments[0].tracking_url.as_deref();
    assert_eq!(url, Some("https://rocket.example/00340000000000000031"));
}

#[tokio::test]
async fn list_member_without_any_key_is_problem_of_the_page() {
    let body = json!({ "hydra:member": [
        {},
        { "@id": "/v2/api/trackings/1", "trackingId": "A" },
        { "@type": "hydra:Error", "status": 500 },
    ]});
    let server = Server::replying(Reply::json(200, &body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    let numbers: Vec<_> = page.shipments.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(numbers, ["A"]);
    let paths: Vec<_> = page.problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["hydra:member[0]", "hydra:member[2]"]);
}

#[tokio::test]
async fn byte_order_mark_before_list_is_skipped() {
    let body = "\u{feff}{\"hydra:member\":[{\"@id\":\"/t/1\",\"trackingId\":\"A\"}]}";
    let server = Server::replying(Reply::new(200, body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    assert_eq!(page.shipments[0].number, "A");
    assert!(page.problems.is_empty() && page.shipments[0].problems.is_empty());
    assert!(page.shipments[0].raw.get().starts_with("{\"@id\""));
}
