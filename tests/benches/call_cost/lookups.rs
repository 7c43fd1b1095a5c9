//! Many lookups at all five providers at once, against the sandbox: how many the client does in a second of
//! processor time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http::{Request, Response};
use tokio::runtime::{self, Runtime};
use tracking_core::kit::BoxFuture;
use tracking_core::{
    Error, Lookup, Outcome, Provider, ProviderSet, Registration, Target, TrackRequest,
};
use tracking_http::{ConfigureClient, ReqwestTransport, SendLimits, Transport, TransportError};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use crate::pairs::processor_time;
use crate::server::Server;
use crate::table::Table;
use crate::{SANDBOX, instructions};

/// How many parcels there are, each at every provider.
const PARCELS: usize = 400;
const LOOKUPS: u32 = 20_000;
/// Lookups per second of processor time.
const BUDGET: f64 = 15_000.0;
/// The places of the providers in the line that the sandbox prints.
const PROVIDERS: [&str; 5] = ["exporto", "gcl", "ship24", "trackingmore", "oneconcepts"];

/// How the lookups are made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// As a stream, which makes batches where the provider takes them.
    Stream,
    /// Each by itself.
    OneByOne,
}

impl Way {
    const ALL: [Self; 2] = [Self::Stream, Self::OneByOne];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Stream => "lookups-in-a-stream",
            Self::OneByOne => "lookups-one-by-one",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Stream => "lookup, five providers, stream",
            Self::OneByOne => "lookup, five providers, one by one",
        }
    }
}

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let server = Server::start(SANDBOX)?;
    for way in Way::ALL {
        let runner = Runner::new(server.first_line())?;
        runner.run(way, LOOKUPS / 10)?;
        let calls = runner.calls.load(Ordering::Relaxed);
        let before = processor_time();
        runner.run(way, LOOKUPS)?;
        let spent = before.zip(processor_time()).map(|(from, to)| to - from);
        let calls = runner.calls.load(Ordering::Relaxed) - calls;
        let lookups = f64::from(LOOKUPS);
        let title = || way.title().to_owned();
        table.figure(title(), "calls", Some(calls as f64 / lookups), None);
        let instructions = instructions::of_one(way.name(), (200, 1_200), server.first_line())?;
        table.figure(title(), "instructions", instructions, None);
        let per_second = spent.map(|nanoseconds| lookups / nanoseconds * 1e9);
        table.figure(title(), "per CPU second", per_second, Some(BUDGET));
    }
    Ok(())
}

/// Repeats lookups for a count of their instructions.
pub(crate) fn repeat(way: Way, times: u32, accounts: &str) -> Result<()> {
    Runner::new(accounts)?.run(way, times)
}

/// Plays the providers in a process of its own and prints their addresses and credentials in one line.
pub(crate) fn serve() -> Result<()> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let sandbox = Sandbox::start().await?;
        let (ship24, trackingmore, gcl) = (sandbox.ship24(), sandbox.trackingmore(), sandbox.gcl());
        ship24.configure(|settings| settings.rate_limits = false);
        trackingmore.configure(|settings| settings.rate_limits = false);
        gcl.configure(|settings| settings.rate_limits = false);
        let (exporto, oneconcepts) = (sandbox.exporto(), sandbox.oneconcepts());
        for place in 0..PARCELS {
            let steps = [Step::Accepted, Step::HubScan, Step::Delivered];
            let mut parcel = Parcel::new("ups", number(place));
            for (hours, step) in [30, 20, 10].into_iter().zip(steps) {
                let ago = Duration::from_secs(hours * 3_600);
                parcel = parcel.scan(Scan::ago(ago, step));
            }
            sandbox.add_parcel(parcel)?;
        }
        let credentials = [
            (exporto.username().to_owned(), exporto.password().to_owned()),
            (String::new(), gcl.api_key().to_owned()),
            (String::new(), ship24.api_key().to_owned()),
            (String::new(), trackingmore.api_key().to_owned()),
            (oneconcepts.email(), oneconcepts.password()),
        ];
        let fields = PROVIDERS.into_iter().zip(credentials);
        let fields: Vec<String> = fields
            .flat_map(|(provider, (user, secret))| [sandbox.base_url(provider), user, secret])
            .collect();
        println!("{}", fields.join("\t"));
        std::future::pending().await
    })
}

fn number(place: usize) -> String {
    format!("BULK{place}4711")
}

/// The accounts at all providers, on one thread.
struct Runner {
    runtime: Runtime,
    set: ProviderSet,
    calls: Arc<AtomicUsize>,
}

impl Runner {
    /// Makes the accounts of the line that the sandbox printed, and registers the parcels where that is needed.
    fn new(accounts: &str) -> Result<Self> {
        let fields: Vec<&str> = accounts.split('\t').collect();
        let calls = Arc::new(AtomicUsize::new(0));
        let mut set = ProviderSet::new();
        for (provider, account) in PROVIDERS.into_iter().zip(fields.chunks(3)) {
            let [base_url, user, secret] = account else {
                anyhow::bail!("the sandbox printed no account of {provider}");
            };
            let transport = Counting {
                calls: Arc::clone(&calls),
                transport: ReqwestTransport::without_proxy(Duration::from_secs(10))?,
            };
            let client = client(provider, base_url, (user, secret), Arc::new(transport))?;
            set.add(client)?;
        }
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            for account in set.iter().filter(|account| account.capabilities().register) {
                let numbers = (0..PARCELS).map(number);
                let registrations =
                    numbers.map(|number| Registration::new(number).with_courier("ups"));
                account.register_batch(registrations.collect()).await;
            }
        });
        Ok(Self {
            runtime,
            set,
            calls,
        })
    }

    fn run(&self, way: Way, times: u32) -> Result<()> {
        let lookups = (0..times as usize).map(|index| {
            let provider = PROVIDERS[index % PROVIDERS.len()];
            let number = number(index / PROVIDERS.len() % PARCELS);
            let target = match provider {
                "oneconcepts" => Target::Reference(number),
                _ => Target::Number(number),
            };
            Lookup::new(provider, TrackRequest::new(target).with_courier("ups"))
        });
        self.runtime.block_on(async {
            let mut found = 0;
            match way {
                Way::Stream => {
                    let mut results = self.set.track_each(lookups);
                    while let Some(result) = results.next().await {
                        found += found_in(result.result)?;
                    }
                }
                Way::OneByOne => {
                    let calls = lookups.map(|lookup| async move {
                        self.set.get(&lookup.account)?.track(lookup.request).await
                    });
                    let mut results = stream::iter(calls)
                        .buffer_unordered(PROVIDERS.len() * ProviderSet::DEFAULT_CONCURRENCY);
                    while let Some(result) = results.next().await {
                        found += found_in(result)?;
                    }
                }
            }
            ensure!(
                found == times as usize,
                "{found} of {times} parcels were found"
            );
            Ok(())
        })
    }
}

fn found_in(result: Result<Outcome, Error>) -> Result<usize> {
    match result? {
        Outcome::Found(shipments) => Ok(shipments.len()),
        other => anyhow::bail!("a parcel was not found: {other:?}"),
    }
}

fn client(
    provider: &str,
    base_url: &str,
    (user, secret): (&str, &str),
    transport: Arc<dyn Transport>,
) -> Result<Arc<dyn Provider>> {
    fn ready<B: ConfigureClient>(builder: B, base_url: &str, transport: Arc<dyn Transport>) -> B {
        let builder = builder.with_base_url(base_url).without_rate_limits();
        builder.with_transport(transport)
    }
    Ok(match provider {
        "exporto" => {
            let builder = exporto_sdk::Client::builder(user, secret);
            Arc::new(ready(builder, base_url, transport).build()?)
        }
        "gcl" => {
            let builder = gcl_sdk::Client::builder(secret);
            Arc::new(ready(builder, base_url, transport).build()?)
        }
        "ship24" => {
            let builder = ship24_sdk::Client::builder(secret);
            Arc::new(ready(builder, base_url, transport).build()?)
        }
        "trackingmore" => {
            let builder = trackingmore_sdk::Client::builder(secret);
            Arc::new(ready(builder, base_url, transport).build()?)
        }
        _ => {
            let builder = oneconcepts_sdk::Client::builder(user, secret);
            Arc::new(ready(builder, base_url, transport).build()?)
        }
    })
}

/// The default transport, which counts what it sends.
#[derive(Debug)]
struct Counting {
    calls: Arc<AtomicUsize>,
    transport: ReqwestTransport,
}

impl Transport for Counting {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.transport.send(request, limits)
    }
}
