//! The default transport, on reqwest.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Method, Request, Response, Uri};
use tokio::time::{Instant, sleep_until};
use tracking_core::kit::BoxFuture;

use crate::error::Error;
use crate::transport::{SendLimits, Transport, TransportError, TransportErrorKind};

/// Sends requests with a [`reqwest::Client`].
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// The origin that was first sent to, without path and query. A client sends to one, and parsing its host
    /// again for each request costs a fifth of a small call.
    first: OnceLock<reqwest::Url>,
}

impl ReqwestTransport {
    /// Creates a transport that follows no redirect and takes proxies from the environment
    /// (`HTTPS_PROXY` and the like).
    ///
    /// # Errors
    ///
    /// A configuration error when the TLS library cannot be set up, for example because the
    /// feature `rustls-no-provider` is on and the application has installed no crypto provider.
    pub fn new(connect_timeout: Duration) -> Result<Self, Error> {
        Self::build(reqwest::Client::builder(), connect_timeout)
    }

    /// Creates a transport that follows no redirect and uses no proxy: for servers on this
    /// machine, which a proxy cannot reach.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn without_proxy(connect_timeout: Duration) -> Result<Self, Error> {
        Self::build(reqwest::Client::builder().no_proxy(), connect_timeout)
    }

    /// Uses a client that the caller has built.
    ///
    /// Build it with `redirect(Policy::none())`: reqwest removes only the standard credential
    /// headers when it follows a redirect to another host, not a provider's own.
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self {
            client,
            first: OnceLock::new(),
        }
    }

    fn build(builder: reqwest::ClientBuilder, connect_timeout: Duration) -> Result<Self, Error> {
        #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(Error::configuration(
                "the feature `rustls-no-provider` is on but no rustls crypto provider is \
                 installed: install one before building the client, or use the feature `rustls`",
            ));
        }
        // What reqwest repeats by itself is what a server with HTTP/2 has refused. For that it keeps a copy of
        // each request. The feature decides, whatever another crate turns on in reqwest.
        #[cfg(not(feature = "http2"))]
        let builder = builder
            .http1_only()
            .retry(reqwest::retry::never().max_retries_per_request(0));
        let client = builder
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(connect_timeout)
            .build()
            .map_err(|error| {
                Error::configuration("the HTTP client cannot be set up").with_source(error)
            })?;
        Ok(Self::from_client(client))
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> Result<Response<Bytes>, TransportError> {
        let request = convert(request, &self.first)?;
        let mut received = self
            .client
            .execute(request)
            .await
            .map_err(|error| failed(error, false))?;

        let mut response = Response::new(Bytes::new());
        *response.status_mut() = received.status();
        *response.version_mut() = received.version();
        *response.headers_mut() = std::mem::take(received.headers_mut());

        // Outside of the future that reads, so that it outlives a timeout.
        let mut body = Body::new(limits.max_body_bytes, received.content_length());
        let is_too_large = body.is_announced_too_large();
        let reading = read(&mut received, &mut body);
        let outcome = match limits.deadline {
            None => reading.await,
            Some(deadline) => until(deadline.into(), reading).await,
        };
        *response.body_mut() = body.into_bytes();
        // Known from its head, whatever ended the reading of its beginning.
        let outcome = match outcome {
            Err(error) if is_too_large && error.kind() != TransportErrorKind::BodyTooLarge => {
                Err(TransportError::new(TransportErrorKind::BodyTooLarge).with_source(error))
            }
            outcome => outcome,
        };
        match outcome {
            Ok(()) => Ok(response),
            Err(error) => Err(error.with_response(response)),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }
}

fn convert(
    request: Request<Bytes>,
    first: &OnceLock<reqwest::Url>,
) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url = match first.get().and_then(|first| at_origin(first, &parts.uri)) {
        Some(url) => url,
        None => {
            let url = reqwest::Url::parse(&string_of(&parts.uri)).map_err(|error| {
                // Nothing was sent, as with a host that does not exist.
                TransportError::new(TransportErrorKind::Connect).with_source(error)
            })?;
            if url.username().is_empty() && url.password().is_none() {
                first.get_or_init(|| origin_of(url.clone()));
            }
            url
        }
    };
    let is_upload = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
    let mut converted = reqwest::Request::new(parts.method, url);
    *converted.headers_mut() = parts.headers;
    if !body.is_empty() {
        *converted.body_mut() = Some(body.into());
    } else if is_upload {
        // RFC 9110, section 8.6: some servers send 411 for an upload that does not say its length.
        converted
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(converted)
}

fn origin_of(mut url: reqwest::Url) -> reqwest::Url {
    url.set_path("");
    url.set_query(None);
    url
}

/// Moves a URL to the path and the query of an address at the same origin; `None` for another origin.
fn at_origin(known: &reqwest::Url, uri: &Uri) -> Option<reqwest::Url> {
    // What differs in spelling only is parsed.
    let is_same = uri.scheme_str() == Some(known.scheme())
        && uri.authority().map(http::uri::Authority::as_str) == Some(known.authority());
    is_same.then(|| {
        let mut url = known.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        url
    })
}

/// The URL as a string. Formatting it would cost a per cent of a whole call.
fn string_of(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    [scheme, "://", authority, path].concat()
}

/// Ends what takes longer.
async fn until(
    deadline: Instant,
    reading: impl Future<Output = Result<(), TransportError>>,
) -> Result<(), TransportError> {
    let mut reading = pin!(reading);
    let mut timer = pin!(sleep_until(deadline));
    poll_fn(|context| {
        let outcome = reading.as_mut().poll(context);
        // Whoever waits for the same time may poll this before the timer has fired.
        let is_late = outcome.is_pending()
            && (timer.as_mut().poll(context).is_ready() || Instant::now() >= deadline);
        if is_late {
            return Poll::Ready(Err(TransportError::new(TransportErrorKind::Timeout)));
        }
        outcome
    })
    .await
}

/// The part of a body that has arrived; one that comes in a single piece is not copied.
struct Body {
    first: Bytes,
    joined: Vec<u8>,
    max_bytes: usize,
    announced: Option<u64>,
}

impl Body {
    fn new(max_bytes: usize, announced: Option<u64>) -> Self {
        Self {
            first: Bytes::new(),
            joined: Vec::new(),
            max_bytes,
            announced,
        }
    }

    fn is_announced_too_large(&self) -> bool {
        let announced = self.announced.map(usize::try_from);
        announced.is_some_and(|it| it.is_err() || it.is_ok_and(|it| it > self.max_bytes))
    }

    fn len(&self) -> usize {
        self.first.len().max(self.joined.len())
    }

    /// Adds a piece, as far as there is room. Returns false if there was not enough.
    fn push(&mut self, mut piece: Bytes) -> bool {
        let room = self.max_bytes.saturating_sub(self.len());
        let fits = piece.len() <= room;
        piece.truncate(room);
        if self.len() == 0 {
            self.first = piece;
            return fits;
        }
        if self.joined.is_empty() {
            let announced = self.announced.and_then(|it| usize::try_from(it).ok());
            self.reserve(
                announced
                    .unwrap_or_default()
                    .max(self.first.len() + piece.len()),
            );
            self.joined.extend_from_slice(&self.first);
        }
        let needed = self.joined.len() + piece.len();
        if needed > self.joined.capacity() {
            self.reserve(needed.max(self.joined.capacity().saturating_mul(2)));
        }
        self.joined.extend_from_slice(&piece);
        fits
    }

    /// Makes room for so many bytes in all, and for none beyond the most that may be read.
    fn reserve(&mut self, bytes: usize) {
        let more = bytes.min(self.max_bytes).saturating_sub(self.joined.len());
        self.joined.reserve_exact(more);
    }

    fn into_bytes(self) -> Bytes {
        if self.joined.is_empty() {
            self.first
        } else {
            self.joined.into()
        }
    }
}

/// Reads the body piece by piece, and of one that is too large what may be read.
async fn read(received: &mut reqwest::Response, body: &mut Body) -> Result<(), TransportError> {
    while let Some(piece) = received
        .chunk()
        .await
        .map_err(|error| failed(error, true))?
    {
        if !body.push(piece) {
            return Err(TransportError::new(TransportErrorKind::BodyTooLarge));
        }
    }
    Ok(())
}

#[cold]
fn failed(error: reqwest::Error, has_response: bool) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if has_response {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Other
    };
    // The URL may hold a tracking number or a key in its query.
    TransportError::new(kind).with_source(error.without_url())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn url(address: &str, first: &OnceLock<reqwest::Url>) -> String {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = address.parse().unwrap();
        convert(request, first).unwrap().url().to_string()
    }

    proptest! {
        #[test]
        fn address_at_a_known_origin_is_parsed_alike(
            path in "(/|[a-zA-Z0-9._~!$&'()*+,;=:@|^`{}\"\\\\-]|%2[eEfF]|/\\.\\.?/){0,12}",
            query in proptest::option::of("([a-z0-9=&?/'{}|^`\"-]|%[0-9]{2}){0,12}"),
            later in prop_oneof![
                Just("http://127.0.0.1:80"),
                Just("http://API.example.com:8080"),
                Just("http://api.example.com:8080"),
                Just("https://api.example.com"),
                Just("http://user:pw@api.example.com:8080"),
            ],
        ) {
            let query = query.map_or(String::new(), |query| format!("?{query}"));
            let address = format!("{later}/{path}{query}");
            prop_assume!(address.parse::<Uri>().is_ok());
            let first = OnceLock::new();
            url("http://api.example.com:8080/v1/first?page=1", &first);

            let origin = first.get().map(reqwest::Url::as_str);
            prop_assert_eq!(origin, Some("http://api.example.com:8080/"));
            prop_assert_eq!(url(&address, &first), url(&address, &OnceLock::new()));
        }
    }
}
