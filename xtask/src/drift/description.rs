//! The operations of a description, in the same form for OpenAPI 2.0, 3.0 and 3.1.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};

use super::security::{Security, is_authorization, security};
use super::server::{Server, servers};
use crate::spec::{RawOperation, Spec, is_example};
use crate::yaml::{Value, entries, entries_of, flag, string};

/// A description as the comparison sees it.
pub(super) struct Description<'a> {
    pub(super) spec: &'a Spec,
    pub(super) servers: Vec<Server<'a>>,
    pub(super) calls: Vec<Call<'a>>,
}

/// An operation, or a webhook.
pub(super) struct Call<'a> {
    /// `GET /trackers/{}` without the base, or `webhook name`.
    pub(super) key: String,
    /// As the description writes it.
    pub(super) shown: String,
    pub(super) is_webhook: bool,
    pub(super) is_deprecated: bool,
    /// None for a webhook, and if nothing is said about it.
    pub(super) security: Option<Security>,
    pub(super) provenance: Option<&'a str>,
    /// By place and name; those of the path by their position in it.
    pub(super) parameters: BTreeMap<String, Parameter<'a>>,
    pub(super) request: Option<Request<'a>>,
    /// The schema of the body by status.
    pub(super) responses: BTreeMap<&'a str, Response<'a>>,
}

pub(super) struct Parameter<'a> {
    pub(super) schema: &'a Value,
    pub(super) required: bool,
    pub(super) is_deprecated: bool,
    pub(super) provenance: Option<&'a str>,
}

pub(super) struct Request<'a> {
    pub(super) schema: Option<&'a Value>,
    pub(super) required: bool,
}

pub(super) struct Response<'a> {
    pub(super) schema: Option<&'a Value>,
    pub(super) provenance: Option<&'a str>,
}

impl<'a> Description<'a> {
    pub(super) fn read(spec: &'a Spec) -> Result<Self> {
        let root = spec.root();
        let version = string(root, "openapi").or(string(root, "swagger"));
        let is_known = version.is_some_and(|version| version.starts_with(['2', '3']));
        ensure!(
            is_known,
            "{} is no OpenAPI description of version 2 or 3: neither `openapi` nor `swagger` says so",
            spec.file()
        );
        check_references(spec, root)?;

        let operations = spec.operations_and_forms();
        let mut calls: Vec<_> = operations.iter().map(|it| Call::read(spec, it)).collect();
        for key in ["webhooks", "x-webhooks"] {
            for (name, item) in entries_of(root, key) {
                if let Some(value) = item.get("post") {
                    calls.push(Call::webhook(spec, name, value));
                }
            }
        }
        ensure!(!calls.is_empty(), "{} describes no operation", spec.file());
        Ok(Self {
            spec,
            servers: servers(spec),
            calls,
        })
    }

    /// The path of the first server, `/v2`.
    pub(super) fn base(&self) -> &str {
        self.servers.first().map_or("", Server::path)
    }

    /// What most operations need.
    pub(super) fn security(&self) -> Option<&Security> {
        let mut counts: BTreeMap<&Security, usize> = BTreeMap::new();
        for security in self.calls.iter().filter_map(|it| it.security.as_ref()) {
            *counts.entry(security).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map(|(security, _)| security)
    }
}

impl<'a> Call<'a> {
    fn read(spec: &'a Spec, operation: &RawOperation<'a>) -> Self {
        let mut call = Self::new(spec, operation.value);
        let method = operation.method.to_uppercase();
        call.key = format!("{method} {}", anonymous(operation.path));
        call.shown = format!("{method} {}", operation.path);
        call.security = security(spec, operation);
        for parameter in &operation.parameters {
            call.add_parameter(spec, parameter, operation.path);
        }
        call
    }

    fn webhook(spec: &'a Spec, name: &str, value: &'a Value) -> Self {
        // The name in the list is free, as a schema's is.
        let name = string(value, "operationId").unwrap_or(name);
        let key = format!("webhook {name}");
        Self {
            shown: key.clone(),
            key,
            is_webhook: true,
            ..Self::new(spec, value)
        }
    }

    fn new(spec: &'a Spec, value: &'a Value) -> Self {
        let provenance = string(value, "x-provenance");
        let request = value.get("requestBody").map(|body| {
            let body = spec.follow(body);
            Request {
                schema: content(body),
                required: flag(body, "required") == Some(true),
            }
        });
        let responses = entries_of(value, "responses").map(|(status, response)| {
            let response = spec.follow(response);
            let response = Response {
                schema: content(response).or_else(|| response.get("schema")),
                provenance: string(response, "x-provenance").or(provenance),
            };
            (status, response)
        });
        Self {
            key: String::new(),
            shown: String::new(),
            is_webhook: false,
            is_deprecated: flag(value, "deprecated") == Some(true),
            security: None,
            provenance,
            parameters: BTreeMap::new(),
            request,
            responses: responses.collect(),
        }
    }

    fn add_parameter(&mut self, spec: &'a Spec, parameter: &'a Value, path: &str) {
        let name = string(parameter, "name").unwrap_or_default();
        let place = string(parameter, "in").unwrap_or_default();
        if is_authorization(place, name) {
            return;
        }
        let required = flag(parameter, "required") == Some(true);
        let key = match place {
            // OpenAPI 2.0: the body is a parameter.
            "body" => {
                let schema = parameter.get("schema");
                self.request = Some(Request { schema, required });
                return;
            }
            "path" => {
                let position = names_in(path).position(|it| it == name);
                position.map_or_else(|| name.to_owned(), |index| (index + 1).to_string())
            }
            // Names of headers are the same in any case.
            "header" => name.to_lowercase(),
            _ => name.to_owned(),
        };
        let schema = parameter
            .get("schema")
            .or_else(|| content(parameter))
            // OpenAPI 2.0: the parameter itself has `type` and `enum`.
            .unwrap_or(parameter);
        let parameter = Parameter {
            schema,
            required,
            is_deprecated: flag(parameter, "deprecated") == Some(true),
            provenance: string(parameter, "x-provenance")
                .or_else(|| string(spec.follow(schema), "x-provenance")),
        };
        // A parameter of the operation replaces one of its path.
        self.parameters.insert(format!("{place} {key}"), parameter);
    }
}

/// The schema of a body: that of JSON, or else the first.
fn content(body: &Value) -> Option<&Value> {
    let types = || entries_of(body, "content");
    let json = types().find(|(name, _)| name.contains("json"));
    let (_, media) = json.or_else(|| types().next())?;
    media.get("schema")
}

/// The path with `{}` for each parameter: their names are free.
fn anonymous(path: &str) -> String {
    let mut result = String::new();
    let mut rest = path.trim_end_matches('/');
    while let Some((before, after)) = rest.split_once('{') {
        result.push_str(before);
        result.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    result + rest
}

/// The names of the parameters in a path, in their order.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// What lies in another file cannot be compared, and what lies nowhere would be compared as anything.
fn check_references(spec: &Spec, value: &Value) -> Result<()> {
    match value {
        Value::Sequence(items) => items.iter().try_for_each(|it| check_references(spec, it)),
        Value::Mapping(_) => {
            for (key, child) in entries(value) {
                match child.as_str() {
                    Some(reference) if key == "$ref" => {
                        if spec.resolve(reference).is_none() {
                            bail!(
                                "{} refers to {reference}, which is not in the file; bundle the description into one \
                                 file first",
                                spec.file()
                            );
                        }
                    }
                    _ if is_example(key) => {}
                    _ => check_references(spec, child)?,
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_lose_their_names() {
        assert_eq!(anonymous("/a/{id}/b/{name}.json"), "/a/{}/b/{}.json");
        assert_eq!(anonymous("/a/"), "/a");
        assert!(names_in("/a/{id}/b/{name}").eq(["id", "name"]));
    }
}
