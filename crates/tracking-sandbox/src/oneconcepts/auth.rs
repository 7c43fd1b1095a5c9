//! The tokens of the account.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::json;

use crate::identity::{Identities, fingerprint};
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::settings::{Settings, TokenForm};
use crate::oneconcepts::state::State;

/// Expired tokens are forgotten once this many are held; then they count as invalid.
const SWEEP_ABOVE: usize = 4096;

/// The tokens of the account.
///
/// A token is valid for a span of real time plus what `Clock::advance` added, and its `exp` is real
/// time: a client compares it with its own clock, not with the sandbox's.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// When each token expires, by its fingerprint.
    valid_until: HashMap<u64, Duration>,
    issued: u64,
}

impl Tokens {
    /// Makes a token at the time `now`.
    pub(crate) fn issue(
        &mut self,
        settings: &Settings,
        identities: Identities,
        now: Duration,
    ) -> String {
        self.issued += 1;
        let token = token(settings, identities, self.issued);
        if self.valid_until.len() >= SWEEP_ABOVE {
            self.valid_until.retain(|_, until| now < *until);
        }
        let until = now.saturating_add(lifetime(settings));
        self.valid_until
            .insert(fingerprint(token.as_bytes()), until);
        token
    }

    /// Lets all tokens expire that were made so far.
    pub(crate) fn expire_all(&mut self) {
        for until in self.valid_until.values_mut() {
            *until = Duration::ZERO;
        }
    }

    /// Checks the token of a call at the time `now`; the error is the message of the layer that
    /// checks tokens.
    pub(crate) fn check(&self, headers: &HeaderMap, now: Duration) -> Result<(), &'static str> {
        let token = headers
            .get(AUTHORIZATION)
            .and_then(|header| header.as_bytes().strip_prefix(b"Bearer "))
            .ok_or("JWT Token not found")?;
        match self.valid_until.get(&fingerprint(token)) {
            Some(until) if now < *until => Ok(()),
            Some(_) => Err("Expired JWT Token"),
            None => Err("Invalid JWT Token"),
        }
    }
}

/// Checks the token of a call at the time `now`.
pub(crate) fn check(headers: &HeaderMap, state: &State, now: Duration) -> Result<(), Refusal> {
    let checked = state.tokens.check(headers, now);
    checked.map_err(|message| Refusal::login(message, &state.settings.assumptions))
}

fn lifetime(settings: &Settings) -> Duration {
    Duration::from_secs(settings.token_lifetime_seconds.into())
}

fn token(settings: &Settings, identities: Identities, serial: u64) -> String {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let expiry = match settings.token_form {
        TokenForm::PastExpiry => now.saturating_sub(Duration::from_secs(60)),
        _ => now.saturating_add(lifetime(settings)),
    };
    let mut claims = json!({
        "iat": now.as_secs(),
        "exp": expiry.as_secs(),
        "roles": ["ROLE_USER"],
        "username": settings.email,
        "jti": serial.to_string(),
    });
    if settings.token_form == TokenForm::WithoutExpiry
        && let Some(claims) = claims.as_object_mut()
    {
        claims.remove("exp");
    }
    let signature = identities.hex("oneconcepts-token", serial);
    if settings.token_form == TokenForm::Opaque {
        return format!("sandbox.{signature}.{serial}");
    }
    // Written by hand, because tokens are known to begin with the type.
    let head = r#"{"typ":"JWT","alg":"RS256"}"#;
    let part = |content: &str| URL_SAFE_NO_PAD.encode(content);
    format!(
        "{}.{}.{}",
        part(head),
        part(&claims.to_string()),
        part(&signature)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFE: Duration = Duration::from_secs(45 * 60);

    fn header(token: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, token.parse().unwrap());
        headers
    }

    #[test]
    fn token_is_valid_until_its_life_is_over() {
        let mut tokens = Tokens::default();
        let settings = Settings::default();
        let token = tokens.issue(&settings, Identities::new(7), LIFE);
        let bearer = header(&format!("Bearer {token}"));

        let second = Duration::from_secs(1);
        assert_eq!(tokens.check(&bearer, LIFE * 2 - second), Ok(()));
        assert_eq!(tokens.check(&bearer, LIFE * 2), Err("Expired JWT Token"));
    }

    #[test]
    fn each_wrong_token_has_its_message() {
        let mut tokens = Tokens::default();
        let token = tokens.issue(&Settings::default(), Identities::new(7), Duration::ZERO);
        let cases = [
            (HeaderMap::new(), "JWT Token not found"),
            (header(&token), "JWT Token not found"),
            (header(&format!("Basic {token}")), "JWT Token not found"),
            (header(&format!("Bearer {token}x")), "Invalid JWT Token"),
        ];

        for (headers, expected) in cases {
            assert_eq!(tokens.check(&headers, Duration::ZERO), Err(expected));
        }
    }

    #[test]
    fn every_token_form_has_three_parts_and_is_valid() {
        let forms = [
            TokenForm::Jwt,
            TokenForm::WithoutExpiry,
            TokenForm::PastExpiry,
            TokenForm::Opaque,
        ];

        for token_form in forms {
            let mut tokens = Tokens::default();
            let settings = Settings {
                token_form,
                ..Settings::default()
            };
            let token = tokens.issue(&settings, Identities::new(7), Duration::ZERO);

            assert_eq!(token.split('.').count(), 3, "{token_form:?}");
            let bearer = header(&format!("Bearer {token}"));
            assert_eq!(tokens.check(&bearer, Duration::ZERO), Ok(()));
        }
    }

    #[test]
    fn expired_tokens_are_forgotten_above_limit() {
        let mut tokens = Tokens::default();
        let settings = Settings::default();
        let first = tokens.issue(&settings, Identities::new(7), Duration::ZERO);
        for _ in 0..SWEEP_ABOVE {
            tokens.issue(&settings, Identities::new(7), LIFE);
        }

        let bearer = header(&format!("Bearer {first}"));
        assert_eq!(tokens.check(&bearer, LIFE), Err("Invalid JWT Token"));
        assert_eq!(tokens.valid_until.len(), SWEEP_ABOVE);
    }
}
