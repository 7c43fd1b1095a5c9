//! Failures of making a connection, each with its kind, over a loopback socket.

use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tracking_http::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tracking_http::reqwest::{self, Proxy};
use tracking_http::{ConfigureClient as _, ConnectFailure, Error, ReqwestTransport, RetryPolicy};

use crate::support::{GET_PARCEL, NUMBER, builder};

async fn failing(base_url: &str, transport: ReqwestTransport) -> Error {
    let client = builder(base_url)
        .with_transport(transport)
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client
        .call(&GET_PARCEL)
        .path("number", NUMBER)
        .send_bytes()
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    error
}

fn direct() -> ReqwestTransport {
    ReqwestTransport::without_proxy(Duration::from_secs(10)).unwrap()
}

/// Says something else than TLS to each connection.
async fn plain_server(response: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut request = [0; 1024];
            let _ = connection.read(&mut request).await;
            let _ = connection.write_all(response).await;
        }
    });
    address
}

/// The last cause of an error.
fn innermost(error: &Error) -> String {
    let mut cause = error.source().unwrap();
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[tokio::test]
async fn refused_connection_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);

    let error = failing(&format!("http://{address}"), direct()).await;

    assert_eq!(error.connect_failure(), Some(ConnectFailure::Refused));
    let message = "nothing listens at the address of the server; nothing was sent";
    assert_eq!(error.message(), Some(message));
    assert!(innermost(&error).contains("refused"), "{error:?}");
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn server_without_tls_is_named() {
    let address = plain_server(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;

    let error = failing(&format!("https://{address}"), direct()).await;

    assert_eq!(
        error.connect_failure(),
        Some(ConnectFailure::Tls),
        "{error:?}"
    );
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn unknown_name_is_named() {
    /// Knows no name.
    struct Nowhere;

    impl Resolve for Nowhere {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err::<Addrs, _>(io::Error::other("no such name").into()) })
        }
    }
    let client = reqwest::Client::builder()
        .no_proxy()
        .dns_resolver(Arc::new(Nowhere))
        .build()
        .unwrap();

    let error = failing(
        "https://api.example.com",
        ReqwestTransport::from_client(client),
    )
    .await;

    assert_eq!(error.connect_failure(), Some(ConnectFailure::Name));
    assert_eq!(innermost(&error), "no such name");
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn proxy_that_opens_no_tunnel_is_named() {
    let address = plain_server(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await;
    let client = reqwest::Client::builder()
        .proxy(Proxy::all(format!("http://{address}")).unwrap())
        .build()
        .unwrap();

    let error = failing(
        "https://api.example.com",
        ReqwestTransport::from_client(client),
    )
    .await;

    assert_eq!(
        error.connect_failure(),
        Some(ConnectFailure::Proxy),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .contains("the proxy did not open a tunnel")
    );
}
