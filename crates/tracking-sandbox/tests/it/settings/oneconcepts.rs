//! The settings of 1concepts.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::walk::{Client, Row, walk};
use crate::account::Reply;
use crate::oneconcepts::partner::{Partner, send};

impl Client for Partner {
    const PROVIDER: &'static str = "oneconcepts";

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

fn account_rows() -> Vec<Row<Partner>> {
    vec![
        Row::new(
            "email",
            "me@shop.example",
            |partner, _| {
                Box::pin(async {
                    let password = partner.account().password();
                    let body = json!({ "email": "me@shop.example", "password": password });
                    status(&partner.ask_for_token(&body).await)
                })
            },
            [401, 200],
        ),
        Row::new(
            "password",
            "s3cret",
            |partner, _| {
                Box::pin(async {
                    let email = partner.account().email();
                    let body = json!({ "email": email, "password": "s3cret" });
                    status(&partner.ask_for_token(&body).await)
                })
            },
            [401, 200],
        ),
        Row::new(
            "token_lifetime_seconds",
            60,
            |partner, _| {
                Box::pin(async {
                    partner.renew().await;
                    partner.sandbox.clock().advance(Duration::from_secs(61));
                    status(&partner.get("/trackings").await)
                })
            },
            [200, 401],
        ),
        Row::new(
            "token_form",
            "opaque",
            |partner, _| {
                Box::pin(async {
                    partner.renew().await;
                    json!(partner.token().starts_with("sandbox."))
                })
            },
            [false, true],
        ),
        Row::new(
            "next_link_origin",
            "https://elsewhere.example",
            |partner, _| {
                Box::pin(async {
                    partner
                        .get("/trackings?itemsPerPage=6")
                        .await
                        .at("/hydra:view/hydra:next")
                })
            },
            [
                "/oneconcepts/v2/api/trackings?itemsPerPage=6&page=2",
                "https://elsewhere.example/oneconcepts/v2/api/trackings?itemsPerPage=6&page=2",
            ],
        ),
    ]
}

fn assumption_rows() -> Vec<Row<Partner>> {
    vec![
        Row::new(
            "assumptions.password_key",
            "secret",
            |partner, _| {
                Box::pin(async {
                    let account = partner.account();
                    let body = json!({ "email": account.email(), "secret": account.password() });
                    status(&partner.ask_for_token(&body).await)
                })
            },
            [400, 200],
        ),
        Row::new(
            "assumptions.wrong_token_status",
            403,
            |partner, _| {
                Box::pin(async {
                    status(&send(partner.http().get(partner.url("/trackings"))).await)
                })
            },
            [401, 403],
        ),
        Row::new(
            "assumptions.order_update",
            "number_in_body",
            |partner, _| Box::pin(async { status(&complete(partner).await) }),
            [200, 400],
        ),
        Row::new(
            "assumptions.merge_patch",
            true,
            |partner, _| Box::pin(async { status(&complete(partner).await) }),
            [200, 415],
        ),
        Row::new(
            "assumptions.empty_update_response",
            true,
            |partner, _| Box::pin(async { status(&complete(partner).await) }),
            [200, 204],
        ),
        Row::new(
            "assumptions.partial_order_number",
            false,
            |partner, _| {
                Box::pin(async {
                    length(
                        &partner
                            .get("/trackings?order.externalOrderNumber=SHOP")
                            .await,
                    )
                })
            },
            [7, 0],
        ),
        Row::new(
            "assumptions.embedded_trackings",
            true,
            |partner, _| {
                Box::pin(async {
                    json!(partner.order("SHOP::1001").await["trackings"][0].is_object())
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.unavailable_key",
            "gone",
            |partner, _| {
                Box::pin(async {
                    let body = json!({ "skus": [1] });
                    partner
                        .post("/products/check-availability", &body)
                        .await
                        .json()
                })
            },
            [json!({ "unavailable": [1] }), json!({ "gone": [1] })],
        ),
        Row::new(
            "assumptions.default_page_size",
            2,
            |partner, _| Box::pin(async { length(&partner.get("/trackings").await) }),
            [7, 2],
        ),
        Row::new(
            "assumptions.max_page_size",
            3,
            |partner, _| {
                Box::pin(async { length(&partner.get("/trackings?itemsPerPage=5").await) })
            },
            [5, 3],
        ),
        Row::new(
            "assumptions.violation_status",
            400,
            |partner, _| {
                Box::pin(async {
                    status(
                        &partner
                            .post("/orders", &json!({ "partner": "v2/api/partners/42" }))
                            .await,
                    )
                })
            },
            [422, 400],
        ),
        Row::new(
            "assumptions.context",
            "address",
            |partner, _| {
                Box::pin(async {
                    json!(partner.get("/trackings").await.at("/@context").is_string())
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.hydra_prefix",
            false,
            |partner, _| {
                Box::pin(async {
                    json!(
                        partner
                            .get("/trackings")
                            .await
                            .at("/hydra:member")
                            .is_array()
                    )
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.nulls",
            false,
            |partner, _| {
                Box::pin(async {
                    json!(partner.get("/orders/1").await.text.contains("recipientZip"))
                })
            },
            [true, false],
        ),
        Row::new(
            "assumptions.total_as_float",
            true,
            |partner, _| {
                Box::pin(async {
                    json!(
                        partner
                            .get("/trackings")
                            .await
                            .text
                            .contains("\"hydra:totalItems\":7.0")
                    )
                })
            },
            [false, true],
        ),
        Row::new(
            "assumptions.next_past_the_end",
            true,
            |partner, _| {
                Box::pin(async {
                    json!(
                        partner
                            .get("/trackings?itemsPerPage=2&page=9")
                            .await
                            .at("/hydra:view/hydra:next")
                            .is_string()
                    )
                })
            },
            [false, true],
        ),
    ]
}

fn status(response: &Reply) -> Value {
    json!(response.status)
}

/// The number of members of a list.
fn length(response: &Reply) -> Value {
    json!(response.at("/hydra:member").as_array().map(Vec::len))
}

/// Sets the order of the demo parcel to complete, in the default form.
async fn complete(partner: &Partner) -> Reply {
    let path = "/orders?externalOrderNumber=SHOP%3A%3A1001";
    partner.patch(path, &json!({ "status": "complete" })).await
}
