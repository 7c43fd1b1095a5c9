//! A sandbox with a small client.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use tracking_sandbox::Sandbox;
use tracking_sandbox::ship24::Ship24;

/// A sandbox and a client that knows its address and key.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
}

/// A response, read completely.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) async fn read(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// The value at a JSON pointer; null when there is none.
    pub(crate) fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Status and the code of the first error.
    pub(crate) fn error(&self) -> (u16, String) {
        let code = self
            .at("/errors/0/code")
            .as_str()
            .unwrap_or_default()
            .to_owned();
        (self.status, code)
    }
}

impl Account {
    /// An account without rate limits, so that tests never wait.
    pub(crate) async fn open() -> Self {
        let account = Self::limited().await;
        account
            .ship24()
            .configure(|settings| settings.rate_limits = false);
        account
    }

    /// An account with the documented rate limits.
    pub(crate) async fn limited() -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            sandbox: Sandbox::start().await.unwrap(),
            http,
        }
    }

    pub(crate) fn ship24(&self) -> Ship24 {
        self.sandbox.ship24()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url("ship24"))
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .bearer_auth(self.ship24().api_key())
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        Reply::read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        Reply::read(
            self.request(Method::POST, path)
                .json(body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Reply {
        Reply::read(
            self.request(Method::PATCH, path)
                .json(body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// Creates a tracker and returns its id.
    pub(crate) async fn tracker(&self, body: &Value) -> String {
        let response = self.post("/trackers", body).await;
        assert_eq!(response.status, 201, "{}", response.text);
        response
            .at("/data/tracker/trackerId")
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A control call.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        let url = format!("http://{}/_sandbox{path}", self.sandbox.address());
        Reply::read(
            self.http
                .request(method, url)
                .json(body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }
}
