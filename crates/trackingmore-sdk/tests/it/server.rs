//! The server of all tests: who calls it, and what every call sends.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use tracking_core::TrackRequest;
use tracking_http::Call;
use tracking_testkit::printed::printed;
use tracking_testkit::{Called, Enum, Fixtures, Sdk, enums, variable};
use trackingmore_sdk::webhook::WebhookReceiver;
use trackingmore_sdk::{Client, ClientBuilder, Error, check_tracking_number};

use super::operations::{self, CARRIER};

/// The key of all tests, which must be seen nowhere but in the request.
pub(crate) const KEY: &str = "0c9b-hushHushHushHushHushHush";

pub(crate) const FIXTURES: Fixtures = Fixtures::of("trackingmore");

pub(crate) type Reply = tracking_testkit::Reply<TrackingMore>;
pub(crate) type Seen = tracking_testkit::Seen<TrackingMore>;
pub(crate) type Server = tracking_testkit::Server<TrackingMore>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct TrackingMore;

impl Sdk for TrackingMore {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "trackingmore";
    const FIXTURES: Fixtures = FIXTURES;
    /// The version is part of the address, as it is of the real one.
    const BASE_PATH: &str = "/v2";

    const PRODUCT: &str = concat!("trackingmore-sdk/", env!("CARGO_PKG_VERSION"));
    const COMPRESSED: bool = cfg!(feature = "gzip");
    const PRODUCTION: &str = trackingmore_sdk::PRODUCTION;
    const CREDENTIALS: &[(&str, &str)] = &[("TRACKINGMORE_API_KEY", KEY)];
    const CREDENTIAL_NAMES: &[&str] = &["TRACKINGMORE_API_KEY"];
    const PROOF: (&str, &str) = ("trackingmore-api-key", KEY);
    const SECRETS: &[&str] = &[KEY];
    const LOOKUP: &str = "get-tracking";
    const REFUSALS: &[&str] = &[
        "errors/202.json",
        "errors/401.json",
        "errors/402.json",
        "errors/403.json",
        "errors/404.json",
        "errors/405.json",
        "errors/409.json",
        "errors/4001.json",
        "errors/4002.json",
        "errors/4012.json",
        "errors/4013.json",
        "errors/4014.json",
        "errors/4015.json",
        "errors/4016.json",
        "errors/4017.json",
        "errors/4018.json",
        "errors/4019.json",
        "errors/4020.json",
        "errors/4021.json",
        "errors/4031.json",
        "errors/4032.json",
        "errors/4033.json",
    ];

    /// Without a code nothing is a success, and a success without what was requested is an error.
    const REQUIRED: &[(&str, &str)] = &[
        ("*", "/meta"),
        ("*", "/meta/code"),
        ("create-tracking", "/data"),
        ("get-tracking", "/data"),
        ("update-tracking", "/data"),
        ("get-tracking-in-language", "/data"),
        ("batch-create-trackings", "/data"),
        ("list-trackings", "/data"),
        ("realtime-tracking", "/data"),
        ("get-user-info", "/data"),
        ("get-status-number", "/data"),
        ("remote-areas", "/data"),
        ("air-cargo", "/data"),
        ("list-carriers", "/data"),
        ("detect-carrier", "/data"),
        ("list-trackings", "/data/items"),
        // A waybill or a flight without anything in it is no map of them.
        ("air-cargo", "/data/999-00010002"),
        ("air-cargo", "/data/999-00010013"),
        (
            "air-cargo",
            "/data/999-00010002/return_data/flight_info/XX0042",
        ),
    ];

    const ONE_RECORD: &[&str] = &[
        "create-tracking",
        "get-tracking",
        "get-tracking-in-language",
        "update-tracking",
        // What is under `data` is returned as it came.
        "update-more-trackings",
        "cost-time",
    ];

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
        builder.with_account_email(secret)
    }

    fn printed_receivers(secret: &str) -> Vec<String> {
        let client = Self::with_webhook_secret(Self::builder(), secret)
            .build()
            .unwrap();
        let receiver = WebhookReceiver::new(secret).unwrap();
        vec![printed(client.webhooks().unwrap()), printed(&receiver)]
    }

    fn request<'a>(client: &'a Client, method: Method, path: &str) -> Call<'a> {
        client.request(method, path)
    }

    async fn call(client: &Client, operation: &str) -> Result<Called, Error> {
        operations::call(client, operation).await
    }

    fn success(operation: &str) -> Reply {
        Reply::fixture(&operations::success(operation))
    }

    async fn look_up(client: &Client, number: &str) -> Result<Called, Error> {
        Ok(client.get_tracking(CARRIER, number).await?.into())
    }

    fn check_number(number: &str) -> Result<(), Error> {
        check_tracking_number(number)
    }

    fn refusal(status: u16, message: &str) -> Reply {
        let meta = json!({ "code": status, "message": message });
        let status = if matches!(status, 401 | 429 | 500) {
            status
        } else {
            200
        };
        Reply::json(status, &json!({ "meta": meta, "data": [] }))
    }

    fn errors_in_200(message: &str) -> Vec<Reply> {
        [4015, 4017]
            .map(|code| {
                let meta = json!({ "code": code, "message": message });
                Reply::json(200, &json!({ "meta": meta, "data": [] }))
            })
            .into()
    }

    fn refused_registrations(number: &str, text: &str) -> Vec<Reply> {
        let refused = |code: Value| {
            let error = json!({ "tracking_number": number, "carrier_code": "dhl", "code": code,
                                "message": text });
            let data = json!({ "submitted": 1, "added": 0, "trackings": [], "errors": [error] });
            Reply::json(200, &json!({ "meta": { "code": 200 }, "data": data }))
        };
        vec![refused(json!(4015)), refused(json!(text))]
    }

    fn misfits(secret: &str) -> Vec<String> {
        vec![
            json!({ "meta": { "code": 200 }, "data": { "origin_info": secret } }).to_string(),
            json!({ "meta": { "code": 200 }, "data": secret }).to_string(),
            json!({ "meta": { "code": secret }, "data": [] }).to_string(),
        ]
    }

    fn others() -> Vec<(TrackRequest, Vec<Reply>)> {
        let other = json!({
            "tracking_number": "ZA9", "carrier_code": CARRIER, "order_id": "shop-9", "status": "transit",
        });
        let reply = |data: &Value| vec![Reply::data(data)];
        let list = |count: usize| reply(&json!({ "items": vec![other.clone(); count] }));
        let at_courier = || {
            TrackRequest::number("ZA1")
                .with_courier(CARRIER)
                .with_register(true)
        };
        vec![
            (at_courier(), reply(&other)),
            (at_courier().with_realtime(true), list(1)),
            (TrackRequest::number("ZA1").with_register(true), list(1)),
            (TrackRequest::number("ZA1").with_register(true), list(7)),
            (TrackRequest::reference("shop-1"), list(1)),
            (TrackRequest::reference("shop-1"), list(7)),
        ]
    }

    fn too_many_requests() -> (Reply, Duration) {
        (Reply::fixture("errors/429.json"), Duration::from_secs(120))
    }

    fn enums() -> Vec<Enum> {
        enums![trackingmore_sdk:
            TrackingStatus,
            TrackingSubstatus,
            CarrierType;
            closed: ArchiveState, ManualStatus
        ]
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(request.header("trackingmore-api-key"), Some(KEY));
        // Seen in clients of others, and not needed.
        for absent in ["authorization", "client-id", "lang", "x-requested-with"] {
            assert_eq!(request.header(absent), None, "{absent}");
        }
    }

    /// TrackingMore returns everything with HTTP 200, so the number in the name of a JSON file is the
    /// code inside of it; that of another file is the status.
    fn announced(file: &str) -> (u16, &'static str) {
        let number = || file.split('_').next().unwrap().parse().unwrap();
        match file.rsplit('.').next() {
            Some("txt") => (number(), "text/plain; charset=utf-8"),
            Some("html") => (number(), "text/html"),
            _ => (200, "application/json; charset=utf-8"),
        }
    }
}

/// Replies in the envelope that everything comes in.
pub(crate) trait Enveloped {
    /// A success with this under `data`.
    fn data(data: &Value) -> Self;

    /// A refusal with this code, as TrackingMore sends it: HTTP 200, and an empty list.
    fn code(code: i64) -> Self;
}

impl Enveloped for Reply {
    fn data(data: &Value) -> Self {
        Self::json(200, &json!({ "meta": { "code": 200 }, "data": data }))
    }

    fn code(code: i64) -> Self {
        Self::json(200, &json!({ "meta": { "code": code }, "data": [] }))
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
