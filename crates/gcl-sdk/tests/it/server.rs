//! The server of all tests: who calls it, and what every call sends.

use std::time::Duration;

use gcl_sdk::webhook::WebhookReceiver;
use gcl_sdk::{Client, ClientBuilder, Error, check_tracking_number};
use http::Method;
use serde_json::{Value, json};
use tracking_core::TrackRequest;
use tracking_http::Call;
use tracking_testkit::printed::printed;
use tracking_testkit::{Called, Enum, Fixtures, Sdk, enums, variable};

use super::requests::{order, quote};

/// The key of all tests, which must be seen nowhere but in the request. Keys are opaque; those of a
/// sibling product hold a colon.
pub(crate) const KEY: &str = "hushHushHushHush:hushHushHushHush00";

pub(crate) const FIXTURES: Fixtures = Fixtures::of("gcl");

pub(crate) type Reply = tracking_testkit::Reply<Gcl>;
pub(crate) type Seen = tracking_testkit::Seen<Gcl>;
pub(crate) type Server = tracking_testkit::Server<Gcl>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct Gcl;

impl Sdk for Gcl {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "gcl";
    const FIXTURES: Fixtures = FIXTURES;

    const PRODUCT: &str = concat!("gcl-sdk/", env!("CARGO_PKG_VERSION"));
    const COMPRESSED: bool = cfg!(feature = "gzip");
    const PRODUCTION: &str = gcl_sdk::PRODUCTION;
    const CREDENTIALS: &[(&str, &str)] = &[("GCL_API_KEY", KEY)];
    const CREDENTIAL_NAMES: &[&str] = &["GCL_API_KEY"];
    const PROOF: (&str, &str) = ("x-api-key", KEY);
    const SECRETS: &[&str] = &[KEY];
    const LOOKUP: &str = "get-tracking";
    const REFUSALS: &[&str] = &[
        "errors/400_code.json",
        "errors/401_lone_error.json",
        "errors/402_empty.json",
        "errors/403_lone_error.json",
        "errors/404_proxy.html",
        "get-tracking/404_not_found.json",
        "get-tracking/200_not_found.json",
        "create-shipping-order/409_reference_taken.json",
    ];

    /// An object with none of its keys is no quote.
    const REQUIRED: &[(&str, &str)] = &[("quote-shipping-methods", "/items")];

    const ONE_RECORD: &[&str] = &["get-tracking", "create-shipping-order"];

    fn with_credentials(values: &[&str]) -> ClientBuilder {
        Client::builder(values[0])
    }

    fn try_build(builder: ClientBuilder) -> Result<Client, Error> {
        builder.build()
    }

    fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
        ClientBuilder::from_settings(|it| variable(variables, it.variable))?.build()
    }

    fn with_webhook_secret(builder: ClientBuilder, secret: &str) -> ClientBuilder {
        builder.with_webhook_header("X-Shop-Token", secret)
    }

    fn printed_receivers(secret: &str) -> Vec<String> {
        let client = Self::with_webhook_secret(Self::builder(), secret)
            .build()
            .unwrap();
        let receiver = WebhookReceiver::new("X-Shop-Token", secret).unwrap();
        vec![
            printed(client.webhooks().unwrap()),
            printed(&receiver),
            printed(&receiver.sign()),
        ]
    }

    fn request<'a>(client: &'a Client, method: Method, path: &str) -> Call<'a> {
        client.request(method, path)
    }

    async fn call(client: &Client, operation: &str) -> Result<Called, Error> {
        Ok(match operation {
            "get-tracking" => client.get_tracking("QX1").await?.into(),
            "quote-shipping-methods" => client.quote_shipping_methods(&quote()).await?.into(),
            "create-shipping-order" => client.create_shipping_order(&order()).await?.into(),
            other => panic!("the operation {other} is new: write its call here"),
        })
    }

    fn success(operation: &str) -> Reply {
        Reply::fixture(match operation {
            "get-tracking" => "get-tracking/200_delivered.json",
            "quote-shipping-methods" => "quote-shipping-methods/200_methods.json",
            "create-shipping-order" => "create-shipping-order/201_known_keys.json",
            other => panic!("the operation {other} is new: write its fixture here"),
        })
    }

    async fn look_up(client: &Client, number: &str) -> Result<Called, Error> {
        Ok(client.get_tracking(number).await?.into())
    }

    fn check_number(number: &str) -> Result<(), Error> {
        check_tracking_number(number)
    }

    fn refusal(status: u16, message: &str) -> Reply {
        Reply::json(status, &json!({ "code": "SAMPLE", "message": message }))
    }

    fn errors_in_200(message: &str) -> Vec<Reply> {
        vec![
            Reply::json(200, &json!({ "error": message })),
            Reply::json(200, &json!({ "code": "SAMPLE", "message": message })),
        ]
    }

    fn misfits(secret: &str) -> Vec<String> {
        vec![
            json!({ "checkpoints": secret }).to_string(),
            json!({ "other": secret }).to_string(),
        ]
    }

    fn others() -> Vec<(TrackRequest, Vec<Reply>)> {
        let other = Reply::fixture("get-tracking/200_delivered.json");
        vec![(TrackRequest::number("QX4471902386"), vec![other])]
    }

    fn too_many_requests() -> (Reply, Duration) {
        let response = Reply::fixture("errors/429_plain.txt").header("retry-after", "3");
        (response, Duration::from_secs(3))
    }

    fn enums() -> Vec<Enum> {
        enums![gcl_sdk:
            StatusUid,
            ErrorCode,
            WeightUnit,
            DimensionUnit,
            LabelFormat,
            BoxType,
            Tier
        ]
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(request.header("x-api-key"), Some(KEY));
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("api-version"), None);
    }
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
