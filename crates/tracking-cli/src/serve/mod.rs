//! `tracking serve`: the parcels of a store as a page and as JSON, and workers beside it.

mod access;
mod api;
mod args;
mod demo;
mod desk;
mod health;
mod metrics;
mod pages;
mod router;
mod webhooks;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracking_follow::{Inbox, Sender, Store, StoreError, StoreErrorKind, Worker};

use self::access::Access;
pub(crate) use self::args::ServeArguments;
use self::demo::{Demo, Folder};
use self::desk::Desk;
use crate::calls;
use crate::config::{Config, Environment};
use crate::exit::Exit;
use crate::follow::{self, store};
use crate::http_server;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::providers;
use crate::select::{Connected, Criteria, Selection};
use crate::terminal;

/// Runs the command.
pub(crate) async fn run(arguments: &ServeArguments, environment: Environment<'_>) -> Exit {
    if arguments.openapi {
        return match terminal::print(&format!("{}\n", api::description())) {
            Ok(()) => Exit::Success,
            Err(error) => {
                problem::report([&problem::of_output(&error)]);
                Exit::Usage
            }
        };
    }
    let result = match prepare(arguments, environment).await {
        Ok(server) => server.run().await,
        Err(problems) => Err((Exit::Usage, problems)),
    };
    result.unwrap_or_else(|(exit, problems)| {
        problem::report(&problems);
        exit
    })
}

/// Everything that is needed to serve.
struct Server {
    interruption: Interruption,
    listener: TcpListener,
    address: SocketAddr,
    access: Access,
    desk: Desk,
    work: Option<(Worker, Sender)>,
    /// Has to live as long as the worker.
    connected: Connected,
    /// Of the demo.
    folder: Option<Folder>,
}

async fn prepare(
    arguments: &ServeArguments,
    environment: Environment<'_>,
) -> Result<Server, Vec<Problem>> {
    let interruption = Interruption::listen();
    calls::count();
    let config = config(arguments, environment).map_err(|it| vec![it])?;
    let access = Access::at(arguments.host, &config, environment).map_err(|it| vec![it])?;
    let selection = select(arguments, environment)?;
    let folder = arguments.sandbox.then(Folder::create).transpose();
    let folder = folder.map_err(|it| vec![it])?;
    let address = match &folder {
        Some(folder) => Ok(folder.store()),
        None => store::address(arguments.store.as_deref(), environment),
    };
    let address = address.map_err(|it| vec![it])?;
    let store = Store::open(&address).await;
    let store = store.map_err(|error| vec![follow::of_store(&error)])?;
    let connected = match selection {
        Some(selection) if arguments.sandbox => {
            let sandbox = demo::sandbox().await.map_err(|it| vec![it])?;
            selection.connect_to(sandbox)?
        }
        Some(selection) => follow::connect(selection, &store, &address).await?,
        None => Connected::default(),
    };
    let worker = match (arguments.no_workers, arguments.sandbox) {
        (true, _) => None,
        (_, true) => {
            let worker = Worker::new(store.clone(), connected.set().clone());
            Some(worker.with_cadence(demo::cadence()))
        }
        _ => {
            let worker = follow::worker(store.clone(), &connected, arguments.interval, environment);
            Some(worker.map_err(|it| vec![it])?)
        }
    };
    let work = match worker {
        Some(worker) => {
            let sender = follow::sender(store.clone()).map_err(|it| vec![it])?;
            Some((worker, sender))
        }
        None => None,
    };
    let listener = TcpListener::bind((arguments.host, arguments.port)).await;
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = bound.map_err(|error| {
        let (host, port) = (arguments.host, arguments.port);
        let message = format!("cannot listen on port {port} of {host}: {error}");
        vec![Problem::new("configuration", message).with_hint("choose another port with --port")]
    })?;
    let desk = Desk {
        inbox: Arc::new(Inbox::new(store.clone(), connected.set().clone())),
        store,
        accounts: connected.accounts().into(),
        config: Arc::new(config),
        works: work.is_some(),
    };
    Ok(Server {
        interruption,
        listener,
        address,
        access,
        desk,
        work,
        connected,
        folder,
    })
}

/// The configuration file, which the demo does not read.
fn config(arguments: &ServeArguments, environment: Environment<'_>) -> Result<Config, Problem> {
    if arguments.sandbox {
        return Ok(Config::default());
    }
    Config::load(environment, &providers::known_settings())
        .map_err(|error| Problem::new("configuration", error.to_string()))
}

/// The accounts; none if nothing is configured and nothing is to be looked at.
fn select(
    arguments: &ServeArguments,
    environment: Environment<'_>,
) -> Result<Option<Selection>, Vec<Problem>> {
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: arguments.sandbox,
        task: "track parcels",
        able: |_| true,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    match problems.is_empty() {
        true => Ok(Some(selection)),
        false if arguments.no_workers && selection.is_nothing_configured() => Ok(None),
        false => Err(problems),
    }
}

impl Server {
    /// Serves until the program is to end, or a worker cannot go on.
    async fn run(self) -> Result<Exit, (Exit, Vec<Problem>)> {
        let Self {
            interruption,
            listener,
            address,
            access,
            desk,
            work,
            connected,
            folder,
        } = self;
        let demo = match connected.sandbox() {
            Some(sandbox) => {
                let begun = Demo::begin(sandbox, &desk, address).await;
                Some(begun.map_err(|it| failed(&it))?)
            }
            None => None,
        };
        if let Err(error) = terminal::print(&introduction(address)) {
            return Err((Exit::Usage, vec![problem::of_output(&error)]));
        }
        if !address.ip().is_loopback() {
            problem::report_warning(
                "other machines can reach this address, and nothing is encrypted: put a server with https in front \
                 of it",
            );
        }
        let (stop, stopped) = watch::channel(());
        let service = TowerToHyperService::new(router::router(desk.clone(), access));
        let until = |mut stopped: watch::Receiver<()>| async move {
            // The sender is dropped to stop.
            while stopped.changed().await.is_ok() {}
        };
        let server = tokio::spawn(http_server::serve(
            listener,
            service,
            until(stopped.clone()),
        ));
        let mut working = begin(work, until(stopped));
        let ended = tokio::select! {
            () = interruption.wait() => None,
            ended = &mut working => Some(ended),
            error = live(demo) => Some(Ok(Err(error))),
        };
        drop(stop);
        let result = match ended {
            Some(ended) => ended,
            None => working.await,
        };
        // What was requested is responded to.
        let _ = server.await;
        desk.store.close().await;
        drop((connected, folder));
        match result {
            Ok(Ok(())) => Ok(Exit::Success),
            Ok(Err(error)) => Err(failed(&error)),
            Err(error) => {
                let problem = Problem::new("system", format!("a worker ended: {error}"));
                Err((Exit::SomeFailed, vec![problem]))
            }
        }
    }
}

fn failed(error: &StoreError) -> (Exit, Vec<Problem>) {
    (follow::exit_of(error), vec![follow::of_store(error)])
}

/// Runs the demo, if there is one, for ever.
async fn live(demo: Option<Demo<'_>>) -> StoreError {
    match demo {
        Some(demo) => demo.run().await,
        None => std::future::pending().await,
    }
}

/// Looks at parcels, and sends changes to consumers, until it is stopped; or waits for that only.
fn begin(
    work: Option<(Worker, Sender)>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> JoinHandle<Result<(), StoreError>> {
    tokio::spawn(async move {
        let stop = stop.shared();
        let Some((worker, sender)) = work else {
            stop.await;
            return Ok(());
        };
        loop {
            let ended = tokio::try_join!(worker.run(stop.clone()), sender.run(stop.clone()));
            match ended {
                Err(error) if is_to_pass(&error) => {
                    problem::report_warning(&format!(
                        "{error}; nothing is looked at until that is over, and nothing is lost"
                    ));
                    // Pages are shown meanwhile, and webhooks are sent again by their providers.
                    if timeout(AGAIN, stop.clone()).await.is_ok() {
                        return Ok(());
                    }
                }
                ended => return ended.map(drop),
            }
        }
    })
}

/// How long workers wait that cannot write.
const AGAIN: Duration = Duration::from_secs(5);

/// Returns true if somebody can end it beside the server: makes room, or lets the database be written again.
fn is_to_pass(error: &StoreError) -> bool {
    matches!(
        error.kind(),
        StoreErrorKind::Full | StoreErrorKind::ReadOnly
    )
}

/// Where to find what, for people and for programs.
fn introduction(address: SocketAddr) -> String {
    format!(
        "page     http://{address}/\nAPI      http://{address}{}/openapi.json\nmetrics  http://{address}/metrics\n",
        api::PATH
    )
}
