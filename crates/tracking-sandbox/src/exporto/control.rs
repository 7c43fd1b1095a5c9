//! Control paths of this provider: the account, its tokens, and what is assumed about tours.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::{Quota, Subject};
use crate::exporto::auth::{PASSWORD, USERNAME};
use crate::exporto::provider::ExportoProvider;
use crate::exporto::settings::{ContentType, RequestIdHeader, TourShape, TourShipmentsShape};
use crate::exporto::tour_paths::TourPaths;

pub(crate) fn router(provider: &Arc<ExportoProvider>) -> Router {
    let settings = Subject {
        show: show_settings,
        change: change_settings,
    };
    Router::new().route("/settings", settings.paths(provider))
}

fn show_settings(provider: &ExportoProvider) -> Value {
    let state = provider.state();
    let settings = &state.settings;
    let assumptions = &settings.assumptions;
    json!({
        "username": USERNAME,
        "password": PASSWORD,
        "token_lifetime_seconds": settings.token_lifetime.as_secs(),
        "tokens": state.tokens.issued(),
        "per_second": settings.per_second,
        "content_type": settings.content_type,
        "request_id_header": settings.request_id_header,
        "label_methods": settings.label_methods,
        "label_outage": settings.label_outage,
        "registration_outage": settings.registration_outage,
        "processed_at": assumptions.processed_at,
        "timestamps": assumptions.timestamps,
        "tour_paths": assumptions.tour_paths,
        "tours": assumptions.tours,
        "tour_shipments": assumptions.tour_shipments,
        "labels": state.labels,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    token_lifetime_seconds: Option<u32>,
    /// True ends all tokens that are out.
    expire_tokens: Option<bool>,
    /// A number of requests, or "unlimited".
    per_second: Option<Quota>,
    content_type: Option<ContentType>,
    request_id_header: Option<RequestIdHeader>,
    label_methods: Option<bool>,
    label_outage: Option<bool>,
    registration_outage: Option<bool>,
    processed_at: Option<bool>,
    timestamps: Option<bool>,
    tour_paths: Option<TourPaths>,
    tours: Option<TourShape>,
    tour_shipments: Option<TourShipmentsShape>,
}

fn change_settings(provider: &ExportoProvider, change: SettingsChange) -> Result<Value, String> {
    {
        let mut state = provider.state();
        if change.expire_tokens == Some(true) {
            state.tokens.expire_all();
        }
        let settings = &mut state.settings;
        if let Some(seconds) = change.token_lifetime_seconds {
            settings.token_lifetime = Duration::from_secs(seconds.into());
        }
        if let Some(limit) = change.per_second {
            settings.per_second = limit.left();
        }
        let assumptions = &mut settings.assumptions;
        let flags = [
            (change.label_methods, &mut settings.label_methods),
            (change.label_outage, &mut settings.label_outage),
            (
                change.registration_outage,
                &mut settings.registration_outage,
            ),
            (change.processed_at, &mut assumptions.processed_at),
            (change.timestamps, &mut assumptions.timestamps),
        ];
        for (wish, flag) in flags {
            *flag = wish.unwrap_or(*flag);
        }
        put(&mut settings.content_type, change.content_type);
        put(&mut settings.request_id_header, change.request_id_header);
        put(&mut assumptions.tour_paths, change.tour_paths);
        put(&mut assumptions.tours, change.tours);
        put(&mut assumptions.tour_shipments, change.tour_shipments);
    }
    Ok(show_settings(provider))
}

fn put<T>(setting: &mut T, wish: Option<T>) {
    if let Some(wish) = wish {
        *setting = wish;
    }
}
