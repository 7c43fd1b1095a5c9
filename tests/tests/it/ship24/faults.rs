//! What goes wrong on the way: each fault has its kind, keeps what was received, and is repeated
//! only where that can do no harm.

use std::time::Duration;

use ship24_sdk::tracking_core::{Provider as _, TrackRequest};
use ship24_sdk::{
    Client, ConfigureClient as _, CreateTracker, Error, ErrorKind, ListTrackersQuery, RetryPolicy,
    SearchTracking,
};
use tracking_sandbox::{Fault, Sandbox};

use super::sandboxed::{builder, client, sandbox, swift_retries};

/// An operation that is safe to repeat, and one that is not: each call of it is billed.
const READ: &str = "list-trackers";
const BILLED: &str = "get-tracking";

async fn read(client: &Client) -> Error {
    client
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap_err()
}

async fn search(client: &Client) -> Error {
    client
        .get_tracking(&SearchTracking::new(Sandbox::DEMO_NUMBER))
        .await
        .unwrap_err()
}

/// How often an operation was called.
fn calls(sandbox: &Sandbox, operation: &str) -> usize {
    sandbox
        .requests()
        .iter()
        .filter(|request| request.operation == Some(operation))
        .count()
}

/// What every error fulfils, whatever happened.
#[track_caller]
fn assert_presentable(error: &Error, sandbox: &Sandbox) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(sandbox.ship24().api_key()), "{shown}");
    assert!(!shown.contains("http://"), "{shown}");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    assert_eq!(error.provider(), Some("ship24"));
}

/// A fault, and what becomes of a call that is safe to repeat.
struct Case {
    fault: Fault,
    kind: ErrorKind,
    /// None when nothing of the response arrived.
    status: Option<u16>,
    repeated: bool,
    /// Whether a call that is billed is repeated too.
    billed_repeated: bool,
}

const fn case(fault: Fault, kind: ErrorKind, status: Option<u16>, repeated: bool) -> Case {
    Case {
        fault,
        kind,
        status,
        repeated,
        billed_repeated: false,
    }
}

fn cases() -> Vec<Case> {
    use ErrorKind as Kind;
    vec![
        case(Fault::Reset, Kind::Transport, None, true),
        case(Fault::LostResponse, Kind::Transport, None, true),
        case(Fault::Truncate, Kind::Transport, Some(200), true),
        case(Fault::JsonError(500), Kind::Server, Some(500), true),
        case(Fault::JsonError(501), Kind::Server, Some(501), false),
        case(Fault::JsonError(503), Kind::Server, Some(503), true),
        case(Fault::HtmlError(502), Kind::Server, Some(502), true),
        case(Fault::EmptyError(504), Kind::Server, Some(504), true),
        case(Fault::EmptyError(408), Kind::Timeout, Some(408), true),
        case(
            Fault::HtmlError(400),
            Kind::InvalidRequest,
            Some(400),
            false,
        ),
        case(
            Fault::HtmlError(401),
            Kind::Authentication,
            Some(401),
            false,
        ),
        case(
            Fault::EmptyError(402),
            Kind::QuotaExhausted,
            Some(402),
            false,
        ),
        case(Fault::HtmlError(404), Kind::NotFound, Some(404), false),
        case(Fault::EmptyError(409), Kind::Conflict, Some(409), false),
        Case {
            billed_repeated: true,
            ..case(
                Fault::SlowDown("0".to_owned()),
                Kind::RateLimited,
                Some(429),
                true,
            )
        },
        case(Fault::MalformedJson, Kind::Decode, Some(200), true),
        case(Fault::EmptyBody, Kind::Decode, Some(200), true),
        case(
            Fault::HugeBody(100_000_000),
            Kind::BodyTooLarge,
            Some(200),
            false,
        ),
    ]
}

#[tokio::test]
async fn each_fault_has_kind_and_is_retried_only_where_safe() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);

    for Case {
        fault,
        kind,
        status,
        repeated,
        billed_repeated,
    } in cases()
    {
        sandbox.clear_requests();
        sandbox.ship24().faults().always(fault.clone());

        let on_read = read(&client).await;
        let on_search = search(&client).await;

        sandbox.ship24().faults().clear();
        let attempts = |repeated| if repeated { 3 } else { 1 };
        for (error, operation, attempts) in [
            (&on_read, READ, attempts(repeated)),
            (&on_search, BILLED, attempts(billed_repeated)),
        ] {
            assert_eq!(error.kind(), kind, "{fault}: {error}");
            assert_eq!(error.operation(), Some(operation), "{fault}");
            assert_eq!(error.attempts(), attempts, "{fault} on {operation}");
            assert_eq!(
                calls(&sandbox, operation),
                attempts as usize,
                "{fault} on {operation}"
            );
            assert_presentable(error, &sandbox);
        }
        assert_eq!(
            on_read.status().map(|status| status.as_u16()),
            status,
            "{fault}"
        );
        // Every response of the sandbox has an id; whatever arrived keeps it.
        let id = on_read.headers().get("x-request-id");
        assert_eq!(id.is_some(), status.is_some(), "{fault}");
        assert_eq!(
            on_read.request_id(),
            id.map(|id| id.to_str().unwrap()),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn each_fault_that_is_repeated_is_overcome() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);

    for Case {
        fault, repeated, ..
    } in cases()
    {
        if !repeated {
            continue;
        }
        sandbox.ship24().faults().on(READ).times(2, fault.clone());

        let response = client
            .list_trackers(&ListTrackersQuery::new())
            .await
            .unwrap();

        assert_eq!(response.attempts(), 3, "{fault}");
    }
}

#[tokio::test]
async fn bodies_of_errors_are_kept_whatever_they_are() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let account = sandbox.ship24();
    let faults = account.faults().on(BILLED);

    faults.next(Fault::JsonError(503));
    let json = search(&client).await;
    faults.next(Fault::HtmlError(503));
    let html = search(&client).await;
    faults.next(Fault::MalformedJson);
    let malformed = search(&client).await;
    faults.next(Fault::SlowDown("3600".to_owned()));
    let slow_down = search(&client).await;

    assert_eq!(json.provider_code(), Some("internal_error"));
    assert!(json.provider_message().is_some());
    assert!(html.body_text().unwrap().starts_with("<html>"));
    assert_eq!(html.provider_code(), None);
    assert_eq!(html.headers()["content-type"], "text/html");
    assert!(malformed.body_text().unwrap().starts_with(r#"{"data""#));
    assert!(
        slow_down
            .body_text()
            .unwrap()
            .starts_with("Too many requests")
    );
    assert_eq!(slow_down.headers()["ratelimit-limit"], "10");
}

#[tokio::test]
async fn missing_response_is_timeout() {
    let sandbox = sandbox().await;
    let client = builder(&sandbox)
        .without_rate_limits()
        .with_timeout(Duration::from_millis(100))
        .with_retry(swift_retries().with_max_attempts(2))
        .build()
        .unwrap();
    sandbox.ship24().faults().always(Fault::Hang);

    let on_read = read(&client).await;
    let on_search = search(&client).await;

    for (error, attempts) in [(&on_read, 2), (&on_search, 1)] {
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(error.status(), None);
        assert_eq!(error.attempts(), attempts);
        assert_presentable(error, &sandbox);
    }
}

#[tokio::test]
async fn late_response_is_requested_again() {
    let sandbox = sandbox().await;
    let client = builder(&sandbox)
        .without_rate_limits()
        .with_timeout(Duration::from_millis(700))
        .with_retry(swift_retries())
        .build()
        .unwrap();
    sandbox
        .ship24()
        .faults()
        .on(READ)
        .next(Fault::Delay(Duration::from_secs(600)));

    let late = client
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap();
    sandbox
        .ship24()
        .faults()
        .on(READ)
        .next(Fault::Delay(Duration::from_millis(10)));
    let in_time = client
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap();

    assert!(late.attempts() > 1);
    assert!(in_time.attempts() >= 1);
}

#[tokio::test]
async fn whole_call_has_time_of_its_own() {
    let sandbox = sandbox().await;
    let client = builder(&sandbox)
        .without_rate_limits()
        .with_total_timeout(Duration::from_millis(200))
        .with_retry(swift_retries().with_max_attempts(1000))
        .build()
        .unwrap();
    sandbox.ship24().faults().always(Fault::Hang);

    assert_eq!(read(&client).await.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn too_long_wait_is_left_to_caller() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);

    for (retry_after, at_least) in [
        ("3600", Duration::from_secs(3600)),
        // As a date: years away.
        (
            "Fri, 31 Dec 2100 23:59:59 GMT",
            Duration::from_secs(365 * 24 * 3600),
        ),
    ] {
        sandbox
            .ship24()
            .faults()
            .on(READ)
            .next(Fault::SlowDown(retry_after.to_owned()));

        let error = read(&client).await;

        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert_eq!(error.attempts(), 1);
        assert!(error.is_retryable());
        let wait = error.retry_after().unwrap();
        assert!(wait >= at_least, "{wait:?}");
    }
}

#[tokio::test]
async fn missing_server_is_connection_error() {
    let sandbox = sandbox().await;
    // Nothing listens on the first port.
    let client = builder(&sandbox)
        .with_base_url("http://127.0.0.1:1/ship24")
        .with_retry(swift_retries())
        .build()
        .unwrap();

    for error in [read(&client).await, search(&client).await] {
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert_eq!(error.attempts(), 3);
        assert_presentable(&error, &sandbox);
    }
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn largest_body_is_callers_choice() {
    let sandbox = sandbox().await;
    let small = builder(&sandbox)
        .with_max_body_bytes(64 * 1024)
        .build()
        .unwrap();
    let large = builder(&sandbox)
        .with_max_body_bytes(1024 * 1024)
        .build()
        .unwrap();
    let account = sandbox.ship24();
    let faults = account.faults().on("get-couriers");

    faults.next(Fault::HugeBody(64 * 1024 + 1));
    let refused = small.get_couriers().await.unwrap_err();
    faults.next(Fault::HugeBody(64 * 1024 + 1));
    let read = large.get_couriers().await.unwrap_err();

    assert_eq!(refused.kind(), ErrorKind::BodyTooLarge);
    // It was read as a whole, and has no couriers in it.
    assert_eq!(read.kind(), ErrorKind::Decode);
    assert_eq!(read.body().unwrap().len(), 64 * 1024 + 1);
}

#[tokio::test]
async fn lost_response_creates_no_second_tracker() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox
        .ship24()
        .faults()
        .on("create-tracker")
        .next(Fault::LostResponse);

    let created = client
        .create_tracker(&CreateTracker::new("LOST-0001"))
        .await
        .unwrap();
    let listed = client
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap();

    assert_eq!(created.attempts(), 2);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].tracker_id, created.tracker_id);
}

#[tokio::test]
async fn lost_bulk_response_is_callers_to_repeat() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox
        .ship24()
        .faults()
        .on("bulk-create-trackers")
        .next(Fault::LostResponse);
    let requests = [
        CreateTracker::new("LOST-0002"),
        CreateTracker::new("LOST-0003"),
    ];

    let error = client.bulk_create_trackers(&requests).await.unwrap_err();
    let again = client.bulk_create_trackers(&requests).await.unwrap();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    let summary = again.summary.as_ref().unwrap();
    assert_eq!(
        (summary.total_created, summary.total_existing),
        (Some(0), Some(2))
    );
}

#[tokio::test]
async fn kind_and_wait_reach_the_unified_model() {
    let sandbox = sandbox().await;
    let request = TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true);
    let wait = Duration::from_secs(7);

    for (fault, kind, retry_after) in [
        (
            Fault::SlowDown("7".to_owned()),
            ErrorKind::RateLimited,
            Some(wait),
        ),
        (Fault::HtmlError(503), ErrorKind::Server, None),
        (Fault::Reset, ErrorKind::Transport, None),
        (Fault::HugeBody(100_000_000), ErrorKind::BodyTooLarge, None),
        (Fault::MalformedJson, ErrorKind::Decode, None),
        (Fault::EmptyBody, ErrorKind::Decode, None),
    ] {
        // A 429 closes the bucket of a client, so each fault gets a client of its own.
        let client = builder(&sandbox)
            .with_retry(RetryPolicy::none())
            .build()
            .unwrap();
        sandbox.ship24().faults().next(fault.clone());

        let error = client.track(request.clone()).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{fault}");
        assert_eq!(error.provider().as_str(), "ship24", "{fault}");
        assert_eq!(error.retry_after(), retry_after, "{fault}");
    }
}
