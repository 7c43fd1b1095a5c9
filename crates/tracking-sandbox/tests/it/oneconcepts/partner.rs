//! A sandbox with a small client.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;
use tracking_sandbox::oneconcepts::{Assumptions, OneConcepts};

use crate::account::Reply;

/// The media type of every body.
pub(crate) const LD_JSON: &str = "application/ld+json";

/// A sandbox and a client that has a token.
pub(crate) struct Partner {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
    token: String,
}

impl Partner {
    /// A sandbox in its first state, and a token that was requested as any client would.
    pub(crate) async fn open() -> Self {
        let mut partner = Self {
            sandbox: Sandbox::start().await.unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            token: String::new(),
        };
        partner.renew().await;
        partner
    }

    /// Asks for a new token and uses it from now on.
    pub(crate) async fn renew(&mut self) {
        let response = self.ask_for_token(&self.credentials()).await;
        assert_eq!(response.status, 200, "{}", response.text);
        self.token = response.at("/token").as_str().unwrap().to_owned();
    }

    pub(crate) fn account(&self) -> OneConcepts {
        self.sandbox.oneconcepts()
    }

    /// Changes what the sandbox assumes.
    pub(crate) fn assume(&self, change: impl FnOnce(&mut Assumptions)) {
        self.account()
            .configure(|settings| change(&mut settings.assumptions));
    }

    pub(crate) fn credentials(&self) -> Value {
        json!({ "email": self.account().email(), "password": self.account().password() })
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/api{path}", self.sandbox.base_url("oneconcepts"))
    }

    /// A call as the documentation wants it.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .bearer_auth(&self.token)
            .header("accept", LD_JSON)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    /// Follows an address from a body.
    pub(crate) async fn follow(&self, iri: &Value) -> Reply {
        let origin = format!("http://{}", self.sandbox.address());
        let url = format!("{origin}{}", iri.as_str().unwrap());
        send(self.http.get(url).bearer_auth(&self.token)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        send(with_body(self.request(Method::POST, path), body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Reply {
        send(with_body(self.request(Method::PATCH, path), body)).await
    }

    pub(crate) async fn ask_for_token(&self, body: &Value) -> Reply {
        let request = self.http.post(self.url("/create-token"));
        send(with_body(request, body)).await
    }

    /// The order with this external number, which must be there.
    pub(crate) async fn order(&self, external_number: &str) -> Value {
        let path = format!("/orders?externalOrderNumber={external_number}");
        let response = self.get(&path).await;
        assert_eq!(response.at("/hydra:totalItems"), 1, "{}", response.text);
        response.at("/hydra:member/0")
    }

    /// A control call.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        let url = format!("http://{}/_sandbox{path}", self.sandbox.address());
        send(self.http.request(method, url).json(body)).await
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Reply {
    Reply::read(request.send().await.unwrap()).await
}

pub(crate) fn with_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request
        .header("content-type", LD_JSON)
        .body(body.to_string())
}

/// The members of a list.
pub(crate) fn members(response: &Reply) -> Vec<Value> {
    assert_eq!(response.status, 200, "{}", response.text);
    response.at("/hydra:member").as_array().unwrap().clone()
}

/// One field of each member of a list.
pub(crate) fn each(response: &Reply, field: &str) -> Vec<String> {
    let text = |member: &Value| member[field].as_str().unwrap().to_owned();
    members(response).iter().map(text).collect()
}
