//! Names that collide once they are Rust names, and named schemas that nothing uses.

use std::collections::BTreeMap;

use super::Findings;
use crate::codegen::model::query_name;
use crate::codegen::names::{constant_name, field_name, field_name_of, type_name};
use crate::spec::{RawOperation, Spec};
use crate::yaml::{Value, entries_of, items_of, string, strings_of};

/// Names that generated code uses for something else.
const TAKEN_TYPES: [&str; 17] = [
    "BTreeMap",
    "Box",
    "Default",
    "Deserialize",
    "Duration",
    "Error",
    "Into",
    "Map",
    "Operation",
    "Option",
    "RangeInclusive",
    "Result",
    "Serialize",
    "String",
    "Timestamp",
    "Value",
    "Vec",
];
/// Methods that request types have anyway.
const TAKEN_METHODS: [&str; 2] = ["new", "validate"];

pub(super) fn check(spec: &Spec, findings: &mut Findings) {
    schemas(spec, findings);
    operations(spec, findings);
    unused(spec, findings);
}

fn schemas(spec: &Spec, findings: &mut Findings) {
    let requests = spec.request_schemas();
    let mut types = Names::default();
    for (name, schema) in spec.schemas() {
        let at = format!("components.schemas.{name}");
        if type_name(name) != name {
            findings.add(
                &at,
                format!("the schema name {name} is not a Rust type name"),
                format!("Rename it to {}.", type_name(name)),
            );
        }
        if TAKEN_TYPES.contains(&name) {
            findings.add(
                &at,
                format!("generated code uses the name {name} for something else"),
                "Rename the schema; its name is ours, it is not on the wire.",
            );
        }
        rust_name(&at, "schema", name, name, findings);
        types.claim(&type_name(name), name, &at, findings);
        let mut fields = Names::default();
        let parts = items_of(schema, "allOf").map(|part| spec.follow(part));
        let properties = std::iter::once(schema)
            .chain(parts)
            .flat_map(|part| entries_of(part, "properties"));
        let mut wires = Names::default();
        for (property, described) in properties {
            let place = format!("{at}.properties");
            let field = field_name_of(property, described);
            rust_name(&place, "property", property, &field, findings);
            given_name(&format!("{place}.{property}"), described, findings);
            if TAKEN_METHODS.contains(&field.as_str()) && requests.contains(name) {
                findings.add(
                    &at,
                    format!(
                        "the setter of `{property}` would collide with a method of every request"
                    ),
                    "This type must be written by hand.",
                );
            }
            fields.claim(&field, property, &at, findings);
            for wire in std::iter::once(property).chain(strings_of(described, "x-aliases")) {
                wires.claim(wire, property, &at, findings);
            }
        }
    }
}

/// A name that the spec gives to a field is one that the generator could have given.
fn given_name(at: &str, described: &Value, findings: &mut Findings) {
    if let Some(given) = described.get("x-field-name")
        && given.as_str().is_none_or(|name| field_name(name) != name)
    {
        findings.add(
            at,
            "`x-field-name` is no name in snake case, or a keyword",
            "Write it as the field of a struct is written.",
        );
    }
}

fn operations(spec: &Spec, findings: &mut Findings) {
    let mut constants = Names::default();
    let mut queries = BTreeMap::new();
    let mut in_paths = Names::default();
    for operation in spec.operations() {
        parameters(&operation, &mut in_paths, findings);
        let Some(id) = string(operation.value, "operationId") else {
            continue;
        };
        let constant = constant_name(id);
        rust_name(&operation.at, "operationId", id, &constant, findings);
        if constant == "ALL" {
            findings.add(
                &operation.at,
                "the name ALL is taken by the list of operations",
                "Rename the operation.",
            );
        }
        constants.claim(&constant, id, &operation.at, findings);
        query(spec, &operation, &mut queries, findings);
    }
}

/// Parameters that are sent in the same way have a name each, also in Rust; those of paths in the whole spec, because
/// each may get a constant.
fn parameters(operation: &RawOperation<'_>, in_paths: &mut Names, findings: &mut Findings) {
    let mut names: BTreeMap<&str, Names> = BTreeMap::new();
    let at = format!("{}.parameters", operation.at);
    for parameter in &operation.parameters {
        let (Some(place), Some(name)) = (string(parameter, "in"), string(parameter, "name")) else {
            continue;
        };
        let field = field_name_of(name, parameter);
        rust_name(&at, "parameter", name, &field, findings);
        given_name(&format!("{at}.{name}"), parameter, findings);
        let known = match place {
            "path" => &mut *in_paths,
            _ => names.entry(place).or_default(),
        };
        known.claim(&field, name, &at, findings);
    }
}

/// Refuses a name that gives no Rust name, before any tool stumbles over the code.
fn rust_name(at: &str, what: &str, name: &str, rust: &str, findings: &mut Findings) {
    let starts_well = rust.starts_with(|first: char| first.is_ascii_alphabetic());
    let plain = rust
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !starts_well || !plain {
        findings.add(
            at,
            format!("the {what} name \"{name}\" gives no Rust name (`{rust}`)"),
            "Rename it if the name is ours; otherwise this must be written by hand.",
        );
    }
}

/// Operations may share a query type only when they take the same parameters.
fn query<'a>(
    spec: &Spec,
    operation: &RawOperation<'a>,
    queries: &mut BTreeMap<String, Vec<&'a Value>>,
    findings: &mut Findings,
) {
    let parameters: Vec<&Value> = operation
        .parameters
        .iter()
        .copied()
        .filter(|parameter| string(parameter, "in") == Some("query"))
        .collect();
    if parameters.is_empty() {
        if operation.value.get("x-query-name").is_some() {
            findings.add(
                &operation.at,
                "`x-query-name` on an operation without query",
                "Remove it.",
            );
        }
        return;
    }
    let name = query_name(operation.value);
    rust_name(&operation.at, "query", &name, &name, findings);
    if spec.schema(&name).is_some() {
        findings.add(
            &operation.at,
            format!("the type {name} of its query is also a schema"),
            "Rename the schema, or name the query with `x-query-name`.",
        );
    }
    if queries.get(&name).is_some_and(|known| *known != parameters) {
        findings.add(
            &operation.at,
            format!(
                "the query {name} has other parameters than in the operation that first names it"
            ),
            "Share the parameters under components.parameters, or name another query.",
        );
    }
    queries.entry(name).or_insert(parameters);
}

fn unused(spec: &Spec, findings: &mut Findings) {
    let requests = spec.request_schemas();
    let responses = spec.response_schemas();
    for (name, _) in spec.schemas() {
        if !requests.contains(name) && !responses.contains(name) {
            findings.add(
                format!("components.schemas.{name}"),
                "no operation and no webhook uses this schema: it would be dead code",
                "Remove it, or refer to it.",
            );
        }
    }
}

/// Rust names given so far and what each names.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn claim(&mut self, name: &str, wire: &str, at: &str, findings: &mut Findings) {
        let Some(other) = self.0.insert(name.to_owned(), wire.to_owned()) else {
            return;
        };
        if other != wire {
            findings.add(
                at,
                format!("\"{other}\" and \"{wire}\" both become `{name}`"),
                "Rename one if the name is ours; otherwise this type must be written by hand.",
            );
        }
    }
}
