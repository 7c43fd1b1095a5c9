//! Success responses whose body is not what it should be.

use std::net::SocketAddr;

use gcl_sdk::{Client, ConfigureClient as _, ErrorKind, RetryPolicy};
use tracking_testkit::flood::{HUGE, huge_answer, sent_by};

use crate::server::{Answer, KEY, Server, fixture};

pub(crate) fn client_of(address: SocketAddr) -> Client {
    Client::builder(KEY)
        .with_base_url(format!("http://{address}"))
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_empty_body_is_a_decode_error_with_the_status() {
    for status in [200, 204] {
        let server = Server::answering(Answer::new(status, "")).await;

        let error = server.client().get_tracking("QX1").await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{status}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body().unwrap().len(), 0);
        assert!(error.to_string().contains("empty"), "{error}");
    }
}

#[tokio::test]
async fn json_that_breaks_off_is_a_decode_error_with_status_headers_and_body() {
    let whole = fixture("get-tracking/200_delivered.json");
    let cut = whole.find("Left the sorting").unwrap();
    let response = Answer::new(200, &whole.as_bytes()[..cut]).header("x-request-id", "req-9");
    let server = Server::answering(response).await;

    let error = server.client().get_tracking("QX1").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("req-9"));
    assert_eq!(error.body_text().unwrap(), whole[..cut]);
    assert!(
        error.path().unwrap().starts_with("checkpoints[3]"),
        "{:?}",
        error.path()
    );
}

#[tokio::test]
async fn every_cut_of_a_response_is_an_error_and_never_a_panic() {
    let whole = fixture("get-tracking/200_unknown_values.json");
    let whole = whole.trim_end();
    let cuts: Vec<usize> = (0..whole.len()).step_by(7).collect();
    let server = Server::start(
        cuts.iter()
            .map(|cut| Answer::new(200, &whole.as_bytes()[..*cut])),
    )
    .await;
    let client = server.client();

    for cut in cuts {
        let error = client.get_tracking("QX1").await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{cut}");
    }
}

#[tokio::test]
async fn json_is_read_whatever_media_type_it_is_announced_as() {
    for media_type in [
        "text/plain",
        "text/html",
        "application/octet-stream",
        "nonsense",
    ] {
        let body = fixture("get-tracking/200_delivered.json");
        let response = Answer::new(200, body).header("content-type", media_type);
        let server = Server::answering(response).await;

        let tracking = server.client().get_tracking("QX1").await.unwrap();

        assert_eq!(tracking.checkpoints.len(), 5, "{media_type}");
    }
}

#[tokio::test]
async fn html_with_a_success_status_is_a_decode_error() {
    let mut response = Answer::fixture("errors/502_bad_gateway.html");
    response.status = 200;
    let server = Server::answering(response).await;

    let error = server.client().get_tracking("QX1").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.headers()["content-type"], "text/html");
    assert!(!error.to_string().contains('<'), "{error}");
}

#[tokio::test]
async fn a_wrong_shape_is_an_error_that_names_its_place() {
    let cases = [
        (r#"{"shortUid":"S","checkpoints":"none"}"#, "checkpoints"),
        (r#"{"shortUid":"S","checkpoints":[7]}"#, "checkpoints[0]"),
        (
            r#"{"shortUid":"S","checkpoints":[{"location":{}}]}"#,
            "checkpoints[0].location",
        ),
    ];

    for (body, path) in cases {
        let server = Server::answering(Answer::new(200, body)).await;

        let error = server.client().get_tracking("QX1").await.unwrap_err();

        assert_eq!(
            (error.kind(), error.path()),
            (ErrorKind::Decode, Some(path)),
            "{body}"
        );
        assert_eq!(error.body_text().unwrap(), body);
    }
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused_with_status_and_headers() {
    let response = Answer::fixture("get-tracking/200_delivered.json").header("x-request-id", "r");
    let server = Server::answering(response).await;
    let client = server.builder().with_max_body_bytes(100).build().unwrap();

    let error = client.get_tracking("QX1").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.headers()["x-request-id"], "r");
    assert!(error.to_string().contains("100"), "{error}");
}

#[tokio::test]
async fn an_announced_body_of_a_hundred_megabytes_is_not_read() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\nx-request-id: r\r\n\r\n";
    let (address, serving) = huge_answer(head, false);

    let client = client_of(address);
    let error = client.get_tracking("QX1").await.unwrap_err();
    drop(client);

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (200, Some("r"))
    );
    assert!(sent_by(serving).await < HUGE);
}

#[tokio::test]
async fn an_endless_body_is_left_at_the_limit() {
    let head = "HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\nx-request-id: r\r\n\r\n";
    let (address, serving) = huge_answer(head, true);

    let client = client_of(address);
    let error = client.get_tracking("QX1").await.unwrap_err();
    drop(client);

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (502, Some("r"))
    );
    assert!(sent_by(serving).await < HUGE);
}
