use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::any;
use tokio::sync::Mutex;
use tracking_core::webhook::{ReceivedUpdate, WebhookEndpoint, WebhookRequest};
use tracking_core::{ProviderSet, Shipment};

/// Each account has an address: `/webhooks/ship24`, `/webhooks/trackingmore`, `/webhooks/gcl`.
fn accounts() -> Result<ProviderSet, Box<dyn Error>> {
    let mut accounts = ProviderSet::new();
    accounts.add(Arc::new(ship24_sdk::Client::from_env()?))?; // SHIP24_WEBHOOK_SECRET
    accounts.add(Arc::new(trackingmore_sdk::Client::from_env()?))?; // TRACKINGMORE_ACCOUNT_EMAIL
    accounts.add(Arc::new(gcl_sdk::Client::from_env()?))?; // GCL_WEBHOOK_HEADER, GCL_WEBHOOK_SECRET
    Ok(accounts)
}

struct Server {
    endpoint: WebhookEndpoint,
    /// In place of your database, where a transaction keeps others from the row between read and write.
    shipments: Mutex<Vec<Shipment>>,
}

async fn handle(server: Arc<Server>, update: ReceivedUpdate) -> Result<(), tracking_core::Error> {
    let mut shipments = server.shipments.lock().await;
    let stored = |it: &Shipment| it.is_same_shipment(update.shipment());
    let position = shipments.iter().position(stored);
    let known = position.map(|position| shipments[position].clone());
    // A message of these providers is only a hint, so this asks the provider.
    let Some(merged) = update.merge_into(known).await? else {
        return Ok(());
    };
    for change in &merged.changes {
        println!("{}: {change}", merged.shipment.number);
    }
    match position {
        Some(position) => shipments[position] = merged.shipment,
        None => shipments.push(merged.shipment),
    }
    Ok(())
}

async fn webhook(
    State(server): State<Arc<Server>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // On a task of its own: axum drops a handler when the sender hangs up.
    let task = tokio::spawn(async move {
        let header = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
        let request = WebhookRequest::new(&body, header).with_target(method.as_str(), uri.path());
        let handler = |update| handle(Arc::clone(&server), update);
        let received = server.endpoint.receive(request, handler).await;
        for problem in &received.problems {
            eprintln!("{uri}: not understood: {}: {}", problem.path, problem.message);
        }
        if let Some(error) = &received.error {
            eprintln!("{uri}: {}: {error}", received.outcome);
        }
        for failure in &received.failures {
            eprintln!("{uri}: not handled: {failure}");
        }
        received.reply
    });
    let Ok(reply) = task.await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let status = StatusCode::from_u16(reply.status()).unwrap_or_default();
    let headers = AppendHeaders(reply.headers().to_vec());
    (status, headers, Body::from(reply.body())).into_response()
}

fn router(server: Arc<Server>) -> Router {
    // What is longer gets 413, before it is read.
    let limit = DefaultBodyLimit::max(server.endpoint.max_body());
    Router::new()
        .route("/webhooks/{account}", any(webhook))
        .layer(limit)
        .with_state(server)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = Server {
        endpoint: WebhookEndpoint::new(accounts()?),
        shipments: Mutex::default(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router(Arc::new(server))).await?;
    Ok(())
}
