//! The code agrees with the description of the API that it was generated from.

use oneconcepts_sdk::operations;
use tracking_testkit::Spec;
use tracking_testkit::source::read;
use tracking_testkit::spec::text;

fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "oneconcepts")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    assert_eq!(operations::ALL.len(), 10);
    spec().assert_operations(operations::ALL);
}

/// Where the spec assumes something, by the names that a user meets.
fn assumed_in_spec(spec: &Spec) -> Vec<String> {
    let mut names = Vec::new();
    for (_, path, operation) in spec.operations() {
        if operation.get("x-assumption").is_some() {
            names.push(text(operation, "operationId").replace('-', "_"));
        }
        let parameters = operation["parameters"].as_sequence().into_iter().flatten();
        let assumed = parameters.filter(|parameter| parameter.get("x-assumption").is_some());
        names.extend(assumed.map(|parameter| {
            assert!(parameter.get("name").is_some(), "{path}");
            text(parameter, "name").to_owned()
        }));
    }
    for (name, schema) in spec.schemas() {
        let properties = schema["properties"].as_mapping().into_iter().flatten();
        let own = schema.get("x-assumption").is_some();
        let inside = properties.filter(|(_, property)| property.get("x-assumption").is_some());
        names.extend(own.then(|| name.to_owned()));
        names.extend(inside.map(|(property, _)| format!("{name}.{}", property.as_str().unwrap())));
    }
    names
}

#[test]
fn readme_lists_every_assumption() {
    let readme = read(env!("CARGO_MANIFEST_DIR"), "README.md");
    let (_, list) = readme.split_once("## Assumptions").unwrap();
    let (list, _) = list.split_once("\n\n[`").unwrap();
    let names = assumed_in_spec(&spec());
    assert!(names.len() > 20, "{names:?}");

    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !list.contains(&format!("`{name}`")))
        .collect();

    assert!(missing.is_empty(), "the README does not list {missing:?}");
}
