//! Clients of the sandbox whose requests meet a trouble.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri};
use tracking_core::Provider;
use tracking_core::conformance::{Cases, Trouble};
use tracking_core::kit::BoxFuture;
use tracking_http::{ReqwestTransport, SendLimits, Transport, TransportError};

/// How long the client waits that gets no response.
const TIMEOUT: Duration = Duration::from_millis(300);

/// Headers that carry a key.
const KEYS: [&str; 3] = ["authorization", "trackingmore-api-key", "x-api-key"];

/// What a provider's troubles need to know about it.
pub(super) struct Troubles {
    /// The fault of the sandbox that breaks a part of a shipment.
    pub(super) partly_readable: &'static str,
    /// How names of the found requests become those of other parcels.
    pub(super) others: Vec<(String, String)>,
}

/// Sends requests on and makes one thing go wrong.
#[derive(Debug)]
pub(super) struct Troubled {
    transport: ReqwestTransport,
    trouble: Trouble,
    fault: Option<HeaderValue>,
    others: Vec<(String, String)>,
}

/// A name in requests, and the one that is put in its place.
pub(super) fn pair(own: &str, other: &str) -> (String, String) {
    (own.to_owned(), other.to_owned())
}

impl Troubles {
    /// Adds a provider for each trouble, made by `client` from its transport and timeout.
    pub(super) fn add_to(
        &self,
        mut cases: Cases,
        client: impl Fn(Troubled, Duration) -> Arc<dyn Provider>,
    ) -> Cases {
        for &trouble in Trouble::ALL {
            let fault = match trouble {
                Trouble::RateLimited => Some("slow-down=3600"),
                Trouble::Timeout => Some("hang"),
                Trouble::MalformedResponse => Some("malformed-json"),
                Trouble::PartlyReadable => Some(self.partly_readable),
                Trouble::LostResponse => Some("lost-response"),
                _ => None,
            };
            let troubled = Troubled {
                transport: ReqwestTransport::from_client(reqwest::Client::new()),
                trouble,
                fault: fault.map(HeaderValue::from_static),
                others: self.others.clone(),
            };
            let timeout = match trouble {
                Trouble::Timeout => TIMEOUT,
                _ => Duration::from_secs(30),
            };
            cases = cases.with_trouble(trouble, client(troubled, timeout));
        }
        cases
    }
}

impl Troubled {
    fn spoil(&self, request: Request<Bytes>) -> Request<Bytes> {
        let (mut head, mut body) = request.into_parts();
        // A token is requested as ever: what is in the way of it says nothing about a lookup.
        let is_for_token = head.uri.path().contains("token");
        if let Some(fault) = self.fault.clone().filter(|_| !is_for_token) {
            head.headers.insert("x-sandbox-fault", fault);
        }
        if self.trouble == Trouble::BadKey {
            for name in KEYS {
                if let Some(value) = head.headers.get_mut(name) {
                    let wrong = [value.as_bytes(), b"x"].concat();
                    *value = HeaderValue::from_bytes(&wrong).unwrap();
                }
            }
        }
        if self.trouble == Trouble::OtherParcel {
            for (own, other) in &self.others {
                head.uri = head
                    .uri
                    .to_string()
                    .replace(own, other)
                    .parse::<Uri>()
                    .unwrap();
                let text = String::from_utf8(body.to_vec()).unwrap();
                body = text.replace(own, other).into();
            }
            head.headers.remove(http::header::CONTENT_LENGTH);
        }
        Request::from_parts(head, body)
    }
}

impl Transport for Troubled {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.transport.send(self.spoil(request), limits)
    }
}
