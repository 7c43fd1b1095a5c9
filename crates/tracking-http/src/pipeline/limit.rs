//! The step that stops requests after a response that says "too many".

use std::time::Duration;

use crate::client::Shared;
use crate::limit::LimitKey;

/// Closes the bucket of a request, or those of the whole account where that is the provider's way.
pub(super) async fn pause(shared: &Shared, key: LimitKey<'_>, wait: Duration) {
    let Some(limiter) = &shared.limiter else {
        return;
    };
    limiter.pause(key, wait).await;
    if shared.dialect.pauses_account() {
        for class in &shared.classes {
            let key = LimitKey::new(key.credential, class);
            limiter.pause(key, wait).await;
        }
    }
}
