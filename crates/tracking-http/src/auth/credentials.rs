//! How calls prove who they are.

use std::fmt;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use tracking_core::kit::BoxFuture;

use super::bound::{BoundCredentials, BoundKind, Identity};
use super::fingerprint::Fingerprint;
use super::header::{basic_authorization, proof_in, sensitive_value};
use super::origin::Origin;
use super::token::Token;
use super::token_cache::{FetchToken, TokenCache};
use super::token_source::TokenSource;
use crate::client::{Client, Shared};
use crate::error::Error;
use crate::secret::Secret;

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
    /// Kind `Configuration` when the name is no header name, or the secret is empty or holds
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
    /// Kind `Configuration` when the secret is empty or holds control characters or letters beyond
    /// ASCII.
    pub fn bearer(secret: &Secret) -> Result<Self, Error> {
        let value = sensitive_value("Bearer ", secret)?;
        let secrets = vec![secret.clone()];
        Ok(Self::of_header(AUTHORIZATION, value, secrets))
    }

    /// Sends `Authorization: Basic` with a user name and a password.
    ///
    /// # Errors
    /// Kind `Configuration` when the user name is empty or holds a colon, which the scheme cannot
    /// express, when the password is empty, or when either holds a control character.
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
    ///
    /// With `identity`, they are another proof of the same identity: what is counted per account stays
    /// one count, and what is secret stays so.
    pub(crate) fn bind(
        self,
        shared: &Arc<Shared>,
        identity: Option<&BoundCredentials>,
    ) -> Result<BoundCredentials, Error> {
        let origin = shared.base_url.uri().ok().as_ref().and_then(Origin::of);
        let origin = origin.ok_or_else(|| {
            Error::configuration("the base URL needs a scheme (http or https) and a host")
        })?;
        let mut fingerprint = Fingerprint::new();
        origin.add_to(&mut fingerprint);
        let mut secrets = Vec::new();
        match &self.kind {
            Kind::None => {}
            Kind::Header {
                name,
                value,
                secrets: own,
            } => {
                fingerprint.add(name.as_str().as_bytes());
                fingerprint.add(value.as_bytes());
                secrets.extend_from_slice(own);
            }
            Kind::Renewable(source) => {
                fingerprint.add(source.account().as_bytes());
                secrets.extend(source.secrets());
            }
        }
        let mut fingerprint = fingerprint.value();
        if let Some(other) = identity {
            fingerprint = other.identity.fingerprint;
            secrets.extend_from_slice(&other.identity.secrets);
        }
        let identity = Identity {
            origin,
            fingerprint,
            secrets: secrets.into(),
        };
        let kind = match self.kind {
            Kind::None => BoundKind::None,
            Kind::Header { name, value, .. } => BoundKind::Header { name, value },
            Kind::Renewable(source) => BoundKind::Renewable(TokenCache::new(
                FetchWithClient::new(source, shared, identity.clone()),
                Arc::clone(&shared.clock),
            )),
        };
        Ok(BoundCredentials { identity, kind })
    }
}

/// Fetches tokens with a client that has the settings of the calling one and sends no credentials.
#[derive(Debug)]
struct FetchWithClient {
    source: Arc<dyn TokenSource>,
    client: Client,
}

impl FetchWithClient {
    fn new(source: Arc<dyn TokenSource>, shared: &Arc<Shared>, identity: Identity) -> Self {
        let credentials = BoundCredentials {
            identity,
            kind: BoundKind::None,
        };
        Self {
            source,
            client: Client {
                shared: Arc::clone(shared),
                credentials: Arc::new(credentials),
            },
        }
    }
}

impl FetchToken for FetchWithClient {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, Error>> {
        self.source.fetch(&self.client)
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

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Request, Response, Uri};
    use tracking_core::ErrorKind;
    use tracking_core::kit::BoxFuture;

    use super::*;
    use crate::{
        BaseUrl, ConfigureClient as _, Dialect, SendLimits, Transport, TransportError,
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

    fn client(base_url: &str) -> Client {
        let base_url = BaseUrl::parse(base_url).unwrap();
        Client::builder(Nobody, base_url, Credentials::none())
            .with_transport(Nobody)
            .build()
            .unwrap()
    }

    fn bound(credentials: Credentials, base_url: &str) -> BoundCredentials {
        credentials.bind(&client(base_url).shared, None).unwrap()
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

        bound.attach(&own, &mut headers).await.unwrap();
        let error = bound.attach(&foreign, &mut no_headers).await.unwrap_err();

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
            .attach(&Uri::from_static("https://api.example.com/"), &mut headers)
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
        let shared = client("https://api.example.com").shared;
        let login = bearer("k2").bind(&shared, Some(&one)).unwrap();
        assert_eq!(one.fingerprint(), login.fingerprint());
        assert_ne!(one.fingerprint(), other_key.fingerprint());
        assert_ne!(one.fingerprint(), other_host.fingerprint());
    }
}
