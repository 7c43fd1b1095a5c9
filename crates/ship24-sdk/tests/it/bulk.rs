//! `POST /trackers/bulk`: item by item, whatever the status.

use ship24_sdk::{
    BulkItem, BulkItemStatus, BulkStatus, ConfigureClient as _, CreateTracker, ErrorCode,
    ErrorKind, RetryPolicy, TrackerSettings,
};

use crate::server::{Reply, Server, fixture_json};

fn two() -> Vec<CreateTracker> {
    vec![
        CreateTracker::new("PTS-0009918").destination_country_code("NO"),
        CreateTracker::new("NOX_0009919")
            .client_tracker_id("shop-order-7022")
            .courier_code(["sample-post-no"])
            .settings(TrackerSettings::new().restrict_tracking_to_courier_code(false)),
    ]
}

fn number(item: &BulkItem) -> &str {
    item.input_data
        .as_ref()
        .unwrap()
        .tracking_number
        .as_deref()
        .unwrap()
}

#[tokio::test]
async fn body_is_bare_array() {
    let server = Server::replying(Reply::fixture("bulk-create-trackers/201_created.json")).await;

    let response = server.client().bulk_create_trackers(&two()).await.unwrap();

    assert_eq!(response.http_status(), 201);
    assert_eq!(BulkStatus::Success, response.into_inner().status.unwrap());
    let body = fixture_json("bulk-create-trackers/request.json");
    server
        .request()
        .assert_json("POST", "/public/v1/trackers/bulk", &body);
}

#[tokio::test]
async fn created_and_existing_items_are_complete() {
    for (fixture, created, existing) in [
        ("bulk-create-trackers/201_created.json", 2, 0),
        ("bulk-create-trackers/200_existing.json", 0, 1),
    ] {
        let server = Server::replying(Reply::fixture(fixture)).await;

        let response = server.client().bulk_create_trackers(&two()).await.unwrap();

        assert!(response.is_complete(), "{fixture}");
        assert_eq!(response.created().count(), created, "{fixture}");
        assert_eq!(response.existing().count(), existing, "{fixture}");
        assert_eq!(response.failed().count(), 0, "{fixture}");
    }
}

#[tokio::test]
async fn bad_item_does_not_lose_others() {
    let server = Server::replying(Reply::fixture("bulk-create-trackers/207_partial.json")).await;

    let response = server.client().bulk_create_trackers(&two()).await.unwrap();

    assert_eq!(response.http_status(), 207);
    assert!(!response.is_complete());
    assert_eq!(
        response.created().map(number).collect::<Vec<_>>(),
        ["PTS-0009920"]
    );
    assert_eq!(
        response.existing().map(number).collect::<Vec<_>>(),
        ["PTS-0009918"]
    );
    let failed = response.failed().next().unwrap();
    // The echo is shorter than what may be sent, and the `tracker` key is absent.
    assert_eq!((number(failed), &failed.tracker), ("Q1", &None));
    assert_eq!(failed.errors.len(), 2);
    assert_eq!(failed.errors[0].code, Some(ErrorCode::ValidationError));
    let summary = response.summary.as_ref().unwrap();
    assert_eq!(
        (summary.total_inputs, summary.total_errors),
        (Some(3), Some(1))
    );
}

#[tokio::test]
async fn echo_of_item_may_break_every_limit() {
    let server = Server::replying(Reply::fixture("bulk-create-trackers/207_odd_echo.json")).await;

    let response = server.client().bulk_create_trackers(&two()).await.unwrap();

    let [first, second] = response.data.as_slice() else {
        panic!("{response:?}")
    };
    assert_eq!(
        first.input_data.as_ref().unwrap().courier_code,
        ["sample-post-pt"]
    );
    assert_eq!(second.input_data.as_ref().unwrap().courier_code.len(), 4);
    assert_eq!(number(second).len(), 64);
}

#[tokio::test]
async fn status_400_that_reports_on_items_is_data() {
    for fixture in [
        "bulk-create-trackers/400_all_failed.json",
        "bulk-create-trackers/400_null_summary.json",
    ] {
        let server = Server::replying(Reply::fixture(fixture)).await;

        let response = server.client().bulk_create_trackers(&two()).await.unwrap();

        assert_eq!(response.http_status(), 400, "{fixture}");
        let error = response.error.as_ref().unwrap();
        assert_eq!(error.code, Some(ErrorCode::ProcessingError), "{fixture}");
        assert_eq!(response.failed().count(), response.data.len(), "{fixture}");
        assert_eq!(
            response.data[0].item_status,
            Some(BulkItemStatus::Error),
            "{fixture}"
        );
        assert_eq!(
            response.into_inner().status,
            Some(BulkStatus::Error),
            "{fixture}"
        );
    }
}

#[tokio::test]
async fn other_status_that_reports_on_items_is_an_error() {
    let body = fixture_json("bulk-create-trackers/400_all_failed.json").to_string();
    for (status, kind) in [
        (401, ErrorKind::Authentication),
        (404, ErrorKind::NotFound),
        (422, ErrorKind::InvalidRequest),
        (429, ErrorKind::RateLimited),
    ] {
        let body = body.replace("processing_error", "other");
        let server = Server::replying(Reply::new(status, body.as_str())).await;
        let builder = server.builder().with_retry(RetryPolicy::none());

        let client = builder.build().unwrap();
        let error = client.bulk_create_trackers(&two()).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{status}");
    }
}

#[tokio::test]
async fn refusals_of_the_whole_request_are_errors() {
    let cases = [
        (
            "400_null_data.json",
            ErrorKind::InvalidRequest,
            "processing_error",
        ),
        (
            "403_quota.json",
            ErrorKind::QuotaExhausted,
            "quota_limit_reached",
        ),
        (
            "403_too_many_items.json",
            ErrorKind::InvalidRequest,
            "bulk_create_limit_exceeded",
        ),
        (
            "400_auth_missing_header.json",
            ErrorKind::Authentication,
            "auth_missing_header",
        ),
    ];

    for (name, kind, code) in cases {
        let reply = Reply::fixture(&format!("bulk-create-trackers/{name}"));
        let server = Server::replying(reply.clone()).await;

        let error = server
            .client()
            .bulk_create_trackers(&two())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), kind, "{name}");
        assert_eq!(error.provider_code(), Some(code), "{name}");
        assert_eq!(error.status().unwrap(), reply.status, "{name}");
        assert_eq!(error.body().unwrap(), &reply.body, "{name}");
        assert!(!error.is_retryable(), "{name}");
    }
}

#[tokio::test]
async fn values_of_tomorrow_count_as_failed() {
    let reply = Reply::fixture("bulk-create-trackers/207_unknown_values.json");
    let server = Server::replying(reply).await;

    let reply = server.client().bulk_create_trackers(&two()).await.unwrap();

    assert_eq!(reply.failed().count(), 2);
    assert_eq!(
        reply.data[0].item_status.as_ref().unwrap().as_str(),
        "queued"
    );
    assert_eq!(
        reply.data[1].errors[0].code.as_ref().unwrap().as_str(),
        "courier_on_strike"
    );
    assert_eq!(reply.into_inner().status.unwrap().as_str(), "mostly");
}

#[tokio::test]
async fn item_of_nulls_is_kept_and_is_no_success() {
    let server = Server::replying(Reply::fixture("bulk-create-trackers/207_all_null.json")).await;

    let response = server.client().bulk_create_trackers(&two()).await.unwrap();

    assert_eq!(response.data.len(), 1);
    assert!(!response.is_complete());
}

#[tokio::test]
async fn empty_and_oversized_requests_are_not_sent() {
    let server = Server::silent().await;
    let client = server.client();

    for count in [0, 101] {
        let items = vec![CreateTracker::new("PTS-0009918"); count];

        let error = client.bulk_create_trackers(&items).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.attempts(), 0);
        let text = error.to_string();
        assert!(
            text.contains(&format!("{count} items")) && text.contains("1 to 100"),
            "{text}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn hundred_items_are_sent() {
    let server = Server::replying(Reply::fixture("bulk-create-trackers/201_created.json")).await;
    let items = vec![CreateTracker::new("PTS-0009918"); 100];

    server.client().bulk_create_trackers(&items).await.unwrap();

    assert_eq!(server.request().json().as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn bad_item_is_named_by_its_position_and_nothing_is_sent() {
    let server = Server::silent().await;
    let cases = [
        (CreateTracker::new("Q1"), "trackingNumber"),
        (
            CreateTracker::new("PTS-0009918").courier_code(["a", "b", "c", "d"]),
            "courierCode",
        ),
        (
            CreateTracker::new("PTS-0009918").shipping_date("soon"),
            "shippingDate",
        ),
    ];

    for (bad, field) in cases {
        let items = [CreateTracker::new("PTS-0009918"), bad];

        let error = server
            .client()
            .bulk_create_trackers(&items)
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0)
        );
        let text = error.to_string();
        assert!(
            text.contains("trackers[1]") && text.contains(field),
            "{text}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn success_without_items_is_a_decode_error() {
    for body in [
        "{}",
        r#"{"status":"success"}"#,
        r#"{"status":"success","data":[]}"#,
    ] {
        let server = Server::replying(Reply::new(201, body)).await;

        let error = server
            .client()
            .bulk_create_trackers(&two())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.path(), Some("data"), "{body}");
        assert_eq!(
            (error.attempts(), error.body_text().unwrap()),
            (1, body.into())
        );
    }
}
