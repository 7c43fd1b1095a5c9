//! Who may see the parcels: this machine, or who has the token.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac_sha256::Hash;

use crate::config::{Config, Environment, Origin, SERVE_TOKEN, SERVE_TOKEN_VARIABLE};
use crate::problem::Problem;

/// The shortest token: what cannot be guessed by trying.
const SHORTEST: usize = 16;

/// The rule for requests.
pub(super) enum Access {
    /// From this machine, under one of its names: a page of another site that made its name point here is refused.
    Local,
    /// With the token. Its digest, so that a comparison takes as long for any other.
    Token([u8; 32]),
}

impl Access {
    /// The rule for a server at this address.
    pub(super) fn at(
        host: IpAddr,
        config: &Config,
        environment: Environment<'_>,
    ) -> Result<Self, Problem> {
        let token = config.serve_token(environment);
        let advice = || {
            format!(
                "set {SERVE_TOKEN_VARIABLE}, or {SERVE_TOKEN} in the configuration file, to {SHORTEST} random \
                 characters or more"
            )
        };
        match token.as_ref().map(|(token, origin)| (token.trim(), origin)) {
            None if host.is_loopback() => Ok(Self::Local),
            None => {
                let message = format!("a server at {host} needs a token");
                Err(Problem::new("configuration", message).with_hint(advice()))
            }
            Some((token, origin))
                if token.len() < SHORTEST || !token.bytes().all(|it| it.is_ascii_graphic()) =>
            {
                let name = match origin {
                    Origin::Environment => SERVE_TOKEN_VARIABLE,
                    Origin::File => SERVE_TOKEN,
                };
                let message =
                    format!("{name} is too short, or not of ASCII letters, digits and signs");
                Err(Problem::new("configuration", message).with_hint(advice()))
            }
            Some((token, _)) => Ok(Self::Token(Hash::hash(token.as_bytes()))),
        }
    }

    fn refusal(&self, headers: &HeaderMap) -> Option<Response> {
        match self {
            Self::Local => {
                let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
                (!host.is_some_and(is_local)).then(|| {
                    let message =
                        "Without a token this server responds to localhost and 127.0.0.1 only.\n";
                    (StatusCode::MISDIRECTED_REQUEST, message).into_response()
                })
            }
            Self::Token(expected) => {
                let given = headers.get(header::AUTHORIZATION).and_then(token_of);
                let is_right = given.is_some_and(|it| Hash::hash(&it) == *expected);
                (!is_right).then(|| {
                    let message = "The token is missing or wrong.\n";
                    let mut response = (StatusCode::UNAUTHORIZED, message).into_response();
                    // What a browser asks for with a window, and what programs send.
                    for scheme in ["Basic realm=\"tracking\", charset=\"UTF-8\"", "Bearer"] {
                        let scheme = HeaderValue::from_static(scheme);
                        response
                            .headers_mut()
                            .append(header::WWW_AUTHENTICATE, scheme);
                    }
                    response
                })
            }
        }
    }
}

/// Refuses requests that the rule does not allow.
pub(super) async fn guard(
    State(access): State<Arc<Access>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if let Some(refusal) = access.refusal(headers) {
        return refusal;
    }
    if !request.method().is_safe() && !is_of_same_origin(headers) {
        let message = "Pages of other sites must not change anything here.\n";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    next.run(request).await
}

/// Returns false if a browser sends it for a page of another origin: it would send the password too, which it knows.
fn is_of_same_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let origin = origin.to_str().ok().and_then(|it| it.split_once("://"));
    matches!((host, origin), (Some(host), Some((_, origin))) if host.eq_ignore_ascii_case(origin))
}

/// The token of `Bearer`, or the password of `Basic`; any user will do.
fn token_of(value: &HeaderValue) -> Option<Vec<u8>> {
    let (scheme, rest) = value.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().as_bytes().to_vec());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = STANDARD.decode(rest.trim()).ok()?;
    let colon = pair.iter().position(|byte| *byte == b':')?;
    pair.get(colon + 1..).map(<[u8]>::to_vec)
}

/// Returns true if a `Host` is a name of this machine that nobody else can give.
fn is_local(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority
        .host()
        .trim_start_matches('[')
        .trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef";

    fn at(host: &str, token: Option<&str>) -> Result<Access, Problem> {
        let token = token.map(str::to_owned);
        Access::at(host.parse().unwrap(), &Config::default(), &move |_| {
            token.clone()
        })
    }

    #[test]
    fn other_machines_need_a_token() {
        assert!(matches!(at("127.0.0.1", None), Ok(Access::Local)));
        assert!(matches!(at("::1", Some(" ")), Ok(Access::Local)));
        assert!(matches!(at("0.0.0.0", Some(TOKEN)), Ok(Access::Token(_))));
        for (host, token) in [
            ("0.0.0.0", None),
            ("192.168.0.7", Some("")),
            ("0.0.0.0", Some("short-hidden")),
            ("127.0.0.1", Some("with space hidden")),
        ] {
            let Err(problem) = at(host, token) else {
                panic!("{host} {token:?} is accepted");
            };
            assert!(
                problem
                    .hint
                    .as_deref()
                    .unwrap()
                    .contains(SERVE_TOKEN_VARIABLE)
            );
            assert!(!format!("{problem:?}").contains("hidden"));
        }
    }

    fn status(access: &Access, name: header::HeaderName, value: &str) -> Option<u16> {
        let headers = HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())]);
        access.refusal(&headers).map(|it| it.status().as_u16())
    }

    #[test]
    fn token_opens_as_bearer_and_as_password() {
        let access = at("0.0.0.0", Some(TOKEN)).unwrap();
        let basic = |pair: String| format!("Basic {}", STANDARD.encode(pair));
        for (value, expected) in [
            (format!("Bearer {TOKEN}"), None),
            (format!("bearer {TOKEN}"), None),
            (basic(format!("anybody:{TOKEN}")), None),
            (basic(format!(":{TOKEN}")), None),
            (basic(TOKEN.to_owned()), Some(401)),
            (format!("Bearer {TOKEN}0"), Some(401)),
            ("Bearer ".to_owned(), Some(401)),
            ("Basic !!!".to_owned(), Some(401)),
            (TOKEN.to_owned(), Some(401)),
        ] {
            assert_eq!(
                status(&access, header::AUTHORIZATION, &value),
                expected,
                "{value}"
            );
        }
        assert_eq!(status(&access, header::HOST, "localhost"), Some(401));
    }

    #[test]
    fn pages_of_other_origins_are_recognised() {
        for (origin, expected) in [
            (None, true),
            (Some("http://localhost:8417"), true),
            (Some("https://localhost:8417"), true),
            (Some("http://localhost:1"), false),
            (Some("https://evil.example"), false),
            (Some("null"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:8417"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_of_same_origin(&headers), expected, "{origin:?}");
        }
    }

    #[test]
    fn names_of_others_are_refused_without_a_token() {
        for (host, expected) in [
            ("localhost:8417", None),
            ("127.0.0.1", None),
            ("[::1]:80", None),
            ("LOCALHOST", None),
            ("evil.example:8417", Some(421)),
            ("localhost.evil.example", Some(421)),
            ("192.168.0.7", Some(421)),
            ("", Some(421)),
        ] {
            assert_eq!(
                status(&Access::Local, header::HOST, host),
                expected,
                "{host}"
            );
        }
    }
}
