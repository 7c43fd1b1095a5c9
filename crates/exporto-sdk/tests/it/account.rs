//! A transport that responds by path and query, for calls whose order is not fixed. Every response takes a
//! second of the paused clock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use exporto_sdk::tracking_http::{SendLimits, Transport, TransportError};
use exporto_sdk::{Client, ConfigureClient as _, RetryPolicy};
use http::{Request, Response};
use serde_json::{Value, json};
use tokio::time::sleep;
use tracking_core::kit::BoxFuture;

use crate::server::{PASSWORD, USERNAME, fixture, fixture_json};

/// Responds by path and query, and counts what is under way.
#[derive(Debug, Default)]
pub(crate) struct Account {
    responses: HashMap<String, (u16, String)>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    asked: Vec<String>,
    under_way: usize,
    most_under_way: usize,
}

impl Account {
    pub(crate) fn with(mut self, target: &str, status: u16, body: &Value) -> Self {
        let response = (status, body.to_string());
        self.responses.insert(format!("/v1{target}"), response);
        self
    }

    /// The list of tours, and the empty page behind it.
    pub(crate) fn tours(self, tours: &[&str]) -> Self {
        self.with("/tour?page=0", 200, &json!(tours))
            .with("/tour?page=1", 200, &json!([]))
    }

    pub(crate) fn tour(self, tour: &str, shipments: &Value) -> Self {
        self.with(&format!("/tour/{tour}/shipment"), 200, shipments)
    }

    pub(crate) fn shipment(self, id: &str) -> Self {
        self.shipment_with(id, &json!({ "shipmentId": id, "status": "processed" }))
    }

    pub(crate) fn shipment_with(self, id: &str, body: &Value) -> Self {
        self.with(&format!("/shipment/{id}"), 200, body)
    }

    /// A fixture of `get-shipment` under its own id.
    pub(crate) fn stored(self, name: &str) -> Self {
        let body = fixture_json(&format!("get-shipment/{name}"));
        let id = body["shipmentId"].as_str().unwrap().to_owned();
        self.shipment_with(&id, &body)
    }

    /// What the two searches for a number find.
    pub(crate) fn search(self, number: &str, outbound: &Value, inbound: &Value) -> Self {
        let target = |role: &str| format!("/shipment/search?foreign{role}TrackingId={number}");
        self.with(&target("Outbound"), 200, outbound)
            .with(&target("Inbound"), 200, inbound)
    }

    pub(crate) fn client(self) -> (Client, Arc<Self>) {
        let account = Arc::new(self);
        let client = Client::builder(USERNAME, PASSWORD)
            .with_base_url("https://exporto.invalid/v1")
            .with_transport(Arc::clone(&account))
            .with_retry(RetryPolicy::none())
            .build()
            .unwrap();
        (client, account)
    }

    pub(crate) fn most_under_way(&self) -> usize {
        self.state.lock().unwrap().most_under_way
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.clone()
    }
}

impl Transport for Account {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let target = request.uri().path_and_query().unwrap().as_str().to_owned();
            if target == "/v1/auth/token" {
                return Ok(Response::new(fixture("create-token/200_token.json").into()));
            }
            {
                let mut state = self.state.lock().unwrap();
                state
                    .asked
                    .push(target.strip_prefix("/v1").unwrap().to_owned());
                state.under_way += 1;
                state.most_under_way = state.most_under_way.max(state.under_way);
            }
            sleep(Duration::from_secs(1)).await;
            self.state.lock().unwrap().under_way -= 1;
            let unknown = || (404, r#"{"message":"Shipment not found"}"#.to_owned());
            let (status, body) = self.responses.get(&target).cloned().unwrap_or_else(unknown);
            let mut response = Response::new(Bytes::from(body));
            *response.status_mut() = status.try_into().unwrap();
            Ok(response)
        })
    }
}
