//! A server on loopback that answers from a list and keeps every request as it came.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use http::HeaderMap;
use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Value, json};
use trackingmore_sdk::{Client, ClientBuilder, ConfigureClient as _, RetryPolicy};

/// The key of all tests, which must be seen nowhere but in the request.
pub(crate) const KEY: &str = "0c9b-hushHushHushHushHushHush";

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query as they stood in the request line, percent-encoding included.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// The one value of a header, or nothing when it was not sent.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().unwrap();
        assert!(values.next().is_none(), "`{name}` was sent twice");
        Some(value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Checks what every request has in common, and that this one is the expected one without a
    /// body.
    #[track_caller]
    pub(crate) fn assert_without_body(&self, method: &str, target: &str) {
        self.assert_line(method, target);
        assert_eq!(String::from_utf8_lossy(&self.body), "");
        assert_eq!(self.header("content-type"), None);
    }

    /// Checks what every request has in common, and that this one is the expected one with this
    /// JSON.
    #[track_caller]
    pub(crate) fn assert_json(&self, method: &str, target: &str, body: &Value) {
        self.assert_line(method, target);
        assert_eq!(&self.json(), body);
        assert_eq!(self.header("content-type"), Some("application/json"));
    }

    #[track_caller]
    fn assert_line(&self, method: &str, target: &str) {
        assert_eq!(
            (self.method.as_str(), self.target.as_str()),
            (method, target)
        );
        assert_eq!(self.header("trackingmore-api-key"), Some(KEY));
        assert_eq!(self.header("accept"), Some("application/json"));
        // Seen in clients of others, and not needed.
        for absent in [
            "authorization",
            "client-id",
            "lang",
            "x-requested-with",
            "cookie",
        ] {
            assert_eq!(self.header(absent), None, "{absent}");
        }
    }
}

/// What the server says to one request.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// A fixture, announced as what it is. TrackingMore answers everything with HTTP 200, so the
    /// number in the name of a JSON file is the code inside of it; that of another file is the
    /// status.
    pub(crate) fn fixture(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap();
        let number = name.split('_').next().unwrap();
        let (status, media_type) = match name.rsplit('.').next() {
            Some("txt") => (number.parse().unwrap(), "text/plain; charset=utf-8"),
            Some("html") => (number.parse().unwrap(), "text/html"),
            _ => (200, "application/json; charset=utf-8"),
        };
        Self::new(status, fixture(path)).header("content-type", media_type)
    }

    /// A success with this under `data`.
    pub(crate) fn data(data: &Value) -> Self {
        Self::json(200, &json!({ "meta": { "code": 200 }, "data": data }))
    }

    /// A refusal with this code, as TrackingMore sends it: HTTP 200, and an empty list.
    pub(crate) fn code(code: i64) -> Self {
        Self::json(200, &json!({ "meta": { "code": code }, "data": [] }))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn to_mock(&self) -> HttpMockResponse {
        let mut builder = HttpMockResponse::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.clone()).build()
    }
}

/// Answers from a list.
///
/// A request beyond the end of the list is unexpected: it gets a status that no client takes for
/// good, and reading the requests fails with what was asked. Answers that nobody fetched fail the
/// test at its end.
pub(crate) struct Server {
    mock: MockServer,
    exchange: Arc<Mutex<Exchange>>,
}

#[derive(Default)]
struct Exchange {
    answers: VecDeque<Answer>,
    seen: Vec<Seen>,
    unexpected: Vec<String>,
}

impl Server {
    pub(crate) async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let mock = MockServer::start_async().await;
        let exchange = Arc::new(Mutex::new(Exchange {
            answers: answers.into_iter().collect(),
            ..Exchange::default()
        }));
        let shared = Arc::clone(&exchange);
        mock.mock_async(move |when, then| {
            when.any_request();
            then.respond_with(move |request| respond(&shared, request));
        })
        .await;
        Self { mock, exchange }
    }

    pub(crate) async fn answering(answer: Answer) -> Self {
        Self::start([answer]).await
    }

    /// A server that expects no request at all.
    pub(crate) async fn silent() -> Self {
        Self::start([]).await
    }

    /// The address with the version in it, as the real one has it.
    pub(crate) fn base_url(&self) -> String {
        format!("{}/v2", self.mock.base_url())
    }

    /// A builder for this server, without retries and limits: each call is one request.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(KEY)
            .with_base_url(self.base_url())
            .with_retry(RetryPolicy::none())
            .without_rate_limits()
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// All requests so far, none of which was unexpected.
    #[track_caller]
    pub(crate) fn requests(&self) -> Vec<Seen> {
        let exchange = self.exchange.lock().unwrap();
        assert!(
            exchange.unexpected.is_empty(),
            "unexpected requests: {:#?}",
            exchange.unexpected
        );
        exchange.seen.clone()
    }

    /// The only request.
    #[track_caller]
    pub(crate) fn request(&self) -> Seen {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let exchange = self.exchange.lock().unwrap();
        assert!(
            exchange.unexpected.is_empty(),
            "unexpected requests: {:#?}",
            exchange.unexpected
        );
        assert!(
            exchange.answers.is_empty(),
            "answers that nobody fetched: {:#?}",
            exchange.answers
        );
    }
}

fn respond(exchange: &Mutex<Exchange>, request: &HttpMockRequest) -> HttpMockResponse {
    let mut exchange = exchange.lock().unwrap();
    let seen = Seen {
        method: request.method_str().to_owned(),
        target: target(request.uri_str()).to_owned(),
        headers: request.headers(),
        body: request.body_vec(),
    };
    match exchange.answers.pop_front() {
        Some(answer) => {
            exchange.seen.push(seen);
            answer.to_mock()
        }
        None => {
            exchange
                .unexpected
                .push(format!("{} {}", seen.method, seen.target));
            HttpMockResponse::builder()
                .status(501)
                .body("unexpected request")
                .build()
        }
    }
}

/// The mock server puts its own address in front of what stood in the request line.
fn target(uri: &str) -> &str {
    let start = uri
        .find("://")
        .and_then(|scheme| Some(scheme + 3 + uri.get(scheme + 3..)?.find('/')?));
    &uri[start.unwrap_or(0)..]
}

/// The text of a file below `tests/fixtures`.
#[track_caller]
pub(crate) fn fixture(path: &str) -> String {
    let file = fixtures_folder().join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[track_caller]
pub(crate) fn fixture_json(path: &str) -> Value {
    serde_json::from_str(&fixture(path)).unwrap()
}

pub(crate) fn fixtures_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}
