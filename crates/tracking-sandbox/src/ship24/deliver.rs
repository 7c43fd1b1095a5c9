//! The work beside the answers: deliver what is due, note what came back, try again later.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde_json::{Map, Value};

use super::auth::WEBHOOK_SECRET;
use super::messages::Push;
use super::module::Ship24Module;
use crate::delivery::{self, Answer};

/// How often a running clock is looked at.
const TICK: Duration = Duration::from_millis(500);

/// Delivers until the sandbox stops.
pub(crate) async fn run(module: Arc<Ship24Module>) {
    let mut changes = module.core.clock.changes();
    loop {
        while deliver_one(&module).await {}
        let clock_runs = module.core.clock.is_running();
        tokio::select! {
            // Whoever rings has made the messages already.
            () = module.work.notified() => {}
            changed = changes.changed() => {
                if changed.is_err() {
                    return;
                }
                module.announce_all();
            }
            () = tokio::time::sleep(TICK), if clock_runs => module.announce_all(),
        }
    }
}

impl Ship24Module {
    /// Makes the messages that the clock has brought up.
    fn announce_all(&self) {
        let account = self.account();
        self.state().announce_all(&account);
    }

    /// Waits until every delivery that is due has been tried.
    pub(crate) async fn settled(&self) {
        let mut delivered = self.delivered.subscribe();
        loop {
            delivered.borrow_and_update();
            self.announce_all();
            let now = self.core.clock.now_millis();
            if self.state().outbox.is_settled(now) {
                return;
            }
            self.work.notify_one();
            if delivered.changed().await.is_err() {
                return;
            }
        }
    }
}

/// Tries the first delivery that is due; false when there is none.
async fn deliver_one(module: &Ship24Module) -> bool {
    let (delivery, url, body, time_out) = {
        let account = module.account();
        let mut state = module.state();
        let Some((delivery, url)) = state.outbox.take_due(account.now) else {
            return false;
        };
        let body = state.webhook_body(&delivery, &account);
        (delivery, url, body, state.outbox.time_out)
    };
    let secret = HeaderValue::from_str(&format!("Bearer {WEBHOOK_SECRET}"))
        .unwrap_or(HeaderValue::from_static("Bearer"));
    let answer = delivery::post(&url, (AUTHORIZATION, secret), body.clone(), time_out).await;
    let now = module.core.clock.now_millis();
    let mut push = push(answer.as_ref(), now);
    push.request_body = body;
    {
        let mut state = module.state();
        state.outbox.under_way = state.outbox.under_way.saturating_sub(1);
        for reference in &delivery.messages {
            if let Some(tracker) = state.trackers.get_mut(reference.tracker) {
                tracker.pushes.push(push.clone());
            }
        }
        if !push.succeeded {
            state.outbox.waiting.extend(delivery.retry(now));
        }
    }
    module
        .delivered
        .send_modify(|count| *count = count.wrapping_add(1));
    true
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
    use http::{HeaderMap, StatusCode};

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
