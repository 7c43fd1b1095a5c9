//! What is sent back to the sender of a webhook.

use std::fmt;

/// An HTTP response to the sender of a webhook: a status, a few headers, and a short body.
///
/// It holds nothing of the request, so it can be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookReply {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: &'static str,
}

impl WebhookReply {
    /// Creates a reply without headers and body.
    #[must_use]
    pub const fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: "",
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sets the body, which is plain text.
    #[must_use]
    pub fn with_text(mut self, body: &'static str) -> Self {
        self.body = body;
        self.with_header("content-type", "text/plain; charset=utf-8")
    }

    /// Returns the status code.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Returns names in lower case and values of the headers. The length of the body is not among them:
    /// the server adds it.
    #[must_use]
    pub fn headers(&self) -> &[(&'static str, &'static str)] {
        &self.headers
    }

    /// Returns the body.
    #[must_use]
    pub const fn body(&self) -> &'static str {
        self.body
    }

    /// Returns true if the status is one of success: with it providers count a message as received.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Removes the body, as it has to be in a response to `HEAD`.
    pub(super) fn without_body(mut self) -> Self {
        self.body = "";
        self
    }
}

impl fmt::Display for WebhookReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.body {
            "" => write!(f, "HTTP {}", self.status),
            body => write!(f, "HTTP {} with the body `{body}`", self.status),
        }
    }
}
