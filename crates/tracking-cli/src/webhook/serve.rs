//! An HTTP server for webhooks: reads each request completely, within limits, and hands it over.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tracking_core::webhook::WebhookReply;
use tracking_http::bytes::Bytes;
use tracking_http::http::{HeaderValue, Request, Response, StatusCode, header};

use super::message::Message;
use crate::http_server;

/// How long a body may take.
const LONGEST_BODY: Duration = Duration::from_secs(30);

/// Of a body that is too large so much is read all the same, since a sender that is still writing
/// misses the reply.
const MAX_DRAINED: usize = 64 * 1024 * 1024;

/// What came of reading a request.
pub(crate) enum Arrival {
    /// All of it, or so much of the body that it is longer than allowed.
    Complete(Message),
    /// The body broke off or took too long.
    Incomplete(Message),
}

/// Serves until it is dropped. The handler of a request runs to its end although the sender hangs up.
pub(crate) async fn serve<H, F>(listener: TcpListener, max_body: usize, handler: H)
where
    H: Fn(Arrival) -> F + Send + Sync + 'static,
    F: Future<Output = WebhookReply> + Send + 'static,
{
    let handler = Arc::new(handler);
    let service = service_fn(move |request: Request<Incoming>| {
        let handler = Arc::clone(&handler);
        async move {
            let arrival = read(request, max_body).await;
            let handling = tokio::spawn(async move { handler(arrival).await });
            let reply = handling.await.unwrap_or(WebhookReply::new(503));
            Ok::<_, Infallible>(response(&reply))
        }
    });
    http_server::serve(listener, service, std::future::pending()).await;
}

/// Reads a request, and at most `max_body` bytes of its body and one more.
pub(crate) async fn read<B>(request: Request<B>, max_body: usize) -> Arrival
where
    B: Body<Data = Bytes> + Unpin,
{
    let (head, mut incoming) = request.into_parts();
    let mut body = Vec::new();
    let reading = async {
        let mut length = 0_usize;
        while let Some(frame) = incoming.frame().await {
            let Ok(data) = frame.map_err(drop)?.into_data() else {
                continue;
            };
            length = length.saturating_add(data.len());
            let room = max_body.saturating_add(1).saturating_sub(body.len());
            body.extend_from_slice(data.get(..room).unwrap_or(&data));
            if length > MAX_DRAINED {
                break;
            }
        }
        Ok::<(), ()>(())
    };
    let is_complete = matches!(timeout(LONGEST_BODY, reading).await, Ok(Ok(())));
    let target = head.uri.path_and_query();
    let headers = head.headers.iter();
    let message = Message::new(
        head.method.as_str(),
        target.map_or("/", |target| target.as_str()),
        headers.map(|(name, value)| (name.as_str(), value.as_bytes())),
        body,
    );
    if is_complete {
        Arrival::Complete(message)
    } else {
        Arrival::Incomplete(message)
    }
}

/// A reply as a response.
pub(crate) fn response(reply: &WebhookReply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(reply.body()));
    // The statuses of all replies are in the range of HTTP.
    *response.status_mut() =
        StatusCode::from_u16(reply.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    for (name, value) in reply.headers() {
        response
            .headers_mut()
            .append(*name, HeaderValue::from_static(value));
    }
    if matches!(reply.status(), 408 | 413) {
        // What is left of the request would be read as the next one.
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
