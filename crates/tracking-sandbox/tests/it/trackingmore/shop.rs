//! A sandbox with a small client.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;
use tracking_sandbox::trackingmore::TrackingMore;

use crate::account::Reply;

/// The carrier that has the demo parcel first.
pub(crate) const DEMO_CARRIER: &str = "singapore-post";

/// A sandbox and a client that knows its address and key.
pub(crate) struct Shop {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
}

impl Shop {
    /// An account without rate limits, so that tests never wait.
    pub(crate) async fn open() -> Self {
        let shop = Self::limited().await;
        shop.account()
            .configure(|settings| settings.rate_limits = false);
        shop
    }

    /// An account with the documented rate limits.
    pub(crate) async fn limited() -> Self {
        Self {
            sandbox: Sandbox::start().await.unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    pub(crate) fn account(&self) -> TrackingMore {
        self.sandbox.trackingmore()
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url("trackingmore"))
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .header("Trackingmore-Api-Key", self.account().api_key())
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        Reply::read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        Reply::read(self.request(Method::DELETE, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, body).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, body).await
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).json(body);
        Reply::read(request.send().await.unwrap()).await
    }

    /// Creates a tracking with nothing but number and carrier.
    pub(crate) async fn follow(&self, carrier: &str, number: &str) {
        let body = json!({ "tracking_number": number, "carrier_code": carrier });
        let response = self.post("/trackings/post", &body).await;
        assert_eq!(code(&response), (200, 200), "{}", response.text);
    }

    /// Creates the demo tracking.
    pub(crate) async fn follow_demo(&self) {
        self.follow(DEMO_CARRIER, Sandbox::DEMO_NUMBER).await;
    }

    /// Reads the demo tracking.
    pub(crate) async fn demo(&self) -> Reply {
        let path = format!("/trackings/{DEMO_CARRIER}/{}", Sandbox::DEMO_NUMBER);
        self.get(&path).await
    }

    /// A control call.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        let url = format!("http://{}/_sandbox{path}", self.sandbox.address());
        let request = self.http.request(method, url).json(body);
        Reply::read(request.send().await.unwrap()).await
    }
}

/// HTTP status and `meta.code`.
pub(crate) fn code(response: &Reply) -> (u16, u64) {
    (
        response.status,
        response.at("/meta/code").as_u64().unwrap_or_default(),
    )
}

/// A business error: HTTP 200 with the code, and an empty list for data.
pub(crate) fn refused(response: &Reply) -> u64 {
    assert_eq!(response.status, 200, "{}", response.text);
    assert_eq!(response.at("/data"), json!([]), "{}", response.text);
    code(response).1
}
