//! The settings of exporto.

use reqwest::Method;
use serde_json::{Value, json};

use super::walk::{Client, Row, walk};
use crate::account::Reply;
use crate::exporto::merchant::{Merchant, label_request};

impl Client for Merchant {
    const PROVIDER: &'static str = "exporto";

    async fn open() -> Self {
        Self::open().await
    }

    async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.control(method, path, body).await
    }
}

#[tokio::test]
async fn each_setting_is_shown_changed_and_seen() {
    let mut rows = account_rows();
    rows.extend(assumption_rows());
    walk(rows).await;
}

fn account_rows() -> Vec<Row<Merchant>> {
    vec![
        Row::new(
            "token_lifetime_seconds",
            60,
            |merchant, _| {
                Box::pin(async {
                    merchant
                        .ask_token(&json!({ "grant_type": "client_credentials" }))
                        .await
                        .at("/expires_in")
                })
            },
            [1800, 60],
        ),
        Row::new(
            "per_second",
            0,
            |merchant, _| Box::pin(async { status(&merchant.get("/label/methods").await) }),
            [200, 429],
        ),
        Row::new(
            "content_type",
            "text",
            |merchant, _| {
                Box::pin(async {
                    json!(merchant.get("/label/methods").await.header("content-type"))
                })
            },
            [
                "application/json; charset=utf-8",
                "text/plain; charset=utf-8",
            ],
        ),
        Row::new(
            "request_id_header",
            "never",
            |merchant, _| {
                Box::pin(async {
                    let calls = [
                        merchant.get("/label/methods").await,
                        merchant.get("/label/methods").await,
                    ];
                    json!(
                        calls
                            .iter()
                            .filter(|call| !call.header("x-request-id").is_empty())
                            .count()
                    )
                })
            },
            [1, 0],
        ),
        Row::new(
            "label_methods",
            false,
            |merchant, _| Box::pin(async { length(&merchant.get("/label/methods").await) }),
            [3, 0],
        ),
        Row::new(
            "label_outage",
            true,
            |merchant, _| {
                Box::pin(async { status(&merchant.post("/label", &label_request()).await) })
            },
            [201, 503],
        ),
        Row::new(
            "registration_outage",
            true,
            |merchant, _| Box::pin(async { status(&register(merchant).await) }),
            [201, 502],
        ),
    ]
}

fn assumption_rows() -> Vec<Row<Merchant>> {
    vec![
        Row::new(
            "assumptions.processed_at",
            false,
            |merchant, _| Box::pin(async { json!(!demo(merchant).await["processedAt"].is_null()) }),
            [true, false],
        ),
        Row::new(
            "assumptions.timestamps",
            false,
            |merchant, _| {
                Box::pin(async { json!(!demo(merchant).await["carrierReceivedAt"].is_null()) })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.times",
            "offset",
            |merchant, _| {
                Box::pin(async {
                    json!(
                        demo(merchant).await["processedAt"]
                            .as_str()
                            .map(|time| time.ends_with('Z'))
                    )
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.full_search_results",
            true,
            |merchant, _| Box::pin(async { json!(!found(merchant).await["orderId"].is_null()) }),
            [false, true],
        ),
        Row::new(
            "assumptions.time_filter",
            "exactly",
            |merchant, _| {
                Box::pin(async {
                    let long_ago = [("processedAt", "2020-01-01T00:00:00Z")];
                    json!(merchant.search(&long_ago).await.text != "[]")
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.type_is_selector",
            true,
            |merchant, _| {
                Box::pin(async { status(&merchant.search(&[("type", "inbound")]).await) })
            },
            [400, 200],
        ),
        Row::new(
            "assumptions.page_size",
            1,
            |merchant, _| Box::pin(async { json!(length(&merchant.get("/tour").await) == 1) }),
            [false, true],
        ),
        Row::new(
            "assumptions.largest_page",
            1,
            |merchant, _| {
                Box::pin(async { json!(length(&merchant.get("/tour?pageSize=5").await) == 1) })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.ignore_page",
            true,
            |merchant, _| {
                Box::pin(async { length(&merchant.get("/tour?page=99&pageSize=1").await) })
            },
            [0, 1],
        ),
        Row::new(
            "assumptions.tour_paths",
            "plural",
            |merchant, _| Box::pin(async { status(&merchant.get("/tours").await) }),
            [404, 200],
        ),
        Row::new(
            "assumptions.tours",
            "strings",
            |merchant, _| {
                Box::pin(async { json!(merchant.get("/tour").await.at("/0").is_string()) })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.tour_shipments",
            "strings",
            |merchant, _| {
                Box::pin(async {
                    let tour = merchant.demo().tour_id.unwrap();
                    json!(
                        merchant
                            .get(&format!("/tour/{tour}/shipment"))
                            .await
                            .at("/0")
                            .is_string()
                    )
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.empty_tour_response",
            true,
            |merchant, _| {
                Box::pin(async {
                    let body = json!({ "shipmentIds": [merchant.demo().shipment_id] });
                    json!(merchant.post("/tour", &body).await.text.is_empty())
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.wrapped_labels",
            true,
            |merchant, _| {
                Box::pin(async {
                    let label = merchant.post("/label", &label_request()).await.at("/label");
                    json!(label.as_str().map(|base64| base64.contains("\r\n")))
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.registration_status",
            202,
            |merchant, _| Box::pin(async { status(&register(merchant).await) }),
            [201, 202],
        ),
        Row::new(
            "assumptions.registration_body",
            "accepted",
            |merchant, _| Box::pin(async { json!(register(merchant).await.text) }),
            ["", "accepted"],
        ),
    ]
}

fn status(response: &Reply) -> Value {
    json!(response.status)
}

fn length(response: &Reply) -> Value {
    json!(response.json().as_array().map(Vec::len))
}

/// The demo parcel as a shipment.
async fn demo(merchant: &Merchant) -> Value {
    let id = merchant.demo().shipment_id;
    merchant.shipment(&id).await.json()
}

/// The demo parcel as a search shows it.
async fn found(merchant: &Merchant) -> Value {
    let number = merchant.demo().tracking_number;
    let query = [("foreignOutboundTrackingId", number.as_str())];
    merchant.search(&query).await.at("/0")
}

/// Registers a return of the demo parcel.
async fn register(merchant: &Merchant) -> Reply {
    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "RMA-1",
        "foreignInboundTrackingId": "BACK-1",
    });
    merchant.post("/order/return-shipment", &body).await
}
