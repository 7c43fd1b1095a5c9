//! Control paths of this provider: the account, its limits and its notifications.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use http::HeaderName;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::control::{Address, Subject, account_paths};
use crate::gcl::auth::API_KEY;
use crate::gcl::provider::GclProvider;
use crate::gcl::settings::Assumptions;
use crate::gcl::webhook_settings::{Trigger, WebhookFormat, WebhookMethod};
use crate::webhooks::WebhookUrl;

pub(crate) fn router(provider: &Arc<GclProvider>) -> Router {
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

fn show_settings(provider: &GclProvider) -> Value {
    let state = provider.state();
    let settings = &state.settings;
    let order = |order: &super::Order| {
        json!({
            "order_id": order.order_id,
            "order_reference_id": order.order_reference_id,
            "tracking_numbers": order.tracking_numbers,
        })
    };
    json!({
        "api_key": API_KEY,
        "enabled": settings.enabled,
        "rate_limits": settings.rate_limits,
        "per_second": settings.per_second,
        "assumptions": settings.assumptions,
        "orders": state.orders.all().iter().map(order).collect::<Vec<_>>(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    enabled: Option<bool>,
    rate_limits: Option<bool>,
    per_second: Option<u32>,
    /// Those that are to change.
    assumptions: Option<Map<String, Value>>,
}

fn change_settings(provider: &GclProvider, change: SettingsChange) -> Result<Value, String> {
    {
        let settings = &mut provider.state().settings;
        if let Some(wanted) = change.assumptions {
            settings.assumptions = changed(&settings.assumptions, wanted)?;
        }
        settings.enabled = change.enabled.unwrap_or(settings.enabled);
        settings.rate_limits = change.rate_limits.unwrap_or(settings.rate_limits);
        settings.per_second = change.per_second.unwrap_or(settings.per_second);
    }
    Ok(show_settings(provider))
}

/// `known` with some fields changed.
fn changed(known: &Assumptions, wanted: Map<String, Value>) -> Result<Assumptions, String> {
    let mut fields = json!(known);
    if let Some(fields) = fields.as_object_mut() {
        fields.extend(wanted);
    }
    serde_json::from_value(fields).map_err(|error| error.to_string())
}

fn show_webhooks(provider: &GclProvider) -> Value {
    let state = provider.state();
    let webhooks = &state.webhooks;
    json!({
        "url": webhooks.url.as_ref().map(WebhookUrl::as_str),
        "method": webhooks.method,
        "format": webhooks.format,
        "headers": webhooks.headers.keys().map(HeaderName::as_str).collect::<Vec<_>>(),
        "triggers": webhooks.triggers,
        "waiting": state.queue.waiting(),
        "under_way": state.queue.under_way(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhooksChange {
    /// An empty text takes the address away.
    url: Option<Address>,
    method: Option<WebhookMethod>,
    format: Option<WebhookFormat>,
    /// Headers to set; an empty value takes one away.
    headers: Option<BTreeMap<String, String>>,
    triggers: Option<BTreeSet<Trigger>>,
}

fn change_webhooks(provider: &GclProvider, change: WebhooksChange) -> Result<Value, String> {
    {
        let snapshot = provider.snapshot();
        let mut state = provider.state();
        // A header that cannot be sent must leave everything as it was.
        let mut webhooks = state.webhooks.clone();
        for (name, value) in change.headers.unwrap_or_default() {
            webhooks
                .set_header(&name, &value)
                .map_err(|error| error.to_string())?;
        }
        if let Some(Address(url)) = change.url {
            webhooks.url = url;
        }
        webhooks.method = change.method.unwrap_or(webhooks.method);
        webhooks.format = change.format.unwrap_or(webhooks.format);
        if let Some(triggers) = change.triggers {
            webhooks.triggers = triggers;
        }
        // What has happened so far is announced, or not, under the settings of that time.
        state.announce_all(&snapshot);
        state.webhooks = webhooks;
    }
    provider.queue.wake();
    Ok(show_webhooks(provider))
}
