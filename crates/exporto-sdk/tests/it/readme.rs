//! What is assumed is written where a user looks for it.

use serde_yaml_ng::Value;
use tracking_testkit::source::read;

use crate::spec::spec;

/// The names in front of an assumption: an operation, a parameter or property, a schema.
fn assumed(value: &Value, name: &str, found: &mut Vec<String>) {
    if value.get("x-assumption").is_some() {
        let id = value.get("operationId").or_else(|| value.get("name"));
        found.push(id.and_then(Value::as_str).unwrap_or(name).to_owned());
    }
    for (key, child) in value.as_mapping().into_iter().flatten() {
        assumed(child, key.as_str().unwrap_or(name), found);
    }
    for child in value.as_sequence().into_iter().flatten() {
        assumed(child, name, found);
    }
}

#[test]
fn every_assumption_of_the_spec_is_listed_in_the_readme() {
    let spec = spec().document;
    let readme = read(env!("CARGO_MANIFEST_DIR"), "README.md");
    let (_, list) = readme.split_once("## Assumptions").unwrap();
    let (list, _) = list.split_once("\n\n[`").unwrap();
    let mut names = Vec::new();
    assumed(&spec, "", &mut names);

    assert!(names.len() > 20, "{names:?}");
    for name in names {
        // What concerns the whole description is under the name of its section.
        let name = match name.as_str() {
            "info" => "limits",
            "page" | "pageSize" => "pages",
            other => other,
        };
        let name = name.replace('-', "_");
        assert!(list.contains(&name), "`{name}` is not listed");
    }
}

#[test]
fn every_operation_is_listed_with_its_source() {
    let readme = read(env!("CARGO_MANIFEST_DIR"), "README.md");

    for operation in exporto_sdk::operations::ALL {
        let method = operation.id.replace('-', "_");
        assert!(readme.contains(&format!("`{method}`")), "{method}");
    }
    for option in [
        "with_list_tours_path",
        "with_list_tour_shipments_path",
        "with_create_tour_path",
    ] {
        assert!(readme.contains(option), "{option}");
    }
}
