//! What every operation must say, and what an operation constant cannot express.

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, bodies, prose};
use crate::spec::{RawOperation, Spec};
use crate::yaml::{Value, entries_of, flag, string, whole};

pub(super) fn check(spec: &Spec, findings: &mut Findings) {
    version(spec, findings);
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    let mut classes: BTreeMap<&str, (Option<i64>, Option<i64>)> = BTreeMap::new();
    for (path, item) in entries_of(spec.root(), "paths") {
        if item.get("$ref").is_some() {
            findings.add(
                format!("paths.{path}"),
                "a path that is a `$ref` is not read",
                "Write the operations here.",
            );
        }
    }
    for operation in spec.operations_and_forms() {
        identity(&operation, &mut ids, findings);
        described(&operation.at, operation.value, findings);
        if operation.value.get("x-form-of").is_some() {
            form(spec, &operation, findings);
        } else {
            behaviour(&operation, &mut classes, findings);
            bodies::request(spec, &operation, findings);
        }
        parameters(&operation, findings);
        responses(&operation, findings);
    }
    for (_, at, webhook) in spec.webhooks() {
        described(&at, webhook, findings);
        bodies::webhook(spec, webhook, &at, findings);
    }
}

fn version(spec: &Spec, findings: &mut Findings) {
    let version = string(spec.root(), "openapi").unwrap_or("missing or not a string");
    if !version.starts_with("3.0.") {
        findings.add(
            "openapi",
            format!("the version is {version}; the generator reads OpenAPI 3.0 only"),
            "Write `openapi: \"3.0.3\"` and use 3.0 constructs (`nullable`, not a list of types).",
        );
    }
}

fn identity<'a>(
    operation: &RawOperation<'a>,
    ids: &mut BTreeMap<&'a str, String>,
    findings: &mut Findings,
) {
    let Some(id) = string(operation.value, "operationId") else {
        findings.add(
            &operation.at,
            "no `operationId`: the operation constant would have no name",
            "Add the provider's own name of the operation.",
        );
        return;
    };
    if let Some(other) = ids.insert(id, operation.at.clone()) {
        findings.add(
            &operation.at,
            format!("`operationId: {id}` is also used by {other}"),
            "Give each operation its own id.",
        );
    }
}

fn described(at: &str, value: &Value, findings: &mut Findings) {
    if string(value, "summary").is_none_or(|summary| summary.trim().is_empty()) {
        findings.add(
            at,
            "no `summary`: the operation would have no documentation",
            "Add one sentence in the third person.",
        );
    }
    for key in ["summary", "description"] {
        if let Some(description) = string(value, key) {
            prose::check_text(&format!("{at}.{key}"), description, findings);
        }
    }
}

/// What no code is generated for is another form of something that there is, and says nothing else about it.
fn form(spec: &Spec, form: &RawOperation<'_>, findings: &mut Findings) {
    let other = spec.operations().into_iter().find(|operation| {
        operation.path == form.path && string(operation.value, "operationId") == form.form_of()
    });
    if other.is_none() {
        findings.add(
            &form.at,
            "`x-form-of` names no operation of this path that code is generated for",
            "Write the `operationId` of the operation that is sent.",
        );
    }
    for key in [
        "x-idempotent",
        "x-rate-limit",
        "x-reads",
        "x-timeout-secs",
        "x-query-name",
    ] {
        if form.value.get(key).is_some() {
            findings.add(
                &form.at,
                format!("`{key}` beside `x-form-of` would have no effect"),
                "Write it at the operation that is sent.",
            );
        }
    }
}

fn behaviour<'a>(
    operation: &RawOperation<'a>,
    classes: &mut BTreeMap<&'a str, (Option<i64>, Option<i64>)>,
    findings: &mut Findings,
) {
    let value = operation.value;
    if flag(value, "x-idempotent").is_none() {
        findings.add(
            &operation.at,
            "`x-idempotent` is missing or not a boolean, so a retry cannot know whether it may repeat the call",
            "Add `x-idempotent: true` or `false`.",
        );
    }
    if value.get("x-reads").is_some() {
        let has_effect = flag(value, "x-reads") == Some(true)
            && flag(value, "x-idempotent") == Some(true)
            && operation.method != "get";
        if !has_effect {
            findings.add(
                &operation.at,
                "`x-reads` has an effect as `true` beside `x-idempotent: true`, where the method is not GET",
                "Remove it, or say that a repeat does no harm.",
            );
        }
    }
    let Some(rate) = value.get("x-rate-limit") else {
        findings.add(
            &operation.at,
            "no `x-rate-limit`",
            "Add `x-rate-limit: {class: name, requests: 10, seconds: 1}`; `requests: 0` when no limit is documented.",
        );
        return;
    };
    let numbers = (whole(rate, "requests"), whole(rate, "seconds"));
    let sound = numbers
        .0
        .is_some_and(|requests| (0..=i64::from(u32::MAX)).contains(&requests))
        && numbers.1.is_some_and(|seconds| seconds > 0);
    match string(rate, "class") {
        Some(class) if sound => {
            let first = *classes.entry(class).or_insert(numbers);
            if first != numbers {
                findings.add(
                    &operation.at,
                    format!("the rate class {class} has other numbers than where it first occurs"),
                    "Operations of one class share one bucket: repeat the numbers, or name another class.",
                );
            }
        }
        _ => findings.add(
            &operation.at,
            "`x-rate-limit` is incomplete",
            "It needs `class` (string), `requests` (0 or more) and `seconds` (1 or more).",
        ),
    }
    if value.get("x-timeout-secs").is_some()
        && whole(value, "x-timeout-secs").is_none_or(|seconds| seconds < 1)
    {
        findings.add(
            &operation.at,
            "`x-timeout-secs` is not a whole number above zero",
            "Write seconds.",
        );
    }
}

fn parameters(operation: &RawOperation<'_>, findings: &mut Findings) {
    let mut in_path = Vec::new();
    let mut seen = BTreeSet::new();
    for parameter in &operation.parameters {
        if parameter.get("$ref").is_some() {
            // It leads nowhere, which the rule about references says.
            continue;
        }
        let name = string(parameter, "name").unwrap_or("unnamed");
        let at = format!("{}.parameters.{name}", operation.at);
        if string(parameter, "name").is_none() && string(parameter, "in").is_none() {
            findings.add(
                &at,
                "neither `name` nor `in`: this is no parameter",
                "Write both, and a schema.",
            );
            continue;
        }
        if string(parameter, "name").is_none() {
            findings.add(
                &at,
                "the parameter has no `name`",
                "Add its name on the wire.",
            );
        }
        match string(parameter, "in") {
            Some("cookie") => findings.add(
                &at,
                "cookie parameters are not supported",
                "Send it as a header.",
            ),
            Some("path") => {
                in_path.push(name);
                if flag(parameter, "required") != Some(true) {
                    findings.add(
                        &at,
                        "a path parameter without `required: true`: a path without it is another path",
                        "Add `required: true`.",
                    );
                }
            }
            Some("query" | "header") => {}
            _ => findings.add(
                &at,
                "`in` is missing or unknown",
                "Write path, query or header.",
            ),
        }
        if !seen.insert((string(parameter, "in"), name)) {
            findings.add(
                &at,
                "the parameter occurs twice: in the operation and in its path, or twice in one list",
                "Keep one of them.",
            );
        }
        if string(parameter, "style") == Some("deepObject") {
            findings.add(
                &at,
                "`deepObject` parameters are not supported",
                "Describe one parameter for each key.",
            );
        }
        match string(parameter, "description") {
            None => findings.add(
                &at,
                "the parameter has no description",
                "Add a `description`.",
            ),
            Some(description) => {
                prose::check_text(&format!("{at}.description"), description, findings);
            }
        }
        if parameter.get("schema").is_none() {
            findings.add(&at, "the parameter has no `schema`", "Add its type.");
        }
    }
    let expected = placeholders(operation.path);
    for name in expected.iter().filter(|name| !in_path.contains(name)) {
        findings.add(
            &operation.at,
            format!("the path names {{{name}}}, which no parameter describes"),
            "Add the path parameter, or correct its name.",
        );
    }
    for name in in_path.iter().filter(|name| !expected.contains(name)) {
        findings.add(
            &operation.at,
            format!("the path parameter `{name}` is not part of the path"),
            "Correct its name, or remove it.",
        );
    }
}

fn placeholders(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

fn responses(operation: &RawOperation<'_>, findings: &mut Findings) {
    let success = entries_of(operation.value, "responses").any(|(code, _)| code.starts_with('2'));
    if !success {
        findings.add(
            &operation.at,
            "no 2xx response",
            "Add every documented success code, in quotes.",
        );
    }
}
