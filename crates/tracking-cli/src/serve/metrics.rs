//! Figures for Prometheus, in the text form of OpenMetrics.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use tracking_follow::{AccountReport, ConsumerReport, MessageCounts, StatusCount, StoreError};

use super::desk::Desk;
use crate::calls;
use crate::waits::WaitReport;

const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Names and values of labels.
type Labels = Vec<(&'static str, String)>;

/// Reads the figures from the store, so that each process of it reports the same, except for its own requests.
pub(super) async fn metrics(State(desk): State<Desk>) -> Response {
    let text = match figures(&desk).await {
        Ok(figures) => figures.text(),
        Err(error) => {
            // The message names no address and no password.
            return (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response();
        }
    };
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response()
}

/// What is reported.
struct Figures {
    statuses: Vec<StatusCount>,
    accounts: Vec<AccountReport>,
    /// By account.
    waits: Vec<(String, WaitReport)>,
    last_change: u64,
    messages: MessageCounts,
    consumers: Vec<ConsumerReport>,
    now: tracking_core::UtcTime,
}

async fn figures(desk: &Desk) -> Result<Figures, StoreError> {
    Ok(Figures {
        statuses: desk.store.status_counts(None).await?,
        accounts: desk.store.accounts().await?,
        waits: waits(desk),
        last_change: desk.store.last_change().await?,
        messages: desk.store.message_counts().await?,
        consumers: desk.store.consumers().await?,
        now: desk.store.time().await?,
    })
}

fn waits(desk: &Desk) -> Vec<(String, WaitReport)> {
    let names = desk.accounts.iter().map(|it| &it.name);
    names
        .filter_map(|name| Some((name.clone(), desk.waits(name)?)))
        .collect()
}

impl Figures {
    fn text(&self) -> String {
        let mut registry = Registry::with_prefix("tracking");
        self.by_status(&mut registry);
        self.by_account(&mut registry);
        let changes = Counter::<u64>::default();
        changes.inc_by(self.last_change);
        registry.register(
            "changes",
            "Changes that were written to the outbox",
            changes,
        );
        self.by_consumer(&mut registry);
        self.waiting(&mut registry);
        let requests = Family::<Labels, Counter>::default();
        for ((provider, outcome), count) in calls::counts() {
            let labels = vec![("provider", provider), ("outcome", outcome)];
            requests.get_or_create(&labels).inc_by(count);
        }
        registry.register(
            "requests",
            "Requests of this process to providers, by outcome: ok, or the kind of the error",
            requests,
        );
        let messages = family();
        for (state, count) in [
            ("waiting", self.messages.waiting),
            ("aside", self.messages.aside),
        ] {
            set(&messages, &vec![("state", state.to_owned())], count);
        }
        registry.register("messages", "Webhooks in the inbox, by state", messages);
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &registry);
        text
    }

    fn by_status(&self, registry: &mut Registry) {
        let (parcels, attention) = (family(), family());
        for count in &self.statuses {
            let labels = vec![("status", count.status.as_str().to_owned())];
            set(&parcels, &labels, count.parcels);
            set(&attention, &labels, count.need_attention);
        }
        registry.register("parcels", "Parcels that are followed, by status", parcels);
        registry.register(
            "parcels_needing_attention",
            "Parcels that a person should look at, by status",
            attention,
        );
    }

    fn by_consumer(&self, registry: &mut Registry) {
        let (lag, dead_letters) = (family(), family());
        for consumer in &self.consumers {
            let labels = vec![("consumer", consumer.name.clone())];
            set(&lag, &labels, consumer.behind);
            set(&dead_letters, &labels, consumer.dead_letters);
        }
        registry.register(
            "consumer_behind",
            "Changes that the consumer has not acknowledged",
            lag,
        );
        registry.register(
            "consumer_dead_letters",
            "Changes that could not be delivered to the consumer",
            dead_letters,
        );
    }

    fn waiting(&self, registry: &mut Registry) {
        let (calls, longest) = (family(), family());
        for (account, waits) in &self.waits {
            let labels = vec![("account", account.clone())];
            let count = u64::try_from(waits.calls).unwrap_or(u64::MAX);
            set(&calls, &labels, count);
            let wait = waits.longest.unwrap_or_default();
            set(&longest, &labels, wait.as_secs());
        }
        registry.register(
            "calls_waiting",
            "Calls of this process that wait for the request limit, by account",
            calls,
        );
        registry.register_with_unit(
            "longest_wait",
            "For how long the first of these calls waits",
            Unit::Seconds,
            longest,
        );
    }

    fn by_account(&self, registry: &mut Registry) {
        let (due, failing, resting) = (family(), family(), family());
        let (overdue, paused) = (family(), family());
        for account in &self.accounts {
            let labels = vec![("account", account.name.clone())];
            set(&due, &labels, account.due);
            set(&failing, &labels, account.failing);
            set(&resting, &labels, account.resting);
            let waits = account.due_since.and_then(|since| self.now.since(since));
            set(&overdue, &labels, waits.map_or(0, |it| it.as_secs()));
            let pause = account.paused_until.and_then(|until| until.since(self.now));
            set(&paused, &labels, pause.map_or(0, |it| it.as_secs()));
        }
        registry.register("parcels_due", "Parcels that are due now, by account", due);
        registry.register(
            "parcels_failing",
            "Parcels whose last look failed, by account",
            failing,
        );
        registry.register(
            "parcels_resting",
            "Parcels that nobody looks at any more, by account",
            resting,
        );
        registry.register_with_unit(
            "oldest_due",
            "For how long the parcel that is due for longest waits, by account",
            Unit::Seconds,
            overdue,
        );
        registry.register_with_unit(
            "account_pause",
            "For how long no parcel of the account is looked at",
            Unit::Seconds,
            paused,
        );
    }
}

fn family() -> Family<Labels, Gauge> {
    Family::default()
}

fn set(family: &Family<Labels, Gauge>, labels: &Labels, value: u64) {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    family.get_or_create(labels).set(value);
}
