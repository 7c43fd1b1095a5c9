//! The JSON of each command. A shipment is printed in the form in
//! which [`Shipment`] is stored, so that what the program prints can be read back by the library.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;
use tracking_core::{CourierCandidate, Shipment};

use crate::detect::Detection;
use crate::problem::Problem;
use crate::track::Report;

/// The document for what became of each lookup, as indented text with a line end.
pub(crate) fn document<'a>(
    reports: &'a [Report],
    refusals: impl IntoIterator<Item = &'a Problem>,
    registered: usize,
) -> String {
    let failures = reports
        .iter()
        .filter_map(|report| report.problem.as_ref())
        .filter(|problem| !problem.is_outcome);
    written(&Document {
        shipments: reports
            .iter()
            .flat_map(|report| &report.shipments)
            .map(without_raw)
            .collect(),
        outcomes: reports.iter().map(OutcomeView::of).collect(),
        errors: failures.chain(refusals).map(ErrorView::of).collect(),
        registered,
    })
}

/// What became of a lookup as one line.
pub(crate) fn record(report: &Report) -> String {
    let view = OutcomeView {
        shipments: Some(report.shipments.iter().map(without_raw).collect()),
        ..OutcomeView::of(report)
    };
    line_of(&view)
}

/// Why nothing was sent, as one line for each reason.
pub(crate) fn refusals(problems: &[Problem]) -> String {
    let view = |problem| line_of(&OutcomeView::refused(problem));
    problems.iter().map(view).collect()
}

/// Why nothing was sent, where lines are something else than outcomes: one line for each reason.
pub(crate) fn error_lines<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        error: ErrorView<'a>,
    }

    let line = |problem| {
        let error = ErrorView::of(problem);
        // Strings and numbers can always be written as JSON.
        serde_json::to_string(&Line { error }).unwrap_or_default() + "\n"
    };
    problems.into_iter().map(line).collect()
}

/// A value as one line.
pub(crate) fn line_of(view: &impl Serialize) -> String {
    // Strings, numbers and maps with string keys can always be written as JSON.
    let mut text = serde_json::to_string(view).unwrap_or_default();
    text.push('\n');
    text
}

/// A shipment without the provider's own JSON, which repeats all of it and may hold more about
/// people than the model shows.
pub(crate) fn without_raw(shipment: &Shipment) -> Value {
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

/// The document of a list, under its key.
pub(crate) fn list<R: Serialize>(key: &'static str, rows: &[R], problems: &[Problem]) -> String {
    written(&Listing {
        key,
        rows,
        errors: problems.iter().map(ErrorView::of).collect(),
    })
}

struct Listing<'a, R> {
    key: &'static str,
    rows: &'a [R],
    errors: Vec<ErrorView<'a>>,
}

impl<R: Serialize> Serialize for Listing<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(self.key, self.rows)?;
        map.serialize_entry("errors", &self.errors)?;
        map.end()
    }
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
            provider: &detection.account.name,
            number: &detection.number,
            candidate,
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    shipments: Vec<Value>,
    /// What became of each line at each account, in the order of the lines.
    outcomes: Vec<OutcomeView<'a>>,
    errors: Vec<ErrorView<'a>>,
    /// How many numbers were registered.
    registered: usize,
}

/// What became of one line at one account.
#[derive(Serialize)]
struct OutcomeView<'a> {
    /// Null for an argument.
    line: Option<u64>,
    /// Null if it is about no single number.
    number: Option<&'a str>,
    /// Null for a line that no account accepts.
    provider: Option<&'a str>,
    /// Named after the provider as a rule.
    account: Option<&'a str>,
    outcome: &'a str,
    registered: bool,
    /// In a line by itself only; in a document they are beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    shipments: Option<Vec<Value>>,
    /// Of the error, if it is one.
    kind: Option<&'a str>,
    message: Option<&'a str>,
    hint: Option<&'a str>,
}

impl<'a> OutcomeView<'a> {
    fn of(report: &'a Report) -> Self {
        let account = report.account.as_ref();
        let problem = report.problem.as_ref();
        let failure = problem.filter(|problem| !problem.is_outcome);
        Self {
            line: report.line,
            number: Some(report.target.as_str()).filter(|number| !number.is_empty()),
            provider: account.map(|account| account.entry.name),
            account: account.map(|account| account.name.as_str()),
            outcome: report.outcome(),
            registered: report.registered,
            shipments: None,
            kind: failure.map(|problem| problem.kind),
            message: problem.map(|problem| problem.message.as_str()),
            hint: problem.and_then(|problem| problem.hint.as_deref()),
        }
    }

    fn refused(problem: &'a Problem) -> Self {
        Self {
            line: problem.line,
            number: problem.number.as_deref(),
            provider: problem.provider.as_deref(),
            account: problem.provider.as_deref(),
            outcome: "invalid",
            registered: false,
            shipments: Some(Vec::new()),
            kind: Some(problem.kind),
            message: Some(&problem.message),
            hint: problem.hint.as_deref(),
        }
    }
}

/// A lookup that failed, or a reason why nothing was asked.
#[derive(Serialize)]
struct ErrorView<'a> {
    /// Null if it is about no single line.
    line: Option<u64>,
    /// The account; null if it is about no single one.
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
            line: problem.line,
            provider: problem.provider.as_deref(),
            number: problem.number.as_deref(),
            kind: problem.kind,
            message: &problem.message,
            hint: problem.hint.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests;
