//! What is a provider's own in the tests of its SDK.

use std::fmt::Debug;
use std::time::Duration;

use http::Method;
use tracking_core::TrackRequest;
use tracking_http::{Call, ConfigureClient, Error};

use crate::{Called, Enum, Fixtures, Reply, Seen};

/// One SDK, as [`Server`](crate::Server), [`Script`](crate::Script) and the [suites](mod@crate::suites)
/// need to know it.
pub trait Sdk: Clone + Debug + Send + Sync + 'static {
    /// The client of the SDK.
    type Client: Debug;
    /// What a client is built from.
    type Builder: ConfigureClient + Clone + Debug;

    /// The name of the provider, as the spec has it.
    const PROVIDER: &'static str;
    /// The bodies of responses.
    const FIXTURES: Fixtures;
    /// What the base URL has behind the origin, such as `/v2`.
    const BASE_PATH: &'static str = "";
    /// The media type of JSON, in both directions.
    const MEDIA_TYPE: &'static str = "application/json";

    /// How a client introduces itself: `concat!("some-sdk/", env!("CARGO_PKG_VERSION"))`.
    const PRODUCT: &'static str;
    /// Whether the client asks for compression: `cfg!(feature = "gzip")`.
    const COMPRESSED: bool;
    /// The address that a client has by default.
    const PRODUCTION: &'static str;
    /// The environment variables of the credentials, with the values of all tests, in the order in
    /// which [`with_credentials`](Self::with_credentials) takes them.
    const CREDENTIALS: &'static [(&'static str, &'static str)];
    /// What an error calls each of the credentials.
    const CREDENTIAL_NAMES: &'static [&'static str];
    /// The header that proves who calls, in lower case, and its value in all tests.
    const PROOF: (&'static str, &'static str);
    /// What may be seen nowhere but in requests: the credentials, and what is made from them.
    const SECRETS: &'static [&'static str];
    /// The operation that [`look_up`](Self::look_up) calls. It may be repeated.
    const LOOKUP: &'static str;
    /// Fixtures with a refusal that no repeat changes.
    const REFUSALS: &'static [&'static str];

    /// Statuses below 500 that a repeat may change.
    const PASSING: &'static [u16] = &[];
    /// Places in the [successes](Self::success) without which a response is an error: the operation,
    /// or `*` for every one, and the JSON pointer.
    const REQUIRED: &'static [(&'static str, &'static str)] = &[];

    /// Operations that respond with one record, or with what one lookup found: a part that does not fit is
    /// an error there, which keeps the body. All others keep the other elements of their list.
    const ONE_RECORD: &'static [&'static str] = &[];

    /// Operations that share the method of another one, with the name of the method.
    const OTHER_METHODS: &'static [(&'static str, &'static str)] = &[];

    /// A builder with these credentials.
    fn with_credentials(values: &[&str]) -> Self::Builder;

    /// Builds a client.
    ///
    /// # Errors
    ///
    /// Those of the SDK.
    fn try_build(builder: Self::Builder) -> Result<Self::Client, Error>;

    /// Builds a client from these environment variables alone.
    ///
    /// # Errors
    ///
    /// Those of the SDK.
    fn from_variables(variables: &[(&str, &str)]) -> Result<Self::Client, Error>;

    /// A builder with the credentials of all tests.
    #[must_use]
    fn builder() -> Self::Builder {
        let values: Vec<&str> = Self::CREDENTIALS.iter().map(|(_, value)| *value).collect();
        Self::with_credentials(&values)
    }

    /// Builds a client that cannot be refused.
    #[must_use]
    #[track_caller]
    fn build(builder: Self::Builder) -> Self::Client {
        Self::try_build(builder).unwrap_or_else(|error| panic!("{}: {error}", Self::PROVIDER))
    }

    /// A builder with this secret of webhooks, where there is one.
    #[must_use]
    fn with_webhook_secret(builder: Self::Builder, _secret: &str) -> Self::Builder {
        builder
    }

    /// What receives webhooks with this secret and what it signs, each [printed](crate::printed::printed).
    #[must_use]
    fn printed_receivers(_secret: &str) -> Vec<String> {
        Vec::new()
    }

    /// Calls any path.
    fn request<'a>(client: &'a Self::Client, method: Method, path: &str) -> Call<'a>;

    /// A builder whose client can call this operation, where not every client can.
    #[must_use]
    fn prepare(builder: Self::Builder, _operation: &str) -> Self::Builder {
        builder
    }

    /// Calls an operation by its id, with some input that is right.
    fn call(client: &Self::Client, operation: &str) -> impl Future<Output = Result<Called, Error>>;

    /// A response to an operation that is a success and has no field that the SDK does not model.
    fn success(operation: &str) -> Reply<Self>;

    /// Looks up the shipment with this number or id.
    fn look_up(client: &Self::Client, number: &str) -> impl Future<Output = Result<Called, Error>>;

    /// Checks a number or id as the SDK does before a lookup.
    ///
    /// # Errors
    ///
    /// Those of the SDK.
    fn check_number(number: &str) -> Result<(), Error>;

    /// A refusal in the provider's own form, with this message in it.
    fn refusal(status: u16, message: &str) -> Reply<Self>;

    /// Errors that the provider sends with HTTP 200, beside its [refusals](Self::refusal), with this
    /// message in them.
    #[must_use]
    fn errors_in_200(_message: &str) -> Vec<Reply<Self>> {
        Vec::new()
    }

    /// Successes that refuse the registration of this number, with this string as code and as message.
    #[must_use]
    fn refused_registrations(_number: &str, _text: &str) -> Vec<Reply<Self>> {
        Vec::new()
    }

    /// Bodies of a lookup that no type of the SDK reads, each with this string in it.
    fn misfits(secret: &str) -> Vec<String>;

    /// Lookups by each name that the provider knows a parcel by, and what it says about other parcels alone: a list
    /// that ignored its filter, too.
    fn others() -> Vec<(TrackRequest, Vec<Reply<Self>>)>;

    /// A response that asks to slow down, and the pause that it asks for.
    fn too_many_requests() -> (Reply<Self>, Duration);

    /// Every enum of the spec: [`enums!`](crate::enums).
    fn enums() -> Vec<Enum>;

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
    /// The reply for tests of other calls, which need not care about it.
    pub reply: Reply<S>,
}
