//! `GET /v1/tracking/{trackingNumber}`.

use gcl_sdk::{ErrorKind, Response, StatusUid, TrackingResponse};
use tracking_core::time::TimeKind;

use crate::server::{Reply, Server};

async fn tracking(name: &str) -> Response<TrackingResponse> {
    let server = Server::replying(Reply::fixture(&format!("get-tracking/{name}"))).await;
    server.client().get_tracking("QX4471902385").await.unwrap()
}

#[tokio::test]
async fn number_is_sent_in_path_and_nothing_else() {
    let server = Server::replying(Reply::fixture("get-tracking/200_delivered.json")).await;

    server.client().get_tracking("QX4471902385").await.unwrap();

    server
        .request()
        .assert_without_body("GET", "/v1/tracking/QX4471902385");
}

#[tokio::test]
async fn number_is_one_encoded_segment() {
    let cases = [
        ("QX/447 1#?", "QX%2F447%201%23%3F"),
        ("%2e%2e", "%252e%252e"),
        ("größe", "gr%C3%B6%C3%9Fe"),
    ];
    for (number, segment) in cases {
        let server = Server::replying(Reply::fixture("get-tracking/200_delivered.json")).await;

        server.client().get_tracking(number).await.unwrap();

        let target = format!("/v1/tracking/{segment}");
        server.request().assert_without_body("GET", &target);
    }
}

#[tokio::test]
async fn every_field_of_the_response_is_read() {
    let tracking = tracking("200_delivered.json").await;

    assert_eq!(tracking.short_uid.as_deref(), Some("PTS-0009917"));
    assert_eq!(tracking.tracking_number.as_deref(), Some("QX4471902385"));
    assert_eq!(
        tracking.shipment_method_uid.as_deref(),
        Some("sample_parcel_eu")
    );
    assert_eq!(
        tracking.shipment_method_name.as_deref(),
        Some("Sample Parcel EU")
    );
    assert_eq!(tracking.carrier_uid.as_deref(), Some("sample_parcel"));
    assert_eq!(tracking.carrier_name.as_deref(), Some("Sample Parcel"));
    assert_eq!(tracking.checkpoints.len(), 5);
    let newest = &tracking.checkpoints[0];
    assert_eq!(newest.status, Some(6));
    assert_eq!(newest.status_uid, Some(StatusUid::Delivered));
    assert_eq!(newest.message.as_deref(), Some("Handed over at the door"));
    assert_eq!(newest.description.as_deref(), Some("Delivered"));
    assert_eq!(newest.location.as_deref(), Some("WIEN-AUT, Austria"));
    assert!(tracking.unmodelled().is_empty());
}

#[tokio::test]
async fn weight_is_read_from_string_or_number() {
    let text = tracking("200_delivered.json").await;
    let number = tracking("200_wrong_scalars.json").await;

    assert_eq!(text.weight_in_grams.as_deref(), Some("420"));
    assert_eq!(number.weight_in_grams.as_deref(), Some("420"));
}

#[tokio::test]
async fn unknown_expected_day_is_empty_string() {
    let tracking = tracking("200_delivered.json").await;

    let days: Vec<Option<String>> = tracking
        .checkpoints
        .iter()
        .map(|checkpoint| Some(checkpoint.expected_delivery()?.text().to_owned()))
        .collect();

    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        days,
        [
            None,
            None,
            day("2026-09-15"),
            day("2026-09-14"),
            day("2026-09-14")
        ]
    );
    // What came stays.
    let wire = tracking.checkpoints[0].expected_delivery_date.as_ref();
    assert_eq!(wire.unwrap().as_str(), "");
}

#[tokio::test]
async fn expected_day_other_than_date_is_kept_as_string() {
    let tracking = tracking("200_unknown_values.json").await;

    let day = tracking.checkpoints[0].expected_delivery().unwrap();

    assert_eq!(day.kind(), TimeKind::Unparsed);
    assert_eq!(day.text(), "soon");
}

#[tokio::test]
async fn address_of_carriers_page_is_kept_letter_by_letter() {
    let tracking = tracking("200_delivered.json").await;

    assert_eq!(
        tracking.tracking_url.as_deref(),
        Some("https://parcels.example/track#/find?no=QX4471902385")
    );
}

#[tokio::test]
async fn status_number_is_read_with_zero_fraction_or_as_string() {
    let tracking = tracking("200_wrong_scalars.json").await;

    let numbers: Vec<_> = tracking.checkpoints.iter().map(|it| it.status).collect();

    assert_eq!(numbers, [Some(6), Some(1)]);
}

#[tokio::test]
async fn data_source_of_checkpoint_is_what_signed_by_says() {
    let tracking = tracking("200_delivered.json").await;

    for checkpoint in &tracking.checkpoints {
        assert_eq!(checkpoint.signed_by.as_deref(), Some("aftership"));
    }
}

#[tokio::test]
async fn parcel_without_checkpoints_is_response() {
    for name in [
        "200_no_checkpoints.json",
        "200_checkpoints_absent.json",
        "200_null_list.json",
    ] {
        let tracking = tracking(name).await;

        assert!(tracking.checkpoints.is_empty(), "{name}");
        assert_eq!(tracking.short_uid.as_deref(), Some("PTS-0009917"));
    }
}

#[tokio::test]
async fn times_say_how_much_zone_they_have() {
    let tracking = tracking("200_times.json").await;

    let kinds: Vec<TimeKind> = tracking
        .checkpoints
        .iter()
        .map(|it| it.created_at.as_ref().unwrap().timestamp().kind())
        .collect();

    assert_eq!(
        kinds,
        [
            TimeKind::Exact,
            TimeKind::ClaimedUtc,
            TimeKind::ClaimedUtc,
            TimeKind::LocalNaive,
            TimeKind::DateOnly,
            TimeKind::Unparsed,
        ]
    );
}

#[tokio::test]
async fn other_spellings_are_kept_and_understood() {
    let tracking = tracking("200_other_spellings.json").await;

    let pairs: Vec<(String, Option<StatusUid>)> = tracking
        .checkpoints
        .iter()
        .filter_map(|it| it.status_uid.as_ref())
        .map(|uid| (uid.to_string(), uid.canonical()))
        .collect();

    let expected = [
        ("Not-Collected", StatusUid::NotPickedUp),
        ("returned", StatusUid::Returned),
        ("dispatched", StatusUid::Shipped),
        ("available_for_pick_up", StatusUid::AvailableForPickup),
        ("shipment_exception", StatusUid::ShippingException),
        ("attempt_failed", StatusUid::FailedAttempt),
        ("Registered", StatusUid::Registered),
    ];
    assert_eq!(
        pairs,
        expected.map(|(text, uid)| (text.to_owned(), Some(uid)))
    );
}

#[test]
fn spelling_that_means_nothing_has_no_canonical_form() {
    for text in ["on_the_moon", "", " ", "onderweg", "6"] {
        assert_eq!(StatusUid::from(text).canonical(), None, "{text:?}");
    }
    for known in StatusUid::KNOWN {
        assert_eq!(known.canonical().as_ref(), Some(known));
    }
}

#[tokio::test]
async fn response_without_parcel_data_is_decode_error() {
    for body in [
        "{}",
        r#"{"message":"hello"}"#,
        r#"{"data":{"shortUid":"S"}}"#,
        r#"["PTS-1","QX1"]"#,
        // Errors repeat the number too.
        r#"{"trackingNumber":"QX1","message":"Something failed.","details":null}"#,
        r#"{"trackingNumber":"QX1","code":404,"message":"Not found."}"#,
        r#"{"trackingNumber":"QX1","error":{"message":"Something failed."}}"#,
    ] {
        let server = Server::replying(Reply::new(200, body)).await;

        let error = server.client().get_tracking("QX1").await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.body_text().unwrap(), body);
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[tokio::test]
async fn every_2xx_is_a_success() {
    for status in [200, 201, 202, 203] {
        let body = crate::server::fixture("get-tracking/200_delivered.json");
        let server = Server::replying(Reply::new(status, body)).await;

        let tracking = server.client().get_tracking("QX1").await.unwrap();

        assert_eq!(tracking.http_status(), status);
    }
}
