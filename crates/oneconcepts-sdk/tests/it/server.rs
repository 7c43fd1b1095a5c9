//! The server of all tests: who calls it, and what every call sends.

use std::time::Duration;

use http::Method;
use oneconcepts_sdk::{
    CheckAvailability, CheckAvailabilityQuery, Client, ClientBuilder, CreateOrder, Error,
    ListCategoryTreeQuery, ListOrdersQuery, ListProductsQuery, ListTrackingsQuery, OrderRef,
    OrderStatus, OrderUpdateForm, ProductSelection, check_tracking_number,
};
use serde_json::{Value, json};
use tracking_core::TrackRequest;
use tracking_http::Call;
use tracking_testkit::{Called, Enum, Fixtures, Login, Sdk, enums, variable};

/// The credentials of all tests, which must be seen nowhere but in the token request.
pub(crate) const EMAIL: &str = "shop@shop.example";
pub(crate) const PASSWORD: &str = "hushHushHush-password";

/// The token of all tests, which must be seen nowhere but in requests and the token response.
pub(crate) const TOKEN: &str = "hushHushHush-token";

/// The same as it is sent.
const BEARER: &str = "Bearer hushHushHush-token";

/// The media type of everything but responses of the login layer.
pub(crate) const LD_JSON: &str = "application/ld+json";

pub(crate) const FIXTURES: Fixtures = Fixtures::of("oneconcepts");

pub(crate) type Reply = tracking_testkit::Reply<OneConcepts>;
pub(crate) type Seen = tracking_testkit::Seen<OneConcepts>;
pub(crate) type Server = tracking_testkit::Server<OneConcepts>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct OneConcepts;

impl Sdk for OneConcepts {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "oneconcepts";
    const FIXTURES: Fixtures = FIXTURES;
    const BASE_PATH: &str = "/v2";
    const MEDIA_TYPE: &str = LD_JSON;

    const PRODUCT: &str = concat!("oneconcepts-sdk/", env!("CARGO_PKG_VERSION"));
    const COMPRESSED: bool = cfg!(feature = "gzip");
    const PRODUCTION: &str = oneconcepts_sdk::PRODUCTION;
    const CREDENTIALS: &[(&str, &str)] = &[
        ("ONECONCEPTS_EMAIL", EMAIL),
        ("ONECONCEPTS_PASSWORD", PASSWORD),
    ];
    const CREDENTIAL_NAMES: &[&str] = &["e-mail address", "password"];
    const PROOF: (&str, &str) = ("authorization", BEARER);
    const SECRETS: &[&str] = &[TOKEN, PASSWORD, EMAIL];
    const LOOKUP: &str = "list-trackings";
    const REFUSALS: &[&str] = &[
        "errors/400_hydra.json",
        "errors/400_violations.json",
        "errors/403_hydra.json",
        "errors/404_hydra.json",
        "errors/405_hydra.json",
        "errors/422_violations.json",
    ];

    /// An object with none of its keys is no list.
    const REQUIRED: &[(&str, &str)] = &[
        ("list-trackings", "/hydra:member"),
        ("list-orders", "/hydra:member"),
        ("list-category-tree", "/hydra:member"),
        ("list-products", "/hydra:member"),
    ];

    const ONE_RECORD: &[&str] = &[
        "get-tracking",
        "create-order",
        "update-order-status",
        "update-order-status-by-id",
        "check-availability",
    ];

    const OTHER_METHODS: &[(&str, &str)] = &[("update-order-status-by-id", "update_order_status")];

    fn with_credentials(values: &[&str]) -> ClientBuilder {
        Client::builder(values[0], values[1])
    }

    fn try_build(builder: ClientBuilder) -> Result<Client, Error> {
        builder.build()
    }

    fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
        ClientBuilder::from_settings(|it| variable(variables, it.variable))?.build()
    }

    fn request<'a>(client: &'a Client, method: Method, path: &str) -> Call<'a> {
        client.request(method, path)
    }

    fn prepare(builder: ClientBuilder, operation: &str) -> ClientBuilder {
        match operation {
            "update-order-status-by-id" => {
                builder.with_order_update_form(OrderUpdateForm::ItemPath)
            }
            _ => builder,
        }
    }

    async fn call(client: &Client, operation: &str) -> Result<Called, Error> {
        Ok(match operation {
            "list-trackings" => {
                let query = ListTrackingsQuery::new();
                client.list_trackings(&query).await?.into()
            }
            "get-tracking" => client.get_tracking("1").await?.into(),
            "list-orders" => client.list_orders(&ListOrdersQuery::new()).await?.into(),
            "create-order" => {
                let order = CreateOrder::new("v2/api/partners/4", "A");
                client.create_order(&order).await?.into()
            }
            "update-order-status" => {
                let updated = client.update_order_status("SHOP::58", OrderStatus::Complete);
                updated.await?.into()
            }
            "update-order-status-by-id" => {
                let updated = client.update_order_status(OrderRef::id("58"), OrderStatus::Complete);
                updated.await?.into()
            }
            "list-category-tree" => {
                let query = ListCategoryTreeQuery::new();
                client.list_category_tree(&query).await?.into()
            }
            "list-products" => {
                let query = ListProductsQuery::new();
                let all = ProductSelection::all();
                client.list_products(&all, &query).await?.into()
            }
            "check-availability" => {
                let query = CheckAvailabilityQuery::new();
                let articles = CheckAvailability::new([1]);
                client.check_availability(&articles, &query).await?.into()
            }
            other => panic!("the operation {other} is new: write its call here"),
        })
    }

    fn success(operation: &str) -> Reply {
        Reply::fixture(match operation {
            "list-trackings" => "list-trackings/200_page_1.json",
            "get-tracking" => "get-tracking/200_tracking.json",
            "list-orders" => "list-orders/200_embedded.json",
            "create-order" => "create-order/201_created.json",
            "update-order-status" | "update-order-status-by-id" => {
                "update-order-status/200_complete.json"
            }
            "list-category-tree" => "list-category-tree/200_page.json",
            "list-products" => "list-products/200_loose.json",
            "check-availability" => "check-availability/200_all.json",
            other => panic!("the operation {other} is new: write its fixture here"),
        })
    }

    async fn look_up(client: &Client, number: &str) -> Result<Called, Error> {
        let query = ListTrackingsQuery::new().order_external_order_number(number);
        Ok(client.list_trackings(&query).await?.into())
    }

    fn check_number(number: &str) -> Result<(), Error> {
        check_tracking_number(number)
    }

    fn refusal(status: u16, message: &str) -> Reply {
        let error = json!({ "@type": "hydra:Error", "hydra:description": message });
        Reply::json(status, &error)
    }

    fn misfits(secret: &str) -> Vec<String> {
        vec![
            json!({ "hydra:member": [[{ "trackingId": secret }]] }).to_string(),
            json!({ "hydra:member": secret }).to_string(),
        ]
    }

    fn others() -> Vec<(TrackRequest, Vec<Reply>)> {
        let order =
            |number: &str| json!({ "@id": "/v2/api/orders/9", "externalOrderNumber": number });
        let list = |orders: &[Value]| vec![Reply::json(200, &json!({ "hydra:member": orders }))];
        let mut cut = json!({ "hydra:member": [order("SHOP::10")] });
        cut["hydra:view"] = json!({ "hydra:next": "/v2/api/orders?page=2" });
        vec![
            (
                TrackRequest::reference("SHOP::1"),
                list(&[order("SHOP::9")]),
            ),
            (
                TrackRequest::reference("SHOP::1"),
                list(&[order("SHOP::7"), order("SHOP::8"), order("SHOP::9")]),
            ),
            (
                TrackRequest::reference("SHOP::1"),
                vec![Reply::json(200, &cut)],
            ),
            (
                TrackRequest::id("32"),
                vec![Reply::fixture("get-tracking/200_tracking.json")],
            ),
        ]
    }

    fn too_many_requests() -> (Reply, Duration) {
        let response = Reply::new(429, "").header("retry-after", "3");
        (response, Duration::from_secs(3))
    }

    fn enums() -> Vec<Enum> {
        enums![oneconcepts_sdk: CourierName, TrackingStatus, OrderStatus]
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(request.header("authorization"), Some(BEARER));
        assert_eq!(request.header("api-version"), None);
    }

    fn login() -> Option<Login<Self>> {
        Some(Login {
            path: "/api/create-token",
            reply: token_response(TOKEN),
        })
    }

    fn announced(file: &str) -> (u16, &'static str) {
        let media_type = match file.rsplit('.').next() {
            Some("html") => "text/html",
            _ if file.starts_with("401") => "application/json",
            _ => "application/ld+json; charset=utf-8",
        };
        let status = file.split('_').next().unwrap().parse().unwrap();
        (status, media_type)
    }
}

/// A token response with this token.
pub(crate) fn token_response(token: &str) -> Reply {
    Reply::json(
        200,
        &json!({ "token": token, "id": 4, "name": "SHP", "email": EMAIL }),
    )
}

/// The text of a file below `tests/fixtures`.
#[track_caller]
pub(crate) fn fixture(path: &str) -> String {
    FIXTURES.text(path)
}

#[track_caller]
pub(crate) fn fixture_json(path: &str) -> Value {
    FIXTURES.json(path)
}
