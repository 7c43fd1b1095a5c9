//! Header values that prove who a client is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::HeaderValue;

use crate::error::Error;
use crate::secret::Secret;

/// Builds the value of an `Authorization: Basic` header, marked as sensitive.
///
/// A [`TokenSource`](crate::TokenSource) needs it where the token is requested with a user name and a password.
///
/// # Errors
/// Kind `Configuration` when the user name is empty or holds a colon, which the scheme cannot
/// express, when the password is empty, or when either holds a control character.
pub fn basic_authorization(user: &str, password: &Secret) -> Result<HeaderValue, Error> {
    if user.trim().is_empty() || user.contains(':') {
        return Err(Error::configuration(
            "the user name must not be empty or hold a colon",
        ));
    }
    if password.is_empty() {
        return Err(Error::configuration("the password must not be empty"));
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
pub(super) fn sensitive_value(scheme: &str, secret: &Secret) -> Result<HeaderValue, Error> {
    if secret.is_empty() {
        return Err(Error::configuration(
            "the key is empty: set it to the key of your account",
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
pub(super) fn proof_in(value: &HeaderValue) -> Option<&str> {
    Some(value.to_str().ok()?.split_once(' ')?.1)
}
