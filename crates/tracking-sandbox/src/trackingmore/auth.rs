//! The key of the account.

use http::HeaderMap;

use super::errors::Refusal;
use super::settings::Settings;

/// The header with the key.
const KEY_HEADER: &str = "trackingmore-api-key";

/// The key of the sandbox. It opens nothing else.
pub(crate) const API_KEY: &str = "sandbox0-0000-0000-0000-000000000000";

/// Checks the key. A missing one is as good as a wrong one, which is assumed.
pub(crate) fn check(headers: &HeaderMap, settings: &Settings) -> Result<(), Refusal> {
    match headers.get(KEY_HEADER) {
        Some(key) if key == API_KEY && settings.key_deleted => Err(Refusal::DELETED_KEY),
        Some(key) if key == API_KEY => Ok(()),
        _ => Err(Refusal::WRONG_KEY),
    }
}
