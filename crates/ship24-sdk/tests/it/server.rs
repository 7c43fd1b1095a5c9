//! The server of all tests: who calls it, and what every call sends.

use serde_json::Value;
use ship24_sdk::{Client, ClientBuilder};
use tracking_testkit::{Fixtures, Sdk};

/// The key of all tests, which must be seen nowhere but in the request.
pub(crate) const KEY: &str = "apik_hushHushHushHushHushHushHush00";

pub(crate) const FIXTURES: Fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));

pub(crate) type Answer = tracking_testkit::Answer<Ship24>;
pub(crate) type Seen = tracking_testkit::Seen<Ship24>;
pub(crate) type Server = tracking_testkit::Server<Ship24>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct Ship24;

impl Sdk for Ship24 {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "ship24";
    const FIXTURES: Fixtures = FIXTURES;

    fn builder() -> ClientBuilder {
        Client::builder(KEY)
    }

    fn build(builder: ClientBuilder) -> Client {
        builder.build().unwrap()
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(
            request.header("authorization"),
            Some(format!("Bearer {KEY}").as_str())
        );
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
