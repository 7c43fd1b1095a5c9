//! A sandbox with a small client.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;
use tracking_sandbox::exporto::{Exporto, ShipmentIds};

use crate::account::Reply;

/// The return that every sandbox knows.
pub(crate) const RETURN_ID: &str = "R-LX905174620NL";

/// The tracking number of that return.
pub(crate) const RETURN_NUMBER: &str = "LX905174620NL";

/// A sandbox and a client that knows its address and has a token.
pub(crate) struct Merchant {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
    token: String,
}

impl Merchant {
    pub(crate) async fn open() -> Self {
        let mut merchant = Self {
            sandbox: Sandbox::start().await.unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            token: String::new(),
        };
        merchant.renew().await;
        merchant
    }

    pub(crate) fn account(&self) -> Exporto {
        self.sandbox.exporto()
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url("exporto"))
    }

    /// What the account calls the demo parcel.
    pub(crate) fn demo(&self) -> ShipmentIds {
        self.account().ids(Sandbox::DEMO_NUMBER).unwrap()
    }

    /// Asks for a token with the right credentials.
    pub(crate) async fn ask_token(&self, body: &Value) -> Reply {
        let account = self.account();
        let request = self
            .http
            .post(self.url("/auth/token"))
            .basic_auth(account.username(), Some(account.password()))
            .json(body);
        Reply::read(request.send().await.unwrap()).await
    }

    /// Takes a token without scope from now on.
    pub(crate) async fn renew(&mut self) {
        self.renew_with(&json!({ "grant_type": "client_credentials" }))
            .await;
    }

    pub(crate) async fn renew_with(&mut self, body: &Value) {
        let response = self.ask_token(body).await;
        assert_eq!(response.status, 200, "{}", response.text);
        response
            .at("/access_token")
            .as_str()
            .unwrap()
            .clone_into(&mut self.token);
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        Reply::read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).json(body);
        Reply::read(request.send().await.unwrap()).await
    }

    pub(crate) async fn shipment(&self, id: &str) -> Reply {
        self.get(&format!("/shipment/{}", id.replace('/', "%2F")))
            .await
    }

    /// Searches with these parameters.
    pub(crate) async fn search(&self, query: &[(&str, &str)]) -> Reply {
        let query: Vec<_> = query
            .iter()
            .map(|(name, value)| format!("{name}={}", value.replace('+', "%2B")))
            .collect();
        self.get(&format!("/shipment/search?{}", query.join("&")))
            .await
    }

    /// A control call.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        let url = format!("http://{}/_sandbox{path}", self.sandbox.address());
        let request = self.http.request(method, url).json(body);
        Reply::read(request.send().await.unwrap()).await
    }
}

/// Status and message of an error.
pub(crate) fn refused(response: &Reply) -> (u16, String) {
    let message = response.at("/message");
    (
        response.status,
        message.as_str().unwrap_or_default().to_owned(),
    )
}

/// The shipment ids of a bare array.
pub(crate) fn ids(response: &Reply) -> Vec<String> {
    assert_eq!(response.status, 200, "{}", response.text);
    let Value::Array(shipments) = response.json() else {
        panic!("not a bare array: {}", response.text);
    };
    let id = |shipment: &Value| shipment["shipmentId"].as_str().unwrap().to_owned();
    shipments.iter().map(id).collect()
}

/// The keys of an object, sorted.
pub(crate) fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

/// A complete request for a label.
pub(crate) fn label_request() -> Value {
    json!({
        "order": { "customerFacingId": "A-77" },
        "product": { "methodId": 342, "format": "PDF" },
        "package": { "weight": 850, "reference": "RMA-77" },
        "address": {
            "name": "Kim Example",
            "line1": "Storgatan 5",
            "city": "Umeå",
            "postCode": "903 26",
            "countryCode": "SE",
        },
    })
}
