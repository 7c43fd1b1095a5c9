//! Every reference of the document leads somewhere, and to a thing of the right kind.

use super::Findings;
use crate::spec::{Spec, is_example};
use crate::yaml::{Value, entries, string};

/// Keys below which a reference occurs, and the components that it may name there.
const KINDS: [(&str, &str); 4] = [
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("headers", "headers"),
    ("requestBody", "requestBodies"),
];

pub(super) fn check(spec: &Spec, findings: &mut Findings) {
    descend(spec, spec.root(), &mut Vec::new(), findings);
}

fn descend(spec: &Spec, value: &Value, at: &mut Vec<String>, findings: &mut Findings) {
    if let Some(items) = value.as_sequence() {
        for (index, item) in items.iter().enumerate() {
            at.push(index.to_string());
            descend(spec, item, at, findings);
            at.pop();
        }
    }
    let names = at.last().is_some_and(|key| key == "properties");
    if let Some(reference) = string(value, "$ref").filter(|_| !names) {
        reference_leads_somewhere(spec, reference, at, findings);
    }
    for (key, child) in entries(value) {
        if names || !is_example(key) {
            at.push(key.to_owned());
            descend(spec, child, at, findings);
            at.pop();
        }
    }
}

fn reference_leads_somewhere(spec: &Spec, reference: &str, at: &[String], findings: &mut Findings) {
    let place = at.join(".");
    let Some(target) = spec.resolve(reference) else {
        findings.add(
            place,
            format!("`$ref` points at {reference}, which this document does not have"),
            "Correct the reference, or describe what it names under components.",
        );
        return;
    };
    // A parameter in a list has an index between it and the key; responses and headers have their name there.
    let Some((_, kind)) = at
        .iter()
        .rev()
        .take(2)
        .find_map(|key| KINDS.iter().find(|(known, _)| known == key))
    else {
        return;
    };
    if !reference.starts_with(&format!("#/components/{kind}/")) {
        findings.add(
            place,
            format!("`$ref` points at {reference}, which is not one of components.{kind}"),
            format!("Refer to an entry of components.{kind}."),
        );
    } else if target.get("$ref").is_some() {
        findings.add(
            place,
            format!("`$ref` points at {reference}, which is only another reference"),
            "Refer to the description itself.",
        );
    }
}
