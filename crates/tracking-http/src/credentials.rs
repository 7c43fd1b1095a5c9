//! How calls prove who they are, and the guard that keeps the proof at its own host.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::fingerprint::Fingerprint;
use crate::origin::Origin;
use crate::redact::MASK;
use crate::token_cache::{CachedToken, TokenCache};
use crate::{Client, Clock, Error, Secret, TokenSource};

/// What a client puts into each request to prove who it is.
///
/// The value goes to the origin of the client's base URL only: same scheme, host and port.
#[derive(Clone)]
pub struct Credentials {
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    None,
    Header {
        name: HeaderName,
        value: HeaderValue,
        /// What must not be seen in a provider's message.
        secrets: Vec<Secret>,
    },
    Renewable(Arc<dyn TokenSource>),
}

impl Credentials {
    /// Sends nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self { kind: Kind::None }
    }

    /// Sends the secret in a header of its own, for example `Tracking-Api-Key`.
    ///
    /// # Errors
    /// Kind `Configuration` when the name is no header name, or the secret is blank or holds
    /// control characters or letters beyond ASCII.
    pub fn header(name: &str, secret: &Secret) -> Result<Self, Error> {
        let name = HeaderName::try_from(name).map_err(|error| {
            Error::configuration(format!("`{name}` cannot be a header name: choose another"))
                .with_source(error)
        })?;
        let value = sensitive_value("", secret)?;
        Ok(Self::of_header(name, value, vec![secret.clone()]))
    }

    /// Sends `Authorization: Bearer` and the secret.
    ///
    /// # Errors
    /// Kind `Configuration` when the secret is blank or holds control characters or letters beyond
    /// ASCII.
    pub fn bearer(secret: &Secret) -> Result<Self, Error> {
        let value = sensitive_value("Bearer ", secret)?;
        let secrets = vec![secret.clone()];
        Ok(Self::of_header(AUTHORIZATION, value, secrets))
    }

    /// Sends `Authorization: Basic` with a user name and a password.
    ///
    /// # Errors
    /// Kind `Configuration` when the user name is blank or holds a colon, which the scheme cannot
    /// express, when the password is blank, or when either holds a control character.
    pub fn basic(user: &str, password: &Secret) -> Result<Self, Error> {
        let value = basic_authorization(user, password)?;
        let pair = proof_in(&value).map(Secret::from);
        let secrets = pair.into_iter().chain([password.clone()]).collect();
        Ok(Self::of_header(AUTHORIZATION, value, secrets))
    }

    /// Sends `Authorization: Bearer` and a token that is fetched and renewed when needed.
    ///
    /// Concurrent callers share one fetch. The token is renewed before it expires, and once more
    /// when the provider refuses it with a 401. An `Arc` of a source is one too.
    #[must_use]
    pub fn renewable(source: impl TokenSource + 'static) -> Self {
        Self {
            kind: Kind::Renewable(Arc::new(source)),
        }
    }

    fn of_header(name: HeaderName, value: HeaderValue, secrets: Vec<Secret>) -> Self {
        Self {
            kind: Kind::Header {
                name,
                value,
                secrets,
            },
        }
    }

    /// Binds the credentials to the origin of a client's base URL.
    pub(crate) fn bind(
        self,
        base_url: &Uri,
        clock: Arc<dyn Clock>,
    ) -> Result<BoundCredentials, Error> {
        let origin = Origin::of(base_url).ok_or_else(|| {
            Error::configuration("the base URL needs a scheme (http or https) and a host")
        })?;
        let mut fingerprint = Fingerprint::new();
        origin.add_to(&mut fingerprint);
        let (kind, secrets) = match self.kind {
            Kind::None => (BoundKind::None, Vec::new()),
            Kind::Header {
                name,
                value,
                secrets,
            } => {
                fingerprint.add(name.as_str().as_bytes());
                fingerprint.add(value.as_bytes());
                (BoundKind::Header { name, value }, secrets)
            }
            Kind::Renewable(source) => {
                fingerprint.add(source.account().as_bytes());
                let secrets = source.secrets();
                let cache = TokenCache::new(source, clock);
                (BoundKind::Renewable(cache), secrets)
            }
        };
        Ok(BoundCredentials {
            origin,
            fingerprint: fingerprint.value(),
            secrets: secrets.into(),
            kind,
        })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A token source is the SDK's or the user's type: what its `Debug` shows is not known here.
        f.write_str(match self.kind {
            Kind::None => "Credentials::None",
            Kind::Header { .. } => "Credentials::Header([redacted])",
            Kind::Renewable(_) => "Credentials::Renewable([redacted])",
        })
    }
}

/// Builds the value of an `Authorization: Basic` header, marked as sensitive.
///
/// A [`TokenSource`] needs it where the token is requested with a user name and a password.
///
/// # Errors
/// Kind `Configuration` when the user name is blank or holds a colon, which the scheme cannot
/// express, when the password is blank, or when either holds a control character.
pub fn basic_authorization(user: &str, password: &Secret) -> Result<HeaderValue, Error> {
    if user.trim().is_empty() || user.contains(':') {
        return Err(Error::configuration(
            "the user name must not be blank or hold a colon",
        ));
    }
    if password.is_blank() {
        return Err(Error::configuration("the password must not be blank"));
    }
    if user.contains(char::is_control) || password.expose_secret().contains(char::is_control) {
        return Err(Error::configuration(
            "the user name or the password holds a line break or another control character: copy it again",
        ));
    }
    let pair = Secret::new(format!("{user}:{}", password.expose_secret()));
    let encoded = Secret::new(BASE64.encode(pair.expose_secret()));
    sensitive_value("Basic ", &encoded)
}

/// Builds a header value that no `Debug` output shows.
pub(crate) fn sensitive_value(scheme: &str, secret: &Secret) -> Result<HeaderValue, Error> {
    if secret.is_blank() {
        return Err(Error::configuration(
            "the key is blank: set it to the key of your account",
        ));
    }
    // A header could carry bytes beyond ASCII, but servers disagree about what they mean, and no
    // provider issues such a key.
    let unusable = || {
        Error::configuration(
            "the key holds a line break, another control character or a letter beyond ASCII: copy it again",
        )
    };
    let is_usable = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if !secret.expose_secret().as_bytes().iter().all(is_usable) {
        return Err(unusable());
    }
    let text = Secret::new([scheme, secret.expose_secret()].concat());
    let mut value = HeaderValue::from_str(text.expose_secret()).map_err(|_| unusable())?;
    value.set_sensitive(true);
    Ok(value)
}

/// What follows the scheme in the value of an `Authorization` header.
fn proof_in(value: &HeaderValue) -> Option<&str> {
    Some(value.to_str().ok()?.split_once(' ')?.1)
}

/// Credentials of one client, which know the only origin that may see them.
pub(crate) struct BoundCredentials {
    origin: Origin,
    fingerprint: u64,
    /// What must not be seen in a provider's message.
    secrets: Arc<[Secret]>,
    kind: BoundKind,
}

impl fmt::Debug for BoundCredentials {
    /// Without the fingerprint: it would confirm a guess of a weak key.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BoundCredentials")
            .field("origin", &self.origin)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

enum BoundKind {
    None,
    Header {
        name: HeaderName,
        value: HeaderValue,
    },
    Renewable(TokenCache),
}

/// Which token a request carried, if any: a refusal drops that one and not a newer one, and its answer
/// may repeat that one.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    token: Option<CachedToken>,
}

impl BoundCredentials {
    /// Identifies credential, account and origin for the limiter.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Another proof of the same identity: what is counted per account stays one count, and what is
    /// secret stays so.
    pub(crate) fn counted_as(mut self, other: &Self) -> Self {
        self.fingerprint = other.fingerprint;
        self.secrets = self
            .secrets
            .iter()
            .chain(&*other.secrets)
            .cloned()
            .collect();
        self
    }

    /// The same identity without the proof, for the request that fetches a token. What is secret
    /// stays so: that request carries it elsewhere.
    pub(crate) fn without_proof(&self) -> Self {
        Self {
            origin: self.origin.clone(),
            fingerprint: self.fingerprint,
            secrets: Arc::clone(&self.secrets),
            kind: BoundKind::None,
        }
    }

    /// Adds the proof to a request. `client` is what a token is fetched with, if one is needed.
    pub(crate) async fn attach(
        &self,
        uri: &Uri,
        headers: &mut HeaderMap,
        client: &Client,
    ) -> Result<Attached, Error> {
        if matches!(self.kind, BoundKind::None) {
            return Ok(Attached { token: None });
        }
        if !self.origin.covers(uri) {
            return Err(Error::configuration(
                "credentials are not sent to another host than that of the base URL",
            ));
        }
        match &self.kind {
            BoundKind::None => Ok(Attached { token: None }),
            BoundKind::Header { name, value } => {
                headers.insert(name.clone(), value.clone());
                Ok(Attached { token: None })
            }
            BoundKind::Renewable(cache) => {
                let token = cache.token(client).await?;
                headers.insert(AUTHORIZATION, token.value.clone());
                Ok(Attached { token: Some(token) })
            }
        }
    }

    /// Replaces the client's own secrets in text that the provider sent, whatever they look like:
    /// those that stay the same, and the token of the request. `None` when there are none in it.
    pub(crate) fn masked(&self, text: &str, attached: &Attached) -> Option<String> {
        let token = attached.token.as_ref().map(|token| &token.value);
        // A blank secret stands everywhere in a text and protects nothing.
        let own = self.secrets.iter().filter(|secret| !secret.is_blank());
        own.map(Secret::expose_secret)
            .chain(token.and_then(proof_in))
            .fold(None, |masked: Option<String>, secret| {
                let text = masked.as_deref().unwrap_or(text);
                if text.contains(secret) {
                    Some(text.replace(secret, MASK))
                } else {
                    masked
                }
            })
    }

    /// Reacts to a 401: drops the token that was refused and reports whether the call is worth
    /// repeating with a new one.
    pub(crate) fn renews_after_refusal(&self, attached: &Attached) -> bool {
        match (&self.kind, &attached.token) {
            (BoundKind::Renewable(cache), Some(token)) => {
                cache.drop_refused(token.generation);
                true
            }
            _ => false,
        }
    }
}

impl fmt::Debug for BoundKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Header { .. } => "Header([redacted])",
            Self::Renewable(_) => "Renewable([redacted])",
        })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Request, Response};
    use tracking_core::{BoxFuture, ErrorKind};

    use super::*;
    use crate::{
        BaseUrl, ConfigureClient as _, Dialect, SendLimits, SystemClock, Transport, TransportError,
        TransportErrorKind,
    };

    #[derive(Debug)]
    struct Nobody;

    impl Dialect for Nobody {
        fn provider(&self) -> &'static str {
            "nobody"
        }
    }

    impl Transport for Nobody {
        fn send<'a>(
            &'a self,
            _: Request<Bytes>,
            _: SendLimits,
        ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
            Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect)) })
        }
    }

    fn client() -> Client {
        let base_url = BaseUrl::parse("https://api.example.com").unwrap();
        Client::builder(Nobody, base_url, Credentials::none())
            .with_transport(Nobody)
            .build()
            .unwrap()
    }

    fn bound(credentials: Credentials, base_url: &'static str) -> BoundCredentials {
        credentials
            .bind(&Uri::from_static(base_url), Arc::new(SystemClock))
            .unwrap()
    }

    fn bearer(secret: &str) -> Credentials {
        Credentials::bearer(&Secret::from(secret)).unwrap()
    }

    #[tokio::test]
    async fn proof_is_attached_at_its_own_origin_only() {
        let bound = bound(bearer("k1"), "https://api.example.com/v1");
        let own = Uri::from_static("https://api.example.com/v1/parcels");
        let foreign = Uri::from_static("https://api.example.com.evil.test/v1/parcels");
        let mut headers = HeaderMap::new();
        let mut no_headers = HeaderMap::new();

        bound.attach(&own, &mut headers, &client()).await.unwrap();
        let error = bound
            .attach(&foreign, &mut no_headers, &client())
            .await
            .unwrap_err();

        assert_eq!(headers[AUTHORIZATION], "Bearer k1");
        assert!(headers[AUTHORIZATION].is_sensitive());
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(no_headers.is_empty());
    }

    #[tokio::test]
    async fn own_header_replaces_an_earlier_value() {
        let credentials = Credentials::header("Tracking-Api-Key", &Secret::from("k1")).unwrap();
        let bound = bound(credentials, "https://api.example.com");
        let mut headers = HeaderMap::new();
        headers.insert("tracking-api-key", HeaderValue::from_static("other"));

        bound
            .attach(
                &Uri::from_static("https://api.example.com/"),
                &mut headers,
                &client(),
            )
            .await
            .unwrap();

        assert_eq!(headers["tracking-api-key"], "k1");
        assert_eq!(headers.len(), 1);
    }

    #[test]
    fn basic_follows_its_scheme() {
        let value = basic_authorization("Aladdin", &Secret::from("open sesame")).unwrap();

        assert_eq!(value, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(value.is_sensitive());
    }

    #[test]
    fn unusable_secrets_are_refused_without_being_shown() {
        for secret in ["", " ", "hush\nhush", "hush\0"] {
            let secret = Secret::from(secret);
            for outcome in [
                Credentials::bearer(&secret),
                Credentials::header("x-key", &secret),
            ] {
                let error = outcome.unwrap_err();

                assert_eq!(error.kind(), ErrorKind::Configuration);
                assert!(!format!("{error} {error:?}").contains("hush"));
            }
        }
        let secret = Secret::from("k");
        assert!(Credentials::header("not a name", &secret).is_err());
        assert!(Credentials::basic("a:b", &secret).is_err());
        assert!(Credentials::basic(" ", &secret).is_err());
        assert!(Credentials::basic("user", &Secret::from(" ")).is_err());
    }

    /// Computed by another implementation of FNV-1a: limiters of other processes count on it.
    #[test]
    fn fingerprint_is_the_same_in_every_release() {
        let bound = bound(bearer("k1"), "https://api.example.com");

        assert_eq!(bound.fingerprint(), 0xd5ed_349b_d9c7_ff9b);
    }

    #[test]
    fn fingerprint_tells_credentials_and_origins_apart() {
        let one = bound(bearer("k1"), "https://api.example.com");

        let same = bound(bearer("k1"), "https://API.example.com:443/v2");
        let other_key = bound(bearer("k2"), "https://api.example.com");
        let other_host = bound(bearer("k1"), "https://staging.example.com");

        assert_eq!(one.fingerprint(), same.fingerprint());
        assert_eq!(one.fingerprint(), one.without_proof().fingerprint());
        let login = bound(bearer("k2"), "https://api.example.com").counted_as(&one);
        assert_eq!(one.fingerprint(), login.fingerprint());
        assert_ne!(one.fingerprint(), other_key.fingerprint());
        assert_ne!(one.fingerprint(), other_host.fingerprint());
    }
}
