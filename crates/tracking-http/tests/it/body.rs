//! Bodies that are too large, break off, or never end, from a real TCP server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, timeout};
use tracking_core::ErrorKind;
use tracking_http::{
    ConfigureClient as _, ReqwestTransport, RetryPolicy, SendLimits, Transport as _,
    TransportErrorKind,
};

use crate::support::{CREATE_PARCEL, LIST_PARCELS, builder};

const MEBIBYTE: usize = 1024 * 1024;

/// Serves one connection: reads the request's head, then lets `reply` write.
async fn serve<F, Fut>(reply: F) -> String
where
    F: FnOnce(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        reply(stream).await;
    });
    format!("http://{address}")
}

#[tokio::test]
async fn announced_size_above_the_cap_keeps_what_the_cap_allows() {
    let base = serve(|mut stream| async move {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\nx-request-id: big\r\n\r\n";
        stream.write_all(head).await.unwrap();
        stream.write_all(b"1234567890").await.unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let client = builder(&base).with_max_body_bytes(9).build().unwrap();

    let sending = client.call(&LIST_PARCELS).send_bytes();
    let error = timeout(Duration::from_secs(20), sending)
        .await
        .unwrap()
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("big"));
    assert_eq!(error.body().unwrap()[..], b"123456789"[..]);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn announced_size_above_cap_is_named_despite_early_end() {
    for stalls in [true, false] {
        let base = serve(move |mut stream| async move {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n12345";
            stream.write_all(head).await.unwrap();
            if stalls {
                std::future::pending::<()>().await;
            }
        })
        .await;
        let transport = ReqwestTransport::new(Duration::from_secs(20)).unwrap();
        let deadline = stalls.then(|| Instant::now().into_std());
        let limits = SendLimits::new(MEBIBYTE).with_deadline(deadline);
        let request = Request::get(&base).body(Bytes::new()).unwrap();

        let error = transport.send(request, limits).await.unwrap_err();

        assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge, "{stalls}");
        assert_eq!(error.response().unwrap().status(), 200);
    }
}

#[tokio::test]
async fn hundred_megabytes_are_not_read_beyond_the_cap() {
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let base = serve(move |mut stream| async move {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let block = vec![b' '; MEBIBYTE];
        for _ in 0..100 {
            if stream.write_all(&block).await.is_err() {
                return;
            }
            count.fetch_add(block.len(), Ordering::Relaxed);
        }
    })
    .await;
    let client = builder(&base).with_max_body_bytes(1024).build().unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert!(error.to_string().contains("1024 bytes"), "{error}");
    // What was written went into the sockets' own buffers.
    assert!(written.load(Ordering::Relaxed) < 32 * MEBIBYTE);
}

#[tokio::test]
async fn body_of_exactly_the_cap_is_read() {
    for (cap, fits) in [(10, true), (9, false)] {
        let base = serve(|mut stream| async move {
            let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n12345";
            stream.write_all(head).await.unwrap();
            stream.flush().await.unwrap();
            tokio::task::yield_now().await;
            stream.write_all(b"67890").await.unwrap();
        })
        .await;
        let client = builder(&base).with_max_body_bytes(cap).build().unwrap();

        let result = client.call(&LIST_PARCELS).send_bytes().await;

        match result {
            Ok(response) => assert!(fits && response[..] == b"1234567890"[..]),
            Err(error) => {
                assert!(!fits && error.kind() == ErrorKind::BodyTooLarge, "{error}");
                assert_eq!(
                    error.body().unwrap()[..],
                    b"123456789"[..],
                    "the part is kept"
                );
            }
        }
    }
}

#[tokio::test]
async fn cut_error_response_is_judged_by_its_head() {
    let base = serve(|mut stream| async move {
        let head = b"HTTP/1.1 502 Bad\r\ncontent-length: 100\r\nx-request-id: cut\r\n\r\n{\"data\"";
        stream.write_all(head).await.unwrap();
    })
    .await;
    let client = builder(&base)
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Server);
    assert_eq!(error.status().unwrap(), 502);
    assert_eq!(error.request_id(), Some("cut"));
    assert_eq!(error.body().unwrap()[..], b"{\"data\""[..]);
    assert!(error.is_retryable(), "the operation is idempotent");
}

#[tokio::test]
async fn closed_connection_is_not_retried_for_unsafe_operations() {
    let base = serve(|stream| async move { drop(stream) }).await;
    let client = builder(&base).build().unwrap();

    let error = client.call(&CREATE_PARCEL).send_bytes().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn body_that_stalls_times_out_with_status_and_headers() {
    let base = serve(|mut stream| async move {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\nx-request-id: slow\r\n\r\n{";
        stream.write_all(head).await.unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let transport = ReqwestTransport::new(Duration::from_secs(20)).unwrap();
    let limits = SendLimits::new(MEBIBYTE).with_deadline(Some(Instant::now().into_std()));
    let request = Request::get(&base).body(Bytes::new()).unwrap();

    let error = transport.send(request, limits).await.unwrap_err();

    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    let response = error.response().unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-request-id"], "slow");
}

#[tokio::test]
async fn cut_success_keeps_the_part_that_arrived() {
    let base = serve(|mut stream| async move {
        let head = b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{\"id\":\"p-1\",";
        stream.write_all(head).await.unwrap();
        stream.flush().await.unwrap();
    })
    .await;
    let client = builder(&base).build().unwrap();

    let error = client.call(&CREATE_PARCEL).send_bytes().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.body_text().unwrap(), r#"{"id":"p-1","#);
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable());
}

/// Sixteen megabytes of spaces are sixteen kilobytes on the wire.
#[cfg(feature = "gzip")]
#[tokio::test]
async fn compressed_body_is_bounded_by_what_it_becomes() {
    let bomb = tracking_testkit::gzip_bomb(16 * MEBIBYTE);
    assert!(bomb.len() < MEBIBYTE / 16, "{} bytes", bomb.len());
    let base = serve(move |mut stream| async move {
        let length = bomb.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&bomb).await.unwrap();
        std::future::pending::<()>().await;
    })
    .await;
    let client = builder(&base)
        .with_max_body_bytes(MEBIBYTE)
        .build()
        .unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.attempts(), 1);
    let body = error.body().unwrap();
    assert_eq!(body.len(), MEBIBYTE);
    assert!(body.iter().all(|byte| *byte == b' '));
}
