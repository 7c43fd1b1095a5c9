//! The thread, the listening socket and the connections.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::connection::{Connection, CutOff};
use super::providers::Providers;
use crate::control;
use crate::error::StartError;
use crate::sandbox::Core;

pub(crate) struct Started {
    pub(crate) address: SocketAddr,
    pub(crate) thread: JoinHandle<()>,
}

/// Marks a response that must not be sent: the connection is reset instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResetConnection;

/// Opens the port and starts the thread that serves it until `stopped` fires.
pub(crate) fn start(
    port: u16,
    core: Arc<Core>,
    providers: Arc<Providers>,
    stopped: oneshot::Receiver<()>,
) -> Result<Started, StartError> {
    let listen = |source| StartError::Listen { port, source };
    let listener = StdListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(listen)?;
    listener.set_nonblocking(true).map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| StartError::Thread { source })?;
    let thread = std::thread::Builder::new()
        .name("tracking-sandbox".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                for task in providers.background() {
                    tokio::spawn(task);
                }
                let router = providers
                    .router(&core)
                    .merge(control::router(&core, &providers, address));
                tokio::select! {
                    _ = stopped => {}
                    () = accept(listener, router) => {}
                }
            });
        })
        .map_err(|source| StartError::Thread { source })?;
    Ok(Started { address, thread })
}

async fn accept(listener: StdListener, router: Router) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, router.clone()));
            }
            // Too many open files is the usual reason: give connections time to end.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
}

async fn serve(stream: TcpStream, router: Router) {
    // Without this, small responses wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let cut_off = CutOff::default();
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request: Request<Incoming>| {
        let response = router.call(request);
        let cut_off = cut_off.clone();
        async move {
            let response = response
                .await
                .unwrap_or_else(|never: Infallible| match never {});
            if response.extensions().get::<ResetConnection>().is_some() {
                cut_off.request();
                return Err(io::Error::other("the connection is reset on demand"));
            }
            Ok(response)
        }
    });
    let connection = TokioIo::new(Connection::new(stream, cut_off.clone()));
    // An error here is the caller going away or a fault that was requested: neither is news.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(connection, service)
        .await;
}
