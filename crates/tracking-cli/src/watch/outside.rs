//! The world of a watch as it is: the clock of the machine, the state file, standard output, the command
//! and the webhook.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tracking_core::kit::BoxFuture;
use tracking_core::{ProviderSet, Shipment, UtcTime};
use tracking_follow::NotDelivered;

use super::exec::Exec;
use super::item::Item;
use super::store::{State, StateFile};
use super::text;
use super::webhook::Webhook;
use super::world::World;
use crate::problem::{self, Problem};
use crate::terminal;
use crate::unmapped::Reporter;

/// The clock is looked at as often as that: a machine that sleeps stops its timers.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Where changes come from and go to.
pub(crate) struct Outside<'a> {
    pub(crate) file: StateFile,
    /// One JSON object per line, and not text for people.
    pub(crate) json: bool,
    pub(crate) exec: Option<Exec>,
    pub(crate) webhook: Option<Webhook>,
    /// What was reported without a meaning.
    pub(crate) unmapped: Mutex<Reporter>,
    /// The name of an account for people.
    pub(crate) title: &'a (dyn Fn(&str) -> String + Sync),
}

impl Outside<'_> {
    fn written(&self, items: &[&Item]) -> io::Result<()> {
        let text = if self.json {
            items.iter().map(|item| item.json() + "\n").collect()
        } else {
            text::render(items, self.title, terminal::width())
        };
        terminal::write(&text)
    }
}

impl World for Outside<'_> {
    fn now(&self) -> UtcTime {
        UtcTime::now()
    }

    fn sleep_until(&self, time: UtcTime) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            while let Some(wait) = time.since(UtcTime::now()).filter(|wait| !wait.is_zero()) {
                tokio::time::sleep(wait.min(LONGEST_SLEEP)).await;
            }
        })
    }

    fn save<'a>(&'a self, state: &'a State) -> BoxFuture<'a, io::Result<()>> {
        Box::pin(async move { self.file.save(state) })
    }

    fn print<'a>(&'a self, items: &'a [&'a Item]) -> BoxFuture<'a, io::Result<()>> {
        Box::pin(async move { self.written(items) })
    }

    fn exec<'a>(&'a self, item: &'a Item) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            match &self.exec {
                Some(exec) => exec.run(item).await,
                None => Ok(()),
            }
        })
    }

    fn send<'a>(&'a self, id: &'a str, item: &'a Item) -> BoxFuture<'a, Result<(), NotDelivered>> {
        Box::pin(async move {
            match &self.webhook {
                Some(webhook) => webhook.send(id, item, self.now()).await,
                None => Ok(()),
            }
        })
    }

    fn first(&self, account: &str, shipment: &Shipment) {
        terminal::warn(&text::first(shipment, &(self.title)(account)));
    }

    fn unmapped(&self, providers: &ProviderSet) {
        let mut reporter = self.unmapped.lock().unwrap_or_else(PoisonError::into_inner);
        reporter.report(providers);
    }

    fn trouble(&self, problem: &Problem) {
        problem::report([problem]);
    }
}
