//! Control paths of this provider: the account, its limits and its webhooks.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use serde::Deserialize;
use serde_json::{Value, json};

use super::provider::{API_KEY, TrackingMoreProvider};
use super::state;
use super::webhooks::form::{LATER_SECRET, WebhookForm};
use crate::control::{Address, Quota, Subject, account_paths};
use crate::webhooks::LoopbackUrl;

pub(crate) fn router(provider: &Arc<TrackingMoreProvider>) -> Router {
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

fn show_settings(provider: &TrackingMoreProvider) -> Value {
    let state = provider.state();
    let settings = &state.settings;
    json!({
        "api_key": API_KEY,
        "key_deleted": settings.key_deleted,
        "email": settings.email,
        "features": settings.features,
        "quota": state.quota.left(),
        "rate_limits": settings.rate_limits,
        "per_second": settings.per_second,
        "realtime_per_second": settings.realtime_per_second,
        "query_delay_seconds": settings.query_delay.as_secs(),
        "repeat_handover": settings.repeat_handover,
        "trackings": state.trackings.len(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    key_deleted: Option<bool>,
    email: Option<String>,
    features: Option<bool>,
    /// A number of trackings, or "unlimited".
    quota: Option<Quota>,
    rate_limits: Option<bool>,
    per_second: Option<u32>,
    realtime_per_second: Option<u32>,
    query_delay_seconds: Option<u32>,
    repeat_handover: Option<bool>,
}

fn change_settings(
    provider: &TrackingMoreProvider,
    change: SettingsChange,
) -> Result<Value, String> {
    {
        let mut state = provider.state();
        if let Some(quota) = change.quota {
            state.quota = state::Quota::of(quota.left());
        }
        let settings = &mut state.settings;
        let flags = [
            (change.key_deleted, &mut settings.key_deleted),
            (change.features, &mut settings.features),
            (change.rate_limits, &mut settings.rate_limits),
            (change.repeat_handover, &mut settings.repeat_handover),
        ];
        for (wish, flag) in flags {
            *flag = wish.unwrap_or(*flag);
        }
        if let Some(email) = change.email {
            settings.email = email;
        }
        if let Some(limit) = change.per_second {
            settings.per_second = limit;
        }
        if let Some(limit) = change.realtime_per_second {
            settings.realtime_per_second = limit;
        }
        if let Some(seconds) = change.query_delay_seconds {
            settings.query_delay = Duration::from_secs(seconds.into());
        }
    }
    Ok(show_settings(provider))
}

fn show_webhooks(provider: &TrackingMoreProvider) -> Value {
    let state = provider.state();
    let webhooks = &state.webhooks;
    json!({
        "url": webhooks.url.as_ref().map(LoopbackUrl::as_str),
        "form": webhooks.form,
        "secret_of_later_versions": LATER_SECRET,
        "duplicates": webhooks.duplicates,
        "age_seconds": webhooks.age.as_secs(),
        "waiting": state.queue.waiting(),
        "under_way": state.queue.under_way(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhooksChange {
    /// An empty text takes the address away.
    url: Option<Address>,
    form: Option<WebhookForm>,
    duplicates: Option<bool>,
    age_seconds: Option<u32>,
}

fn change_webhooks(
    provider: &TrackingMoreProvider,
    change: WebhooksChange,
) -> Result<Value, String> {
    {
        let webhooks = &mut provider.state().webhooks;
        if let Some(Address(url)) = change.url {
            webhooks.url = url;
        }
        if let Some(form) = change.form {
            webhooks.form = form;
        }
        if let Some(duplicates) = change.duplicates {
            webhooks.duplicates = duplicates;
        }
        if let Some(seconds) = change.age_seconds {
            webhooks.age = Duration::from_secs(seconds.into());
        }
    }
    provider.signals.wake();
    Ok(show_webhooks(provider))
}
