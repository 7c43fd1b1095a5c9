//! Real HTTP under tokio's paused clock: time stops while a request is on its way, and
//! jumps ahead whenever everybody waits. The sandbox counts requests in the same time, so that a
//! busy machine changes nothing.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use ship24_sdk::ConfigureClient as _;
use ship24_sdk::tracking_core::kit::BoxFuture;
use ship24_sdk::tracking_http::{ReqwestTransport, SendLimits, Transport, TransportError};
use tokio::runtime::{Builder, Runtime};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};
use tracking_sandbox::Sandbox;

use super::sandboxed::builder;

/// Where requests travel, in real time.
static NETWORK: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
});

/// Sends over real connections and sets the clock of the sandbox.
#[derive(Debug)]
pub(crate) struct PausedClock {
    pub(crate) sandbox: Sandbox,
    transport: Arc<ReqwestTransport>,
    reported: Mutex<Instant>,
    /// How long the next requests are on their way.
    ways: Mutex<VecDeque<Duration>>,
}

impl PausedClock {
    pub(crate) async fn start() -> Arc<Self> {
        Arc::new(Self {
            sandbox: Sandbox::start().await.unwrap(),
            transport: Arc::new(ReqwestTransport::from_client(reqwest::Client::new())),
            reported: Mutex::new(Instant::now()),
            ways: Mutex::default(),
        })
    }

    /// A client with all defaults but for the way that its requests take.
    pub(crate) fn builder(self: &Arc<Self>) -> ship24_sdk::ClientBuilder {
        builder(&self.sandbox).with_transport(self.transport())
    }

    /// Itself, for a client of any provider.
    pub(crate) fn transport(self: &Arc<Self>) -> Arc<dyn Transport> {
        Arc::<Self>::clone(self)
    }

    /// Makes the next request take this long until it arrives.
    pub(crate) fn delay_next(&self, way: Duration) {
        self.ways.lock().unwrap().push_back(way);
    }

    /// The statuses that the sandbox returned, for one operation.
    pub(crate) fn statuses(&self, operation: &str) -> Vec<u16> {
        let requests = self.sandbox.requests();
        let of_operation = requests
            .iter()
            .filter(|request| request.operation == Some(operation));
        of_operation.filter_map(|request| request.status).collect()
    }

    fn tell_time(&self) {
        let mut reported = self.reported.lock().unwrap();
        let now = Instant::now();
        self.sandbox.clock().advance(now - *reported);
        *reported = now;
    }
}

impl Transport for PausedClock {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let way = self.ways.lock().unwrap().pop_front();
        Box::pin(async move {
            if let Some(way) = way {
                sleep(way).await;
            }
            self.tell_time();
            let transport = Arc::clone(&self.transport);
            let limits = SendLimits::new(limits.max_body_bytes);
            // Tokio's clock does not jump while a blocking task is running.
            spawn_blocking(move || NETWORK.block_on(transport.send(request, limits)))
                .await
                .unwrap()
        })
    }
}
