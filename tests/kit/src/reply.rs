//! What a provider says to one request.

use std::marker::PhantomData;

use bytes::Bytes;
use http::Response;
use httpmock::HttpMockResponse;
use serde_json::Value;

use crate::Sdk;

/// What a provider says to one request.
#[derive(Clone, Debug)]
pub struct Reply<S> {
    /// The HTTP status.
    pub status: u16,
    /// In their order; a name may occur twice.
    pub headers: Vec<(String, String)>,
    /// Empty for a reply without one.
    pub body: Vec<u8>,
    /// How the target ends that it is for; any target without it.
    target: Option<String>,
    sdk: PhantomData<S>,
}

impl<S: Sdk> Reply<S> {
    /// A reply without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            target: None,
            sdk: PhantomData,
        }
    }

    /// The same reply for requests whose target ends like this only: where several are on their
    /// way at once, the order of arrival is unknown.
    #[must_use]
    pub fn to(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    pub(crate) fn fits(&self, target: &str) -> bool {
        let wanted = self.target.as_deref();
        wanted.is_none_or(|wanted| target.ends_with(wanted))
    }

    /// JSON, announced as the provider announces it.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", S::MEDIA_TYPE)
    }

    /// A fixture, `folder/name`, announced as [`Sdk::announced`] says.
    #[must_use]
    #[track_caller]
    pub fn fixture(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap();
        let (status, media_type) = S::announced(name);
        Self::new(status, S::FIXTURES.text(path)).header("content-type", media_type)
    }

    /// The same reply with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn to_mock(&self) -> HttpMockResponse {
        let mut builder = HttpMockResponse::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        builder.body(self.body.clone()).build()
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(self.body.into()).unwrap()
    }
}
