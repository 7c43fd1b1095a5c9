//! The yardstick: what a competent engineer writes with reqwest and serde for one endpoint of each provider.
//!
//! It reads the same fields of the same response into structs of strings and numbers, checks the status and
//! keeps the connection. It does not do what the SDK does besides: limits, retries, a total timeout, a bounded
//! body, errors that keep status, headers and body and name the place that does not fit, masking of secrets,
//! dates and statuses as types, numbers sent as strings, unknown keys that can be listed, repeated keys.
//! A token is fetched once and never renewed.

use reqwest::header::ACCEPT;
use serde::de::DeserializeOwned;

pub(crate) struct Client {
    http: reqwest::Client,
    base_url: String,
    credential: Credential,
}

/// What is sent with each request.
pub(crate) enum Credential {
    Bearer(String),
    Header(&'static str, String),
}

impl Client {
    pub(crate) fn new(base_url: &str, credential: Credential) -> Self {
        Self {
            http: reqwest::Client::new(),
            base_url: base_url.to_owned(),
            credential,
        }
    }

    /// Reads the JSON at a path below the base URL, which may have a query.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, reqwest::Error> {
        let url = format!("{}{path}", self.base_url);
        let request = self.http.get(url).header(ACCEPT, "application/json");
        let request = match &self.credential {
            Credential::Bearer(token) => request.bearer_auth(token),
            Credential::Header(name, key) => request.header(*name, key),
        };
        request.send().await?.error_for_status()?.json().await
    }
}

/// Compares two secrets in constant time.
pub(crate) fn is_equal(left: &[u8], right: &[u8]) -> bool {
    let pairs = left.iter().zip(right);
    let differences = pairs.fold(0, |all, (left, right)| all | (left ^ right));
    left.len() == right.len() && differences == 0
}
