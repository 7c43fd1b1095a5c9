//! The extension keys: only known ones, only where they mean something, and provenance everywhere.
//!
//! An extension that nothing reads is an error, because its author believes that it has an effect.

use super::{Findings, Place, Role};
use crate::alternatives::enumeration;
use crate::spec::{Spec, is_example};
use crate::yaml::{Value, entries, entries_of, flag, string, strings_of, whole};

/// Every extension key, see `README.md`.
const KNOWN: [&str; 24] = [
    "x-aliases",
    "x-assumption",
    "x-enum-descriptions",
    "x-enum-names",
    "x-field-name",
    "x-form-of",
    "x-idempotent",
    "x-max-items",
    "x-max-length",
    "x-maximum",
    "x-min-items",
    "x-min-length",
    "x-minimum",
    "x-pattern",
    "x-personal",
    "x-provenance",
    "x-query-name",
    "x-rate-limit",
    "x-reads",
    "x-shared",
    "x-source",
    "x-timeout-secs",
    "x-timestamp",
    "x-webhooks",
];
const PROVENANCES: [&str; 3] = ["documented", "observed", "assumed"];
const LIMITS: [&str; 4] = ["x-min-length", "x-max-length", "x-min-items", "x-max-items"];
/// Limits that belong together, least and most.
const SPANS: [(&str, &str); 6] = [
    ("x-min-length", "x-max-length"),
    ("x-min-items", "x-max-items"),
    ("x-minimum", "x-maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minimum", "maximum"),
];

pub(super) fn check(spec: &Spec, places: &[Place<'_>], findings: &mut Findings) {
    known(spec.root(), "", findings);
    stated(spec.root(), "", findings);
    for operation in spec.operations_and_forms() {
        provenance(operation.value, &operation.at, false, findings);
    }
    for (_, at, webhook) in spec.webhooks() {
        provenance(webhook, &at, false, findings);
    }
    for (name, schema) in spec.schemas() {
        let at = format!("components.schemas.{name}");
        let complete = entries_of(schema, "properties")
            .all(|(_, property)| property.get("x-provenance").is_some());
        let inherited = complete && schema.get("properties").is_some();
        provenance(schema, &at, inherited, findings);
    }
    for place in places {
        meaning(place, findings);
    }
}

/// Refuses unknown extension keys anywhere outside of examples.
fn known(value: &Value, at: &str, findings: &mut Findings) {
    if let Value::Sequence(items) = value {
        items.iter().for_each(|item| known(item, at, findings));
    }
    for (key, child) in entries(value) {
        let inside = format!("{at}.{key}");
        if key.starts_with("x-") && !KNOWN.contains(&key) && !at.ends_with(".headers") {
            findings.add(
                at.trim_start_matches('.'),
                format!("the extension `{key}` is unknown and would have no effect"),
                "Correct its spelling; xtask/README.md lists the extensions.",
            );
        }
        if !is_example(key) && !key.starts_with("x-enum-") {
            known(child, &inside, findings);
        }
    }
}

fn provenance(value: &Value, at: &str, inherited: bool, findings: &mut Findings) {
    if value.get("x-provenance").is_none() && !inherited {
        findings.add(
            at,
            "no `x-provenance`: users cannot know what to verify with the provider",
            "Add `x-provenance: documented`, `observed` or `assumed`.",
        );
    }
}

/// Every provenance is one of the three values, and what is assumed is described.
fn stated(value: &Value, at: &str, findings: &mut Findings) {
    for (index, item) in value.as_sequence().into_iter().flatten().enumerate() {
        let name = string(item, "name").map_or_else(|| index.to_string(), str::to_owned);
        stated(item, &format!("{at}.{name}"), findings);
    }
    let place = at.trim_start_matches('.');
    if let Some(given) = value.get("x-provenance") {
        if !given
            .as_str()
            .is_some_and(|word| PROVENANCES.contains(&word))
        {
            findings.add(
                place,
                "`x-provenance` is none of documented, observed, assumed",
                "Use one of the three values.",
            );
        }
        if given.as_str() == Some("assumed") && string(value, "x-assumption").is_none() {
            findings.add(
                place,
                "assumed, but nothing says what exactly is assumed",
                "Add `x-assumption` with one sentence.",
            );
        }
    }
    for (key, child) in entries(value) {
        if !is_example(key) && !key.starts_with("x-enum-") {
            stated(child, &format!("{at}.{key}"), findings);
        }
    }
}

fn meaning(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    enums(place, findings);
    timestamps(place, findings);
    limits(place, findings);
    wire_names(place, findings);

    let personal_place = match place.role {
        Role::Component => schema.get("properties").is_some(),
        Role::Property => true,
        _ => false,
    };
    if schema.get("x-personal").is_some() && !personal_place {
        findings.add(
            &place.at,
            "`x-personal` has no effect here: it redacts the `Debug` output of a named object or of a property",
            "Move it to the object or property that holds the personal data.",
        );
    }
    shared(place, findings);
}

fn wire_names(place: &Place<'_>, findings: &mut Findings) {
    for key in ["x-field-name", "x-aliases"] {
        if place.schema.get(key).is_some() && place.role != Role::Property {
            findings.add(
                &place.at,
                format!("`{key}` names a field, and this is none"),
                "Move it to the property.",
            );
        }
    }
    let Some(aliases) = place.schema.get("x-aliases") else {
        return;
    };
    let named = strings_of(place.schema, "x-aliases");
    if aliases.as_sequence().map(<[_]>::len) != Some(named.count()) {
        findings.add(
            &place.at,
            "`x-aliases` is no list of names",
            "Write the other names on the wire as a list of strings.",
        );
    }
    if !place.usage.response {
        findings.add(
            &place.at,
            "`x-aliases` are other names that are read, but this schema is only sent",
            "Remove it.",
        );
    }
}

fn enums(place: &Place<'_>, findings: &mut Findings) {
    for key in ["x-enum-descriptions", "x-enum-names"] {
        if place.schema.get(key).is_some() && enumeration(place.schema).is_none() {
            findings.add(
                &place.at,
                format!("`{key}` on a schema without `enum`"),
                "Add the values, or remove it.",
            );
        }
    }
}

fn timestamps(place: &Place<'_>, findings: &mut Findings) {
    let Some(kind) = place.schema.get("x-timestamp") else {
        return;
    };
    if !matches!(kind.as_str(), Some("logistic" | "local" | "utc")) {
        findings.add(
            &place.at,
            "`x-timestamp` is neither logistic nor local nor utc",
            "Use one of the three values.",
        );
    }
    if place.role != Role::Component || string(place.schema, "type") != Some("string") {
        findings.add(
            &place.at,
            "`x-timestamp` has an effect on named string schemas only",
            "Refer to a named schema that carries it.",
        );
    }
}

fn limits(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    for key in LIMITS {
        if schema.get(key).is_some() && whole(schema, key).is_none_or(|limit| limit < 0) {
            findings.add(
                &place.at,
                format!("`{key}` is not a whole number"),
                "Write 0 or more.",
            );
        }
    }
    for (min, max) in SPANS {
        let least = number(schema, min);
        if let (Some(least), Some(most)) = (least, number(schema, max))
            && least > most
        {
            findings.add(
                &place.at,
                format!("`{min}` is {least} and `{max}` is {most}: no value is allowed"),
                "Correct one of them.",
            );
        }
    }
    let any = LIMITS
        .iter()
        .chain(&["x-minimum", "x-maximum", "x-pattern"])
        .find(|key| schema.get(key).is_some());
    if let Some(key) = any.filter(|_| place.usage.response && !place.usage.request) {
        findings.add(
            &place.at,
            format!("`{key}` limits what is sent, but this schema is only received"),
            "Remove it, or move it to the request.",
        );
    }
}

fn number(schema: &Value, key: &str) -> Option<f64> {
    match schema.get(key)? {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// One type for both directions is allowed only where the spec says that it is meant.
fn shared(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    let object = schema.get("properties").is_some() || schema.get("allOf").is_some();
    if place.role != Role::Component {
        if schema.get("x-shared").is_some() {
            findings.add(
                &place.at,
                "`x-shared` has an effect on named schemas only",
                "Remove it.",
            );
        }
        return;
    }
    let both = place.usage.request && place.usage.response;
    match flag(schema, "x-shared") {
        Some(true) if !both => findings.add(
            &place.at,
            "`x-shared: true`, but the schema is used in one direction only",
            "Remove it.",
        ),
        None if both && object => findings.add(
            &place.at,
            "the object is both sent and received; limits and constructors of a request do not fit a response",
            "Describe the response with a schema of its own, or allow it with `x-shared: true`.",
        ),
        _ => {}
    }
}
