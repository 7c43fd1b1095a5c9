//! Sends messages to a receiver, and says what it replied.

use tokio::time::timeout;
use tracking_http::bytes::Bytes;
use tracking_http::http::{HeaderName, HeaderValue, Request, StatusCode, Uri};
use tracking_http::{ReqwestTransport, SendLimits, Transport};

use super::message::Message;
use crate::problem::Problem;
use crate::receiver::{self, LONGEST};
use crate::terminal::clean;

/// More of a reply is not read.
const MAX_REPLY: usize = 64 * 1024;

/// Of the body of a reply so many characters are shown.
const SHOWN: usize = 200;

/// Headers that belong to the connection, which is another one.
const OF_CONNECTION: [&str; 7] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "transfer-encoding",
    "upgrade",
];

/// A receiver of webhooks.
pub(crate) struct Receiver {
    url: String,
    has_path: bool,
    transport: ReqwestTransport,
}

/// What a receiver replied.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    /// The status and the beginning of the body.
    pub(crate) text: String,
}

impl Receiver {
    /// Checks the address. Nothing is sent.
    pub(crate) fn new(url: &str) -> Result<Self, Problem> {
        let wrong =
            |reason: &str| Problem::new("usage", format!("the URL cannot be used: {reason}"));
        let transport = receiver::transport(url)
            .map_err(|error| wrong(error.message().unwrap_or("it is not valid")))?;
        let uri: Uri = url.parse().map_err(|_| wrong("it is not valid"))?;
        let path = uri.path_and_query();
        Ok(Self {
            url: url.to_owned(),
            has_path: path.is_some_and(|path| path.as_str() != "/"),
            transport,
        })
    }

    /// Returns the address that a message goes to: without a path of its own, to that of the message.
    fn url_for(&self, message: &Message) -> String {
        if self.has_path {
            self.url.clone()
        } else {
            format!("{}{}", self.url.trim_end_matches('/'), message.path)
        }
    }

    /// Sends a message once.
    ///
    /// # Errors
    ///
    /// Why there is no reply.
    pub(crate) async fn send(&self, message: &Message) -> Result<Reply, String> {
        let url = self.url_for(message);
        let mut request = Request::builder().method(message.method.as_str()).uri(url);
        for (name, value) in &message.headers {
            if OF_CONNECTION.iter().any(|it| name.eq_ignore_ascii_case(it)) {
                continue;
            }
            let header = HeaderName::try_from(name);
            let value = HeaderValue::from_bytes(value);
            let (Ok(header), Ok(mut value)) = (header, value) else {
                return Err("a header of it cannot be sent".to_owned());
            };
            value.set_sensitive(true);
            request = request.header(header, value);
        }
        let request = request
            .body(Bytes::copy_from_slice(&message.body))
            .map_err(|_| "its method or its path cannot be sent".to_owned())?;
        let sending = self.transport.send(request, SendLimits::new(MAX_REPLY));
        let response = match timeout(LONGEST, sending).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(error.to_string()),
            Err(_) => return Err(format!("no reply within {} s", LONGEST.as_secs())),
        };
        let status = response.status();
        let body = String::from_utf8_lossy(response.body());
        let start: String = body.chars().take(SHOWN).collect();
        Ok(Reply {
            status,
            text: match &*clean(&start) {
                "" => format!("HTTP {}", status.as_u16()),
                text => format!("HTTP {} with the body `{text}`", status.as_u16()),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_without_path_gets_that_of_the_message() {
        let message = Message::new("POST", "/webhooks/gcl?a=b", [], Vec::new());
        for (url, expected) in [
            (
                "http://127.0.0.1:8080",
                "http://127.0.0.1:8080/webhooks/gcl?a=b",
            ),
            (
                "http://127.0.0.1:8080/",
                "http://127.0.0.1:8080/webhooks/gcl?a=b",
            ),
            ("http://127.0.0.1:8080/hook", "http://127.0.0.1:8080/hook"),
            ("https://shop.example/?key=1", "https://shop.example/?key=1"),
        ] {
            let receiver = Receiver::new(url).unwrap();

            assert_eq!(receiver.url_for(&message), expected);
        }
    }

    #[test]
    fn unencrypted_address_of_other_machine_is_refused() {
        for url in [
            "http://shop.example/hook",
            "shop.example",
            "ftp://127.0.0.1",
            "",
        ] {
            assert!(Receiver::new(url).is_err(), "{url}");
        }
    }
}
