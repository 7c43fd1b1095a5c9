//! Tokens: how they are requested, when they are renewed, and which responses hold none.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oneconcepts_sdk::tracking_http::FixedClock;
use oneconcepts_sdk::{ConfigureClient as _, ErrorKind, ListTrackingsQuery};
use serde_json::{Value, json};
use tokio::time::{Instant, advance};

use crate::script::{Script, Step};
use crate::server::{EMAIL, LD_JSON, PASSWORD, Reply, Server, TOKEN, fixture_json, token_response};

/// The present of the tests whose tokens have dates.
const NOW: u64 = 1_772_474_400;

/// A token that says only when it ends.
fn jwt(exp: u64) -> String {
    jwt_of(&json!({ "exp": exp, "roles": ["ROLE_USER"] }))
}

fn jwt_of(payload: &Value) -> String {
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload.to_string()))
}

fn clock() -> FixedClock {
    FixedClock::new(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW))
}

fn empty() -> Reply {
    Reply::fixture("list-trackings/200_empty.json")
}

#[tokio::test]
async fn token_is_requested_once_in_documented_form() {
    let server = Server::start([empty(), empty()]).await;
    let client = server.client();

    for _ in 0..2 {
        client
            .list_trackings(&ListTrackingsQuery::new())
            .await
            .unwrap();
    }

    let [login] = &server.logins()[..] else {
        panic!("{:?}", server.logins())
    };
    assert_eq!(
        (login.method.as_str(), login.target.as_str()),
        ("POST", "/v2/api/create-token")
    );
    assert_eq!(login.json(), fixture_json("create-token/request.json"));
    assert_eq!(login.header("content-type"), Some(LD_JSON));
    assert_eq!(login.header("accept"), Some(LD_JSON));
    assert_eq!(login.header("authorization"), None);
    for request in server.requests() {
        request.assert_without_body("GET", "/v2/api/trackings");
    }
}

#[tokio::test]
async fn concurrent_callers_share_one_token() {
    let server = Server::start([empty(), empty(), empty()]).await;
    let client = server.client();
    let query = ListTrackingsQuery::new();

    let (a, b, c) = tokio::join!(
        client.list_trackings(&query),
        client.list_trackings(&query),
        client.list_trackings(&query),
    );

    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(server.logins().len(), 1);
}

#[tokio::test]
async fn account_can_be_read_without_token() {
    let server = Server::start([]).await;

    let account = server.client().create_token().await.unwrap();

    assert_eq!(
        (account.id, account.name.as_deref()),
        (Some(4), Some("SHP"))
    );
    assert_eq!(account.token.as_deref(), Some(TOKEN));
    let [login] = &server.logins()[..] else {
        panic!("{:?}", server.logins())
    };
    assert_eq!(login.header("authorization"), None);
}

#[tokio::test]
async fn key_of_password_can_be_replaced() {
    let server = Server::start([]).await;
    let client = server
        .builder()
        .with_password_key("secret")
        .build()
        .unwrap();

    client.create_token().await.unwrap();

    let login = server.logins().remove(0);
    assert_eq!(login.json(), json!({ "email": EMAIL, "secret": PASSWORD }));
}

#[tokio::test]
async fn refused_token_is_renewed_once_and_call_repeated() {
    let server = Server::with_logins(
        [token_response("old-token"), token_response(TOKEN)],
        [Reply::fixture("errors/401_expired.json"), empty()],
    )
    .await;

    let list = server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await;

    assert!(list.unwrap().members.is_empty());
    let requests = server.requests();
    assert_eq!(
        requests[0].header("authorization"),
        Some("Bearer old-token")
    );
    requests[1].assert_without_body("GET", "/v2/api/trackings");
}

#[tokio::test]
async fn token_refused_twice_is_error() {
    let expired = || Reply::fixture("errors/401_expired.json");
    let server = Server::start([expired(), expired()]).await;

    let error = server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap_err();

    assert!(error.is_authentication());
    assert_eq!(error.provider_message(), Some("Expired JWT Token"));
    assert_eq!(server.logins().len(), 2);
}

#[tokio::test]
async fn wrong_credentials_are_final() {
    let server = Server::with_logins([Reply::fixture("errors/401_credentials.json")], []).await;

    let error = server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap_err();

    assert!(error.is_authentication());
    assert_eq!(error.operation(), Some("create-token"));
    assert_eq!(error.provider_message(), Some("Invalid credentials."));
}

#[tokio::test]
async fn response_without_token_is_error_and_nothing_is_sent_with_it() {
    let null = Reply::json(200, &json!({ "token": null }));
    for response in [
        Reply::fixture("create-token/200_without_token.json"),
        Reply::fixture("create-token/200_blank_token.json"),
        null,
    ] {
        let server = Server::with_logins([response], []).await;

        let error = server
            .client()
            .list_trackings(&ListTrackingsQuery::new())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.operation(), Some("create-token"));
        assert!(error.to_string().contains("holds no token"), "{error}");
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn expired_token_is_error_and_not_sent() {
    for exp in [0, NOW - 1, NOW] {
        let server = Server::with_logins([token_response(&jwt(exp))], []).await;
        let client = server.builder().with_clock(clock()).build().unwrap();

        let error = client
            .list_trackings(&ListTrackingsQuery::new())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("expired already"), "{error}");
        assert!(error.to_string().contains("clock"), "{error}");
        assert!(!error.to_string().contains(&jwt(exp)), "{error}");
        assert!(server.requests().is_empty());
    }
}

/// When a token is renewed: the longest age at which it is still used, and the next one.
async fn renewed_after(token: &str) -> Duration {
    let step = || Step::Reply(empty());
    let script = Script::with_logins(
        [(); 2].map(|()| Step::Reply(token_response(token))),
        (0..80).map(|_| step()),
    );
    let client = script
        .builder()
        .with_clock(Arc::new(clock()))
        .build()
        .unwrap();
    let started = Instant::now();
    while script.logins() < 2 {
        client
            .list_trackings(&ListTrackingsQuery::new())
            .await
            .unwrap();
        if script.logins() < 2 {
            advance(Duration::from_secs(60)).await;
        }
    }
    started.elapsed()
}

#[tokio::test(start_paused = true)]
async fn token_is_renewed_one_minute_before_its_end() {
    let age = renewed_after(&jwt(NOW + 30 * 60)).await;

    assert_eq!(age.as_secs() / 60, 29);
}

#[tokio::test(start_paused = true)]
async fn life_of_a_token_does_not_depend_on_the_clock_of_this_machine() {
    // Behind, ahead by more than the life, and right.
    for issued in [NOW + 86_400, NOW - 7_200, NOW] {
        let token = jwt_of(&json!({ "iat": issued, "exp": issued + 45 * 60 }));

        let age = renewed_after(&token).await;

        assert_eq!(age.as_secs() / 60, 44, "{issued}");
    }
}

#[tokio::test]
async fn token_that_ends_when_it_is_issued_is_error() {
    let token = jwt_of(&json!({ "iat": NOW + 60, "exp": NOW + 60 }));
    let server = Server::with_logins([token_response(&token)], []).await;

    let error = server.client().create_token().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("expired already"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn token_without_readable_end_is_renewed_after_40_minutes() {
    for token in ["opaque-token-0001", "eyJhbGciOiJub25l", "a.b.c"] {
        let age = renewed_after(token).await;

        assert_eq!(age.as_secs() / 60, 40, "{token}");
    }
}

#[tokio::test]
async fn response_other_than_json_is_error_of_token_request() {
    let server = Server::with_logins([Reply::new(200, "<html></html>")], []).await;

    let error = server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap_err();

    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Decode, Some("create-token"))
    );
}

#[tokio::test]
async fn asking_for_a_token_oneself_finds_out_the_same_faults() {
    for (response, fault) in [
        (
            Reply::fixture("create-token/200_without_token.json"),
            "holds no token",
        ),
        (token_response(&jwt(NOW - 1)), "expired already"),
    ] {
        let server = Server::with_logins([response], []).await;
        let client = server.builder().with_clock(clock()).build().unwrap();

        let error = client.create_token().await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(fault), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
    }
}
