//! What a call needs to be let in. Names of schemes are free, so each is compared as what is sent.

use std::collections::BTreeSet;

use crate::spec::{RawOperation, Spec};
use crate::yaml::{entries, string};

/// Ways to be let in, each what is sent together, `header X-API-KEY`: one of them is enough.
pub(super) type Security = BTreeSet<String>;

/// A call that needs nothing.
const NOTHING: &str = "nothing";

/// The header of most schemes. A description that has no scheme for it may have a parameter.
const AUTHORIZATION: &str = "header authorization";

/// Returns true if it is the parameter that OpenAPI says to describe as a security scheme.
pub(super) fn is_authorization(place: &str, name: &str) -> bool {
    place == "header" && name.eq_ignore_ascii_case("authorization")
}

/// What an operation needs, by itself or as all do; none if nothing is said about it.
pub(super) fn security(spec: &Spec, operation: &RawOperation<'_>) -> Option<Security> {
    let own = operation.value.get("security");
    let Some(ways) = own.or_else(|| spec.root().get("security")) else {
        let is_parameter = operation.parameters.iter().any(|parameter| {
            let part = |key| string(parameter, key).unwrap_or_default();
            is_authorization(part("in"), part("name"))
        });
        return is_parameter.then(|| Security::from([AUTHORIZATION.to_owned()]));
    };
    let mut ways: Security = ways
        .as_sequence()
        .into_iter()
        .flatten()
        .map(|way| {
            let parts: BTreeSet<String> = entries(way).map(|(name, _)| sent(spec, name)).collect();
            let parts: Vec<String> = parts.into_iter().collect();
            match parts.is_empty() {
                true => NOTHING.to_owned(),
                false => parts.join(" and "),
            }
        })
        .collect();
    if ways.is_empty() {
        ways.insert(NOTHING.to_owned());
    }
    Some(ways)
}

/// What a scheme sends.
fn sent(spec: &Spec, name: &str) -> String {
    let root = spec.root();
    let schemes = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"))
        .or_else(|| root.get("securityDefinitions"));
    let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) else {
        return format!("{name}, which is not described");
    };
    let scheme = spec.follow(scheme);
    let part = |key| string(scheme, key).unwrap_or_default();
    match part("type") {
        "apiKey" => {
            let key = part("name");
            match part("in") {
                // Names of headers are the same in any case.
                "header" => format!("header {}", key.to_lowercase()),
                place => format!("{place} {key}"),
            }
        }
        "http" => part("scheme").to_lowercase(),
        kind => kind.to_owned(),
    }
}

/// Returns true if theirs says less about the same header.
pub(super) fn is_vaguer(ours: &Security, theirs: &Security) -> bool {
    let in_header = |way: &String| matches!(way.as_str(), "bearer" | "basic");
    ours.iter().all(in_header) && theirs.iter().all(|way| way == AUTHORIZATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMES: &str = "components: {securitySchemes: {a: {type: apiKey, in: header, name: X-Key}, \
                           b: {type: http, scheme: Bearer}, c: {type: apiKey, in: query, name: Key}, d: {type: oauth2}}}";

    fn of(operation: &str) -> Option<Vec<String>> {
        let source = format!("{SCHEMES}\npaths: {{/p: {{get: {operation}}}}}\n");
        let spec = Spec::parse("a", "a.yaml", &source).unwrap();
        let security = security(&spec, &spec.operations()[0]);
        security.map(|ways| ways.into_iter().collect())
    }

    #[test]
    fn schemes_are_read_as_what_is_sent() {
        let cases = [
            (
                "{security: [{b: []}, {a: [], c: []}]}",
                ["bearer", "header x-key and query Key"].as_slice(),
            ),
            ("{security: [{d: [read]}]}", ["oauth2"].as_slice()),
            ("{security: []}", ["nothing"].as_slice()),
            (
                "{security: [{}, {b: []}]}",
                ["bearer", "nothing"].as_slice(),
            ),
            (
                "{security: [{e: []}]}",
                ["e, which is not described"].as_slice(),
            ),
            (
                "{parameters: [{in: header, name: Authorization}]}",
                ["header authorization"].as_slice(),
            ),
        ];
        for (operation, expected) in cases {
            assert_eq!(of(operation).unwrap(), expected, "{operation}");
        }
        assert_eq!(of("{}"), None);
    }
}
