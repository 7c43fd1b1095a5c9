//! Takes secrets and personal data out of exchanges.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::body::Body;
use super::exchange::{Exchange, Outcome};
use super::names::{Sort, is_place, normal, sort_of};
use super::node::Node;
use crate::auth::replaced;
use crate::secret::Secret;

/// What is in the place of a secret.
pub(super) const REMOVED: &str = "[removed]";
/// Shorter values are in too many texts that have nothing to do with them.
const LEAST_LETTERS: usize = 5;
/// From here on, what looks like base64 is a document or a picture.
const LEAST_DOCUMENT: usize = 40;

/// Takes secrets and personal data out of exchanges.
#[derive(Debug, Default)]
pub(super) struct Removal {
    /// The fields that hold personal data besides those that are known, in normal names.
    rules: Vec<Vec<String>>,
    /// What is removed wherever it is.
    secrets: Vec<Secret>,
    /// What is replaced wherever it is, and by what.
    replacements: Vec<(Secret, String)>,
    /// Personal data, which is removed from sentences too.
    personal: Vec<Secret>,
    /// The number of each personal value, so that equal ones stay equal.
    numbers: HashMap<String, usize>,
}

impl Removal {
    pub(super) fn new(
        rules: Vec<Vec<String>>,
        secrets: Vec<Secret>,
        replacements: Vec<(Secret, String)>,
    ) -> Self {
        Self {
            rules,
            secrets,
            replacements,
            ..Self::default()
        }
    }

    /// Looks for what is to be removed, in all exchanges before anything is removed from one: a token is in a
    /// response first, and in a message later.
    pub(super) fn learn(&mut self, exchange: &Exchange) {
        let request = &exchange.request;
        self.learn_pairs(&request.query);
        self.learn_body(request.body.as_ref());
        if let Outcome::Response(response) = &exchange.outcome {
            self.learn_body(response.body.as_ref());
        }
    }

    pub(super) fn remove(&mut self, exchange: &mut Exchange) {
        let request = &mut exchange.request;
        request.path = self.cleaned(&request.path);
        self.remove_from_pairs(&mut request.query);
        self.remove_from_body(&mut request.body);
        if let Outcome::Response(response) = &mut exchange.outcome {
            for (_, value) in &mut response.headers {
                *value = self.cleaned(value);
            }
            self.remove_from_body(&mut response.body);
        }
    }

    /// Removes this too wherever it is, unless it is so short that it is in many texts.
    pub(super) fn learn_secret(&mut self, secret: &str) {
        let is_known = |known: &Secret| known.expose_secret() == secret;
        if secret.trim().len() >= LEAST_LETTERS && !self.secrets.iter().any(is_known) {
            self.secrets.push(Secret::from(secret));
            // The longest first: one may be a part of another.
            let length = |secret: &Secret| std::cmp::Reverse(secret.expose_secret().len());
            self.secrets.sort_by_key(length);
        }
    }

    fn learn_pairs(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            if let Some(sort) = sort_of(&[normal(name)], &self.rules) {
                self.learn_text(value, sort, false);
            }
        }
    }

    fn learn_body(&mut self, body: Option<&Body>) {
        match body {
            Some(Body::Json(node)) => self.learn_node(node, &mut Vec::new(), None),
            Some(Body::Form(pairs)) => self.learn_pairs(pairs),
            Some(Body::Text(_)) | None => {}
        }
    }

    fn learn_node(&mut self, node: &Node, path: &mut Vec<String>, sort: Option<Sort>) {
        match node {
            Node::Object(pairs) => {
                for (key, value) in pairs {
                    path.push(normal(key));
                    let sort = sort.or_else(|| sort_of(path, &self.rules));
                    self.learn_node(value, path, sort);
                    path.pop();
                }
            }
            Node::Array(items) => {
                for item in items {
                    self.learn_node(item, path, sort);
                }
            }
            Node::String(text) => match (sort, nested(text)) {
                (Some(sort), _) => self.learn_text(text, sort, is_place(path)),
                (None, Some(inner)) => self.learn_node(&inner, path, None),
                (None, None) => {}
            },
            Node::Other(_) => {}
        }
    }

    fn learn_text(&mut self, text: &str, sort: Sort, is_place: bool) {
        match sort {
            Sort::Secret => self.learn_secret(text),
            Sort::Personal => {
                let text = text.trim();
                let is_known = self.personal.iter().any(|it| it.expose_secret() == text);
                let length = text.chars().count();
                if !is_place && !is_known && (LEAST_LETTERS..200).contains(&length) {
                    self.personal.push(Secret::from(text));
                }
            }
        }
    }

    fn remove_from_pairs(&mut self, pairs: &mut [(String, String)]) {
        for (name, value) in pairs {
            *value = match sort_of(&[normal(name)], &self.rules) {
                Some(sort) => self.placeholder(value, sort),
                None => self.cleaned(value),
            };
        }
    }

    fn remove_from_body(&mut self, body: &mut Option<Body>) {
        match body {
            Some(Body::Json(node)) => self.remove_from_node(node, &mut Vec::new(), None),
            Some(Body::Form(pairs)) => self.remove_from_pairs(pairs),
            Some(Body::Text(text)) => *text = self.cleaned(text),
            None => {}
        }
    }

    fn remove_from_node(&mut self, node: &mut Node, path: &mut Vec<String>, sort: Option<Sort>) {
        match node {
            Node::Object(pairs) => {
                for (key, value) in pairs {
                    path.push(normal(key));
                    let sort = sort.or_else(|| sort_of(path, &self.rules));
                    self.remove_from_node(value, path, sort);
                    path.pop();
                    *key = self.cleaned(key);
                }
            }
            Node::Array(items) => {
                for item in items {
                    self.remove_from_node(item, path, sort);
                }
            }
            Node::String(text) => {
                *text = match (sort, nested(text)) {
                    (Some(sort), _) => self.placeholder(text, sort),
                    (None, Some(mut inner)) => {
                        self.remove_from_node(&mut inner, path, None);
                        inner.to_text()
                    }
                    (None, None) => self.cleaned(text),
                };
            }
            Node::Other(value) => {
                let is_secret = self.cleaned(value.get()) != value.get();
                if node.is_number() && (sort.is_some() || is_secret) {
                    *node = Node::zero();
                }
            }
        }
    }

    /// What is in the place of a value: something of the same form, so that it is read in the same way.
    fn placeholder(&mut self, text: &str, sort: Sort) -> String {
        if text.trim().is_empty() || is_placeholder(text) {
            return text.to_owned();
        }
        if sort == Sort::Secret {
            return REMOVED.to_owned();
        }
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(text.to_owned()).or_insert(next);
        if is_address(text) {
            format!("removed-{number}@example.invalid")
        } else if text.starts_with("http://") || text.starts_with("https://") {
            format!("https://example.invalid/removed-{number}")
        } else if is_document(text) {
            BASE64.encode(format!("[removed {number}]"))
        } else {
            format!("[removed {number}]")
        }
    }

    /// A text without secrets, without e-mail addresses, and without what is known about persons.
    fn cleaned(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (value, shown) in &self.replacements {
            replace(&mut text, value, shown);
        }
        for secret in &self.secrets {
            replace(&mut text, secret, REMOVED);
        }
        // A single word, such as a code, may happen to be somebody's name.
        if text.contains(char::is_whitespace) {
            for value in &self.personal {
                replace(&mut text, value, REMOVED);
            }
        }
        if text.contains('?') {
            text = self.without_parameters(&text);
        }
        if !text.contains('@') && !text.contains("%40") {
            return text;
        }
        let is_word_end = |it: char| it.is_whitespace() || "<>()[]{}\"',;:=&?/".contains(it);
        let words = text.split_inclusive(is_word_end);
        words
            .map(|word| {
                let end = word.trim_end_matches(is_word_end);
                if is_address(end) && !is_placeholder(end) {
                    word.replacen(end, REMOVED, 1)
                } else {
                    word.to_owned()
                }
            })
            .collect()
    }

    /// A text in which the parameters of an address hold no secret and nothing about a person.
    fn without_parameters(&self, text: &str) -> String {
        let mut parts = text.split_inclusive(['?', '&']);
        let begin = parts.next().unwrap_or_default().to_owned();
        parts.fold(begin, |shown, part| {
            let parameter = part.split_once('=').filter(|(name, _)| {
                !name.contains(end_of_parameter) && sort_of(&[normal(name)], &self.rules).is_some()
            });
            let Some((name, value)) = parameter else {
                return shown + part;
            };
            let end = value.find(end_of_parameter).unwrap_or(value.len());
            let rest = value.get(end..).unwrap_or_default();
            format!("{shown}{name}={REMOVED}{rest}")
        })
    }
}

fn end_of_parameter(letter: char) -> bool {
    letter.is_whitespace() || "&#\"'<>".contains(letter)
}

fn replace(text: &mut String, value: &Secret, by: &str) {
    if let Some(changed) = replaced(text, value.expose_secret(), by) {
        *text = changed;
    }
}

/// JSON inside of a string.
fn nested(text: &str) -> Option<Node> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    Node::parse(text).filter(|_| is_json)
}

/// Returns true if nothing is left to remove.
fn is_placeholder(text: &str) -> bool {
    text.starts_with("[removed")
        || (text.starts_with("removed-") && text.ends_with("@example.invalid"))
        || text.starts_with("https://example.invalid/removed-")
}

/// Returns true if it looks like an e-mail address.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@').or_else(|| text.split_once("%40"));
    parts.is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace)
}

fn is_document(text: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_alphanumeric() || b"+/=-_\r\n".contains(&it);
    text.len() >= LEAST_DOCUMENT && text.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cassette::exchange::{RecordedRequest, RecordedResponse};

    fn exchange(body: &str) -> Exchange {
        Exchange {
            request: RecordedRequest {
                method: "GET".to_owned(),
                path: "/parcels".to_owned(),
                query: Vec::new(),
                body: None,
            },
            outcome: Outcome::Response(RecordedResponse {
                status: 200,
                headers: Vec::new(),
                body: Body::read(body.as_bytes(), None),
            }),
        }
    }

    fn body_of(exchange: &Exchange) -> String {
        let Outcome::Response(response) = &exchange.outcome else {
            panic!("{exchange:?}");
        };
        let body = response.body.as_ref().unwrap().to_bytes();
        String::from_utf8(body.to_vec()).unwrap()
    }

    fn removed(removal: &mut Removal, body: &str) -> String {
        let mut exchange = exchange(body);
        removal.learn(&exchange);
        removal.remove(&mut exchange);
        body_of(&exchange)
    }

    fn removed_by_default(body: &str) -> String {
        removed(&mut Removal::default(), body)
    }

    #[test]
    fn personal_values_keep_their_type_and_their_equality() {
        let body = r#"[{"recipient":{"name":"Ann Example","phone":4915100000,"is_company":false,"note":null}},
            {"signedBy":"Ann Example","email":"ann@shop.example","mobile":""}]"#;

        let shown = removed_by_default(body);

        assert_eq!(
            shown,
            r#"[{"recipient":{"name":"[removed 1]","phone":0,"is_company":false,"note":null}},{"signedBy":"[removed 1]","email":"removed-2@example.invalid","mobile":""}]"#
        );
    }

    #[test]
    fn name_is_removed_from_sentences_too() {
        let body = r#"{"events":[{"text":"Signed by ANN EXAMPLE at the door"},{"code":"Köln"}],
            "recipient":{"name":"Ann Example","city":"Köln"},"note":"Passed Köln Nord"}"#;

        let shown = removed_by_default(body);

        assert!(!shown.to_lowercase().contains("ann"), "{shown}");
        assert!(shown.contains("Signed by [removed] at the door"), "{shown}");
        assert!(shown.contains("Passed Köln Nord"), "{shown}");
    }

    #[test]
    fn token_of_a_response_is_removed_everywhere() {
        let body =
            r#"{"access_token":"hush-hush-1","token_type":"bearer","message":"use hush-hush-1"}"#;

        let shown = removed_by_default(body);

        assert_eq!(
            shown,
            r#"{"access_token":"[removed]","token_type":"bearer","message":"use [removed]"}"#
        );
    }

    #[test]
    fn json_in_a_string_is_cleaned() {
        let body = r#"{"requestBody":"{\"recipient\":{\"name\":\"Ann\"},\"n\":1.50}"}"#;

        let shown = removed_by_default(body);

        assert_eq!(
            shown,
            r#"{"requestBody":"{\"recipient\":{\"name\":\"[removed 1]\"},\"n\":1.50}"}"#
        );
    }

    #[test]
    fn addresses_are_removed_from_any_text() {
        let shown = removed_by_default(r#"{"message":"no user <ann@shop.example>, sorry"}"#);

        assert_eq!(shown, r#"{"message":"no user <[removed]>, sorry"}"#);
        assert_eq!(removed_by_default("ask ann@shop.example"), "ask [removed]");
    }

    #[test]
    fn parameters_of_addresses_are_removed_by_their_names() {
        let body = r#"{"file":"see https://cdn.example/x.pdf?id=7&X-Amz-Signature=ab+c%3D#page, ok?","at":"/u?zip=0101&x=1"}"#;

        let shown = removed_by_default(body);

        assert_eq!(
            shown,
            r#"{"file":"see https://cdn.example/x.pdf?id=7&X-Amz-Signature=[removed]#page, ok?","at":"/u?zip=[removed]&x=1"}"#
        );
    }

    #[test]
    fn path_and_headers_are_cleaned() {
        let mut exchange = exchange(r#"{"access_token":"hush-hush-1"}"#);
        exchange.request.path = "/users/ann%40shop.example/hush-hush-1/parcels".to_owned();
        if let Outcome::Response(response) = &mut exchange.outcome {
            let link = "</next?token=other>; rel=next".to_owned();
            response.headers.push(("link".to_owned(), link));
        }
        let mut removal = Removal::default();
        removal.learn(&exchange);

        removal.remove(&mut exchange);

        assert_eq!(exchange.request.path, "/users/[removed]/[removed]/parcels");
        let Outcome::Response(response) = &exchange.outcome else {
            panic!("{exchange:?}");
        };
        assert_eq!(response.headers[0].1, "</next?token=[removed]>; rel=next");
    }

    #[test]
    fn document_stays_readable_as_base64() {
        let body = format!(r#"{{"label":"{}"}}"#, BASE64.encode([7; 60]));

        let shown = removed_by_default(&body);

        assert_eq!(
            shown,
            format!(r#"{{"label":"{}"}}"#, BASE64.encode("[removed 1]"))
        );
    }

    #[test]
    fn own_rules_and_replacements_apply() {
        let replacements = vec![(Secret::from("RR123456785CN"), "PARCEL-1".to_owned())];
        let secrets = vec![Secret::from("471")];
        let rules = vec![super::super::names::rule("gift.text")];
        let mut removal = Removal::new(rules, secrets, replacements);
        let body = r#"{"RR123456785CN":{"id":471,"no":"rr123456785cn"},"gift":{"text":"Love"}}"#;

        let shown = removed(&mut removal, body);

        assert_eq!(
            shown,
            r#"{"PARCEL-1":{"id":0,"no":"PARCEL-1"},"gift":{"text":"[removed 1]"}}"#
        );
    }

    #[test]
    fn removing_twice_changes_nothing_more() {
        let body = r#"{"recipient":{"name":"Ann Example","email":"ann@shop.example"},"label":"https://shop.example/x"}"#;

        let once = removed_by_default(body);

        assert_eq!(removed_by_default(&once), once);
    }
}
