//! The settings of TrackingMore.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::walk::{Client, Look, RECEIVER, Row, gives_up, walk};
use crate::account::Reply;
use crate::receiver::{Received, Receiver};
use crate::trackingmore::shop::Shop;

impl Client for Shop {
    const PROVIDER: &'static str = "trackingmore";

    async fn open() -> Self {
        Self::open().await
    }

    async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.control(method, path, body).await
    }
}

#[tokio::test]
async fn each_setting_is_shown_changed_and_seen() {
    walk(account_rows()).await;
}

fn account_rows() -> Vec<Row<Shop>> {
    let carriers: Look<Shop> = |shop, _| Box::pin(async { code(&shop.get("/carriers").await) });
    let create: Look<Shop> = |shop, _| {
        Box::pin(async {
            let body = json!({ "tracking_number": "AB12345", "carrier_code": "ups" });
            code(&shop.post("/trackings/post", &body).await)
        })
    };
    let mut rows: Vec<Row<Shop>> = vec![
        Row::new(
            "email",
            "me@shop.example",
            |shop, _| {
                Box::pin(async { shop.get("/trackings/getuserinfo").await.at("/data/email") })
            },
            ["owner@sandbox.example", "me@shop.example"],
        ),
        Row::new("key_deleted", true, carriers, [200, 4002]),
        Row::new(
            "features",
            false,
            |shop, _| {
                Box::pin(async {
                    let body = json!([{ "country": "FR", "postcode": "12345" }]);
                    code(&shop.post("/trackings/remote", &body).await)
                })
            },
            [200, 4018],
        ),
        Row::new("quota", 0.0, create, [200, 4019]),
        Row::new(
            "rate_limits",
            true,
            |shop, _| {
                Box::pin(async {
                    shop.account().configure(|settings| settings.per_second = 0);
                    code(&shop.get("/carriers").await)
                })
            },
            [200, 429],
        ),
        Row::new(
            "per_second",
            0,
            |shop, _| {
                Box::pin(async {
                    shop.account()
                        .configure(|settings| settings.rate_limits = true);
                    code(&shop.get("/carriers").await)
                })
            },
            [200, 429],
        ),
        Row::new(
            "realtime_per_second",
            0,
            |shop, _| {
                Box::pin(async {
                    shop.account()
                        .configure(|settings| settings.rate_limits = true);
                    code(&realtime(shop).await)
                })
            },
            [200, 429],
        ),
        Row::new(
            "query_delay_seconds",
            3600,
            |shop, _| {
                Box::pin(async {
                    shop.follow_demo().await;
                    shop.demo().await.at("/data/status")
                })
            },
            ["pickup", "pending"],
        ),
        Row::new(
            "repeat_handover",
            true,
            |shop, _| {
                Box::pin(async {
                    shop.follow_demo().await;
                    let events = shop.demo().await.at("/data/destination_info/trackinfo");
                    json!(events.as_array().map(Vec::len))
                })
            },
            [5, 6],
        ),
    ];
    rows.extend(webhook_rows());
    rows.extend(assumption_rows());
    rows
}

fn webhook_rows() -> Vec<Row<Shop>> {
    vec![
        Row::new(
            "webhooks.url",
            RECEIVER,
            |shop, receiver| {
                Box::pin(async {
                    follow_one_scan(shop).await;
                    json!(receiver.received().len())
                })
            },
            [0, 1],
        ),
        Row::new(
            "webhooks.form",
            "v4",
            |shop, receiver| {
                Box::pin(async {
                    let webhook = webhook(shop, receiver).await;
                    json!(webhook[0].headers.contains_key("signature"))
                })
            },
            [false, true],
        ),
        Row::new(
            "webhooks.duplicates",
            true,
            |shop, receiver| Box::pin(async { json!(webhook(shop, receiver).await.len()) }),
            [1, 2],
        ),
        Row::new(
            "webhooks.age_seconds",
            86_400,
            |shop, receiver| {
                Box::pin(async {
                    let started = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
                    let webhook = webhook(shop, receiver).await;
                    let signed = webhook[0].body["verifyInfo"]["timeStr"].as_u64();
                    json!(signed.unwrap() < started.as_secs())
                })
            },
            [false, true],
        ),
        Row::new(
            "webhooks.timeout_ms",
            1,
            |shop, receiver| {
                Box::pin(async {
                    receiver.fall_silent();
                    send_to(shop, receiver);
                    shop.follow_demo().await;
                    let account = shop.account();
                    json!(gives_up(shop, account.webhooks_settled()).await)
                })
            },
            [false, true],
        ),
    ]
}

fn assumption_rows() -> Vec<Row<Shop>> {
    let repeat: Look<Shop> = |shop, _| {
        Box::pin(async {
            realtime(shop).await;
            code(&realtime(shop).await)
        })
    };
    let waiting: Look<Shop> = |shop, receiver| {
        Box::pin(async {
            receiver.respond_next(500, "");
            webhook(shop, receiver).await;
            json!(shop.account().webhooks_waiting())
        })
    };
    vec![
        Row::new(
            "assumptions.wrong_key_status",
            403,
            |shop, _| {
                Box::pin(async {
                    let request = shop.http().get(shop.url("/carriers"));
                    let refused = Reply::read(request.send().await.unwrap()).await;
                    json!([refused.status, code(&refused)])
                })
            },
            [json!([200, 4001]), json!([403, 4001])],
        ),
        Row::new(
            "assumptions.rate_limit_status",
            429,
            |shop, _| {
                Box::pin(async {
                    limit(shop, 0);
                    json!(shop.get("/carriers").await.status)
                })
            },
            [200, 429],
        ),
        Row::new(
            "assumptions.pause_seconds",
            0,
            |shop, _| {
                Box::pin(async {
                    limit(shop, 0);
                    shop.get("/carriers").await;
                    limit(shop, 1000);
                    code(&shop.get("/carriers").await)
                })
            },
            [429, 200],
        ),
        Row::new(
            "assumptions.create_code",
            201,
            |shop, _| {
                Box::pin(async {
                    let body = json!({ "tracking_number": "AB12345", "carrier_code": "ups" });
                    code(&shop.post("/trackings/post", &body).await)
                })
            },
            [200, 201],
        ),
        Row::new(
            "assumptions.unknown_number_code",
            4017,
            |shop, _| Box::pin(async { code(&shop.demo().await) }),
            [4031, 4017],
        ),
        Row::new(
            "assumptions.refuse_unknown_carrier",
            false,
            |shop, _| {
                Box::pin(async {
                    let body = json!({ "tracking_number": "AB12345", "carrier_code": "no-such" });
                    code(&shop.post("/trackings/post", &body).await)
                })
            },
            [4015, 200],
        ),
        Row::new(
            "assumptions.realtime_stores",
            false,
            |shop, _| {
                Box::pin(async {
                    realtime(shop).await;
                    code(&shop.get("/trackings/get").await)
                })
            },
            [200, 4031],
        ),
        Row::new(
            "assumptions.refuse_realtime_repeat",
            true,
            repeat,
            [200, 429],
        ),
        Row::new(
            "assumptions.empty_update_response",
            true,
            |shop, _| {
                Box::pin(async {
                    shop.follow("ups", "AB12345").await;
                    let body = json!([{ "tracking_number": "AB12345", "carrier_code": "ups" }]);
                    let updated = shop.post("/trackings/updatemore", &body).await;
                    updated.at("/data/submitted")
                })
            },
            [json!(1), Value::Null],
        ),
        Row::new(
            "assumptions.wrap_transit_times",
            true,
            |shop, _| {
                Box::pin(async {
                    let route = json!({
                        "original": "CN", "destination": "FR", "carrier_code": "china-post",
                    });
                    let times = shop.post("/trackings/costtime", &json!([route])).await;
                    json!(times.at("/data").is_array())
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.phone_as_number",
            true,
            |shop, _| {
                Box::pin(async {
                    let info = shop.get("/trackings/getuserinfo").await;
                    json!(info.at("/data/phone").is_number())
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.webhook_receipt",
            true,
            |shop, receiver| {
                Box::pin(async {
                    receiver.respond_next(200, "OK");
                    webhook(shop, receiver).await;
                    json!(shop.account().webhooks_waiting())
                })
            },
            [0, 1],
        ),
        Row::new("assumptions.webhook_retries", 0, waiting, [1, 0]),
    ]
}

/// `meta.code`.
fn code(response: &Reply) -> Value {
    response.at("/meta/code")
}

/// Asks for the demo parcel in real time.
async fn realtime(shop: &Shop) -> Reply {
    let body = json!({
        "tracking_number": Sandbox::DEMO_NUMBER, "carrier_code": "singapore-post",
    });
    shop.post("/trackings/realtime", &body).await
}

fn limit(shop: &Shop, per_second: u32) {
    shop.account().configure(|settings| {
        settings.rate_limits = true;
        settings.per_second = per_second;
    });
}

/// Follows a parcel with one scan, and waits for its webhooks.
async fn follow_one_scan(shop: &Shop) {
    let scan = Scan::ago(Duration::from_secs(3600), Step::Accepted);
    let parcel = Parcel::new("ups", "ONE-SCAN-1").scan(scan);
    shop.sandbox.add_parcel(parcel).unwrap();
    shop.follow("ups", "ONE-SCAN-1").await;
    shop.account().webhooks_settled().await;
}

/// The webhooks about a parcel with one scan, with the receiver as address.
async fn webhook(shop: &Shop, receiver: &Receiver) -> Vec<Received> {
    send_to(shop, receiver);
    follow_one_scan(shop).await;
    receiver.received()
}

fn send_to(shop: &Shop, receiver: &Receiver) {
    let url = receiver.url.parse().unwrap();
    shop.account()
        .configure(|settings| settings.webhooks.url = Some(url));
}
