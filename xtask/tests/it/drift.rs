//! The comparison of a provider's description with ours.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use xtask::drift::{self, Drift};
use xtask::spec::Spec;
use xtask::workspace::Workspace;

fn description(name: &str, source: &str) -> Spec {
    Spec::parse_foreign("acme", name, source).unwrap()
}

fn drift_of(ours: &str, theirs: &str) -> Drift {
    let (ours, theirs) = (description("ours", ours), description("theirs", theirs));
    drift::compare(&ours, &theirs).unwrap()
}

fn lines(drift: &Drift, strict: bool) -> Vec<String> {
    let differences = drift.differences(strict);
    differences.map(ToString::to_string).collect()
}

/// One operation whose response has this schema.
fn received(schema: &str) -> String {
    with_schema(
        "{get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}}}}",
        schema,
    )
}

/// One operation whose request has this schema.
fn sent(schema: &str) -> String {
    with_schema(
        "{get: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}}}",
        schema,
    )
}

fn with_schema(item: &str, schema: &str) -> String {
    format!(
        "{{openapi: 3.0.3, paths: {{/p: {item}}}, components: {{schemas: {{Parcel: {schema}}}}}}}"
    )
    .replacen('{', "---\n{", 1)
}

/// A copy of one of our specs, as JSON.
fn copy(spec: &Spec) -> Value {
    spec.root().to_json()
}

fn compared(ours: &Spec, theirs: &Value) -> Drift {
    drift::compare(ours, &description("theirs.json", &theirs.to_string())).unwrap()
}

#[test]
fn each_spec_has_no_drift_from_a_copy_of_itself() {
    for spec in Workspace::current().specs(None).unwrap() {
        assert_eq!(lines(&compared(&spec, &copy(&spec)), true), [""; 0]);
    }
}

#[test]
fn names_of_schemas_and_prose_do_not_count() {
    for spec in Workspace::current().specs(None).unwrap() {
        let mut theirs = copy(&spec);
        let schemas = theirs["components"]["schemas"].as_object_mut().unwrap();
        let renamed = schemas
            .iter()
            .map(|(name, schema)| (format!("Their{name}"), schema.clone()));
        theirs["components"]["schemas"] = Value::Object(renamed.collect());
        let text = theirs
            .to_string()
            .replace("#/components/schemas/", "#/components/schemas/Their")
            .replace("\"summary\":\"", "\"summary\":\"Other words: ");

        let drift = drift::compare(&spec, &description("theirs", &text)).unwrap();

        assert_eq!(lines(&drift, true), [""; 0], "{}", spec.provider());
    }
}

/// The first schema of a spec that a response has at its top, with a path to change it.
fn first_response(spec: &Value) -> (String, String) {
    for (path, item) in spec["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            if let Some(reference) = schema["$ref"].as_str() {
                let name = reference.rsplit('/').next().unwrap();
                let operation = format!("{} {path}", method.to_uppercase());
                if spec["components"]["schemas"][name]["properties"].is_object() {
                    return (operation, name.to_owned());
                }
            }
        }
    }
    panic!("no operation whose response is a named object");
}

#[test]
fn changes_of_each_spec_are_found() {
    for spec in Workspace::current().specs(None).unwrap() {
        let mut theirs = copy(&spec);
        // A response that is a component of its own is written out, so that each spec has one with a schema.
        let responses = theirs["components"]["responses"].clone();
        for item in theirs["paths"].as_object_mut().unwrap().values_mut() {
            for operation in item.as_object_mut().unwrap().values_mut() {
                let Some(response) = operation["responses"].get_mut("200") else {
                    continue;
                };
                if let Some(name) = response["$ref"].as_str() {
                    *response = responses[name.rsplit('/').next().unwrap()].clone();
                }
                if let Some(ld) = response["content"].get("application/ld+json").cloned() {
                    response["content"] = json!({ "application/json": ld });
                }
            }
        }
        let (operation, name) = first_response(&theirs);
        let added = json!({ "type": "string", "enum": ["a"] });
        theirs["components"]["schemas"][&name]["properties"]["drifted"] = added;
        let (last, _) = theirs["paths"]
            .as_object()
            .unwrap()
            .iter()
            .next_back()
            .unwrap();
        let last = last.clone();
        let moved = theirs["paths"]
            .as_object_mut()
            .unwrap()
            .remove(&last)
            .unwrap();
        theirs["paths"]["/elsewhere"] = moved;

        let lines = lines(&compared(&spec, &theirs), true);

        assert!(
            lines
                .iter()
                .any(|line| line.starts_with(&format!("+ field     {name}.drifted (string)"))),
            "{operation}: {lines:?}"
        );
        let sign = |sign: char, path: &str| {
            lines
                .iter()
                .any(|line| line.starts_with(&format!("{sign} operation")) && line.ends_with(path))
        };
        assert!(sign('+', "/elsewhere") && sign('-', &last), "{lines:?}");
    }
}

#[test]
fn fields_and_values_are_listed_once_in_order() {
    let ours = received(
        "{properties: {id: {type: string}, state: {type: string, enum: [new, lost]}, weight: {type: number}}}",
    );
    let theirs = received(
        "{properties: {id: {type: integer}, state: {type: string, enum: [new, found]}, eta: {type: string}}, required: [eta]}",
    );

    let expected = [
        "+ field     Parcel.eta (string, required)  [response 200 of GET /p]",
        "~ field     Parcel.id type: string -> integer  [response 200 of GET /p]",
        "- field     Parcel.weight (number)  [response 200 of GET /p]",
        "+ value     Parcel.state \"found\"  [response 200 of GET /p]",
        "- value     Parcel.state \"lost\"  [response 200 of GET /p]",
    ];
    assert_eq!(lines(&drift_of(&ours, &theirs), false), expected);
}

#[test]
fn what_ours_accepts_beyond_theirs_is_only_listed_if_strict() {
    let ours = received(
        "{properties: {id: {oneOf: [{type: integer, nullable: true}, {type: string}]}, \
         seen: {type: string, x-provenance: observed}}}",
    );
    let theirs = received("{properties: {id: {type: integer}}, required: [id]}");

    let drift = drift_of(&ours, &theirs);

    assert_eq!(lines(&drift, false), [""; 0]);
    assert_eq!(
        lines(&drift, true),
        [
            "~ field     Parcel.id nullable: yes -> no  [response 200 of GET /p]",
            "~ field     Parcel.id required: no -> yes  [response 200 of GET /p]",
            "~ field     Parcel.id type: integer or string -> integer  [response 200 of GET /p]",
            "- field     Parcel.seen (string)  [response 200 of GET /p]",
        ]
    );
    assert_eq!(drift.tolerated(), 4);
}

#[test]
fn narrower_response_than_theirs_is_drift() {
    let ours = received("{properties: {id: {type: integer}}, required: [id]}");
    let theirs =
        received("{properties: {id: {oneOf: [{type: integer}, {type: string, nullable: true}]}}}");

    let lines = lines(&drift_of(&ours, &theirs), false);

    for property in [
        "nullable: no -> yes",
        "required: yes -> no",
        "type: integer -> integer or string",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(property)),
            "{lines:?}"
        );
    }
}

#[test]
fn requests_are_compared_without_tolerance() {
    let ours = sent("{properties: {id: {type: string}}}");
    let theirs = sent("{properties: {id: {type: string}}, required: [id]}");

    let expected = ["~ field     Parcel.id required: no -> yes  [request of GET /p]"];
    assert_eq!(lines(&drift_of(&ours, &theirs), false), expected);
}

#[test]
fn parts_of_all_of_are_joined() {
    let ours = received("{properties: {a: {type: string}, b: {type: string}}, required: [a]}");
    let theirs = received(
        "{allOf: [{properties: {a: {type: string}}}, {$ref: '#/components/x/B'}, {required: [a]}]}",
    )
    .replace(
        "components: {",
        "components: {x: {B: {properties: {b: {type: string}}}}, ",
    );

    assert_eq!(lines(&drift_of(&ours, &theirs), true), [""; 0]);
}

#[test]
fn alternatives_require_what_each_of_them_requires() {
    let ours = received("{properties: {a: {type: string}, b: {type: string}}, required: [a]}");
    let theirs = received(
        "{properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [a, b]}]}",
    );

    assert_eq!(lines(&drift_of(&ours, &theirs), true), [""; 0]);
}

#[test]
fn schema_that_several_places_widen_is_compared_once() {
    let with = |inner: &str, or: &str| {
        received(&format!(
            "{{properties: {{a: {{oneOf: [{{$ref: '#/components/schemas/Box'}}, {or}]}}, \
             b: {{oneOf: [{{$ref: '#/components/schemas/Box'}}, {or}]}}}}}}, Box: {{properties: {{{inner}: {{type: string}}}}}}"
        ))
    };
    let null = "{type: boolean, nullable: true, enum: [null]}";

    let expected = [
        "- field     Box.width (string)  [response 200 of GET /p]",
        "+ field     Box.wide (string)  [response 200 of GET /p]",
        "~ field     Parcel.a type: object -> object or array  [response 200 of GET /p]",
        "~ field     Parcel.b type: object -> object or array  [response 200 of GET /p]",
    ];
    let drift = drift_of(&with("width", null), &with("wide", "{type: array}"));
    let mut found = lines(&drift, false);
    found.sort_by_key(|line| expected.iter().position(|it| it == line));
    assert_eq!(found, expected);
}

#[test]
fn servers_are_compared_as_far_as_both_name_them() {
    let at = |servers: &str| {
        format!("---\n{{openapi: 3.0.3, servers: [{servers}], paths: {{/p: {{get: {{}}}}}}}}")
    };
    let ours = at("{url: 'https://a.example/v2'}, {url: 'https://test.a.example/v2'}");

    let moved = at("{url: 'https://a.example/v2/'}, {url: 'https://new.a.example/v2'}");
    let expected = [
        "+ server    https://new.a.example/v2",
        "- server    https://test.a.example/v2",
    ];
    assert_eq!(lines(&drift_of(&ours, &moved), false), expected);

    assert_eq!(lines(&drift_of(&ours, &at("{url: /v2}")), true), [""; 0]);

    let silent = drift_of(&ours, &at(""));
    assert_eq!(lines(&silent, false), [""; 0]);
    assert_eq!(silent.tolerated(), 2);
}

#[test]
fn security_of_most_operations_is_compared_once() {
    let with = |scheme: &str, of_all: &str, of_last: &str| {
        format!(
            "---\n{{openapi: 3.0.3, {of_all} paths: {{/a: {{get: {{}}}}, /b: {{get: {{}}}}, /c: {{get: {{{of_last}}}}}}}, \
             components: {{securitySchemes: {{key: {scheme}}}}}}}"
        )
    };
    let (bearer, header) = (
        "{type: http, scheme: bearer}",
        "{type: apiKey, in: header, name: X-Key}",
    );
    let all = "security: [{key: []}],";
    let ours = with(bearer, all, "");

    assert_eq!(
        lines(&drift_of(&ours, &with(header, all, "")), false),
        ["~ security  most operations security: bearer -> header x-key"]
    );
    assert_eq!(
        lines(&drift_of(&ours, &with(bearer, all, "security: []")), false),
        ["~ operation GET /c security: bearer -> nothing"]
    );

    let silent = drift_of(&ours, &with(bearer, "", ""));
    assert_eq!(lines(&silent, false), [""; 0]);
    assert_eq!(
        lines(&silent, true),
        ["~ security  most operations security: bearer -> not described"]
    );
    let parameter = "parameters: [{name: Authorization, in: header, schema: {type: string}}]";
    let vague = drift_of(&ours, &with(bearer, "", parameter));
    assert_eq!(lines(&vague, false), [""; 0]);
}

#[test]
fn what_becomes_deprecated_is_listed() {
    let ours = received("{properties: {id: {type: string}}}").replace(
        "{get: {",
        "{get: {parameters: [{name: a, in: query, schema: {type: string}}], ",
    );
    let theirs = ours
        .replace("{get: {", "{get: {deprecated: true, ")
        .replace("{name: a,", "{name: a, deprecated: true,")
        .replace("{id: {", "{id: {deprecated: true, ");

    let expected = [
        "~ operation GET /p deprecated: no -> yes",
        "~ parameter GET /p query a deprecated: no -> yes",
        "~ field     Parcel.id deprecated: no -> yes  [response 200 of GET /p]",
    ];
    assert_eq!(lines(&drift_of(&ours, &theirs), false), expected);
}

#[test]
fn recursive_schemas_are_compared() {
    let recursive = |inner: &str| {
        received(&format!(
            "{{properties: {{parent: {{$ref: '#/components/schemas/Parcel'}}, {inner}: {{type: string}}}}}}"
        ))
    };

    let expected = [
        "- field     Parcel.a (string)  [response 200 of GET /p]",
        "+ field     Parcel.b (string)  [response 200 of GET /p]",
    ];
    assert_eq!(
        lines(&drift_of(&recursive("a"), &recursive("b")), false),
        expected
    );
}

#[test]
fn parameters_are_matched_by_place_and_name() {
    let ours = "{openapi: 3.0.3, paths: {'/p/{id}': {get: {parameters: [\
                {name: id, in: path, required: true, schema: {type: string}}, \
                {name: X-Page, in: header, schema: {type: integer}}, {name: sort, in: query, schema: {type: string}}, \
                {name: old, in: query, schema: {type: string}}]}}}}"
        .replacen('{', "---\n{", 1);
    let theirs = "{openapi: 3.0.3, paths: {'/p/{number}': {parameters: [\
                  {name: number, in: path, required: true, schema: {type: integer}}], get: {parameters: [\
                  {name: x-page, in: header, schema: {type: integer}}, \
                  {name: sort, in: query, required: true, schema: {type: string, enum: [up]}}, \
                  {name: new, in: query, schema: {type: boolean}}]}}}}"
        .replacen('{', "---\n{", 1);

    let expected = [
        "~ parameter GET /p/{id} path 1 type: string -> integer",
        "+ parameter GET /p/{id} query new (boolean)",
        "- parameter GET /p/{id} query old",
        "~ parameter GET /p/{id} query sort required: no -> yes",
        "~ parameter GET /p/{id} query sort values: any -> up",
    ];
    assert_eq!(lines(&drift_of(&ours, &theirs), false), expected);
}

#[test]
fn openapi_2_and_paths_below_another_server_are_understood() {
    let ours = "---\n{openapi: 3.0.3, servers: [{url: 'https://a.example/v2'}], paths: {/p: {post: {\
                requestBody: {content: {application/json: {schema: {properties: {id: {type: string}}}}}}, \
                parameters: [{name: page, in: query, schema: {type: integer}}], \
                responses: {'200': {content: {application/json: {schema: {type: array, items: {type: string}}}}}}}}}}";
    let theirs = "---\n{swagger: '2.0', paths: {/v2/p: {post: {parameters: [\
                  {name: body, in: body, schema: {$ref: '#/definitions/New'}}, {name: page, in: query, type: string}], \
                  responses: {'200': {schema: {type: array, items: {type: integer}}}}}}}, \
                  definitions: {New: {properties: {id: {type: string}}}}}";

    let expected = [
        "~ parameter POST /p query page type: integer -> string",
        "~ field     POST /p response 200[] type: string -> integer",
    ];
    assert_eq!(lines(&drift_of(ours, theirs), false), expected);
}

#[test]
fn openapi_3_1_says_null_as_a_type() {
    let ours = received(
        "{properties: {id: {type: string, nullable: true}, kind: {type: string, enum: [a]}}}",
    );
    let theirs =
        received("{properties: {id: {type: [string, 'null']}, kind: {type: string, const: a}}}");

    assert_eq!(lines(&drift_of(&ours, &theirs), true), [""; 0]);
}

#[test]
fn webhooks_are_matched_by_operation_and_received() {
    let described = |key: &str, name: &str, properties: &str| {
        format!(
            "---\n{{openapi: 3.1.0, paths: {{/p: {{get: {{responses: {{}}}}}}}}, {key}: {{{name}: {{post: {{\
             operationId: news, requestBody: {{content: {{application/json: {{schema: {{properties: {{{properties}}}}}}}}}}}}}}}}}}}"
        )
    };
    let ours = described("x-webhooks", "ours", "id: {type: [string, 'null']}");

    let same = drift_of(
        &ours,
        &described("webhooks", "theirs", "id: {type: string}"),
    );
    assert_eq!(lines(&same, false), [""; 0]);

    let changed = drift_of(
        &ours,
        &described("webhooks", "theirs", "id: {type: integer}"),
    );
    let expected = ["~ field     webhook news request.id type: string -> integer"];
    assert_eq!(lines(&changed, false), expected);

    let without = "---\n{openapi: 3.1.0, paths: {/p: {get: {responses: {}}}}}";
    assert_eq!(lines(&drift_of(&ours, without), false), [""; 0]);
    let lost = lines(&drift_of(&ours, without), true);
    assert_eq!(lost, ["- operation webhook news"]);
}

#[test]
fn statuses_of_errors_are_only_listed_if_strict() {
    let ours = "---\n{openapi: 3.0.3, paths: {/p: {get: {responses: {'200': {}, '4XX': {}}}}}}";
    let theirs =
        "---\n{openapi: 3.0.3, paths: {/p: {get: {responses: {'202': {}, '404': {}, '500': {}}}}}}";

    let drift = drift_of(ours, theirs);

    assert_eq!(
        lines(&drift, false),
        [
            "- body      GET /p response 200",
            "+ body      GET /p response 202"
        ]
    );
    assert!(lines(&drift, true).contains(&"+ body      GET /p response 500".to_owned()));
}

#[test]
fn descriptions_that_cannot_be_compared_are_refused() {
    let ours = description("ours", &received("{}"));
    let cases = [
        ("a: 1\n", "no OpenAPI description"),
        ("openapi: 3.0.3\npaths: {}\n", "describes no operation"),
        (
            "openapi: 3.0.3\npaths: {/p: {get: {requestBody: {$ref: 'other.yaml#/a'}}}}\n",
            "refers to other.yaml#/a, which is not in the file",
        ),
    ];

    for (source, expected) in cases {
        let error = drift::compare(&ours, &description("theirs", source)).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    let error = Spec::parse_foreign("acme", "theirs.json", "{\n!").unwrap_err();
    assert!(
        format!("{error:#}").contains("theirs.json is not JSON"),
        "{error:#}"
    );
}

fn command(file: &std::path::Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["drift", "ship24"])
        .arg(file)
        .args(more)
        .output()
        .unwrap()
}

#[test]
fn command_exits_as_diff_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("theirs.json");
    let specs = Workspace::current().specs(Some("ship24")).unwrap();
    let mut theirs = copy(&specs[0]);

    fs::write(&file, theirs.to_string()).unwrap();
    let same = command(&file, &[]);
    assert_eq!((same.status.code(), same.stdout), (Some(0), Vec::new()));

    theirs["paths"]["/new"] = theirs["paths"]["/couriers"].clone();
    fs::write(&file, theirs.to_string()).unwrap();
    let changed = command(&file, &[]);
    let text = String::from_utf8(changed.stdout).unwrap();
    assert_eq!(
        (changed.status.code(), text.as_str()),
        (Some(1), "+ operation GET /new\n")
    );

    let json: Value = serde_json::from_slice(&command(&file, &["--json"]).stdout).unwrap();
    let expected =
        json!([{ "change": "added", "what": "operation", "at": "GET /new", "tolerated": false }]);
    assert_eq!(json, expected);

    let missing = command(&folder.path().join("missing.yaml"), &[]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("cannot read"));
}
