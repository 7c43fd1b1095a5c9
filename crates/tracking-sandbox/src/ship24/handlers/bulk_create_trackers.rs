//! `POST /trackers/bulk`: a bare array in, an envelope of its own out.

use http::StatusCode;
use serde::Serialize;
use serde_json::value::RawValue;

use super::create_tracker::Registered;
use crate::server::{Call, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::errors::{ErrorItem, Refusal};
use crate::ship24::provider::Ship24Provider;
use crate::ship24::state::State;
use crate::snapshot::Snapshot;

const MAX_ITEMS: usize = 100;

#[derive(Serialize)]
struct Body<'a> {
    status: &'static str,
    summary: Option<Summary>,
    data: Option<Vec<Item<'a>>>,
    error: Option<ErrorItem>,
}

#[derive(Debug, Default, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    total_inputs: usize,
    total_created: usize,
    total_existing: usize,
    total_errors: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    item_status: &'static str,
    /// The input as it was sent, even when it is invalid.
    input_data: &'a RawValue,
    /// Absent on a failed item among others, null when every item failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    tracker: Option<Option<TrackerBody<'a>>>,
    errors: Option<Vec<ErrorItem>>,
}

pub(crate) fn create(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let inputs = match inputs(call.body) {
        Ok(inputs) => inputs,
        Err(refusal) => return Ok(refused(refusal)),
    };
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let quota_is_used_up = state.settings.quota == Some(0);
    let mut results = Vec::with_capacity(inputs.len());
    for input in &inputs {
        let result = state
            .payload(input.get().as_bytes(), &snapshot)
            .and_then(|payload| state.register(payload, &snapshot));
        results.push(result);
    }
    let reply = if quota_is_used_up && results.iter().any(lacks_quota) {
        refused(Refusal::quota(StatusCode::FORBIDDEN))
    } else {
        state.show_bulk(&inputs, results, &snapshot)
    };
    Ok(reply)
}

fn inputs(body: &[u8]) -> Result<Vec<&RawValue>, Refusal> {
    let inputs: Vec<&RawValue> = serde_json::from_slice(body).map_err(|error| {
        if error.is_data() {
            Refusal::invalid("Please make sure that the body is an array.")
        } else {
            Refusal::unreadable()
        }
    })?;
    if inputs.is_empty() {
        return Err(Refusal::invalid(
            "Please make sure that the array has 1 to 100 items.",
        ));
    }
    if inputs.len() > MAX_ITEMS {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "bulk_create_limit_exceeded",
            "A request takes at most 100 items.",
        ));
    }
    Ok(inputs)
}

fn lacks_quota(result: &Result<Registered, Refusal>) -> bool {
    let is_quota = |item: &ErrorItem| item.code == "quota_limit_reached";
    result
        .as_ref()
        .is_err_and(|refusal| refusal.items.iter().any(is_quota))
}

/// The whole request is refused: neither summary nor data. The official specification requires
/// this envelope of every error but those of credentials and limits.
fn refused(refusal: Refusal) -> Reply {
    let body = Body {
        status: "error",
        summary: None,
        data: None,
        error: refusal.items.into_iter().next(),
    };
    Reply::json(refusal.status, &body)
}

impl State {
    fn show_bulk(
        &self,
        inputs: &[&RawValue],
        results: Vec<Result<Registered, Refusal>>,
        snapshot: &Snapshot<'_>,
    ) -> Reply {
        let mut summary = Summary {
            total_inputs: inputs.len(),
            ..Summary::default()
        };
        for result in &results {
            let count = match result {
                Ok(Registered::Created(_)) => &mut summary.total_created,
                Ok(Registered::Existing(_)) => &mut summary.total_existing,
                Err(_) => &mut summary.total_errors,
            };
            *count += 1;
        }
        let all_failed = summary.total_errors == inputs.len();
        let data = inputs
            .iter()
            .zip(results)
            .map(|(input, result)| self.bulk_item(input, result, all_failed, snapshot))
            .collect();
        let (status, name) = match summary.total_errors {
            0 => (StatusCode::CREATED, "success"),
            _ if all_failed => (StatusCode::BAD_REQUEST, "error"),
            _ => (StatusCode::MULTI_STATUS, "partial"),
        };
        let error = all_failed.then(|| ErrorItem {
            code: "processing_error",
            message: "No item could be processed; see the errors of each.".to_owned(),
        });
        let body = Body {
            status: name,
            summary: Some(summary),
            data: Some(data),
            error,
        };
        Reply::json(status, &body)
    }

    fn bulk_item<'a>(
        &'a self,
        input: &'a RawValue,
        result: Result<Registered, Refusal>,
        all_failed: bool,
        snapshot: &Snapshot<'_>,
    ) -> Item<'a> {
        match result {
            Ok(registered) => Item {
                item_status: match registered {
                    Registered::Created(_) => "created",
                    Registered::Existing(_) => "existing",
                },
                input_data: input,
                tracker: Some(
                    self.trackers
                        .get(registered.serial())
                        .map(|tracker| TrackerBody::new(tracker, snapshot)),
                ),
                errors: None,
            },
            Err(refusal) => Item {
                item_status: "error",
                input_data: input,
                tracker: all_failed.then_some(None),
                errors: Some(refusal.items),
            },
        }
    }
}
