//! An HTTP server for webhooks: reads each request completely, within limits, and hands it over.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tracking_core::webhook::WebhookReply;
use tracking_http::bytes::Bytes;
use tracking_http::http::{HeaderValue, Request, Response, StatusCode, header};

use super::message::Message;

/// How long the head of a request may take, and a connection without a request may last.
const LONGEST_HEAD: Duration = Duration::from_secs(10);

/// How long a body may take.
const LONGEST_BODY: Duration = Duration::from_secs(30);

/// How many connections there may be; more of them wait.
const MAX_CONNECTIONS: usize = 256;

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

/// Serves until it is dropped. A connection that is slow or half open keeps nobody else waiting, and the
/// handler of a request runs to its end although the sender hangs up.
pub(crate) async fn serve<H, F>(listener: TcpListener, max_body: usize, handler: H)
where
    H: Fn(Arrival) -> F + Send + Sync + 'static,
    F: Future<Output = WebhookReply> + Send + 'static,
{
    let handler = Arc::new(handler);
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let handler = Arc::clone(&handler);
                tokio::spawn(async move {
                    connection(stream, max_body, handler).await;
                    drop(place);
                });
            }
            // Too many open files is the usual reason: connections get time to end.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn connection<H, F>(stream: TcpStream, max_body: usize, handler: Arc<H>)
where
    H: Fn(Arrival) -> F + Send + Sync + 'static,
    F: Future<Output = WebhookReply> + Send + 'static,
{
    // Without it a short reply may wait. Nothing is lost if that is not possible.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let handler = Arc::clone(&handler);
        async move {
            let arrival = read(request, max_body).await;
            let handling = tokio::spawn(async move { handler(arrival).await });
            let reply = handling.await.unwrap_or(WebhookReply::new(503));
            Ok::<_, Infallible>(response(&reply))
        }
    });
    // An error is a sender that goes away, or that speaks no HTTP: nothing arrived.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn read(request: Request<Incoming>, max_body: usize) -> Arrival {
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

fn response(reply: &WebhookReply) -> Response<Full<Bytes>> {
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
