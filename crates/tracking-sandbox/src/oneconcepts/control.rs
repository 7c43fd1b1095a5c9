//! Control paths of this provider: the account and its orders.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::Subject;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::settings::{PARTNER, TokenForm};

pub(crate) fn router(provider: &Arc<OneConceptsProvider>) -> Router {
    let settings = Subject {
        show: show_settings,
        change: change_settings,
    };
    let orders = Subject {
        show: show_orders,
        change: change_orders,
    };
    Router::new()
        .route("/settings", settings.paths(provider))
        .route("/orders", orders.paths(provider))
}

fn show_settings(provider: &OneConceptsProvider) -> Value {
    let state = provider.state();
    let settings = &state.settings;
    json!({
        "email": settings.email,
        "password": settings.password,
        "partner": PARTNER,
        "token_life_seconds": settings.token_life.as_secs(),
        "token_form": settings.token_form,
        "next_link_origin": settings.next_link_origin,
        "orders": state.orders.all().count(),
        "trackings": state.trackings.all().count(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsChange {
    email: Option<String>,
    password: Option<String>,
    token_life_seconds: Option<u32>,
    token_form: Option<TokenForm>,
    /// True lets all tokens expire that were made so far.
    expire_tokens: Option<bool>,
    /// An empty text takes it away.
    next_link_origin: Option<String>,
}

fn change_settings(
    provider: &OneConceptsProvider,
    change: SettingsChange,
) -> Result<Value, String> {
    {
        let mut state = provider.state();
        if change.expire_tokens == Some(true) {
            state.tokens.expire();
        }
        let settings = &mut state.settings;
        if let Some(email) = change.email {
            settings.email = email;
        }
        if let Some(password) = change.password {
            settings.password = password;
        }
        if let Some(seconds) = change.token_life_seconds {
            settings.token_life = Duration::from_secs(seconds.into());
        }
        if let Some(form) = change.token_form {
            settings.token_form = form;
        }
        if let Some(origin) = change.next_link_origin {
            settings.next_link_origin = Some(origin).filter(|origin| !origin.is_empty());
        }
    }
    Ok(show_settings(provider))
}

fn show_orders(provider: &OneConceptsProvider) -> Value {
    let now = provider.snapshot().now;
    let state = provider.state();
    state
        .orders
        .all()
        .map(|order| {
            let trackings = state.trackings_of(order, now);
            json!({
                "external_order_number": order.external_number,
                "status": order.status(&trackings).text(),
                "parcels": order.parcels,
                "trackings": trackings.len(),
            })
        })
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrdersChange {
    external_order_number: String,
    /// A number of each parcel that belongs to the order.
    parcels: Vec<String>,
}

fn change_orders(provider: &OneConceptsProvider, change: OrdersChange) -> Result<Value, String> {
    let OrdersChange {
        external_order_number,
        parcels,
    } = change;
    let parcels: Vec<_> = parcels.iter().map(String::as_str).collect();
    provider
        .pack(&external_order_number, &parcels)
        .map_err(|error| error.to_string())?;
    Ok(show_orders(provider))
}
