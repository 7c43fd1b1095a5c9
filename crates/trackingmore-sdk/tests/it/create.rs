//! `POST /trackings/post`: registers one number.

use serde_json::json;
use tracking_core::{Provider as _, Registration};
use trackingmore_sdk::{
    Code, ConfigureClient as _, CreateTracking, CreatedTracking, ErrorKind, RetryPolicy,
    TrackingStatus,
};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server, fixture_json};

const TARGET: &str = "/v2/trackings/post";

fn minimal() -> CreateTracking {
    CreateTracking::new(NUMBER, CARRIER)
}

async fn created(name: &str) -> trackingmore_sdk::Response<CreatedTracking> {
    let server = Server::replying(Reply::fixture(&format!("create-tracking/{name}"))).await;
    server.client().create_tracking(&minimal()).await.unwrap()
}

#[tokio::test]
async fn fields_that_are_not_set_are_not_sent() {
    let server = Server::replying(Reply::fixture("create-tracking/200_created.json")).await;

    server.client().create_tracking(&minimal()).await.unwrap();

    let body = fixture_json("create-tracking/request_minimal.json");
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn every_field_goes_under_the_name_of_this_endpoint() {
    let server = Server::replying(Reply::fixture("create-tracking/201_created.json")).await;
    let tracking = minimal()
        .destination_code("PT")
        .title("Two lamps")
        .logistics_channel("Spring catalogue")
        .customer_name("Sample Recipient")
        .customer_email("recipient@shop.example")
        .customer_phone("+000000000")
        .order_id("shop-7-2210")
        .order_create_time("2026/9/8 16:51")
        .tracking_ship_date("20260908")
        .tracking_postal_code("0150")
        .tracking_account_number("ACC-1")
        .tracking_destination_country("Portugal")
        .lang("en")
        .comment("Fragile.")
        .auto_correct(1);

    server.client().create_tracking(&tracking).await.unwrap();

    let request = server.request();
    request.assert_json(
        "POST",
        TARGET,
        &fixture_json("create-tracking/request_full.json"),
    );
    for of_another_endpoint in ["order", "specialNumberDestination", "track_number"] {
        assert!(request.json().get(of_another_endpoint).is_none());
    }
}

#[tokio::test]
async fn usual_response_is_tracking_without_results() {
    let tracking = created("200_created.json").await;

    assert_eq!(
        tracking.id.as_ref().unwrap(),
        &"0f5be2a86c1d4d77b1a9034e9c20f7aa"
    );
    assert_eq!(tracking.tracking_number.as_deref(), Some(NUMBER));
    assert_eq!(tracking.status, Some(TrackingStatus::Pending));
    assert_eq!(tracking.order_id.as_deref(), Some("shop-7-2210"));
    // The number 0 means nothing, and so does an empty string: both are kept as they came.
    assert_eq!(tracking.order_create_time.as_ref().unwrap(), &"0");
    assert_eq!(tracking.destination.as_deref(), Some(""));
    assert_eq!(tracking.customer_name, None);
    assert!(tracking.customer_email.is_empty());
}

#[tokio::test]
async fn both_codes_of_a_success_register() {
    for name in ["200_created.json", "201_created.json"] {
        assert!(created(name).await.id.is_some(), "{name}");
    }
}

#[tokio::test]
async fn string_null_of_2017_is_kept_in_types() {
    let tracking = created("200_older_2017.json").await;

    assert_eq!(tracking.customer_name.as_deref(), Some("null"));
    assert_eq!(tracking.order_id.as_deref(), Some("null"));
    assert_eq!(tracking.customer_email, ["null"]);
    assert_eq!(tracking.title, None);
}

#[tokio::test]
async fn wrong_scalars_are_read_as_strings() {
    let tracking = created("200_wrong_scalars.json").await;

    assert_eq!(tracking.tracking_number.as_deref(), Some("100200301"));
    assert_eq!(tracking.order_id.as_deref(), Some("2210"));
    assert_eq!(tracking.customer_phone.as_deref(), Some("47000000"));
    assert_eq!(tracking.title.as_deref(), Some("7"));
    assert_eq!(tracking.destination.as_deref(), Some("false"));
}

#[tokio::test]
async fn success_without_tracking_is_decode_error() {
    let created = |data: &str| format!(r#"{{"meta":{{"code":201}},"data":{data}}}"#);
    let of_batch = r#"{"submitted":1,"added":0,"trackings":[],"errors":[{"code":4015}]}"#;
    let mut replies = ["{}", r#"{"status":"pending"}"#, of_batch]
        .map(|data| Reply::new(200, created(data)))
        .to_vec();
    for name in ["200_all_null.json", "200_empty_object.json"] {
        replies.push(Reply::fixture(&format!("create-tracking/{name}")));
    }
    for reply in replies {
        let server = Server::start([reply.clone(), reply]).await;
        let client = server.client();
        let registration = Registration::new("A1").with_courier("dhl");

        let error = client.create_tracking(&minimal()).await.unwrap_err();
        let unified = client.register(registration).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!(unified.kind(), ErrorKind::Decode, "{unified}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn success_without_data_is_error_that_names_key() {
    let server = Server::replying(Reply::fixture("create-tracking/200_data_absent.json")).await;

    let error = server
        .client()
        .create_tracking(&minimal())
        .await
        .unwrap_err();

    assert_eq!(
        (error.kind(), error.path()),
        (ErrorKind::Decode, Some("data"))
    );
}

#[tokio::test]
async fn existing_tracking_is_conflict_with_its_code() {
    let server = Server::replying(Reply::fixture("create-tracking/4016_exists.json")).await;

    let error = server
        .client()
        .create_tracking(&minimal())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(Code::of(&error), Some(Code::TRACKING_EXISTS));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn conflict_and_used_up_quota_are_not_repeated() {
    for name in ["4016_exists.json", "4021_quota.json"] {
        let server = Server::replying(Reply::fixture(&format!("create-tracking/{name}"))).await;
        let client = server
            .builder()
            .with_retry(RetryPolicy::default())
            .build()
            .unwrap();

        let error = client.create_tracking(&minimal()).await.unwrap_err();

        assert_eq!(error.attempts(), 1, "{name}");
    }
}

#[tokio::test]
async fn form_body_is_never_sent_so_4015_means_carrier() {
    let server =
        Server::replying(Reply::fixture("create-tracking/4015_carrier_invalid.json")).await;

    let error = server
        .client()
        .create_tracking(&minimal())
        .await
        .unwrap_err();

    assert_eq!(Code::of(&error), Some(Code::CARRIER_INVALID));
    let body = json!({ "tracking_number": NUMBER, "carrier_code": CARRIER });
    server.request().assert_json("POST", TARGET, &body);
}
