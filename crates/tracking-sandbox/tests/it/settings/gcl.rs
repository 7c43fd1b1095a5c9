//! The settings of GCL.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::{Parcel, Scan, Step};

use super::walk::{Client, RECEIVER, Row, gives_up, walk};
use crate::account::Reply;
use crate::gcl::desk::{Desk, order, quote};
use crate::receiver::{Received, Receiver};

const HOUR: Duration = Duration::from_secs(3600);

impl Client for Desk {
    const PROVIDER: &'static str = "gcl";

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

fn account_rows() -> Vec<Row<Desk>> {
    vec![
        Row::new(
            "enabled",
            false,
            |desk, _| Box::pin(async { status(&desk.demo().await) }),
            [200, 403],
        ),
        Row::new(
            "rate_limits",
            false,
            |desk, _| {
                Box::pin(async {
                    desk.account().configure(|settings| settings.per_second = 0);
                    status(&desk.demo().await)
                })
            },
            [429, 200],
        ),
        Row::new(
            "per_second",
            0,
            |desk, _| Box::pin(async { status(&desk.demo().await) }),
            [200, 429],
        ),
        Row::new(
            "webhooks.url",
            RECEIVER,
            |desk, receiver| {
                Box::pin(async {
                    deliver_demo(desk).await;
                    json!(receiver.received().len())
                })
            },
            [0, 1],
        ),
        Row::new(
            "webhooks.method",
            "put",
            |desk, receiver| {
                Box::pin(async { json!(notification(desk, receiver).await.method.as_str()) })
            },
            ["POST", "PUT"],
        ),
        Row::new(
            "webhooks.format",
            "xml",
            |desk, receiver| {
                Box::pin(async { json!(notification(desk, receiver).await.content_type) })
            },
            ["application/json", "application/xml"],
        ),
        Row::new(
            "webhooks.headers",
            json!({ "x-shop-token": "open sesame" }),
            |desk, receiver| {
                Box::pin(async {
                    json!(
                        notification(desk, receiver)
                            .await
                            .headers
                            .contains_key("x-shop-token")
                    )
                })
            },
            [false, true],
        ),
        Row::new(
            "webhooks.triggers",
            json!(["shipping_order_created"]),
            |desk, receiver| {
                Box::pin(async {
                    connect(desk, receiver);
                    desk.ship(&order("standard")).await;
                    desk.account().webhooks_settled().await;
                    json!(receiver.received().len())
                })
            },
            [0, 1],
        ),
        Row::new(
            "webhooks.timeout_ms",
            1,
            |desk, receiver| {
                Box::pin(async {
                    receiver.fall_silent();
                    connect(desk, receiver);
                    desk.sandbox.clock().advance(HOUR * 5);
                    let account = desk.account();
                    json!(gives_up(desk, account.webhooks_settled()).await)
                })
            },
            [false, true],
        ),
    ]
}

fn assumption_rows() -> Vec<Row<Desk>> {
    vec![
        Row::new(
            "assumptions.wrong_key_status",
            403,
            |desk, _| {
                Box::pin(async {
                    status(
                        &Reply::read(
                            desk.http()
                                .get(desk.url("/tracking/A1"))
                                .send()
                                .await
                                .unwrap(),
                        )
                        .await,
                    )
                })
            },
            [401, 403],
        ),
        Row::new(
            "assumptions.not_found_status",
            200,
            |desk, _| Box::pin(async { status(&desk.track("NOBODY-1").await) }),
            [404, 200],
        ),
        Row::new(
            "assumptions.created_status",
            201,
            |desk, _| Box::pin(async { status(&create(desk).await) }),
            [200, 201],
        ),
        Row::new(
            "assumptions.error_details",
            true,
            |desk, _| {
                Box::pin(async { json!(desk.track("NOBODY-1").await.at("/details").is_object()) })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.missing",
            "null",
            |desk, _| Box::pin(async { bare(desk).await["shipmentMethodUid"].clone() }),
            [json!(""), Value::Null],
        ),
        Row::new(
            "assumptions.omit_empty_checkpoints",
            true,
            |desk, _| {
                Box::pin(async {
                    let quiet = desk.show("QUIET-1", Parcel::new("ups", "QUIET-1")).await;
                    json!(quiet["checkpoints"].is_array())
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.oldest_first",
            true,
            |desk, _| Box::pin(async { desk.demo().await.at("/checkpoints/0/statusUid") }),
            ["out_for_delivery", "registered"],
        ),
        Row::new(
            "assumptions.fractional_status",
            true,
            |desk, _| Box::pin(async { json!(desk.demo().await.text.contains("\"status\":2.0,")) }),
            [false, true],
        ),
        Row::new(
            "assumptions.offset_times",
            true,
            |desk, _| Box::pin(async { desk.demo().await.at("/checkpoints/0/createdAt") }),
            ["2026-03-02T07:25:00Z", "2026-03-02T08:25:00+01:00"],
        ),
        Row::new(
            "assumptions.accepted_is_shipped",
            true,
            |desk, _| {
                Box::pin(async {
                    let parcel = Parcel::new("ups", "SENT-1").scan(Scan::ago(HOUR, Step::Accepted));
                    desk.show("SENT-1", parcel).await["checkpoints"][0]["statusUid"].clone()
                })
            },
            ["in_transit", "shipped"],
        ),
        Row::new(
            "assumptions.spellings",
            json!({ "out_for_delivery": "on_the_van" }),
            |desk, _| Box::pin(async { desk.demo().await.at("/checkpoints/0/statusUid") }),
            ["out_for_delivery", "on_the_van"],
        ),
        Row::new(
            "assumptions.data_source",
            "northwind-data",
            |desk, _| Box::pin(async { desk.demo().await.at("/checkpoints/0/signedBy") }),
            ["aftership", "northwind-data"],
        ),
        Row::new(
            "assumptions.accept_bearer",
            false,
            |desk, _| {
                Box::pin(async {
                    let request = desk.http().get(desk.url("/tracking/RB473128508SG"));
                    let request = request.bearer_auth(desk.account().api_key());
                    status(&Reply::read(request.send().await.unwrap()).await)
                })
            },
            [200, 401],
        ),
        Row::new(
            "assumptions.require_every_key",
            false,
            |desk, _| {
                Box::pin(async {
                    let mut body = quote();
                    body["receiver"]["address"]
                        .as_object_mut()
                        .unwrap()
                        .remove("suburb");
                    status(&desk.post("/shipping-methods/quote", &body).await)
                })
            },
            [400, 200],
        ),
        Row::new(
            "assumptions.refuse_repeated_order",
            true,
            |desk, _| {
                Box::pin(async {
                    create(desk).await;
                    status(&create(desk).await)
                })
            },
            [200, 409],
        ),
        Row::new(
            "assumptions.documented_order_keys_only",
            true,
            |desk, _| {
                Box::pin(async {
                    json!(
                        create(desk)
                            .await
                            .at("/packages/0/trackingNumber")
                            .is_string()
                    )
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.webhook_retries",
            0,
            |desk, receiver| {
                Box::pin(async {
                    receiver.respond_next(500, "");
                    notification(desk, receiver).await;
                    json!(desk.account().webhooks_waiting())
                })
            },
            [1, 0],
        ),
    ]
}

fn status(response: &Reply) -> Value {
    json!(response.status)
}

async fn create(desk: &Desk) -> Reply {
    desk.post("/shipping-orders", &order("standard")).await
}

/// A parcel without a method.
async fn bare(desk: &Desk) -> Value {
    let parcel = Parcel::new("ups", "BARE-1").scan(Scan::ago(HOUR, Step::Moved));
    desk.show("BARE-1", parcel).await
}

/// Makes the receiver the address of notifications.
fn connect(desk: &Desk, receiver: &Receiver) {
    let url = receiver.url.parse().unwrap();
    desk.account()
        .configure(|settings| settings.webhooks.url = Some(url));
}

/// Waits until the demo parcel is delivered, which is one more scan.
async fn deliver_demo(desk: &Desk) {
    desk.sandbox.clock().advance(HOUR * 5);
    desk.account().webhooks_settled().await;
}

/// The notification about the delivery of the demo parcel.
async fn notification(desk: &Desk, receiver: &Receiver) -> Received {
    connect(desk, receiver);
    deliver_demo(desk).await;
    receiver.received().remove(0)
}
