//! `WebhookSecret`: signatures of webhooks as Standard Webhooks describes them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What every secret begins with.
const PREFIX: &str = "whsec_";

/// The key that the sender and the receiver of [Standard Webhooks](https://www.standardwebhooks.com) share. `Debug` does
/// not show it.
#[derive(Clone)]
pub struct WebhookSecret(Vec<u8>);

impl WebhookSecret {
    /// Reads `whsec_` and the key in Base64, of 24 to 64 bytes.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in half a sentence that does not show it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let Some(encoded) = text.trim().strip_prefix(PREFIX) else {
            return Err("does not begin with whsec_");
        };
        let key = STANDARD.decode(encoded);
        let key = key.map_err(|_| "is not Base64 after whsec_")?;
        if !(24..=64).contains(&key.len()) {
            return Err("is not a key of 24 to 64 bytes");
        }
        Ok(Self(key))
    }

    /// Writes it as [`WebhookSecret::parse`] reads it.
    pub(crate) fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// Returns the value of the header `webhook-signature`. `timestamp` is that of the header `webhook-timestamp`: seconds
    /// since 1970, in UTC.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let mut mac = hmac_sha256::HMAC::new(&self.0);
        mac.update(format!("{id}.{timestamp}."));
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize()))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WebhookSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signature_is_that_of_the_published_example() {
        let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();

        let signature = secret.sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );

        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secret_of_another_shape_is_refused_and_not_shown() {
        for text in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_",
            "whsec_c2hvcnQ=",
            "whsec_not base64!",
        ] {
            assert!(WebhookSecret::parse(text).is_err(), "{text}");
        }
        let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        assert_eq!(format!("{secret:?}"), "WebhookSecret(…)");
    }
}
