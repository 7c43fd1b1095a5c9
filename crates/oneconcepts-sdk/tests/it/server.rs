//! The server of all tests: who calls it, and what every call sends.

use oneconcepts_sdk::{Client, ClientBuilder};
use serde_json::{Value, json};
use tracking_testkit::{Fixtures, Login, Sdk};

/// The credentials of all tests, which must be seen nowhere but in the token request.
pub(crate) const EMAIL: &str = "shop@shop.example";
pub(crate) const PASSWORD: &str = "hushHushHush-password";

/// The token of all tests, which must be seen nowhere but in requests and the token response.
pub(crate) const TOKEN: &str = "hushHushHush-token";

/// The media type of everything but responses of the login layer.
pub(crate) const LD_JSON: &str = "application/ld+json";

pub(crate) const FIXTURES: Fixtures = Fixtures::of(env!("CARGO_MANIFEST_DIR"));

pub(crate) type Answer = tracking_testkit::Answer<OneConcepts>;
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

    fn builder() -> ClientBuilder {
        Client::builder(EMAIL, PASSWORD)
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
            path: "/api/create-token",
            answer: token_response(TOKEN),
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
pub(crate) fn token_response(token: &str) -> Answer {
    Answer::json(
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
