//! `POST /auth/token`: HTTP Basic and a JSON body, and what becomes of the token.

use std::sync::Arc;
use std::time::Duration;

use exporto_sdk::{ErrorKind, TEST};
use futures_util::future::join_all;
use serde_json::json;
use tokio::time::advance;

use crate::script::{Script, Step};
use crate::server::{BASIC, Reply, Server, TOKEN, fixture_json};

fn login(name: &str) -> Reply {
    Reply::fixture(&format!("create-token/{name}"))
}

fn shipment() -> Reply {
    Reply::fixture("get-shipment/200_inbound.json")
}

fn token(text: &str, seconds: u64) -> Reply {
    let body = json!({ "access_token": text, "token_type": "bearer", "expires_in": seconds });
    Reply::json(200, &body)
}

#[tokio::test]
async fn token_is_requested_with_basic_and_json_body() {
    let server = Server::replying(shipment()).await;

    server.client().get_shipment("return-7201").await.unwrap();

    let [login] = &server.logins()[..] else {
        panic!("{:#?}", server.logins())
    };
    assert_eq!(
        (login.method.as_str(), login.target.as_str()),
        ("POST", "/v1/auth/token")
    );
    assert_eq!(login.header("authorization"), Some(BASIC));
    assert_eq!(login.header("content-type"), Some("application/json"));
    assert_eq!(login.header("accept"), Some("application/json"));
    assert_eq!(login.json(), fixture_json("create-token/request.json"));
    server
        .request()
        .assert_without_body("GET", "/v1/shipment/return-7201");
}

#[tokio::test]
async fn unused_scope_is_absent_and_used_scope_is_one_string() {
    let server = Server::start([]).await;
    let scoped = server
        .builder()
        .with_scope("shipment:read label:create")
        .build()
        .unwrap();

    server.client().create_token().await.unwrap();
    let granted = scoped.create_token().await.unwrap();

    let logins = server.logins();
    assert!(logins[0].json().get("scope").is_none());
    assert_eq!(
        logins[1].json(),
        fixture_json("create-token/request_scope.json")
    );
    // Granted in another order than asked for.
    assert_eq!(granted.scope.as_deref(), Some("label:create shipment:read"));
}

#[tokio::test]
async fn token_serves_all_calls_of_client_and_its_clones() {
    let server = Server::start([shipment(), shipment(), shipment()]).await;
    let client = server.client();

    for client in [&client, &client.clone(), &client] {
        client.get_shipment("return-7201").await.unwrap();
    }

    assert_eq!(server.logins().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn concurrent_calls_share_one_request_for_a_token() {
    let script = Script::new((0..20).map(|_| Step::Reply(shipment())));
    let client = script.client();

    let outcomes = join_all((0..20).map(|_| client.get_shipment("return-7201"))).await;

    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!((script.logins(), script.requests()), (1, 20));
}

#[tokio::test(start_paused = true)]
async fn token_is_renewed_before_it_ends() {
    let script = Script::new((0..3).map(|_| Step::Reply(shipment())));
    let client = script.client();

    client.get_shipment("return-7201").await.unwrap();
    advance(Duration::from_secs(800)).await;
    client.get_shipment("return-7201").await.unwrap();
    let before = script.logins();
    // The fixture's token lives for 900 seconds.
    advance(Duration::from_secs(60)).await;
    client.get_shipment("return-7201").await.unwrap();

    assert_eq!((before, script.logins()), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn token_without_lifetime_is_used_for_five_minutes() {
    let logins = [
        Step::Reply(login("200_only_token.json")),
        Step::Reply(login("200_only_token.json")),
    ];
    let script = Script::with_logins(logins, (0..3).map(|_| Step::Reply(shipment())));
    let client = script.client();

    client.get_shipment("return-7201").await.unwrap();
    advance(Duration::from_secs(230)).await;
    client.get_shipment("return-7201").await.unwrap();
    let before = script.logins();
    advance(Duration::from_secs(80)).await;
    client.get_shipment("return-7201").await.unwrap();

    assert_eq!((before, script.logins()), (1, 2));
}

#[tokio::test]
async fn refused_token_is_renewed_once_and_call_repeated() {
    let refused = Reply::fixture("errors/401_unauthorized.json");
    let server = Server::with_logins(
        [token("old", 900), token("new", 900)],
        [refused, shipment()],
    )
    .await;

    server.client().get_shipment("return-7201").await.unwrap();

    let proofs: Vec<Option<String>> = server
        .requests()
        .iter()
        .map(|request| request.header("authorization").map(str::to_owned))
        .collect();
    assert_eq!(
        proofs,
        [Some("Bearer old".into()), Some("Bearer new".into())]
    );
    assert_eq!(server.logins().len(), 2);
}

#[tokio::test]
async fn second_refusal_is_final() {
    let refused = || Reply::fixture("errors/401_unauthorized.json");
    let server = Server::start([refused(), refused()]).await;

    let error = server
        .client()
        .get_shipment("return-7201")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.operation(), Some("get-shipment"));
    assert_eq!(server.logins().len(), 2);
}

#[tokio::test]
async fn refused_login_is_final_and_sends_nothing_else() {
    let server = Server::with_logins([login("401_unauthorized.json")], []).await;

    let error = server
        .client()
        .get_shipment("return-7201")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.operation(), Some("create-token"));
    assert_eq!(error.request_id(), Some("req-login-1"));
    assert_eq!(server.logins().len(), 1);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn response_without_usable_token_is_error_that_names_field() {
    for (name, field) in [
        ("200_no_token.json", "access_token"),
        ("200_blank_token.json", "access_token"),
        ("200_expired.json", "expires_in"),
        ("200_past.json", "expires_in"),
        ("200_other_scheme.json", "token_type"),
    ] {
        let server = Server::with_logins([login(name), login(name)], []).await;
        let client = server.client();

        let on_call = client.get_shipment("return-7201").await.unwrap_err();
        let asked_for = client.create_token().await.unwrap_err();

        for error in [on_call, asked_for] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{name}");
            assert_eq!(error.path(), Some(field), "{name}");
            assert_eq!(error.operation(), Some("create-token"), "{name}");
        }
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn login_page_in_place_of_token_is_error() {
    let page = Reply::new(200, "<html>please log in</html>").header("content-type", "text/html");
    let server = Server::with_logins([page], []).await;

    let error = server
        .client()
        .get_shipment("return-7201")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.operation(), Some("create-token"));
}

#[tokio::test]
async fn lifetime_as_string_and_scheme_in_any_case_are_read() {
    let server = Server::with_logins([login("200_wrong_scalars.json")], [shipment()]).await;

    server.client().get_shipment("return-7201").await.unwrap();

    let proof = server.request().header("authorization").map(str::to_owned);
    assert_eq!(proof.as_deref(), Some("Bearer tok-hushHushHush-3"));
}

#[tokio::test]
async fn requested_token_is_returned_and_not_used_for_calls() {
    let server = Server::with_logins([token("shown", 900), token("used", 900)], [shipment()]).await;
    let client = server.client();

    let shown = client.create_token().await.unwrap();
    client.get_shipment("return-7201").await.unwrap();

    assert_eq!(shown.access_token.as_deref(), Some("shown"));
    assert_eq!(shown.token_type.as_deref(), Some("bearer"));
    assert_eq!(
        server.request().header("authorization"),
        Some("Bearer used")
    );
}

#[tokio::test(start_paused = true)]
async fn failing_login_is_repeated_like_any_reading_call() {
    let logins = [
        Step::Reply(Reply::new(503, "")),
        Step::Reply(login("200_token.json")),
    ];
    let script = Script::with_logins(logins, [Step::Reply(shipment())]);

    script.client().get_shipment("return-7201").await.unwrap();

    assert_eq!(script.logins(), 2);
}

#[tokio::test]
async fn each_environment_has_a_token_of_its_own() {
    let production = Server::replying(shipment()).await;
    let staging = Server::with_logins([token("staging", 900)], [shipment()]).await;

    production
        .client()
        .get_shipment("return-7201")
        .await
        .unwrap();
    staging.client().get_shipment("return-7201").await.unwrap();

    let proof = |server: &Server| server.request().header("authorization").map(str::to_owned);
    assert_eq!(proof(&production), Some(format!("Bearer {TOKEN}")));
    assert_eq!(proof(&staging).as_deref(), Some("Bearer staging"));
    assert_eq!((production.logins().len(), staging.logins().len()), (1, 1));
    assert!(TEST.starts_with("https://staging."));
}

#[tokio::test]
async fn address_of_another_host_gets_no_token() {
    let script = Script::new([]);
    let client = Arc::clone(&script).client();

    let error = client
        .request(http::Method::GET, "https://evil.test/v1/shipment/1")
        .send_bytes()
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!((script.logins(), script.requests()), (0, 0));
}

#[tokio::test]
async fn redirect_to_another_host_is_not_followed() {
    let elsewhere = Server::start([]).await;
    let target = format!("{}/shipment/return-7201", elsewhere.base_url());
    let redirect = Reply::new(307, "").header("location", &target);
    let server = Server::replying(redirect).await;

    let error = server
        .client()
        .get_shipment("return-7201")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(elsewhere.requests().is_empty() && elsewhere.logins().is_empty());
}

#[tokio::test]
async fn login_that_redirects_does_not_carry_password_on() {
    let elsewhere = Server::start([]).await;
    let target = format!("{}/auth/token", elsewhere.base_url());
    let redirect = Reply::new(307, "").header("location", &target);
    let server = Server::with_logins([redirect], []).await;

    let error = server
        .client()
        .get_shipment("return-7201")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(elsewhere.logins().is_empty());
}
