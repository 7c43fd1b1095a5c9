//! Webhook messages as they arrive.

use std::fmt;

/// A request that arrived at a webhook URL: method, path, the raw body, and a way to look up headers.
///
/// Providers check the headers and the body; method and path are for a
/// [`WebhookEndpoint`](super::WebhookEndpoint).
pub struct WebhookRequest<'a> {
    method: &'a str,
    path: &'a str,
    body: &'a [u8],
    header: HeaderLookup<'a>,
}

/// Finds the value of a header by its name, whatever the case of the name.
type HeaderLookup<'a> = Box<dyn Fn(&str) -> Option<&'a [u8]> + Send + Sync + 'a>;

impl<'a> WebhookRequest<'a> {
    /// Creates a `POST` request without a path. `header` has to find a header whatever the case of its
    /// name.
    ///
    /// Pass the body as it arrived: a body that was parsed and written again is another one.
    #[must_use]
    pub fn new(
        body: &'a [u8],
        header: impl Fn(&str) -> Option<&'a [u8]> + Send + Sync + 'a,
    ) -> Self {
        Self {
            method: "POST",
            path: "",
            body,
            header: Box::new(header),
        }
    }

    /// Sets the method and the path as they are in the request line, such as `POST` and
    /// `/webhooks/ship24`. A query does not count.
    #[must_use]
    pub const fn with_target(mut self, method: &'a str, path: &'a str) -> Self {
        self.method = method;
        self.path = path;
        self
    }

    /// Creates a `POST` request without a path, with headers from a list.
    ///
    /// # Examples
    ///
    /// ```
    /// use tracking_core::webhook::WebhookRequest;
    ///
    /// let headers = [("Authorization", "Bearer secret")];
    /// let request = WebhookRequest::from_pairs(b"{}", &headers);
    /// assert_eq!(request.header("authorization"), Some(&b"Bearer secret"[..]));
    /// ```
    #[must_use]
    pub fn from_pairs<N, V>(body: &'a [u8], headers: &'a [(N, V)]) -> Self
    where
        N: AsRef<str> + Sync,
        V: AsRef<[u8]> + Sync,
    {
        Self::new(body, move |searched| {
            let found = headers
                .iter()
                .find(|(name, _)| name.as_ref().eq_ignore_ascii_case(searched));
            found.map(|(_, value)| value.as_ref())
        })
    }

    /// Returns the method, such as `POST`.
    #[must_use]
    pub const fn method(&self) -> &'a str {
        self.method
    }

    /// Returns the path, with the query if it was passed.
    #[must_use]
    pub const fn path(&self) -> &'a str {
        self.path
    }

    /// Returns the raw body.
    #[must_use]
    pub const fn body(&self) -> &'a [u8] {
        self.body
    }

    /// Returns the value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        (self.header)(name)
    }
}

impl fmt::Debug for WebhookRequest<'_> {
    /// Prints the length of the body only: bodies hold names and addresses, headers and some paths hold
    /// secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookRequest({} bytes)", self.body.len())
    }
}

#[cfg(test)]
mod tests {
    use super::WebhookRequest;

    #[test]
    fn message_can_be_handled_on_another_thread() {
        fn is_send_and_sync<T: Send + Sync>(_: &T) {}

        is_send_and_sync(&WebhookRequest::new(b"{}", |_| None));
    }

    #[test]
    fn headers_are_found_whatever_their_case() {
        let headers = [("X-Topic", "events")];
        let request = WebhookRequest::from_pairs(b"", &headers);

        assert_eq!(request.header("x-topic"), Some(&b"events"[..]));
        assert_eq!(request.header("x-other"), None);
    }

    #[test]
    fn debug_shows_neither_body_nor_headers() {
        let headers = [("authorization", "Bearer secret")];
        let request = WebhookRequest::from_pairs(b"Ann Example", &headers);

        assert_eq!(format!("{request:?}"), "WebhookRequest(11 bytes)");
    }
}
