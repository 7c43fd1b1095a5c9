//! The description of an API that an SDK was generated from.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde_yaml_ng::Value;
use tracking_http::Operation;

use crate::{Sdk, source};

/// A file below `specs`.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The whole document.
    pub document: Value,
}

impl Spec {
    /// That of a provider, found from the folder of its SDK: `env!("CARGO_MANIFEST_DIR")`.
    #[must_use]
    #[track_caller]
    pub fn of(package: impl AsRef<Path>, provider: &str) -> Self {
        let text = source::read(package, &format!("../../specs/{provider}.yaml"));
        Self {
            document: serde_yaml_ng::from_str(&text).unwrap(),
        }
    }

    /// The schemas by their names.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        let schemas = self.document["components"]["schemas"].as_mapping().unwrap();
        schemas
            .iter()
            .map(|(name, schema)| (name.as_str().unwrap(), schema))
    }

    /// The values of every enum as they are on the wire, by its name. What the SDK knows of them
    /// is [`Sdk::enums`].
    #[must_use]
    pub fn enums(&self) -> BTreeMap<&str, Vec<String>> {
        self.schemas()
            .filter_map(|(name, schema)| {
                // An enum that may grow lists its values beside any other string.
                let values = schema.get("anyOf").map_or(schema, |either| &either[0]);
                Some((name, values["enum"].as_sequence()?))
            })
            .map(|(name, values)| (name, values.iter().map(wire_text).collect()))
            .collect()
    }

    /// The names of the enums that take any other value too.
    #[must_use]
    pub fn open_enums(&self) -> Vec<&str> {
        self.schemas()
            .filter(|(_, schema)| !schema["anyOf"][0]["enum"].is_null())
            .map(|(name, _)| name)
            .collect()
    }

    /// The path of the first server, with which every path begins: `/v2`, or nothing.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let address = text(&self.document["servers"][0], "url");
        let (_, host) = address.split_once("://").unwrap();
        host.find('/').map_or("", |slash| &host[slash..])
    }

    /// The operations that SDKs send, in their order: method, path, and the rest. What the provider takes as another form
    /// of one is left out.
    #[must_use]
    pub fn operations(&self) -> Vec<(String, &str, &Value)> {
        let mut operations = Vec::new();
        for (path, item) in self.document["paths"].as_mapping().unwrap() {
            let sent = item.as_mapping().unwrap().iter();
            for (method, operation) in sent.filter(|(_, it)| it["x-form-of"].is_null()) {
                let method = method.as_str().unwrap().to_uppercase();
                operations.push((method, path.as_str().unwrap(), operation));
            }
        }
        operations
    }

    /// Checks that these are the operations of the spec, in its order and with its properties.
    #[track_caller]
    pub fn assert_operations(&self, operations: &[&Operation]) {
        let described = self.operations();
        assert_eq!(operations.len(), described.len());
        for (operation, (method, path, wanted)) in operations.iter().zip(described) {
            let Operation { id, rate, .. } = operation;
            assert_eq!(*id, text(wanted, "operationId"));
            assert_eq!(
                (operation.method.as_str(), operation.path),
                (method.as_str(), path)
            );
            assert_eq!(operation.success, success(wanted), "{id}");
            assert_eq!(
                Some(operation.idempotent),
                wanted["x-idempotent"].as_bool(),
                "{id}"
            );
            let reads = wanted["x-reads"].as_bool().unwrap_or(false);
            assert_eq!(operation.reads, reads, "{id}");
            let limit = &wanted["x-rate-limit"];
            assert_eq!(rate.name, text(limit, "class"), "{id}");
            assert_eq!(
                Some(u64::from(rate.requests)),
                limit["requests"].as_u64(),
                "{id}"
            );
            assert_eq!(
                rate.per,
                Duration::from_secs(limit["seconds"].as_u64().unwrap()),
                "{id}"
            );
            let timeout = wanted["x-timeout-secs"].as_u64().map(Duration::from_secs);
            assert_eq!(operation.timeout, timeout, "{id}");
        }
    }
}

/// An operation as the spec describes it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Described {
    /// Its id.
    pub id: String,
    /// In capitals.
    pub method: String,
    /// Relative to the base URL, with parameters in braces.
    pub path: String,
    /// Whether a repeat does no harm.
    pub idempotent: bool,
    /// Whether it changes nothing and costs nothing, by its method or by what the spec says.
    pub reads: bool,
    /// How long an attempt may take, where that is not the default.
    pub timeout: Option<Duration>,
    /// The media type of the body that is sent, where one is.
    pub media_type: Option<String>,
}

impl Described {
    fn new(method: String, path: &str, operation: &Value) -> Self {
        let id = text(operation, "operationId").to_owned();
        let idempotent = operation["x-idempotent"].as_bool();
        let content = operation["requestBody"]["content"].as_mapping();
        let media_type = content.map(|content| content.keys().next().and_then(Value::as_str));
        Self {
            idempotent: idempotent.unwrap_or_else(|| panic!("{id}: no x-idempotent")),
            reads: method == "GET" || operation["x-reads"].as_bool() == Some(true),
            timeout: operation["x-timeout-secs"]
                .as_u64()
                .map(Duration::from_secs),
            media_type: media_type.flatten().map(str::to_owned),
            path: path.to_owned(),
            method,
            id,
        }
    }
}

/// The operations of a provider but for that which requests a token.
#[must_use]
#[track_caller]
pub fn operations<S: Sdk>() -> Vec<Described> {
    let login = S::login().map(|login| login.path);
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    let described = spec.operations().into_iter();
    let described: Vec<_> = described
        .filter(|(_, path, _)| !login.is_some_and(|login| login.ends_with(path)))
        .map(|(method, path, operation)| Described::new(method, path, operation))
        .collect();
    assert!(!described.is_empty(), "{}", S::PROVIDER);
    described
}

/// A string below a key.
#[must_use]
#[track_caller]
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no string `{key}`"))
}

/// The statuses of an operation that are a success.
fn success(operation: &Value) -> Vec<u16> {
    let responses = operation["responses"].as_mapping().unwrap();
    responses
        .keys()
        .filter_map(|code| code.as_str()?.parse().ok())
        .filter(|code| (200..300).contains(code))
        .collect()
}

fn wire_text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.as_i64().unwrap().to_string(),
    }
}
