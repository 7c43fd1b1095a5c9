//! An address on loopback that keeps every notification as it came.

use std::convert::Infallible;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinHandle;

/// A notification as it arrived.
pub(crate) struct Received {
    pub(crate) method: Method,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Listens until it is dropped.
pub(crate) struct Inbox {
    pub(crate) url: String,
    arrivals: UnboundedReceiver<Received>,
    task: JoinHandle<()>,
}

impl Inbox {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks/gcl", listener.local_addr().unwrap());
        let (sender, arrivals) = mpsc::unbounded_channel();
        let task = tokio::spawn(listen(listener, sender));
        Self {
            url,
            arrivals,
            task,
        }
    }

    /// All that has arrived since the last time.
    pub(crate) fn take(&mut self) -> Vec<Received> {
        std::iter::from_fn(|| self.arrivals.try_recv().ok()).collect()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(listener: TcpListener, sender: UnboundedSender<Received>) {
    while let Ok((stream, _)) = listener.accept().await {
        let sender = sender.clone();
        let service = service_fn(move |request| keep(request, sender.clone()));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connection);
    }
}

async fn keep(
    request: Request<Incoming>,
    sender: UnboundedSender<Received>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let received = Received {
        method: head.method,
        headers: head.headers,
        body,
    };
    let _ = sender.send(received);
    Ok(Response::new(Empty::new()))
}
