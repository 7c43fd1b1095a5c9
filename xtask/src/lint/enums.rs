//! The traps of enums: closed in responses, values lost, variant names that collide or say nothing.

use std::collections::BTreeMap;

use super::{Findings, Place, Role};
use crate::alternatives::{enumeration, is_open};
use crate::codegen::names::variant_name;
use crate::yaml::{Value, entries_of, items_of, scalar, string};

pub(super) fn check(place: &Place<'_>, findings: &mut Findings) {
    if place.role != Role::Component || enumeration(place.schema).is_none() {
        return;
    }
    values(place, findings);
    variants(place, findings);
    notes(place, "x-enum-descriptions", findings);
    notes(place, "x-enum-names", findings);

    if place.usage.response && !is_open(place.schema) && !is_of_integers(place) {
        findings.add(
            &place.at,
            "a closed enum in a response: a value that the provider adds tomorrow fails the whole body",
            "Write `anyOf: [{type: string, enum: […]}, {type: string}]`. Only enums that are never received may stay closed.",
        );
    }
}

/// Returns true if the values are numbers.
fn is_of_integers(place: &Place<'_>) -> bool {
    enumeration(place.schema).and_then(|values| string(values, "type")) == Some("integer")
}

fn listed<'a>(place: &Place<'a>) -> impl Iterator<Item = &'a Value> {
    enumeration(place.schema)
        .into_iter()
        .flat_map(|values| items_of(values, "enum"))
}

/// A value that YAML read as something else would never match the wire.
fn values(place: &Place<'_>, findings: &mut Findings) {
    let integer = is_of_integers(place);
    for value in listed(place) {
        let shown = scalar(value).unwrap_or_else(|| "null".to_owned());
        let fits = if integer {
            value.as_i64().is_some()
        } else {
            value.as_str().is_some()
        };
        if !fits {
            findings.add(
                &place.at,
                format!("the enum value {shown} is not of the enum's type"),
                "Quote it if it is a string; null belongs to the property, not to its enum.",
            );
        }
        if integer && wire_name(place, &shown).is_none() {
            findings.add(
                &place.at,
                format!(
                    "the number {shown} has no name: a plain integer would lose the list of values"
                ),
                format!("Add `x-enum-names: {{\"{shown}\": Name}}`."),
            );
        }
    }
    if integer && place.usage.response {
        findings.add(
            &place.at,
            "an enum of numbers in a response cannot stay open",
            "Use a plain integer and list the values in the description.",
        );
    }
}

fn variants(place: &Place<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for value in listed(place).filter_map(scalar) {
        let name = wire_name(place, &value).map_or_else(|| variant_name(&value), str::to_owned);
        let starts_well = name.starts_with(|first: char| first.is_ascii_uppercase());
        let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric());
        if !starts_well || !plain || matches!(name.as_str(), "Self" | "Unknown") {
            findings.add(
                &place.at,
                format!("the value \"{value}\" gives the variant `{name}`, which is not a good Rust name"),
                format!("Add `x-enum-names: {{\"{value}\": BetterName}}`."),
            );
        }
        if let Some(other) = seen.insert(name.clone(), value.clone()) {
            findings.add(
                &place.at,
                format!("the values \"{other}\" and \"{value}\" both give the variant `{name}`"),
                format!("Add `x-enum-names: {{\"{value}\": OtherName}}`."),
            );
        }
    }
}

/// A description or name for a value that does not exist is a leftover.
fn notes(place: &Place<'_>, key: &str, findings: &mut Findings) {
    let values: Vec<String> = listed(place).filter_map(scalar).collect();
    for (value, _) in entries_of(place.schema, key) {
        if !values.iter().any(|known| known == value) {
            findings.add(
                &place.at,
                format!("`{key}` names \"{value}\", which is not a value of the enum"),
                "Correct or remove the entry.",
            );
        }
    }
    if key == "x-enum-descriptions" {
        for value in &values {
            if !entries_of(place.schema, key).any(|(known, _)| known == value) {
                findings.add(
                    &place.at,
                    format!("the value \"{value}\" has no description"),
                    format!("Add `x-enum-descriptions: {{\"{value}\": …}}`."),
                );
            }
        }
    }
}

fn wire_name<'a>(place: &Place<'a>, value: &str) -> Option<&'a str> {
    string(place.schema.get("x-enum-names")?, value)
}
