//! `POST /trackers/bulk`: a bare array in, an envelope of its own out.

use http::StatusCode;
use serde::Serialize;
use serde_json::value::RawValue;

use super::create::Registered;
use crate::server::{Call, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::errors::{ErrorItem, QUOTA_MESSAGE, Refusal};
use crate::ship24::provider::Ship24Provider;
use crate::ship24::state::{Account, State};

const MAX_ITEMS: usize = 100;

#[derive(Serialize)]
struct Answer<'a> {
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

pub(crate) fn create(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let inputs: Vec<&RawValue> = match serde_json::from_slice(call.body) {
        Ok(inputs) => inputs,
        Err(error) if error.is_data() => {
            return Refusal::invalid("Please make sure that the body is an array.").into_reply();
        }
        Err(_) => return Refusal::unreadable().into_reply(),
    };
    if inputs.is_empty() {
        return Refusal::invalid("Please make sure that the array has 1 to 100 items.")
            .into_reply();
    }
    if inputs.len() > MAX_ITEMS {
        return refused(ErrorItem {
            code: "bulk_create_limit_exceeded",
            message: "A request takes at most 100 items.".to_owned(),
        });
    }
    let account = provider.account();
    let mut state = provider.state();
    let quota_is_used_up = state.settings.quota == Some(0);
    let mut results = Vec::with_capacity(inputs.len());
    for input in &inputs {
        let result = state
            .payload(input.get().as_bytes(), &account)
            .and_then(|payload| state.register(payload, &account));
        results.push(result);
    }
    let reply = if quota_is_used_up && results.iter().any(lacks_quota) {
        refused(ErrorItem {
            code: "quota_limit_reached",
            message: QUOTA_MESSAGE.to_owned(),
        })
    } else {
        state.show_bulk(&inputs, results, &account)
    };
    drop(state);
    provider.signals.wake();
    reply
}

fn lacks_quota(result: &Result<Registered, Refusal>) -> bool {
    let is_quota = |item: &ErrorItem| item.code == "quota_limit_reached";
    result
        .as_ref()
        .is_err_and(|refusal| refusal.items.iter().any(is_quota))
}

/// The whole request is refused: neither summary nor data.
fn refused(error: ErrorItem) -> Reply {
    let answer = Answer {
        status: "error",
        summary: None,
        data: None,
        error: Some(error),
    };
    Reply::json(StatusCode::FORBIDDEN, &answer)
}

impl State {
    fn show_bulk(
        &self,
        inputs: &[&RawValue],
        results: Vec<Result<Registered, Refusal>>,
        account: &Account<'_>,
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
            .map(|(input, result)| self.bulk_item(input, result, all_failed, account))
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
        let answer = Answer {
            status: name,
            summary: Some(summary),
            data: Some(data),
            error,
        };
        Reply::json(status, &answer)
    }

    fn bulk_item<'a>(
        &'a self,
        input: &'a RawValue,
        result: Result<Registered, Refusal>,
        all_failed: bool,
        account: &Account<'_>,
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
                        .map(|tracker| TrackerBody::new(tracker, account)),
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
