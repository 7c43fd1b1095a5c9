//! Credentials of the account and its limits: which calls do not reach an endpoint.

use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use crate::gcl::errors::Refusal;
use crate::gcl::provider::GclProvider;
use crate::gcl::settings::Settings;

/// The header with the key.
const KEY_HEADER: &str = "x-api-key";

/// The key of the sandbox, which is valid nowhere else. Keys of a sibling product have a colon, so
/// this one has it too.
pub(crate) const API_KEY: &str = "sandbox-gcl-0000:0000000000000000";

/// How long a window of the rate limit lasts.
pub(crate) const WINDOW: Duration = Duration::from_secs(1);

/// The caller that the limit counts. There is one account, and no key but its own gets this far.
const CALLER: u64 = 0;

impl GclProvider {
    /// Refuses a call without the key, above the limit, or of an account that is not enabled.
    pub(crate) fn check_access(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let (limit, enabled) = {
            let settings = &self.state().settings;
            if !has_key(headers, settings) {
                return Err(Refusal::of_gateway(settings.assumptions.wrong_key_status));
            }
            let limit = settings.rate_limits.then_some(settings.per_second);
            (limit, settings.enabled)
        };
        if let Some(limit) = limit {
            let now = self.core.clock.elapsed();
            if !self.windows.take(CALLER, "account", limit, now).allowed {
                return Err(Refusal::of_gateway(StatusCode::TOO_MANY_REQUESTS));
            }
        }
        if enabled {
            Ok(())
        } else {
            Err(Refusal::of_gateway(StatusCode::FORBIDDEN))
        }
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
