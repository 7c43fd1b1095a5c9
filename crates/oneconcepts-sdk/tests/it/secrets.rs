//! Nothing that is printed holds a password, a token, a tracking number or personal data.

use oneconcepts_sdk::{CreateOrder, CreateToken, ListOrdersQuery, ListTrackingsQuery};
use serde_json::json;
use tracking_testkit::printed::{messages, printed};

use crate::server::{EMAIL, PASSWORD, Reply, Server, TOKEN, token_response};

const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    for secret in [EMAIL, PASSWORD, TOKEN, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn builder_client_and_everything_they_hand_out_show_no_secret() {
    let server = Server::start([Reply::fixture("list-orders/200_embedded.json")]).await;
    let builder = server.builder();
    let client = builder.clone().build().unwrap();
    let account = client.create_token().await.unwrap();
    let query = ListTrackingsQuery::new();
    let mut orders = client.shipped_orders();
    let order = orders.next().await.unwrap().unwrap();

    for text in [
        printed(&builder),
        printed(&client),
        printed(&account),
        printed(&CreateToken::new(EMAIL, PASSWORD)),
        printed(&client.list_trackings_pages(&query)),
        printed(&orders),
        printed(&order),
        printed(&client.request(http::Method::GET, &format!("/api/trackings/{NUMBER}"))),
    ] {
        assert_silent(&text);
    }
}

#[tokio::test]
async fn unusable_token_response_is_not_shown() {
    let broken = [
        token_response("hushHush\nhushHush"),
        Reply::json(200, &json!({ "token": { "hushHush": 1 }, "email": EMAIL })),
        Reply::json(
            400,
            &json!({ "message": format!("unknown account {EMAIL}") }),
        ),
    ];
    for response in broken {
        let server = Server::with_logins([response], []).await;

        let error = server
            .client()
            .list_trackings(&ListTrackingsQuery::new())
            .await
            .unwrap_err();

        assert_silent(&messages(&error));
    }
}

#[tokio::test]
async fn refused_input_is_named_and_not_repeated() {
    let server = Server::silent().await;
    let client = server.client();
    let query = ListTrackingsQuery::new();

    let errors = [
        client
            .get_tracking(&format!("{NUMBER}\n"))
            .await
            .unwrap_err(),
        client
            .list_trackings(&query.clone().created_at_after(NUMBER))
            .await
            .unwrap_err(),
        client
            .list_trackings(&query.order_external_order_number(format!("{NUMBER}\n")))
            .await
            .unwrap_err(),
        client
            .follow_tracking(&format!("https://x.example/{NUMBER}").into())
            .await
            .unwrap_err(),
        client
            .create_order(&CreateOrder::new(format!("/{NUMBER}"), "A"))
            .await
            .unwrap_err(),
    ];

    for error in errors {
        assert_silent(&messages(&error));
    }
}

#[tokio::test]
async fn recipients_are_not_printed() {
    let server = Server::replying(Reply::fixture("list-orders/200_recipient.json")).await;
    let request = CreateOrder::new("v2/api/partners/4", "A")
        .recipient_name("Ann Example")
        .recipient_street("Sample street 7");

    let orders = server
        .client()
        .list_orders(&ListOrdersQuery::new())
        .await
        .unwrap();

    let text = format!("{} {}", printed(&orders), printed(&request));
    for personal in [
        "Sample street 7",
        "Recipient",
        "Example Ltd",
        "Ann Example",
        "priority",
    ] {
        assert!(!text.contains(personal), "{text}");
    }
    assert_eq!(
        orders.members[0].recipient_first_name.as_deref(),
        Some("Recipient")
    );
}

#[tokio::test]
async fn login_that_repeats_password_and_address_is_masked() {
    let body = json!({ "code": 401, "message": format!("no {EMAIL} with {PASSWORD} here") });
    let server = Server::with_logins([Reply::json(401, &body), Reply::json(401, &body)], []).await;
    let client = server.client();

    let on_the_way = client.list_trackings(&ListTrackingsQuery::new()).await;
    let asked_for = client.create_token().await;

    for error in [on_the_way.unwrap_err(), asked_for.unwrap_err()] {
        assert!(error.is_authentication());
        assert_silent(&messages(&error));
        assert_silent(&format!("{:?}", tracking_core::Error::from(error.clone())));
    }
}
