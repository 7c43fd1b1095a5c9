//! The key of the account.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::gcl::errors::Refusal;
use crate::gcl::settings::Settings;

/// The header with the key.
const KEY_HEADER: &str = "x-api-key";

/// The key of the sandbox, which is valid nowhere else. Keys of a sibling product have a colon, so
/// this one has it too.
pub(crate) const API_KEY: &str = "sandbox-gcl-0000:0000000000000000";

/// Checks the key. A missing one is as good as a wrong one, which is assumed.
pub(crate) fn check(headers: &HeaderMap, settings: &Settings) -> Result<(), Refusal> {
    if has_key(headers, settings) {
        Ok(())
    } else {
        Err(Refusal::of_gateway(settings.assumptions.wrong_key_status))
    }
}

/// Returns true if the call has the key. The header with the key decides; the deprecated one counts
/// only without it.
fn has_key(headers: &HeaderMap, settings: &Settings) -> bool {
    if let Some(key) = headers.get(KEY_HEADER) {
        return key == API_KEY;
    }
    let bearer = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '));
    settings.assumptions.accept_bearer
        && bearer.is_some_and(|(scheme, key)| {
            scheme.eq_ignore_ascii_case("bearer") && key.trim() == API_KEY
        })
}
