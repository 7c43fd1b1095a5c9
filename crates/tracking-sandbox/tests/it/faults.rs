//! Faults on demand.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::{Fault, Sandbox};

use crate::account::{Account, Reply};

async fn track_with(account: &Account, fault: Fault) -> Reply {
    account.sandbox.faults().next(fault);
    account
        .post(
            "/trackers/track",
            &json!({ "trackingNumber": Sandbox::DEMO_NUMBER }),
        )
        .await
}

#[tokio::test]
async fn reset_precedes_and_lost_response_follows_the_work() {
    for (fault, trackers) in [(Fault::Reset, 0), (Fault::LostResponse, 1)] {
        let account = Account::open().await;
        account.sandbox.faults().next(fault.clone());
        let request = account
            .request(Method::POST, "/trackers")
            .json(&json!({ "trackingNumber": "AB12345" }));

        let error = request.send().await.unwrap_err();

        assert!(error.is_request(), "{error:?}");
        let list = account.get("/trackers").await.at("/data/trackers");
        assert_eq!(list.as_array().unwrap().len(), trackers, "{fault}");
        assert_eq!(account.sandbox.requests()[0].status, None);
    }
}

#[tokio::test]
async fn reset_really_resets_the_connection() {
    let account = Account::open().await;
    account.sandbox.faults().next(Fault::Reset);

    let error = account
        .request(Method::GET, "/couriers")
        .send()
        .await
        .unwrap_err();

    let mut source = std::error::Error::source(&error);
    let mut kinds = Vec::new();
    while let Some(error) = source {
        kinds.extend(
            error
                .downcast_ref::<std::io::Error>()
                .map(std::io::Error::kind),
        );
        source = error.source();
    }
    assert_eq!(kinds, [std::io::ErrorKind::ConnectionReset]);
}

#[tokio::test]
async fn truncated_response_has_its_head_and_breaks_off() {
    let account = Account::open().await;
    account.sandbox.faults().next(Fault::Truncate);

    let response = account
        .request(Method::GET, "/couriers")
        .send()
        .await
        .unwrap();

    assert_eq!(response.status().as_u16(), 200);
    let announced = response.content_length().unwrap();
    assert!(announced > 1000);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn responses_that_never_come_time_out() {
    let account = Account::open().await;
    account
        .sandbox
        .faults()
        .next(Fault::Hang)
        .next(Fault::Delay(Duration::from_secs(60)));

    for _ in 0..2 {
        let request = account
            .request(Method::GET, "/couriers")
            .timeout(Duration::from_millis(50));
        assert!(request.send().await.unwrap_err().is_timeout());
    }
}

#[tokio::test]
async fn server_errors_come_as_json_as_a_page_or_empty() {
    let account = Account::open().await;

    let json = track_with(&account, Fault::JsonError(503)).await;
    let html = track_with(&account, Fault::HtmlError(502)).await;
    let empty = track_with(&account, Fault::EmptyError(500)).await;

    assert_eq!(json.error(), (503, "internal_error".to_owned()));
    assert_eq!(
        (html.status, html.header("content-type")),
        (502, "text/html")
    );
    assert!(html.text.contains("<h1>502 Bad Gateway</h1>"));
    assert_eq!((empty.status, empty.text.as_str()), (500, ""));
    assert_eq!(
        account.get("/trackers").await.at("/data/trackers"),
        json!([])
    );
}

#[tokio::test]
async fn slow_down_carries_given_text() {
    let account = Account::open().await;
    let date = "Mon, 02 Mar 2026 09:00:05 GMT";

    let seconds = track_with(&account, Fault::SlowDown("2".to_owned())).await;
    let by_date = track_with(&account, Fault::SlowDown(date.to_owned())).await;

    assert_eq!((seconds.status, seconds.header("retry-after")), (429, "2"));
    assert_eq!(seconds.header("ratelimit-remaining"), "0");
    assert_eq!(by_date.header("retry-after"), date);
}

#[tokio::test]
async fn bodies_can_be_broken() {
    let account = Account::open().await;

    let malformed = track_with(&account, Fault::MalformedJson).await;
    let empty = track_with(&account, Fault::EmptyBody).await;
    let mistyped = track_with(&account, Fault::WrongContentType).await;
    let huge = track_with(&account, Fault::HugeBody(3_000_000)).await;

    assert!(serde_json::from_str::<Value>(&malformed.text).is_err());
    assert_eq!((empty.status, empty.text.as_str()), (201, ""));
    assert_eq!(mistyped.header("content-type"), "text/html");
    assert!(mistyped.at("/data/trackings/0/tracker").is_object());
    assert_eq!(huge.text.len(), 3_000_000);
    assert!(huge.json().is_object());
}

#[tokio::test]
async fn values_can_be_bent() {
    let account = Account::open().await;
    let shipment = "/data/trackings/0/shipment";

    let unknown = track_with(&account, Fault::UnknownEnum).await.at(shipment);
    let nulls = track_with(&account, Fault::Nulls).await.at(shipment);
    let text = track_with(&account, Fault::NumberAsString).await;
    let keyless = track_with(&account, Fault::WithoutKey("tracker".to_owned())).await;

    assert_eq!(unknown["statusMilestone"], "invented_by_the_sandbox");
    assert_eq!(nulls["statusMilestone"], Value::Null);
    assert!(nulls["delivery"].is_object());
    assert_eq!(text.at("/data/trackings/0/events/0/order"), "10");
    assert!(keyless.at("/data/trackings/0/tracker").is_null());
}

#[tokio::test]
async fn fault_keeps_to_its_operation() {
    let account = Account::open().await;
    account
        .ship24()
        .faults()
        .on("get-couriers")
        .next(Fault::HtmlError(500));

    let other = account.get("/trackers").await;
    let hit = account.get("/couriers").await;
    let after = account.get("/couriers").await;

    assert_eq!([other.status, hit.status, after.status], [200, 500, 200]);
}

#[tokio::test]
async fn caller_can_ask_for_a_fault_in_a_header() {
    let account = Account::open().await;
    let send = |fault: &'static str| {
        account
            .request(Method::GET, "/couriers")
            .header("x-sandbox-fault", fault)
            .send()
    };

    let html = Reply::read(send("html-error=504").await.unwrap()).await;
    let wrong = Reply::read(send("explode").await.unwrap()).await;

    assert_eq!(html.status, 504);
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.text.contains("`explode` is not a fault"),
        "{}",
        wrong.text
    );
}
