//! The settings of Ship24.

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::walk::{Client, Look, RECEIVER, Row, gives_up, walk};
use crate::account::{Account, Reply};
use crate::receiver::Receiver;

/// Four scans, none of them a delivery.
const IN_TRANSIT: &str = "SHIP24_SAMPLE_IN_TRANSIT_001";

impl Client for Account {
    const PROVIDER: &'static str = "ship24";

    async fn open() -> Self {
        Self::open().await
    }

    async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.control(method, path, body).await
    }
}

#[tokio::test]
async fn each_setting_is_shown_changed_and_seen() {
    walk(rows()).await;
}

fn rows() -> Vec<Row<Account>> {
    let list: Look<Account> =
        |account, _| Box::pin(async { status(&account.get("/trackers").await) });
    let search: Look<Account> = |account, _| {
        Box::pin(async {
            let body = json!({ "trackingNumber": Sandbox::DEMO_NUMBER });
            status(&account.post("/tracking/search", &body).await)
        })
    };
    let create: Look<Account> = |account, _| {
        Box::pin(async {
            let body = json!({ "trackingNumber": "AB12345" });
            status(&account.post("/trackers", &body).await)
        })
    };
    let track: Look<Account> = |account, _| {
        Box::pin(async {
            let body = json!({ "trackingNumber": "AB12345" });
            status(&account.post("/trackers/track", &body).await)
        })
    };
    let webhooks: Look<Account> =
        |account, receiver| Box::pin(async { webhooks(account, receiver).await });
    vec![
        Row::new("per_shipment", false, list, [200, 422]),
        Row::new("per_call", false, search, [201, 422]),
        Row::new(
            "predictions",
            false,
            |account, _| {
                Box::pin(async {
                    let body = json!({ "trackingNumber": Sandbox::DEMO_NUMBER });
                    let demo = account.post("/trackers/track", &body).await;
                    let path = "/data/trackings/0/shipment/delivery/aiPredictiveDeliveryDate";
                    json!(!demo.at(path).is_null())
                })
            },
            [true, false],
        ),
        Row::new("quota", 0, create, [201, 403]),
        Row::new(
            "rate_limits",
            true,
            |account, _| {
                Box::pin(async { json!(account.get("/trackers").await.header("ratelimit-limit")) })
            },
            ["", "10"],
        ),
        Row::new(
            "per_second",
            json!({ "get-couriers": 7, "list-trackers": 8 }),
            |account, _| {
                Box::pin(async {
                    account
                        .ship24()
                        .configure(|settings| settings.rate_limits = true);
                    let couriers = account.get("/couriers").await;
                    let list = account.get("/trackers").await;
                    json!([couriers, list].map(|it| it.header("ratelimit-limit").to_owned()))
                })
            },
            [json!(["1", "10"]), json!(["7", "8"])],
        ),
        Row::new(
            "courier_delay_ms",
            600_000,
            |account, _| {
                Box::pin(async {
                    let body = json!({ "trackingNumber": "AB12345" });
                    // With a delay one of the two is kept back, and the other one refused.
                    let first = tokio::select! {
                        first = account.post("/trackers/track", &body) => first,
                        second = account.post("/trackers/track", &body) => second,
                    };
                    status(&first)
                })
            },
            [201, 409],
        ),
        Row::new("webhooks.url", RECEIVER, sent, [0, 4]),
        Row::new(
            "webhooks.proof_url",
            RECEIVER,
            |account, receiver| {
                Box::pin(async {
                    let body = json!({ "trackingNumber": "SHIP24_SAMPLE_DELIVERED_001" });
                    account.tracker(&body).await;
                    account.ship24().webhooks_settled().await;
                    json!(receiver.all_at("/metadata/topic"))
                })
            },
            [json!([]), json!(["tracking/pod"])],
        ),
        Row::new(
            "webhooks.duplicates",
            true,
            webhooks,
            [counts([1, 1, 1, 1]), counts([1; 8])],
        ),
        Row::new(
            "webhooks.newest_first",
            true,
            |account, receiver| {
                Box::pin(async {
                    self::webhooks(account, receiver).await;
                    let times = receiver.all_at("/events/0/occurrenceDatetime");
                    let times: Vec<_> = times.iter().filter_map(Value::as_str).collect();
                    json!(times.is_sorted())
                })
            },
            [true, false],
        ),
        Row::new(
            "webhooks.group_size",
            3,
            webhooks,
            [counts([1, 1, 1, 1]), counts([3, 1])],
        ),
        Row::new(
            "webhooks.timeout_ms",
            1,
            |account, receiver| {
                Box::pin(async {
                    receiver.fall_silent();
                    let url = receiver.url.parse().unwrap();
                    account
                        .ship24()
                        .configure(|settings| settings.webhooks.url = Some(url));
                    account
                        .tracker(&json!({ "trackingNumber": IN_TRANSIT }))
                        .await;
                    let ship24 = account.ship24();
                    json!(gives_up(account, ship24.webhooks_settled()).await)
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.repeat_status",
            200,
            |account, _| {
                Box::pin(async {
                    let body = json!({ "trackingNumber": "AB12345" });
                    account.tracker(&body).await;
                    status(&account.post("/trackers", &body).await)
                })
            },
            [201, 200],
        ),
        Row::new("assumptions.track_status", 200, track, [201, 200]),
        Row::new(
            "assumptions.quota_status",
            405,
            |account, _| {
                Box::pin(async {
                    account
                        .ship24()
                        .configure(|settings| settings.quota = Some(0));
                    let body = json!({ "trackingNumber": "AB12345" });
                    status(&account.post("/trackers", &body).await)
                })
            },
            [403, 405],
        ),
        Row::new(
            "assumptions.wrong_key_status",
            403,
            |account, _| {
                Box::pin(async {
                    let request = account.http().get(account.url("/trackers"));
                    let request = request.bearer_auth("apik_of_somebody_else");
                    status(&Reply::read(request.send().await.unwrap()).await)
                })
            },
            [401, 403],
        ),
        Row::new(
            "assumptions.refuse_large_limit",
            false,
            |account, _| Box::pin(async { status(&account.get("/trackers?limit=501").await) }),
            [400, 200],
        ),
        Row::new(
            "assumptions.refuse_unknown_courier",
            true,
            |account, _| {
                Box::pin(async {
                    let body = json!({ "trackingNumber": "AB12345", "courierCode": "no-such" });
                    status(&account.post("/trackers", &body).await)
                })
            },
            [201, 400],
        ),
        Row::new(
            "assumptions.pending_search",
            true,
            |account, _| {
                Box::pin(async {
                    let body = json!({ "trackingNumber": "NOBODY-1" });
                    status(&account.post("/tracking/search", &body).await)
                })
            },
            [404, 201],
        ),
    ]
}

fn status(response: &Reply) -> Value {
    json!(response.status)
}

/// How many trackings each webhook of a list holds.
fn counts<const N: usize>(counts: [usize; N]) -> Value {
    json!(counts.as_slice())
}

/// How many webhooks the receiver got about a tracker, with the settings as they are.
fn sent<'a>(
    account: &'a mut Account,
    receiver: &'a Receiver,
) -> std::pin::Pin<Box<dyn Future<Output = Value> + 'a>> {
    Box::pin(async {
        account
            .tracker(&json!({ "trackingNumber": IN_TRANSIT }))
            .await;
        account.ship24().webhooks_settled().await;
        json!(receiver.received().len())
    })
}

/// How many trackings each webhook about a tracker holds, with the receiver as address.
async fn webhooks(account: &mut Account, receiver: &Receiver) -> Value {
    let url = receiver.url.parse().unwrap();
    account
        .ship24()
        .configure(|settings| settings.webhooks.url = Some(url));
    sent(account, receiver).await;
    let count = |body: &Value| body["trackings"].as_array().map_or(0, Vec::len);
    let received = receiver.received();
    received
        .iter()
        .map(|webhook| count(&webhook.body))
        .collect()
}
