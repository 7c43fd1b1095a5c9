//! The server of all tests: who calls it, and what every call sends.

use serde_json::{Value, json};
use tracking_testkit::{Fixtures, Sdk};
use trackingmore_sdk::{Client, ClientBuilder};

/// The key of all tests, which must be seen nowhere but in the request.
pub(crate) const KEY: &str = "0c9b-hushHushHushHushHushHush";

pub(crate) const FIXTURES: Fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));

pub(crate) type Answer = tracking_testkit::Answer<TrackingMore>;
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

    fn builder() -> ClientBuilder {
        Client::builder(KEY)
    }

    fn build(builder: ClientBuilder) -> Client {
        builder.build().unwrap()
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(request.header("trackingmore-api-key"), Some(KEY));
        // Seen in clients of others, and not needed.
        for absent in ["authorization", "client-id", "lang", "x-requested-with"] {
            assert_eq!(request.header(absent), None, "{absent}");
        }
    }

    /// TrackingMore answers everything with HTTP 200, so the number in the name of a JSON file is the
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

/// Answers in the envelope that everything comes in.
pub(crate) trait Enveloped {
    /// A success with this under `data`.
    fn data(data: &Value) -> Self;

    /// A refusal with this code, as TrackingMore sends it: HTTP 200, and an empty list.
    fn code(code: i64) -> Self;
}

impl Enveloped for Answer {
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
