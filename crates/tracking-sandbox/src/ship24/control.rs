//! Control paths of this provider: the account, its limits and its webhooks.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use serde::Deserialize;
use serde_json::{Value, json};

use super::auth::{API_KEY, WEBHOOK_SECRET};
use super::provider::Ship24Provider;
use crate::control::{Address, Quota, Subject, account_paths};
use crate::webhooks::LoopbackUrl;

pub(crate) fn router(provider: &Arc<Ship24Provider>) -> Router {
    let settings = Subject {
        show: show_settings,
        change: change_settings,
    };
    let webhooks = Subject {
        show: show_webhooks,
        change: change_webhooks,
    };
    account_paths(provider, settings, webhooks)
}

fn show_settings(provider: &Ship24Provider) -> Value {
    let state = provider.state();
    let settings = &state.settings;
    let limits: serde_json::Map<String, Value> = Ship24Provider::documented_limits()
        .map(|(operation, limit)| {
            let limit = settings.own_limits.get(operation).copied().unwrap_or(limit);
            (operation.to_owned(), Value::from(limit))
        })
        .collect();
    json!({
        "api_key": API_KEY,
        "webhook_secret": WEBHOOK_SECRET,
        "per_shipment": settings.per_shipment,
        "per_call": settings.per_call,
        "predictions": settings.predictions,
        "quota": settings.quota,
        "rate_limits": settings.rate_limits,
        "limits": limits,
        "courier_delay_ms": u64::try_from(settings.courier_delay.as_millis()).unwrap_or(u64::MAX),
        "trackers": state.trackers.len(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    per_shipment: Option<bool>,
    per_call: Option<bool>,
    predictions: Option<bool>,
    /// A number of new trackers, or "unlimited".
    quota: Option<Quota>,
    rate_limits: Option<bool>,
    /// Requests per second by operation.
    limits: Option<std::collections::HashMap<String, u32>>,
    courier_delay_ms: Option<u32>,
}

fn change_settings(provider: &Ship24Provider, change: SettingsChange) -> Result<Value, String> {
    if let Some(limits) = &change.limits {
        for operation in limits.keys() {
            provider
                .known_operation(operation)
                .map_err(|error| error.to_string())?;
        }
    }
    {
        let settings = &mut provider.state().settings;
        if let Some(active) = change.per_shipment {
            settings.per_shipment = active;
        }
        if let Some(active) = change.per_call {
            settings.per_call = active;
        }
        if let Some(active) = change.predictions {
            settings.predictions = active;
        }
        if let Some(quota) = change.quota {
            settings.quota = quota.left();
        }
        if let Some(active) = change.rate_limits {
            settings.rate_limits = active;
        }
        settings
            .own_limits
            .extend(change.limits.unwrap_or_default());
        if let Some(millis) = change.courier_delay_ms {
            settings.courier_delay = Duration::from_millis(millis.into());
        }
    }
    Ok(show_settings(provider))
}

fn show_webhooks(provider: &Ship24Provider) -> Value {
    let state = provider.state();
    let outbox = &state.outbox;
    json!({
        "url": outbox.url.as_ref().map(LoopbackUrl::as_str),
        "proof_url": outbox.proof_url.as_ref().map(LoopbackUrl::as_str),
        "duplicates": outbox.duplicates,
        "newest_first": outbox.newest_first,
        "group_size": outbox.group_size,
        "waiting": outbox.queue.waiting(),
        "under_way": outbox.queue.under_way(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhooksChange {
    /// An empty text takes the address away.
    url: Option<Address>,
    proof_url: Option<Address>,
    duplicates: Option<bool>,
    newest_first: Option<bool>,
    group_size: Option<usize>,
}

fn change_webhooks(provider: &Ship24Provider, change: WebhooksChange) -> Result<Value, String> {
    {
        let outbox = &mut provider.state().outbox;
        if let Some(Address(url)) = change.url {
            outbox.url = url;
        }
        if let Some(Address(url)) = change.proof_url {
            outbox.proof_url = url;
        }
        if let Some(duplicates) = change.duplicates {
            outbox.duplicates = duplicates;
        }
        if let Some(newest_first) = change.newest_first {
            outbox.newest_first = newest_first;
        }
        if let Some(size) = change.group_size {
            outbox.group_size = size.max(1);
        }
    }
    provider.signals.wake();
    Ok(show_webhooks(provider))
}
