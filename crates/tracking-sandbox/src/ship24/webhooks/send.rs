//! How webhooks are sent, what counts as a success, what the history keeps.

use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use super::message::{Attempt, Webhook};
use crate::clock::Clock;
use crate::ship24::auth::WEBHOOK_SECRET;
use crate::ship24::provider::Ship24Provider;
use crate::webhooks::{Outgoing, Response, Schedule, SendsWebhooks, WebhookQueue, WebhookUrl};

/// The documentation counts 20 retries, the implementation 20 attempts in all; the sandbox follows
/// the implementation. Twelve minutes before the second attempt and never more than twelve hours
/// between two, so that the last one comes after about six days.
const SCHEDULE: Schedule = Schedule {
    attempts: 20,
    first_pause_ms: 12.0 * 60_000.0,
    growth: 1.6,
    longest_pause_ms: 12.0 * 3_600_000.0,
};

impl SendsWebhooks for Ship24Provider {
    type Webhook = Webhook;

    fn queue(&self) -> &WebhookQueue<Webhook> {
        &self.queue
    }

    fn clock(&self) -> &Clock {
        &self.core.clock
    }

    fn announce_all(&self) {
        let snapshot = self.snapshot();
        self.state().announce_all(&snapshot);
    }

    fn addresses(&self) -> impl Fn(&Webhook) -> Option<WebhookUrl> + Send {
        let settings = self.state().settings.webhooks.clone();
        move |webhook| settings.url_for(webhook.is_proof).cloned()
    }

    fn write(&self, webhook: &Webhook) -> Option<Outgoing> {
        let snapshot = self.snapshot();
        let state = self.state();
        let body = state.webhook_body(webhook, &snapshot);
        let timeout = Duration::from_millis(state.settings.webhooks.timeout_ms);
        Some(Outgoing::json(secret(), body, timeout))
    }

    fn attempted(&self, webhook: &Webhook, sent: &Outgoing, response: Option<&Response>) -> bool {
        let attempt = attempt(sent, response, self.core.clock.now_millis());
        let mut state = self.state();
        for reference in &webhook.messages {
            if let Some(tracker) = state.trackers.get_mut(reference.tracker) {
                tracker.attempts.push(attempt.clone());
            }
        }
        attempt.succeeded
    }

    fn schedule(&self) -> Schedule {
        SCHEDULE
    }
}

/// The header by which a receiver knows the provider.
fn secret() -> HeaderMap {
    let value = HeaderValue::from_str(&format!("Bearer {WEBHOOK_SECRET}"))
        .unwrap_or(HeaderValue::from_static("Bearer"));
    HeaderMap::from_iter([(AUTHORIZATION, value)])
}

fn attempt(sent: &Outgoing, response: Option<&Response>, now: i64) -> Attempt {
    let failure = Attempt {
        succeeded: false,
        at: now,
        request_body: sent.body.clone(),
        response_body: Value::Null,
        response_headers: Map::new(),
        response_status: None,
    };
    let Some(response) = response else {
        return failure;
    };
    let body: Option<Value> = serde_json::from_slice(&response.body).ok();
    let lossy = |bytes: &[u8]| Value::from(String::from_utf8_lossy(bytes).into_owned());
    let headers = response.headers.iter();
    Attempt {
        succeeded: response.status.is_success() && !body.as_ref().is_some_and(says_failure),
        response_body: body.unwrap_or_else(|| lossy(&response.body)),
        response_headers: headers
            .map(|(name, value)| (name.to_string(), lossy(value.as_bytes())))
            .collect(),
        response_status: Some(response.status.as_u16()),
        ..failure
    }
}

/// Returns true if a success reports a failure. One whose JSON says `"success": false`, as a boolean or a
/// string, is a failure.
fn says_failure(body: &Value) -> bool {
    match body.get("success") {
        Some(Value::Bool(success)) => !success,
        Some(Value::String(success)) => success.eq_ignore_ascii_case("false"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::StatusCode;

    fn succeeds(response: Option<(u16, &'static str)>) -> bool {
        let sent = Outgoing::json(HeaderMap::new(), Bytes::new(), Duration::ZERO);
        let response = response.map(|(status, body)| Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: body.into(),
        });
        attempt(&sent, response.as_ref(), 0).succeeded
    }

    #[test]
    fn success_that_denies_itself_is_a_failure() {
        assert!(succeeds(Some((200, "OK"))));
        assert!(succeeds(Some((204, ""))));
        assert!(succeeds(Some((200, r#"{"success":true}"#))));
        assert!(!succeeds(Some((200, r#"{"success":false}"#))));
        assert!(!succeeds(Some((200, r#"{"success":"false"}"#))));
        assert!(!succeeds(Some((302, ""))));
        assert!(!succeeds(None));
    }

    #[test]
    fn twenty_attempts_take_about_six_days() {
        let queue = WebhookQueue::default();
        let address = |_: &()| "http://127.0.0.1:1/".parse().ok();
        queue.push((), 0);
        let mut times = Vec::new();

        let mut now = 0;
        while queue.waiting() > 0 {
            match queue.take_due(now, address) {
                Some((delivery, _)) => {
                    times.push(now);
                    queue.failed(delivery, &SCHEDULE, now);
                }
                None => now += 60_000,
            }
        }

        assert_eq!(times.len(), 20);
        assert_eq!(times.get(1), Some(&(12 * 60_000)));
        let days = *times.last().unwrap() as f64 / 86_400_000.0;
        assert!((5.5..6.5).contains(&days), "{days}");
    }
}
