//! Whether a request is one that was recorded, and where the two differ.

use std::fmt;

use super::body::Body;
use super::exchange::RecordedRequest;
use super::names::{normal, sort_of};
use super::node::Node;

/// What a placeholder begins with, wherever it is in a string.
const PLACEHOLDER: &str = "[removed";

/// Where two requests differ, in the order of how near they are: what differs in the body only comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    Body(String),
    Query(String),
    Path,
    Method,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(place) if place.is_empty() => formatter.write_str("its body differs"),
            Self::Body(place) => write!(formatter, "its body differs at `{place}`"),
            Self::Query(name) => write!(formatter, "its query differs at `{name}`"),
            Self::Path => formatter.write_str("its path differs"),
            Self::Method => formatter.write_str("its method differs"),
        }
    }
}

/// Compares requests; `None` if they are equal apart from what was removed.
///
/// The order of keys and of query parameters does not matter, and neither does what a personal or secret field
/// holds, as long as it holds the same type.
pub(super) fn difference(
    recorded: &RecordedRequest,
    sent: &RecordedRequest,
    rules: &[Vec<String>],
) -> Option<Difference> {
    if recorded.method != sent.method {
        return Some(Difference::Method);
    }
    if !fits(&recorded.path, &sent.path) {
        return Some(Difference::Path);
    }
    if let Some(name) = pairs_differ(&recorded.query, &sent.query, rules) {
        return Some(Difference::Query(name));
    }
    let place = match (&recorded.body, &sent.body) {
        (None, None) => None,
        (Some(Body::Json(recorded)), Some(Body::Json(sent))) => {
            let mut place = Place {
                rules,
                names: Vec::new(),
            };
            place.difference(recorded, sent, false)
        }
        (Some(Body::Form(recorded)), Some(Body::Form(sent))) => pairs_differ(recorded, sent, rules),
        (Some(Body::Text(recorded)), Some(Body::Text(sent))) if fits(recorded, sent) => None,
        _ => Some(String::new()),
    };
    place.map(Difference::Body)
}

/// The name of the first parameter that differs.
fn pairs_differ(
    recorded: &[(String, String)],
    sent: &[(String, String)],
    rules: &[Vec<String>],
) -> Option<String> {
    let sorted = |pairs: &[(String, String)]| {
        let mut pairs = pairs.to_vec();
        // Values of one name keep their order, which may matter.
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        pairs
    };
    let (recorded, sent) = (sorted(recorded), sorted(sent));
    let mut both = recorded.iter().zip(&sent);
    let differing = both.find(|((name, value), (other, sent))| {
        let is_removed = sort_of(&[normal(name)], rules).is_some();
        name != other || !(is_removed || fits(value, sent))
    });
    let longer = || {
        let rest = recorded.iter().skip(sent.len());
        rest.chain(sent.iter().skip(recorded.len())).next()
    };
    let pair = differing.map(|(recorded, sent)| recorded.min(sent));
    pair.or_else(longer).map(|(name, _)| name.clone())
}

/// Returns true if a string is the recorded one, where each placeholder matches anything.
fn fits(recorded: &str, sent: &str) -> bool {
    let Some((begin, rest)) = recorded.split_once(PLACEHOLDER) else {
        return recorded == sent;
    };
    let Some(mut sent) = sent.strip_prefix(begin) else {
        return false;
    };
    let mut parts = rest
        .split(PLACEHOLDER)
        .map(|part| part.split_once(']').map_or("", |(_, after)| after))
        .peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return sent.ends_with(part);
        }
        let Some(end) = sent.find(part) else {
            return false;
        };
        sent = sent.get(end + part.len()..).unwrap_or_default();
    }
    true
}

/// Where in a body the comparison is.
struct Place<'a> {
    rules: &'a [Vec<String>],
    names: Vec<String>,
}

impl Place<'_> {
    /// The path of the first value that differs.
    fn difference(&mut self, recorded: &Node, sent: &Node, is_removed: bool) -> Option<String> {
        let is_equal = match (recorded, sent) {
            (Node::Object(recorded), Node::Object(sent)) => {
                return self.pairs_differ(recorded, sent, is_removed);
            }
            (Node::Array(recorded), Node::Array(sent)) if recorded.len() == sent.len() => {
                let mut items = recorded.iter().zip(sent).enumerate();
                return items.find_map(|(index, (recorded, sent))| {
                    let rest = self.difference(recorded, sent, is_removed)?;
                    Some(format!("[{index}]{}{rest}", dot_before(&rest)))
                });
            }
            (Node::String(recorded), Node::String(sent)) => is_removed || fits(recorded, sent),
            (Node::Other(one), Node::Other(other)) => {
                let (one, other) = (one.get(), other.get());
                let is_number = recorded.is_number() && sent.is_number();
                let number = |text: &str| text.parse::<f64>().ok();
                one == other || is_number && (is_removed || number(one) == number(other))
            }
            _ => false,
        };
        (!is_equal).then(String::new)
    }

    fn pairs_differ(
        &mut self,
        recorded: &[(String, Node)],
        sent: &[(String, Node)],
        is_removed: bool,
    ) -> Option<String> {
        let (recorded, sent) = (sorted(recorded), sorted(sent));
        for ((key, value), (other, sent)) in recorded.iter().zip(&sent) {
            if !fits(key, other) {
                return Some((*key).min(*other).to_owned());
            }
            self.names.push(normal(key));
            let is_removed = is_removed || sort_of(&self.names, self.rules).is_some();
            let rest = self.difference(value, sent, is_removed);
            self.names.pop();
            if let Some(rest) = rest {
                return Some(format!("{key}{}{rest}", dot_before(&rest)));
            }
        }
        let mut longer = recorded.iter().skip(sent.len());
        let more = longer.next().or(sent.get(recorded.len()));
        more.map(|(key, _)| (*key).to_owned())
    }
}

fn dot_before(rest: &str) -> &'static str {
    if rest.is_empty() || rest.starts_with('[') {
        ""
    } else {
        "."
    }
}

fn sorted(pairs: &[(String, Node)]) -> Vec<(&str, &Node)> {
    let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|(key, _)| *key);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cassette::body::pairs;

    fn request(query: &str, body: &str) -> RecordedRequest {
        RecordedRequest {
            method: "POST".to_owned(),
            path: "/parcels/[removed]/events".to_owned(),
            query: pairs(query),
            body: Body::read(body.as_bytes(), None),
        }
    }

    fn difference_of(recorded: (&str, &str), sent: (&str, &str)) -> Option<String> {
        let recorded = request(recorded.0, recorded.1);
        let mut sent = request(sent.0, sent.1);
        sent.path = "/parcels/A1/events".to_owned();
        difference(&recorded, &sent, &[]).map(|it| it.to_string())
    }

    #[test]
    fn order_and_spelling_do_not_matter() {
        let recorded = ("a=1&b=2&b=3", r#"{"x":1.0,"y":[{"p":null,"q":"r"}]}"#);
        let sent = ("b=2&a=1&b=3", r#"{"y":[{"q":"r","p":null}],"x":1}"#);

        assert_eq!(difference_of(recorded, sent), None);
    }

    #[test]
    fn what_was_removed_fits_anything_of_its_type() {
        let recorded = (
            "email=[removed]",
            r#"{"recipient":{"name":"[removed 1]","phone":0},"text":"by [removed] at [removed]!"}"#,
        );
        let sent = (
            "email=ann@shop.example",
            r#"{"recipient":{"name":"Bea","phone":49},"text":"by Ann at home!"}"#,
        );
        let other_type = ("email=", r#"{"recipient":{"name":7,"phone":49},"text":""}"#);

        assert_eq!(difference_of(recorded, sent), None);
        assert_eq!(
            difference_of(recorded, other_type).as_deref(),
            Some("its body differs at `recipient.name`")
        );
    }

    #[test]
    fn difference_names_the_place() {
        for (recorded, sent, place) in [
            (("a=1", ""), ("a=2", ""), "its query differs at `a`"),
            (("a=1", ""), ("a=1&b=2", ""), "its query differs at `b`"),
            (("a=1&a=2", ""), ("a=2&a=1", ""), "its query differs at `a`"),
            (("", "[1]"), ("", "[1,2]"), "its body differs"),
            (("", "[[1]]"), ("", "[[2]]"), "its body differs at `[0][0]`"),
            (
                ("", r#"{"a":[{"b":true}]}"#),
                ("", r#"{"a":[{"b":false}]}"#),
                "its body differs at `a[0].b`",
            ),
            (("", r#"{"a":1}"#), ("", "{}"), "its body differs at `a`"),
            (("", "text"), ("", "other"), "its body differs"),
            (("", "text"), ("", ""), "its body differs"),
        ] {
            assert_eq!(
                difference_of(recorded, sent).as_deref(),
                Some(place),
                "{recorded:?}"
            );
        }
    }
}
