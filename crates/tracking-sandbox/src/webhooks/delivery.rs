//! Sends a webhook: one request on a connection of its own.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::url::LoopbackUrl;

/// Longer answers of a receiver count as failures.
const MAX_ANSWER: usize = 1024 * 1024;

/// What a receiver answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Posts `body` as JSON with the provider's own headers. None when no complete answer came in
/// time.
pub(crate) async fn post(
    url: &LoopbackUrl,
    headers: HeaderMap,
    body: Bytes,
    time_out: Duration,
) -> Option<Answer> {
    send(Method::POST, url, headers, body, time_out).await
}

/// As [`post`], with another method. `headers` win over the ones that every webhook carries, the
/// content type included.
pub(crate) async fn send(
    method: Method,
    url: &LoopbackUrl,
    headers: HeaderMap,
    body: Bytes,
    time_out: Duration,
) -> Option<Answer> {
    tokio::time::timeout(time_out, exchange(method, url, headers, body))
        .await
        .ok()?
        .ok()
}

async fn exchange(
    method: Method,
    url: &LoopbackUrl,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, Box<dyn Error + Send + Sync>> {
    let (address, port) = url.socket();
    let stream = TcpStream::connect((address, port)).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut request = Request::builder()
        .method(method)
        .uri(url.path_and_query())
        .header(
            HOST,
            std::net::SocketAddr::from((address, port)).to_string(),
        )
        .body(Full::new(body))?;
    let common = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ACCEPT, HeaderValue::from_static("*/*")),
    ];
    request.headers_mut().extend(common);
    request.headers_mut().extend(headers);
    let exchange = async {
        let response = sender.send_request(request).await?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await?.to_bytes();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    };
    // The connection must be polled for the exchange to go on, and ends with it.
    tokio::pin!(exchange);
    tokio::select! {
        answer = &mut exchange => answer,
        ended = connection => {
            ended?;
            // The receiver closed the connection; what it sent before may still be unread.
            exchange.await
        }
    }
}
