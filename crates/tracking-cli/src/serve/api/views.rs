//! What the API says of a parcel, a change and an account.

use gcl_sdk::tracking_http::RateClass;
use serde::Serialize;
use serde_json::Value;
use tracking_follow::{AccountReport, ChangeRecord, Parcel};
use utoipa::ToSchema;

use crate::render::json::without_raw;
use crate::render::labels::target_kind;
use crate::waits::WaitReport;

/// A parcel, without its shipments.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ParcelView {
    /// Identifies the parcel.
    id: i64,
    /// The account that looks it up.
    account: String,
    /// What it is looked up by: `number`, `id` (the provider's) or `reference` (yours, at the provider).
    kind: &'static str,
    /// The number, id or reference.
    target: String,
    /// Your own reference.
    reference: Option<String>,
    /// Your tags.
    tags: Vec<String>,
    /// The status, such as `in_transit`; `pending` before the first look.
    status: String,
    /// Whether a person should look at it.
    needs_attention: bool,
    /// Since when it is followed (RFC 3339, UTC, like all times here).
    #[schema(format = DateTime)]
    since: String,
    /// When it was last looked at, successfully or not.
    #[schema(format = DateTime)]
    looked_at: Option<String>,
    /// When it will be looked at; null if it rests.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// When a look last brought a change.
    #[schema(format = DateTime)]
    news_at: Option<String>,
    /// How many looks failed in a row.
    failures: u32,
    /// Why the last look failed.
    problem: Option<String>,
}

impl ParcelView {
    pub(super) fn of(parcel: &Parcel) -> Self {
        let text = |time: tracking_core::UtcTime| time.to_string();
        Self {
            id: parcel.id.as_i64(),
            account: parcel.account.clone(),
            kind: target_kind(&parcel.request.target),
            target: parcel.request.target.as_str().to_owned(),
            reference: parcel.reference.clone(),
            tags: parcel.tags.clone(),
            status: parcel.status.as_str().to_owned(),
            needs_attention: parcel.needs_attention,
            since: text(parcel.since),
            looked_at: parcel.looked_at.map(text),
            due_at: parcel.due_at.map(text),
            news_at: parcel.news_at.map(text),
            failures: parcel.failures,
            problem: parcel.problem.clone(),
        }
    }
}

/// A parcel with all that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ParcelDetails {
    #[serde(flatten)]
    parcel: ParcelView,
    /// The shipments, in the form in which `tracking-core` stores them.
    #[schema(value_type = Vec<Object>)]
    shipments: Vec<Value>,
}

impl ParcelDetails {
    pub(super) fn of(parcel: &Parcel) -> Self {
        Self {
            parcel: ParcelView::of(parcel),
            shipments: parcel.shipments.iter().map(without_raw).collect(),
        }
    }
}

/// A change of a parcel.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeView {
    /// Its number: in order, without gaps, never used again.
    seq: u64,
    /// The parcel, which may have been removed since.
    parcel: i64,
    /// The account that looked.
    account: String,
    /// When it was seen.
    #[schema(format = DateTime)]
    time: String,
    /// The provider.
    provider: String,
    /// The tracking number, as the provider writes it.
    number: String,
    /// Your own reference at the provider.
    reference: Option<String>,
    /// The status after the change.
    status: String,
    /// What all changes of the look mean for a customer, if they mean something.
    headline: Option<String>,
    /// The change as a sentence.
    text: String,
    /// The change, in the form in which `tracking-core` stores it.
    #[schema(value_type = Object)]
    change: Value,
}

impl ChangeView {
    pub(super) fn of(record: &ChangeRecord) -> Self {
        Self {
            seq: record.seq,
            parcel: record.parcel.as_i64(),
            account: record.account.clone(),
            time: record.time.to_string(),
            provider: record.provider.clone(),
            number: record.number.clone(),
            reference: record.reference.clone(),
            status: record.status.clone(),
            headline: record.headline.clone(),
            text: record.change.to_string(),
            // Changes are stored as JSON, so they can be written as JSON.
            change: serde_json::to_value(&record.change).unwrap_or_default(),
        }
    }
}

/// An account, and what there is to know of its parcels.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountView {
    /// Its name.
    name: String,
    /// Whether this server looks its parcels up.
    is_served: bool,
    /// All of its parcels.
    parcels: u64,
    /// Those that are due now.
    due: u64,
    /// Since when the first of them is due.
    #[schema(format = DateTime)]
    due_since: Option<String>,
    /// Those that nobody looks at any more.
    resting: u64,
    /// Those whose last look failed.
    failing: u64,
    /// When a parcel of it was last looked at.
    #[schema(format = DateTime)]
    looked_at: Option<String>,
    /// Until when no parcel of it is looked at.
    #[schema(format = DateTime)]
    paused_until: Option<String>,
    /// Why it is paused.
    pause: Option<String>,
    /// Why the latest of the failing looks failed.
    problem: Option<String>,
    /// How many requests its provider allows in `limit_seconds`, as documented; null if no limit is known.
    limit_requests: Option<u32>,
    /// See `limit_requests`.
    limit_seconds: Option<f64>,
    /// How many calls of this server wait for the limit now; null if it makes none.
    calls_waiting: Option<usize>,
    /// For how long the first of them does, in seconds.
    longest_wait: Option<f64>,
}

impl AccountView {
    pub(super) fn of(
        report: AccountReport,
        is_served: bool,
        rate: Option<RateClass>,
        waits: Option<WaitReport>,
    ) -> Self {
        let rate = rate.filter(|it| it.requests > 0);
        let text = |time: tracking_core::UtcTime| time.to_string();
        Self {
            name: report.name,
            is_served,
            parcels: report.parcels,
            due: report.due,
            due_since: report.due_since.map(text),
            resting: report.resting,
            failing: report.failing,
            looked_at: report.looked_at.map(text),
            pause: report.pause.filter(|_| report.paused_until.is_some()),
            paused_until: report.paused_until.map(text),
            problem: report.problem,
            limit_requests: rate.map(|it| it.requests),
            limit_seconds: rate.map(|it| it.per.as_secs_f64()),
            calls_waiting: waits.map(|it| it.calls),
            longest_wait: waits.and_then(|it| it.longest).map(|it| it.as_secs_f64()),
        }
    }
}
