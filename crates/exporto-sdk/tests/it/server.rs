//! The server of all tests: who calls it, and what every call sends.

use exporto_sdk::{Client, ClientBuilder};
use serde_json::Value;
use tracking_testkit::{Fixtures, Login, Sdk};

pub(crate) const USERNAME: &str = "shop-7";

/// The password of all tests, which must be seen nowhere but in the request for a token.
pub(crate) const PASSWORD: &str = "hushHush:pass/word 1";

/// User name and password as HTTP Basic carries them.
pub(crate) const BASIC: &str = "Basic c2hvcC03Omh1c2hIdXNoOnBhc3Mvd29yZCAx";

/// The token that the server issues, which must be seen nowhere but in the requests.
pub(crate) const TOKEN: &str = "tok-hushHushHush-1";

pub(crate) const FIXTURES: Fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));

pub(crate) type Answer = tracking_testkit::Answer<Exporto>;
pub(crate) type Seen = tracking_testkit::Seen<Exporto>;
pub(crate) type Server = tracking_testkit::Server<Exporto>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct Exporto;

impl Sdk for Exporto {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "exporto";
    const FIXTURES: Fixtures = FIXTURES;
    const BASE_PATH: &str = "/v1";

    fn builder() -> ClientBuilder {
        Client::builder(USERNAME, PASSWORD)
    }

    fn build(builder: ClientBuilder) -> Client {
        builder.build().unwrap()
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(
            request.header("authorization"),
            Some(format!("Bearer {TOKEN}").as_str())
        );
        assert_eq!(request.header("api-version"), None);
    }

    fn login() -> Option<Login<Self>> {
        Some(Login {
            path: "/v1/auth/token",
            answer: Answer::fixture("create-token/200_token.json"),
        })
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
