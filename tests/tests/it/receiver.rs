//! A server on loopback that keeps every webhook as it came.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use bytes::Bytes;
use http::StatusCode;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Listens until it is dropped.
#[derive(Debug)]
pub(crate) struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) body: Bytes,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let received = Arc::default();
        let router = Router::new()
            .route("/hooks", post(keep))
            .with_state(Arc::clone(&received));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            received,
            task,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What came since the last call, in order of arrival.
    pub(crate) fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *self.received.lock().unwrap())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep(State(received): State<Arc<Mutex<Vec<Received>>>>, body: Bytes) -> StatusCode {
    received.lock().unwrap().push(Received { body });
    StatusCode::OK
}
