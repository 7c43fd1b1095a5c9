//! What goes over the wire, and what is kept of what comes back.

use http::Method;
use httpmock::{Method as On, MockServer};
use serde::Deserialize;
use tracking_core::ErrorKind;
use tracking_http::{ConfigureClient as _, Error, Response, RetryPolicy};

use crate::support::{CREATE_PARCEL, GET_PARCEL, KEY, LIST_PARCELS, NUMBER, builder};

#[derive(Debug, Deserialize)]
struct Parcel {
    id: String,
}

/// Sends one GET to a server that sends this response.
async fn exchange(
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Response<Parcel>, Error> {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, mut then| {
            when.any_request();
            then = then.status(status).body(body);
            for (name, value) in headers {
                then = then.header(*name, *value);
            }
        })
        .await;
    let client = builder(&server.base_url())
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();
    client.call(&GET_PARCEL).path("number", NUMBER).send().await
}

#[tokio::test]
async fn request_has_path_headers_and_nothing_else() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(On::GET)
                .path("/v1/parcels/a%2Fb")
                .query_param("lang", "de")
                .header("authorization", format!("Bearer {KEY}"))
                .header("accept", "application/json")
                .header("user-agent", "example-sdk/1.2.3 shop/7")
                .header_missing("content-type")
                .header_missing("cookie")
                .is_true(|request| request.body_ref().is_empty());
            then.status(200).body(r#"{"id":"1"}"#);
        })
        .await;
    let client = builder(&format!("{}/v1/", server.base_url()))
        .with_user_agent("shop/7")
        .build()
        .unwrap();

    let parcel: Response<Parcel> = client
        .call(&GET_PARCEL)
        .path("number", "a/b")
        .query(&[("lang", "de")])
        .send()
        .await
        .unwrap();

    assert_eq!(parcel.id, "1");
    mock.assert_async().await;
}

#[tokio::test]
async fn body_is_json_and_the_client_key_wins() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(On::POST)
                .path("/parcels")
                .header("content-type", "application/json")
                .header("authorization", format!("Bearer {KEY}"))
                .header("x-note", "yes")
                .body(r#"{"number":"1"}"#);
            then.status(201).body(r#"{"id":"1"}"#);
        })
        .await;
    let client = builder(&server.base_url()).build().unwrap();

    let parcel: Response<Parcel> = client
        .call(&CREATE_PARCEL)
        .json(&serde_json::json!({"number": "1"}))
        .header("Authorization", "Bearer other")
        .header("x-note", "yes")
        .send()
        .await
        .unwrap();

    assert_eq!(parcel.http_status(), 201);
    mock.assert_async().await;
}

#[tokio::test]
async fn escape_hatch_sends_credentials_and_maps_errors() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method(On::PUT)
                .path("/new/thing")
                .query_param("x", "1")
                .header("authorization", format!("Bearer {KEY}"));
            then.status(404)
                .body(r#"{"code":"no_thing","message":"nothing here"}"#);
        })
        .await;
    let client = builder(&server.base_url()).build().unwrap();

    let error = client
        .request(Method::PUT, "/new/thing?x=1")
        .send_bytes()
        .await
        .unwrap_err();

    assert!(error.is_not_found());
    assert_eq!(error.provider_code(), Some("no_thing"));
    mock.assert_async().await;
}

#[tokio::test]
async fn success_carries_status_headers_request_id_and_limits() {
    let headers = [
        ("x-request-id", "req-1"),
        ("ratelimit-limit", "10"),
        ("ratelimit-remaining", "9"),
        ("content-type", "text/plain"),
    ];

    let parcel = exchange(200, &headers, r#"{"id":"1","colour":"red"}"#)
        .await
        .unwrap();

    assert_eq!(parcel.http_status(), 200);
    assert_eq!(parcel.request_id(), Some("req-1"));
    assert_eq!(parcel.rate_limit().unwrap().remaining, Some(9));
    assert_eq!(parcel.attempts(), 1);
    assert_eq!(parcel.unmodelled(), ["colour"]);
    assert_eq!(parcel.body().len(), 25);
    assert_eq!(parcel.map(|parcel| parcel.id).into_inner(), "1");
}

#[tokio::test]
async fn html_server_error_keeps_everything() {
    let headers = [
        ("x-request-id", "req-2"),
        ("content-type", "text/html"),
        ("retry-after", "3"),
    ];

    let error = exchange(503, &headers, "<html>Bad day</html>")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Server);
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.headers()["content-type"], "text/html");
    assert_eq!(error.body_text().unwrap(), "<html>Bad day</html>");
    assert_eq!(error.request_id(), Some("req-2"));
    assert_eq!(error.retry_after().unwrap().as_secs(), 3);
    assert_eq!(error.operation(), Some("get-parcel"));
    assert_eq!(error.attempts(), 1);
    assert!(error.is_retryable());
}

#[tokio::test]
async fn plain_text_429_is_rate_limited() {
    let error = exchange(429, &[], "Too many requests, please try again later.")
        .await
        .unwrap_err();

    assert!(error.is_rate_limited());
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(
        error.body_text().unwrap(),
        "Too many requests, please try again later."
    );
    assert_eq!(
        error.retry_after().unwrap().as_secs(),
        7,
        "the dialect's own pause"
    );
}

#[tokio::test]
async fn responses_that_do_not_decode_keep_status_headers_and_body() {
    for (body, part) in [
        ("", "the response is empty"),
        ("<html></html>", "is HTML"),
        (r#"{"id":"1""#, "EOF"),
        (r#"{"id":1}"#, "at id"),
        ("[]", "expected an object, found a list"),
    ] {
        let headers = [
            ("x-request-id", "req-3"),
            ("content-type", "application/json"),
        ];

        let error = exchange(200, &headers, body).await.unwrap_err();

        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.headers()["content-type"], "application/json");
        assert_eq!(error.body_text().unwrap(), body);
        assert_eq!(error.request_id(), Some("req-3"));
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn element_that_does_not_fit_is_a_problem_of_the_response() {
    #[derive(Debug, Deserialize)]
    struct Parcels {
        #[serde(default, deserialize_with = "tracking_http::json::lenient::list")]
        parcels: Vec<Parcel>,
    }

    let send = |body: &str| {
        let body = body.to_owned();
        async move {
            let server = MockServer::start_async().await;
            server
                .mock_async(|when, then| {
                    when.method(On::GET).path("/parcels");
                    then.status(200).body(body);
                })
                .await;
            let client = builder(&server.base_url()).build().unwrap();
            let call = client.call(&LIST_PARCELS);
            call.send_partial(|list: &Parcels| !list.parcels.is_empty())
                .await
        }
    };

    let odd_key =
        format!(r#"{{"parcels":[{{"id":"1"}},[{{"{KEY}":1}}],{{"id":{{}}}},{{"id":"2"}}]}}"#);
    let list = send(&odd_key).await.unwrap();
    let ids: Vec<&str> = list.parcels.iter().map(|it| it.id.as_str()).collect();
    let paths: Vec<&str> = list.problems().iter().map(|it| it.path.as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
    assert_eq!(paths, ["parcels[1]", "parcels[2].id"]);
    assert_eq!(list.count_elements(&["parcels"], ids.len()), 4);
    assert!(list.unmodelled().is_empty());
    assert!(
        send(r#"{"parcels":[{"id":"1"}]}"#)
            .await
            .unwrap()
            .problems()
            .is_empty()
    );

    let nothing = send(r#"{"parcels":[7]}"#).await.unwrap_err();
    assert_eq!(nothing.path(), Some("parcels[0]"));
    assert_eq!(nothing.body_text().unwrap(), r#"{"parcels":[7]}"#);
}

#[tokio::test]
async fn error_inside_a_success_status_is_an_error() {
    let error = exchange(200, &[], r#"{"failed":true}"#).await.unwrap_err();

    assert!(error.is_quota_exhausted());
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.provider_code(), Some("4021"));
}

#[tokio::test]
async fn redirect_is_not_followed_and_carries_no_credentials() {
    let elsewhere = MockServer::start_async().await;
    let other = elsewhere
        .mock_async(|when, then| {
            when.any_request();
            then.status(200).body(r#"{"id":"1"}"#);
        })
        .await;
    let target = elsewhere.url("/parcels/1");

    let error = exchange(302, &[("location", &target)], "")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(error.headers()["location"], target.as_str());
    assert_eq!(other.calls_async().await, 0);
}

#[tokio::test]
async fn data_in_an_error_status_can_be_accepted() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(400).body(r#"{"id":"1"}"#);
        })
        .await;
    let client = builder(&server.base_url()).build().unwrap();

    let plain = client.call(&LIST_PARCELS).send::<Parcel>().await;
    let body = client
        .call(&LIST_PARCELS)
        .accept_when(|status, body| status == 400 && body.starts_with(br#"{"id""#))
        .send::<Parcel>()
        .await;

    assert_eq!(plain.unwrap_err().kind(), ErrorKind::InvalidRequest);
    let body = body.unwrap();
    assert_eq!((body.id.as_str(), body.http_status().as_u16()), ("1", 400));
}

#[tokio::test]
async fn error_code_that_means_nothing_there_can_be_accepted() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(200).body(r#"{"failed":true,"id":"1"}"#);
        })
        .await;
    let client = builder(&server.base_url()).build().unwrap();
    let call = || client.call(&LIST_PARCELS);

    let plain = call().send::<Parcel>().await;
    let accepted = call().accept_failure(|failure| failure.code.as_deref() == Some("4021"));
    let accepted = accepted.send::<Parcel>().await;
    let other = call().accept_failure(|failure| failure.code.as_deref() == Some("4031"));
    let other = other.send::<Parcel>().await;

    assert!(plain.unwrap_err().is_quota_exhausted());
    assert_eq!(accepted.unwrap().id, "1");
    assert!(other.unwrap_err().is_quota_exhausted());
}

#[tokio::test]
async fn refused_connection_is_a_connect_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = builder(&format!("http://{address}"))
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let error = client.call(&CREATE_PARCEL).send_bytes().await.unwrap_err();

    assert!(error.is_connect(), "{error}");
    assert!(error.is_retryable(), "nothing was sent");
    assert!(std::error::Error::source(&error).is_some());
}
