//! One constant for each operation.

use std::fmt::Write as _;

use super::{comment, header, limits};
use crate::codegen::docs::docs;
use crate::codegen::model::Model;
use crate::codegen::names::constant_name;
use crate::spec::{RawOperation, Spec};
use crate::yaml::{entries_of, flag, text, whole};

pub(super) fn file(spec: &Spec, model: &Model) -> String {
    let mut body = String::new();
    let mut names = Vec::new();
    for operation in spec.operations() {
        let id = text(operation.value, "operationId").unwrap_or_default();
        body.push('\n');
        body.push_str(&comment(&docs(operation.value), 0));
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
    let ranges = if body.contains(": RangeInclusive<") {
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
    let none = serde_yaml_ng::Value::Null;
    let rate = operation.value.get("x-rate-limit").unwrap_or(&none);
    let timeout = whole(operation.value, "x-timeout-secs").map_or_else(
        || "None".to_owned(),
        |seconds| format!("Some(Duration::from_secs({seconds}))"),
    );
    format!(
        "Operation {{
            id: {id:?},
            method: Method::{},
            path: {:?},
            success: &{:?},
            idempotent: {},
            rate: RateClass {{ name: {:?}, requests: {}, per: Duration::from_secs({}) }},
            timeout: {timeout},
        }}",
        operation.method.to_uppercase(),
        operation.path,
        success(operation),
        flag(operation.value, "x-idempotent") == Some(true),
        text(rate, "class").unwrap_or_default(),
        whole(rate, "requests").unwrap_or_default(),
        whole(rate, "seconds").unwrap_or(1),
    )
}

/// The documented 2xx codes. Errors that carry data are decided by hand, because the code alone does not tell.
fn success(operation: &RawOperation<'_>) -> Vec<u16> {
    entries_of(operation.value, "responses")
        .filter_map(|(code, _)| code.parse().ok())
        .filter(|code| (200..300).contains(code))
        .collect()
}
