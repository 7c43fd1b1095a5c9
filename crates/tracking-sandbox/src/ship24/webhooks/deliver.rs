//! Webhook deliveries: what is sent, what counts as a success, what the history keeps.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use super::messages::{Push, SCHEDULE};
use crate::clock::Clock;
use crate::ship24::auth::WEBHOOK_SECRET;
use crate::ship24::provider::Ship24Provider;
use crate::webhooks::{self, Answer, SendsWebhooks, Signals};

impl SendsWebhooks for Ship24Provider {
    fn signals(&self) -> &Signals {
        &self.signals
    }

    fn clock(&self) -> &Clock {
        &self.core.clock
    }

    fn announce_all(&self) {
        let account = self.account();
        self.state().announce_all(&account);
    }

    fn is_settled(&self) -> bool {
        self.state().outbox.is_settled(self.core.clock.now_millis())
    }

    async fn deliver_one(&self) -> bool {
        let (delivery, url, body, time_out) = {
            let account = self.account();
            let mut state = self.state();
            let Some((delivery, url)) = state.outbox.take_due(account.now) else {
                return false;
            };
            let body = state.webhook_body(&delivery.content, &account);
            (delivery, url, body, state.outbox.time_out)
        };
        let answer = webhooks::post(&url, secret(), body.clone(), time_out).await;
        let now = self.core.clock.now_millis();
        let mut push = push(answer.as_ref(), now);
        push.request_body = body;
        {
            let mut state = self.state();
            for reference in &delivery.content.messages {
                if let Some(tracker) = state.trackers.get_mut(reference.tracker) {
                    tracker.pushes.push(push.clone());
                }
            }
            let queue = &mut state.outbox.queue;
            if push.succeeded {
                queue.succeeded();
            } else {
                queue.failed(delivery, &SCHEDULE, now);
            }
        }
        self.signals.attempted();
        true
    }
}

/// The header by which a receiver knows the provider.
fn secret() -> HeaderMap {
    let value = HeaderValue::from_str(&format!("Bearer {WEBHOOK_SECRET}"))
        .unwrap_or(HeaderValue::from_static("Bearer"));
    HeaderMap::from_iter([(AUTHORIZATION, value)])
}

fn push(answer: Option<&Answer>, now: i64) -> Push {
    let Some(answer) = answer else {
        return Push {
            succeeded: false,
            at: now,
            request_body: bytes::Bytes::new(),
            response_body: Value::Null,
            response_headers: Map::new(),
            response_status: None,
        };
    };
    let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let succeeded = answer.status.is_success() && !body.as_ref().is_some_and(says_failure);
    Push {
        succeeded,
        at: now,
        request_body: bytes::Bytes::new(),
        response_body: body
            .unwrap_or_else(|| Value::from(String::from_utf8_lossy(&answer.body).into_owned())),
        response_headers: answer
            .headers
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    Value::from(String::from_utf8_lossy(value.as_bytes())),
                )
            })
            .collect(),
        response_status: Some(answer.status.as_u16()),
    }
}

/// A success whose JSON says `"success": false`, as truth value or text, is a failure.
fn says_failure(body: &Value) -> bool {
    match body.get("success") {
        Some(Value::Bool(success)) => !success,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("false"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    fn succeeds(status: u16, body: &'static str) -> bool {
        let answer = Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: body.into(),
        };
        push(Some(&answer), 0).succeeded
    }

    #[test]
    fn a_success_that_denies_itself_is_a_failure() {
        assert!(succeeds(200, "OK"));
        assert!(succeeds(204, ""));
        assert!(succeeds(200, r#"{"success":true}"#));
        assert!(!succeeds(200, r#"{"success":false}"#));
        assert!(!succeeds(200, r#"{"success":"false"}"#));
        assert!(!succeeds(302, ""));
        assert!(!push(None, 0).succeeded);
    }
}
