//! One constant for each operation.

use std::fmt::Write as _;

use super::{comment, header, limits};
use crate::codegen::docs::docs;
use crate::codegen::model::{Model, PathParameter};
use crate::codegen::names::constant_name;
use crate::spec::{RawOperation, Spec};
use crate::yaml::{Value, entries_of, flag, string, whole};

pub(super) fn file(spec: &Spec, model: &Model) -> String {
    let mut body = String::new();
    let mut names = Vec::new();
    for operation in spec.operations() {
        let id = string(operation.value, "operationId").unwrap_or_default();
        body.push('\n');
        let docs = format!("{}\n\n{}", docs(operation.value), rate_docs(&operation));
        body.push_str(&comment(docs.trim_start(), 0));
        let _ = writeln!(
            body,
            "pub const {}: Operation = {};",
            constant_name(id),
            value(&operation, id)
        );
        names.push(format!("&{}", constant_name(id)));
    }
    let _ = writeln!(
        body,
        "\n/// Every operation, in the order of the spec.\npub const ALL: &[&Operation] = &[{}];",
        names.join(", ")
    );
    for parameter in &model.path_parameters {
        limits::path_constant(parameter, &mut body);
    }
    let purpose = "What is known about each endpoint before it is called.";
    let limited = |parameter: &PathParameter| parameter.limits.length.1.is_some();
    let ranges = if model.path_parameters.iter().any(limited) {
        "use std::ops::RangeInclusive;\n"
    } else {
        ""
    };
    let imports = format!(
        "{ranges}use std::time::Duration;\n\nuse http::Method;\nuse tracking_http::{{Operation, RateClass}};\n"
    );
    format!("{}{imports}{body}", header(spec, purpose))
}

fn value(operation: &RawOperation<'_>, id: &str) -> String {
    let rate = Rate::of(operation);
    let mut value = format!(
        "Operation::new({id:?}, Method::{}, {:?}).success(&{:?})",
        operation.method.to_uppercase(),
        operation.path,
        success(operation),
    );
    if flag(operation.value, "x-idempotent") == Some(true) {
        value.push_str(".idempotent()");
    }
    if flag(operation.value, "x-reads") == Some(true) {
        value.push_str(".reads()");
    }
    let _ = write!(
        value,
        ".rate(RateClass::new({:?}, {}, Duration::from_secs({})))",
        rate.class, rate.requests, rate.seconds,
    );
    if let Some(seconds) = whole(operation.value, "x-timeout-secs") {
        let _ = write!(value, ".timeout(Duration::from_secs({seconds}))");
    }
    value
}

/// `x-rate-limit` of an operation.
struct Rate<'a> {
    class: &'a str,
    /// Zero means no documented limit.
    requests: i64,
    seconds: i64,
}

impl<'a> Rate<'a> {
    fn of(operation: &RawOperation<'a>) -> Self {
        let rate = operation.value.get("x-rate-limit").unwrap_or(&Value::Null);
        Self {
            class: string(rate, "class").unwrap_or_default(),
            requests: whole(rate, "requests").unwrap_or_default(),
            seconds: whole(rate, "seconds").unwrap_or(1),
        }
    }
}

/// The class in which its calls count, for readers who never look at the value.
fn rate_docs(operation: &RawOperation<'_>) -> String {
    let rate = Rate::of(operation);
    let limit = match (rate.requests, rate.seconds) {
        (0, _) => "without a documented limit".to_owned(),
        (1, 1) => "1 request per second".to_owned(),
        (requests, 1) => format!("{requests} requests per second"),
        (1, seconds) => format!("1 request in {seconds} seconds"),
        (requests, seconds) => format!("{requests} requests in {seconds} seconds"),
    };
    format!("[Rate class](RateClass): `{}`, {limit}.", rate.class)
}

/// The documented 2xx codes. Errors that carry data are decided by hand, because the code alone does not decide.
fn success(operation: &RawOperation<'_>) -> Vec<u16> {
    entries_of(operation.value, "responses")
        .filter_map(|(code, _)| code.parse().ok())
        .filter(|code| (200..300).contains(code))
        .collect()
}
