//! `GET /trackers/{trackerId}/webhook-history/download`: a file with every push.

use http::header::{ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_DISPOSITION};
use http::{HeaderValue, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::server::{Call, Reply};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::state::State;
use crate::ship24::tracker::Tracker;
use crate::ship24::webhooks::message::Attempt;
use crate::webhooks::WebhookUrl;
use crate::wire_time::{compact_day, utc_millis};

#[derive(Serialize)]
struct History<'a> {
    metadata: Metadata<'a>,
    webhooks: Vec<Webhook<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata<'a> {
    tracking_number: &'a str,
    tracker_id: &'a str,
    client_tracker_id: Option<&'a str>,
    webhook_url: Option<&'a str>,
    last_successful_push_at: Option<String>,
    last_failed_push_at: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Webhook<'a> {
    status: &'static str,
    push_timestamp: Option<String>,
    request_body: Option<&'a RawValue>,
    response_body: &'a Value,
    response_headers: &'a Map<String, Value>,
    /// A string, unlike every other number of the API.
    response_status_code: Option<String>,
}

pub(crate) fn download(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let now = provider.snapshot().now;
    let state = provider.state();
    let tracker = state
        .trackers
        .get(state.named(call)?)
        .ok_or_else(Refusal::tracker_not_found)?;
    Ok(file(tracker, &state, now))
}

fn file(tracker: &Tracker, state: &State, now: i64) -> Reply {
    let last = |succeeded: bool| {
        let attempt = tracker
            .attempts
            .iter()
            .rev()
            .find(|attempt| attempt.succeeded == succeeded)?;
        Some(utc_millis(attempt.at))
    };
    let history = History {
        metadata: Metadata {
            tracking_number: tracker.number(),
            tracker_id: &tracker.id,
            client_tracker_id: tracker.client_id(),
            webhook_url: state.settings.webhooks.url.as_ref().map(WebhookUrl::as_str),
            last_successful_push_at: last(true),
            last_failed_push_at: last(false),
        },
        webhooks: tracker.attempts.iter().rev().map(webhook).collect(),
    };
    let name = format!(
        "webhook-history-{}-{}.json",
        tracker.number(),
        compact_day(now)
    );
    let mut reply = Reply::json(StatusCode::OK, &history).with_header(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("Content-Disposition"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition(&name)) {
        reply = reply.with_header(CONTENT_DISPOSITION, value);
    }
    reply
}

/// A name with a slash gets the second form as well; what the provider does then is not known.
fn disposition(name: &str) -> String {
    if name.contains('/') {
        let plain = name.replace('/', "_");
        let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
    } else {
        format!("attachment; filename=\"{name}\"")
    }
}

fn webhook(attempt: &Attempt) -> Webhook<'_> {
    Webhook {
        status: if attempt.succeeded {
            "success"
        } else {
            "failed"
        },
        push_timestamp: Some(utc_millis(attempt.at)),
        request_body: serde_json::from_slice(&attempt.request_body).ok(),
        response_body: &attempt.response_body,
        response_headers: &attempt.response_headers,
        response_status_code: attempt.response_status.map(|status| status.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slash_never_gets_into_plain_file_name() {
        assert_eq!(disposition("a-1.json"), "attachment; filename=\"a-1.json\"");
        assert_eq!(
            disposition("a/1.json"),
            "attachment; filename=\"a_1.json\"; filename*=UTF-8''a%2F1%2Ejson"
        );
    }
}
