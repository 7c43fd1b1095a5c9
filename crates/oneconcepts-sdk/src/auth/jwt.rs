//! How long a token serves, as it says itself.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use tracking_http::json::lenient;

/// A payload that is longer is not looked at: a token travels in a header, so it is short.
const MAX_PAYLOAD: usize = 16 * 1024;

#[derive(Deserialize)]
struct Claims {
    #[serde(default, deserialize_with = "lenient::number")]
    exp: Option<f64>,
    #[serde(default, deserialize_with = "lenient::number")]
    iat: Option<f64>,
}

/// How long a token serves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Validity {
    /// So long from its request on: by the clock of the server alone, which says when it issued the token.
    For(Duration),
    /// Until this time of the server's clock.
    Until(SystemTime),
}

/// Reads `exp` and `iat` out of a token's payload, without a check of its signature: only the server that
/// issued it needs to trust it. `None` when there is no end, or the token is of another kind.
pub(crate) fn validity(token: &str) -> Option<Validity> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    if payload.len() > MAX_PAYLOAD {
        return None;
    }
    let json = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let claims: Claims = serde_json::from_slice(&json).ok()?;
    let end = claims.exp?;
    if let Some(start) = claims.iat {
        return Duration::try_from_secs_f64((end - start).max(0.0))
            .ok()
            .map(Validity::For);
    }
    // A date before 1970 is as much in the past as 1970 itself.
    let since_epoch = Duration::try_from_secs_f64(end.max(0.0)).ok()?;
    SystemTime::UNIX_EPOCH
        .checked_add(since_epoch)
        .map(Validity::Until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload))
    }

    fn seconds(token: &str) -> Option<u64> {
        match validity(token)? {
            Validity::For(lifetime) => panic!("{lifetime:?}"),
            Validity::Until(time) => {
                let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH);
                Some(since_epoch.unwrap().as_secs())
            }
        }
    }

    #[test]
    fn lifetime_is_that_between_iat_and_exp() {
        for (payload, expected) in [
            (r#"{"exp":1772474400,"iat":1772470800}"#, 3600),
            (r#"{"iat":"1772470800","exp":1772474400.5}"#, 3600),
            (r#"{"exp":7,"iat":7}"#, 0),
            (r#"{"exp":7,"iat":8}"#, 0),
        ] {
            let Some(Validity::For(lifetime)) = validity(&token(payload)) else {
                panic!("{payload}");
            };
            assert_eq!(lifetime.as_secs(), expected, "{payload}");
        }
    }

    #[test]
    fn exp_is_read_in_all_spellings_of_a_number() {
        for (payload, expected) in [
            (r#"{"exp":1772474400,"iat":null}"#, 1_772_474_400),
            (r#"{"exp":1772474400.9}"#, 1_772_474_400),
            (r#"{"exp":"1772474400"}"#, 1_772_474_400),
            (r#"{"exp":-5}"#, 0),
            (r#"{"exp":0}"#, 0),
        ] {
            assert_eq!(seconds(&token(payload)), Some(expected), "{payload}");
        }
    }

    #[test]
    fn padding_does_no_harm() {
        let padded = format!("e30.{}=.c2ln", URL_SAFE_NO_PAD.encode(r#"{"exp":12}"#));

        assert_eq!(seconds(&padded), Some(12));
    }

    #[test]
    fn other_tokens_have_no_end() {
        let long = token(&format!(
            r#"{{"exp":12,"x":"{}"}}"#,
            "x".repeat(MAX_PAYLOAD)
        ));
        for text in [
            "",
            "opaque",
            "eyJhbGciOiJub25l...",
            "a.b",
            "a.b.c",
            "a.b.c.d",
            &token("7"),
            &token("{}"),
            &token(r#"{"exp":null}"#),
            &token(r#"{"exp":"soon"}"#),
            &token(r#"{"exp":[1]}"#),
            &token(r#"{"exp":1e300}"#),
            &long,
        ] {
            assert_eq!(validity(text), None, "{text}");
        }
    }
}
