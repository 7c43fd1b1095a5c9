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
        let mut answer = self
            .client
            .execute(request)
            .await
            .map_err(|error| failed(error, false))?;

        let mut response = Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.version_mut() = answer.version();
        *response.headers_mut() = std::mem::take(answer.headers_mut());

        let body = match limits.deadline {
            None => read(&mut answer, limits.max_body_bytes).await,
            Some(deadline) => {
                let reading = read(&mut answer, limits.max_body_bytes);
                match tokio::time::timeout_at(deadline.into(), reading).await {
                    Ok(body) => body,
                    Err(_) => Err(TransportError::new(TransportErrorKind::Timeout)),
                }
            }
        };
        match body {
            Ok(body) => {
                *response.body_mut() = body;
                Ok(response)
            }
            Err(error) => Err(error.with_head(response.into_parts().0)),
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
    let url = reqwest::Url::parse(&text_of(&parts.uri)).map_err(|error| {
        // Nothing was sent, as with a host that does not exist.
        TransportError::new(TransportErrorKind::Connect).with_source(error)
    })?;
    let is_upload = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
    let mut converted = reqwest::Request::new(parts.method, url);
    *converted.headers_mut() = parts.headers;
    if !body.is_empty() {
        *converted.body_mut() = Some(body.into());
    } else if is_upload {
        // RFC 9110, section 8.6: some servers answer 411 to an upload that does not say its length.
        converted
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(converted)
}

/// The URL as text. Formatting it would cost a per cent of a whole call.
fn text_of(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    [scheme, "://", authority, path].concat()
}

/// Collects the body; one that came in a single piece is not copied.
async fn read(answer: &mut reqwest::Response, max_bytes: usize) -> Result<Bytes, TransportError> {
    let expected = answer.content_length().unwrap_or(0);
    if expected > max_bytes as u64 {
        return Err(TransportError::new(TransportErrorKind::BodyTooLarge));
    }
    let Some(first) = next_chunk(answer).await? else {
        return Ok(Bytes::new());
    };
    if first.len() > max_bytes {
        return Err(TransportError::new(TransportErrorKind::BodyTooLarge));
    }
    let Some(second) = next_chunk(answer).await? else {
        return Ok(first);
    };
    let known = usize::try_from(expected)
        .unwrap_or(0)
        .max(first.len() + second.len());
    let mut body = BytesMut::with_capacity(known.min(max_bytes));
    body.extend_from_slice(&first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        if body.len() + chunk.len() > max_bytes {
            return Err(TransportError::new(TransportErrorKind::BodyTooLarge));
        }
        body.extend_from_slice(&chunk);
        next = next_chunk(answer).await?;
    }
    Ok(body.freeze())
}

async fn next_chunk(answer: &mut reqwest::Response) -> Result<Option<Bytes>, TransportError> {
    answer.chunk().await.map_err(|error| failed(error, true))
}

#[cold]
fn failed(error: reqwest::Error, answered: bool) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if answered {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Other
    };
    // The URL may hold a tracking number or a key in its query.
    TransportError::new(kind).with_source(error.without_url())
}
