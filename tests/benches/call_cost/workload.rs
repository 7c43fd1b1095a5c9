//! What is compared with what, at which provider, and the budget of it.

use anyhow::{Context as _, Result};
use tokio::runtime::{self, Runtime};

use crate::providers::{self, PROVIDERS};
use crate::subject::{Repeat, Work};

/// Work at one provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Workload {
    provider: &'static str,
    work: Work,
}

impl Workload {
    pub(crate) fn name(self) -> String {
        format!("{}/{}", self.provider, self.work.name())
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        let (provider, work) = name.split_once('/')?;
        Some(Self {
            provider: PROVIDERS.into_iter().find(|it| *it == provider)?,
            work: Work::ALL.into_iter().find(|it| it.name() == work)?,
        })
    }
}

/// Two workloads whose cost is compared.
pub(crate) struct Comparison {
    pub(crate) title: String,
    pub(crate) yardstick: Workload,
    pub(crate) measured: Workload,
    /// Of instructions and time.
    pub(crate) budget: Option<f64>,
    /// Of allocations.
    pub(crate) budget_of_allocations: Option<f64>,
}

/// Of both works: the title, the yardstick, what is measured, and the budgets of instructions and allocations.
type Row = (&'static str, Work, Work, Option<f64>, Option<f64>);

const ROWS: [Row; 4] = [
    (
        "call, SDK against by hand",
        Work::CallByHand,
        Work::CallWithSdk,
        Some(0.95),
        Some(0.6),
    ),
    (
        "decode, SDK against by hand",
        Work::DecodeByHand,
        Work::DecodeWithSdk,
        Some(0.85),
        Some(0.5),
    ),
    (
        "decode and model against decode",
        Work::DecodeWithSdk,
        Work::DecodeAndMap,
        Some(1.25),
        Some(1.25),
    ),
    (
        "webhook, SDK against by hand",
        Work::ReceiveByHand,
        Work::ReceiveWithSdk,
        None,
        None,
    ),
];

/// Every comparison at every provider.
pub(crate) fn comparisons() -> Vec<Comparison> {
    let of_row = |(title, yardstick, measured, budget, budget_of_allocations): Row| {
        let at = move |provider: &'static str| Comparison {
            title: format!("{title}, {provider}"),
            yardstick: Workload {
                provider,
                work: yardstick,
            },
            measured: Workload {
                provider,
                work: measured,
            },
            budget,
            budget_of_allocations,
        };
        let sends = move |provider: &&'static str| {
            measured != Work::ReceiveWithSdk || providers::sends_webhooks(provider)
        };
        PROVIDERS.into_iter().filter(sends).map(at)
    };
    ROWS.into_iter().flat_map(of_row).collect()
}

/// Runs workloads on one thread, with clients that are made once.
pub(crate) struct Runner {
    runtime: Runtime,
    subjects: Vec<(&'static str, Box<dyn Repeat>)>,
}

impl Runner {
    /// Makes the clients of all providers, whose APIs are on this server.
    pub(crate) fn new(server: &str) -> Result<Self> {
        let subjects =
            PROVIDERS.map(|provider| Ok((provider, providers::subject(provider, server)?)));
        Self::of(subjects.into_iter().collect::<Result<_>>()?)
    }

    /// Makes the clients of one provider, so that a profile shows no other.
    pub(crate) fn for_workload(workload: Workload, server: &str) -> Result<Self> {
        let provider = workload.provider;
        Self::of(vec![(provider, providers::subject(provider, server)?)])
    }

    fn of(subjects: Vec<(&'static str, Box<dyn Repeat>)>) -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self { runtime, subjects })
    }

    /// Does the work this many times, one after the other.
    pub(crate) fn run(&self, workload: Workload, times: u32) -> Result<()> {
        let mut subjects = self.subjects.iter();
        let (_, subject) = subjects
            .find(|(provider, _)| *provider == workload.provider)
            .context("no clients of this provider were made")?;
        subject.repeat(&self.runtime, workload.work, times)
    }
}
