//! The server of all tests: who calls it, and what every call sends.

use gcl_sdk::{Client, ClientBuilder};
use serde_json::Value;
use tracking_testkit::{Fixtures, Sdk};

/// The key of all tests, which must be seen nowhere but in the request. Keys are opaque; those of a
/// sibling product hold a colon.
pub(crate) const KEY: &str = "hushHushHushHush:hushHushHushHush00";

pub(crate) const FIXTURES: Fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));

pub(crate) type Answer = tracking_testkit::Answer<Gcl>;
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

    fn builder() -> ClientBuilder {
        Client::builder(KEY)
    }

    fn build(builder: ClientBuilder) -> Client {
        builder.build().unwrap()
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
