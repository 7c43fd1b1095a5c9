//! What is a provider's own in the tests of its SDK.

use std::fmt;

use tracking_http::ConfigureClient;

use crate::{Answer, Fixtures, Seen};

/// One SDK, as [`Server`](crate::Server) and [`Script`](crate::Script) need to know it.
pub trait Sdk: Clone + fmt::Debug + Send + Sync + 'static {
    /// The client of the SDK.
    type Client;
    /// What a client is built from.
    type Builder: ConfigureClient;

    /// The name of the provider, as the spec has it.
    const PROVIDER: &'static str;
    /// The bodies that the tests answer with.
    const FIXTURES: Fixtures;
    /// What the base URL has behind the origin, such as `/v2`.
    const BASE_PATH: &'static str = "";
    /// The media type of JSON, in both directions.
    const MEDIA_TYPE: &'static str = "application/json";

    /// A builder with the credentials of all tests.
    fn builder() -> Self::Builder;

    /// Builds a client that cannot be refused.
    fn build(builder: Self::Builder) -> Self::Client;

    /// Checks the headers that every request of a call has, and those that none has.
    fn assert_headers(request: &Seen<Self>);

    /// How tokens are requested, where there are any.
    fn login() -> Option<Login<Self>> {
        None
    }

    /// Status and media type of a fixture, by the name of its file.
    ///
    /// The name begins with the status, unless the provider has another rule.
    fn announced(file: &str) -> (u16, &'static str) {
        let media_type = match file.rsplit('.').next() {
            Some("txt") => "text/plain; charset=utf-8",
            Some("html") => "text/html",
            _ => "application/json; charset=utf-8",
        };
        (number(file), media_type)
    }
}

/// The number that the name of a file begins with.
#[track_caller]
fn number(file: &str) -> u16 {
    let number = file
        .split('_')
        .next()
        .and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("{file} does not begin with a number"))
}

/// A request for a token.
#[derive(Clone, Debug)]
pub struct Login<S> {
    /// What its path ends with.
    pub path: &'static str,
    /// The answer that tests of other calls need not care about.
    pub answer: Answer<S>,
}
