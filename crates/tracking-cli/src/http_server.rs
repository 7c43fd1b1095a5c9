//! Accepting HTTP connections, within limits.

use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tracking_http::http::{Request, Response};

/// How long the head of a request may take, and a connection without a request may last.
const LONGEST_HEAD: Duration = Duration::from_secs(10);

/// How many connections there may be; more of them wait.
const MAX_CONNECTIONS: usize = 256;

/// How long requests that are under way may take to end.
const LONGEST_END: Duration = Duration::from_secs(10);

/// Serves until `stop` is ready, and what was requested by then. A connection that is slow or half open keeps nobody
/// else waiting.
pub(crate) async fn serve<S, B>(
    listener: TcpListener,
    service: S,
    stop: impl Future<Output = ()> + Send,
) where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    tokio::select! {
        () = &mut stop => {}
        () = accept(&listener, &service, &connections) => {}
    }
    drop(listener);
    // A connection that does not end is dropped with the process.
    let _ = timeout(LONGEST_END, connections.shutdown()).await;
}

async fn accept<S, B>(listener: &TcpListener, service: &S, connections: &GracefulShutdown)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let connection = connection(stream, service.clone(), connections.watcher());
                tokio::spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            // Too many open files is the usual reason: connections get time to end.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn connection<S, B>(stream: TcpStream, service: S, watcher: Watcher)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Send + 'static,
    S::Future: Send,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    // Without it a short response may wait. Nothing is lost if that is not possible.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // An error is a sender that goes away, or that speaks no HTTP: nothing arrived.
    let _ = watcher.watch(connection).await;
}
