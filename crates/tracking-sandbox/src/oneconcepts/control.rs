//! What a test can make the account do over HTTP, beside its settings.

use std::sync::Arc;

use axum::Router;
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::{Subject, ok};
use crate::oneconcepts::provider::OneConceptsProvider;

pub(crate) fn router(provider: &Arc<OneConceptsProvider>) -> Router {
    let orders = Subject {
        show: show_orders,
        change: change_orders,
    };
    let expire_tokens = {
        let provider = Arc::clone(provider);
        move || async move {
            provider.state().tokens.expire_all();
            ok(json!({ "expired": true }))
        }
    };
    Router::new()
        .route("/orders", orders.paths(provider))
        .route("/expire_tokens", post(expire_tokens))
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
                "status": order.status(&trackings).as_str(),
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
