//! The JSON documents of `track --json` and `detect --json`. A shipment is printed in the form in
//! which [`Shipment`] is stored, so that what the program prints can be read back by the library.

use serde::Serialize;
use serde_json::Value;
use tracking_core::{CourierCandidate, Shipment};

use crate::detect::Detection;
use crate::problem::Problem;

/// The document for what was found and what was not, as indented text with a line end.
pub(crate) fn document<'a>(
    shipments: impl IntoIterator<Item = &'a Shipment>,
    problems: impl IntoIterator<Item = &'a Problem>,
) -> String {
    written(&Document {
        shipments: shipments.into_iter().map(without_raw).collect(),
        errors: problems.into_iter().map(ErrorView::of).collect(),
    })
}

/// A shipment without the provider's own JSON, which repeats all of it and may hold more about
/// people than the model shows.
fn without_raw(shipment: &Shipment) -> Value {
    let mut value = serde_json::to_value(shipment).unwrap_or_default();
    remove_raw(&mut value);
    value
}

fn remove_raw(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            // A string holds JSON of the provider; the `raw` of a status is an object.
            if fields.get("raw").is_some_and(Value::is_string) {
                fields.remove("raw");
            }
            fields.values_mut().for_each(remove_raw);
        }
        Value::Array(elements) => elements.iter_mut().for_each(remove_raw),
        _ => {}
    }
}

fn written(document: &impl Serialize) -> String {
    // Strings, numbers and maps with string keys can always be written as JSON.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// The document of `detect --json`.
pub(crate) fn couriers<'a>(
    detections: &'a [Detection],
    problems: impl IntoIterator<Item = &'a Problem>,
) -> String {
    let couriers = detections.iter().flat_map(|detection| {
        let of = |candidate| CandidateView::of(detection, candidate);
        detection.couriers.iter().map(of)
    });
    written(&Couriers {
        couriers: couriers.collect(),
        errors: problems.into_iter().map(ErrorView::of).collect(),
    })
}

#[derive(Serialize)]
struct Couriers<'a> {
    couriers: Vec<CandidateView<'a>>,
    errors: Vec<ErrorView<'a>>,
}

/// A courier that a number may belong to; those of one number are in the order of the provider.
#[derive(Serialize)]
struct CandidateView<'a> {
    provider: &'a str,
    number: &'a str,
    #[serde(flatten)]
    candidate: &'a CourierCandidate,
}

impl<'a> CandidateView<'a> {
    fn of(detection: &'a Detection, candidate: &'a CourierCandidate) -> Self {
        Self {
            provider: detection.entry.name,
            number: &detection.number,
            candidate,
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    shipments: Vec<Value>,
    errors: Vec<ErrorView<'a>>,
}

/// A lookup without a parcel, or a reason why nothing was asked.
#[derive(Serialize)]
struct ErrorView<'a> {
    /// Null if it is about no single provider.
    provider: Option<&'a str>,
    /// Null if it is about no single number.
    number: Option<&'a str>,
    kind: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> ErrorView<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            provider: problem.provider,
            number: problem.number.as_deref(),
            kind: &problem.kind,
            message: &problem.message,
            hint: problem.hint.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests;
