//! The default transport, on reqwest.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Method, Request, Response, Uri};
use tracking_core::BoxFuture;

use crate::error::Error;
use crate::transport::{SendLimits, Transport, TransportError, TransportErrorKind};

/// Sends requests with a [`reqwest::Client`].
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
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
        Self { client }
    }

    fn build(builder: reqwest::ClientBuilder, connect_timeout: Duration) -> Result<Self, Error> {
        #[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(Error::configuration(
                "the feature `rustls-no-provider` is on but no rustls crypto provider is \
                 installed: install one before building the client, or use the feature `rustls`",
            ));
        }
        let client = builder
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(connect_timeout)
            .build()
            .map_err(|error| {
                Error::configuration("the HTTP client cannot be set up").with_source(error)
            })?;
        Ok(Self { client })
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> Result<Response<Bytes>, TransportError> {
        let request = convert(request)?;
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
        let mut body = Body::default();
        let reading = read(&mut received, limits.max_body_bytes, &mut body);
        let outcome = match limits.deadline {
            None => reading.await,
            Some(deadline) => match tokio::time::timeout_at(deadline.into(), reading).await {
                Ok(outcome) => outcome,
                Err(_) => Err(TransportError::new(TransportErrorKind::Timeout)),
            },
        };
        *response.body_mut() = body.into_bytes();
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

fn convert(request: Request<Bytes>) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url = reqwest::Url::parse(&string_of(&parts.uri)).map_err(|error| {
        // Nothing was sent, as with a host that does not exist.
        TransportError::new(TransportErrorKind::Connect).with_source(error)
    })?;
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

/// The URL as a string. Formatting it would cost a per cent of a whole call.
fn string_of(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    [scheme, "://", authority, path].concat()
}

/// The part of a body that has arrived; one that comes in a single piece is not copied.
#[derive(Default)]
struct Body {
    first: Bytes,
    joined: BytesMut,
}

impl Body {
    fn len(&self) -> usize {
        self.first.len().max(self.joined.len())
    }

    /// Adds a piece; `expected` is the announced length of the whole.
    fn push(&mut self, piece: Bytes, expected: usize) {
        if self.len() == 0 {
            self.first = piece;
            return;
        }
        if self.joined.is_empty() {
            let known = expected.max(self.first.len() + piece.len());
            self.joined = BytesMut::with_capacity(known);
            self.joined.extend_from_slice(&self.first);
        }
        self.joined.extend_from_slice(&piece);
    }

    fn into_bytes(self) -> Bytes {
        if self.joined.is_empty() {
            self.first
        } else {
            self.joined.freeze()
        }
    }
}

/// Reads the body piece by piece.
async fn read(
    received: &mut reqwest::Response,
    max_bytes: usize,
    body: &mut Body,
) -> Result<(), TransportError> {
    let too_large = || TransportError::new(TransportErrorKind::BodyTooLarge);
    let expected = match received.content_length() {
        None => 0,
        Some(announced) => usize::try_from(announced)
            .ok()
            .filter(|announced| *announced <= max_bytes)
            .ok_or_else(too_large)?,
    };
    while let Some(piece) = received
        .chunk()
        .await
        .map_err(|error| failed(error, true))?
    {
        let room = max_bytes - body.len();
        if piece.len() > room {
            body.push(piece.slice(..room), expected);
            return Err(too_large());
        }
        body.push(piece, expected);
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
