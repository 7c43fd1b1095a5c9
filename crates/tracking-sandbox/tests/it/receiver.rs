//! A receiver of webhooks that responds as a test wants.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

/// What arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: Method,
    pub(crate) authorization: String,
    pub(crate) content_type: String,
    pub(crate) headers: HeaderMap,
    pub(crate) raw: Bytes,
    /// Null when the body is not JSON.
    pub(crate) body: Value,
}

#[derive(Debug, Default)]
struct Shared {
    received: Mutex<Vec<Received>>,
    responses: Mutex<VecDeque<(u16, &'static str)>>,
    is_silent: AtomicBool,
}

/// A server on loopback that records and responds with 200 unless a test wants something else.
#[derive(Debug)]
pub(crate) struct Receiver {
    shared: Arc<Shared>,
    pub(crate) url: String,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let shared = Arc::new(Shared::default());
        tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { shared, url }
    }

    /// Responds to the next webhook with this status and body.
    pub(crate) fn respond_next(&self, status: u16, body: &'static str) {
        self.shared
            .responses
            .lock()
            .unwrap()
            .push_back((status, body));
    }

    /// Records from now on without a response.
    pub(crate) fn fall_silent(&self) {
        self.shared.is_silent.store(true, Ordering::Relaxed);
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// What the trackings of all webhooks hold at a JSON pointer, in order of arrival.
    pub(crate) fn all_at(&self, pointer: &str) -> Vec<Value> {
        self.received()
            .iter()
            .flat_map(|received| {
                received.body["trackings"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default()
            })
            .map(|tracking| tracking.pointer(pointer).cloned().unwrap_or_default())
            .collect()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(|request| response(request, Arc::clone(&shared)));
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn response(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    let (authorization, content_type) = (header("authorization"), header("content-type"));
    let method = request.method().clone();
    let headers = request.headers().clone();
    let raw = request.into_body().collect().await.unwrap().to_bytes();
    let body = serde_json::from_slice(&raw).unwrap_or_default();
    shared.received.lock().unwrap().push(Received {
        method,
        authorization,
        content_type,
        headers,
        raw,
        body,
    });
    if shared.is_silent.load(Ordering::Relaxed) {
        return std::future::pending().await;
    }
    let (status, text) = shared
        .responses
        .lock()
        .unwrap()
        .pop_front()
        .unwrap_or((200, "OK"));
    Ok(Response::builder()
        .status(status)
        .body(Full::from(text))
        .unwrap())
}
