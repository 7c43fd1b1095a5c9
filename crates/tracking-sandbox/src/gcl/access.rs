//! Who is calling, how often, and whether the account may call at all.

use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::failure::gateway;
use super::module::GclModule;
use super::settings::Settings;
use crate::reply::Reply;

/// The header with the key.
const KEY_HEADER: &str = "x-api-key";

/// The key of the sandbox. It opens nothing else. Keys of a sibling product have a colon, so this
/// one has it too.
pub(crate) const API_KEY: &str = "sandbox-gcl-0000:0000000000000000";

/// How long a window lasts.
pub(super) const WINDOW: Duration = Duration::from_secs(1);

/// There is one account, and no key but its own gets this far.
const CALLER: u64 = 0;

impl GclModule {
    /// The answer to a call that must not reach an endpoint, if it is one.
    pub(super) fn refuse(&self, headers: &HeaderMap) -> Option<Reply> {
        let (limit, enabled) = {
            let settings = &self.state().settings;
            if !has_key(headers, settings) {
                return Some(gateway(StatusCode::UNAUTHORIZED, "Unauthorized"));
            }
            let limit = settings.rate_limits.then_some(settings.per_second);
            (limit, settings.enabled)
        };
        if let Some(limit) = limit {
            let now = self.core.clock.elapsed();
            if !self.windows.take(CALLER, "account", limit, now).allowed {
                return Some(too_many());
            }
        }
        (!enabled).then(|| gateway(StatusCode::FORBIDDEN, "Forbidden"))
    }
}

/// The answer above the limit. No header tells about limits.
pub(super) fn too_many() -> Reply {
    gateway(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests")
}

/// The header with the key decides; the deprecated one counts only without it.
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
