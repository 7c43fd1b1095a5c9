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

use super::url::WebhookUrl;

/// Longer responses of a receiver count as failures.
const MAX_RESPONSE: usize = 1024 * 1024;

/// A request to a receiver.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    /// The provider's own headers. They win over those that every webhook carries, the content
    /// type included.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// How long the receiver may take.
    pub(crate) timeout: Duration,
}

impl Outgoing {
    /// A POST with a JSON body.
    pub(crate) fn json(headers: HeaderMap, body: Bytes, timeout: Duration) -> Self {
        Self {
            method: Method::POST,
            headers,
            body,
            timeout,
        }
    }
}

/// What a receiver responded.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Sends a request. `None` when no complete response came in time.
pub(super) async fn send(url: &WebhookUrl, outgoing: &Outgoing) -> Option<Response> {
    tokio::time::timeout(outgoing.timeout, exchange(url, outgoing))
        .await
        .ok()?
        .ok()
}

async fn exchange(
    url: &WebhookUrl,
    outgoing: &Outgoing,
) -> Result<Response, Box<dyn Error + Send + Sync>> {
    let (address, port) = url.socket();
    let stream = TcpStream::connect((address, port)).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut request = Request::builder()
        .method(&outgoing.method)
        .uri(url.path_and_query())
        .header(
            HOST,
            std::net::SocketAddr::from((address, port)).to_string(),
        )
        .body(Full::new(outgoing.body.clone()))?;
    let common = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ACCEPT, HeaderValue::from_static("*/*")),
    ];
    request.headers_mut().extend(common);
    request.headers_mut().extend(outgoing.headers.clone());
    let exchange = async {
        let response = sender.send_request(request).await?;
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, MAX_RESPONSE).collect().await?.to_bytes();
        Ok(Response {
            status: parts.status,
            headers: parts.headers,
            body,
        })
    };
    // The connection must be polled for the exchange to go on, and ends with it.
    tokio::pin!(exchange);
    tokio::select! {
        response = &mut exchange => response,
        ended = connection => {
            ended?;
            // The receiver closed the connection; what it sent before may still be unread.
            exchange.await
        }
    }
}
