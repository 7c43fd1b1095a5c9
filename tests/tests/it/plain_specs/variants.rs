//! What clients get wrong: credentials, media types, broken bodies, values of the wrong type, unknown ids.

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST};
use serde_json::{Value, json};
use tracking_sandbox::RecordedRequest;

use super::document::Document;

/// A call, and how it differs from a good one.
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) request: RecordedRequest,
}

/// The call as it is, again, and with one thing changed.
pub(crate) fn variants(sent: &RecordedRequest, document: &Document, id: &str) -> Vec<Variant> {
    let mut good = sent.clone();
    good.headers.remove(HOST);
    good.headers.remove(CONTENT_LENGTH);
    let mut found = vec![
        changed(&good, "as it is", |_| {}),
        changed(&good, "again", |_| {}),
    ];
    credentials(&good, &mut found);
    media_types(&good, &mut found);
    bodies(&good, &mut found);
    paths(&good, document.operation(id).0, &mut found);
    queries(&good, document, id, &mut found);
    found
}

fn changed(
    good: &RecordedRequest,
    name: impl Into<String>,
    change: impl FnOnce(&mut RecordedRequest),
) -> Variant {
    let mut request = good.clone();
    change(&mut request);
    Variant {
        name: name.into(),
        request,
    }
}

fn credentials(good: &RecordedRequest, found: &mut Vec<Variant>) {
    let names = good.headers.keys().filter(|name| {
        **name == AUTHORIZATION || name.as_str().contains("key") || name.as_str().contains("token")
    });
    for name in names {
        found.push(changed(good, format!("without {name}"), |request| {
            request.headers.remove(name);
        }));
        for value in ["wrong", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc="] {
            let value = HeaderValue::from_static(value);
            found.push(changed(good, format!("wrong {name}"), |request| {
                request.headers.insert(name, value);
            }));
        }
    }
}

fn media_types(good: &RecordedRequest, found: &mut Vec<Variant>) {
    for header in [CONTENT_TYPE, ACCEPT] {
        found.push(changed(good, format!("without {header}"), |request| {
            request.headers.remove(&header);
        }));
        // 1concepts sends JSON without JSON-LD to whoever asks for it, another body that its spec leaves out.
        for media in ["text/plain", "application/xml", "*/*"] {
            let value = HeaderValue::from_static(media);
            found.push(changed(good, format!("{header}: {media}"), |request| {
                request.headers.insert(&header, value);
            }));
        }
    }
    let json = HeaderValue::from_static("application/json");
    found.push(changed(good, "content-type: application/json", |request| {
        request.headers.insert(CONTENT_TYPE, json);
    }));
}

fn bodies(good: &RecordedRequest, found: &mut Vec<Variant>) {
    if good.body.is_empty() {
        return;
    }
    for body in [
        "", "{", "[]", "{}", "null", "7", "\"text\"", "[{}]", "[7]", "[[]]", "a=b",
    ] {
        found.push(changed(good, format!("body {body}"), |request| {
            request.body = Bytes::from_static(body.as_bytes());
        }));
    }
    let Ok(body) = good.json() else { return };
    for pointer in pointers(&body, "") {
        let wrong = [
            Value::Null,
            json!(""),
            json!(-7),
            json!(["a"]),
            json!({}),
            json!(true),
            json!("x".repeat(300)),
        ];
        for value in wrong {
            let mut altered = body.clone();
            let shown = value.to_string();
            let shown: String = shown.chars().take(20).collect();
            *altered.pointer_mut(&pointer).unwrap() = value;
            found.push(changed(good, format!("{pointer} = {shown}"), |request| {
                request.body = altered.to_string().into();
            }));
        }
        let mut without = body.clone();
        if remove(&mut without, &pointer) {
            found.push(changed(good, format!("without {pointer}"), |request| {
                request.body = without.to_string().into();
            }));
        }
    }
}

/// The places of all values inside of a body.
fn pointers(value: &Value, at: &str) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, child)| (key.replace('~', "~0").replace('/', "~1"), child))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, child)| (index.to_string(), child))
            .collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    for (key, child) in children {
        let place = format!("{at}/{key}");
        found.extend(pointers(child, &place));
        found.push(place);
    }
    found
}

/// Takes a key out of its object; returns false for an element of a list.
fn remove(body: &mut Value, pointer: &str) -> bool {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut);
    parent.is_some_and(|parent| parent.remove(key).is_some())
}

/// Other ids in the place of each parameter of the path.
fn paths(good: &RecordedRequest, template: &str, found: &mut Vec<Variant>) {
    let sent: Vec<&str> = good.path.split('/').collect();
    let parts: Vec<&str> = template.split('/').skip(1).collect();
    let start = sent.len() - parts.len();
    for (index, part) in parts.iter().enumerate() {
        if !part.starts_with('{') {
            continue;
        }
        for id in ["unknown-0001", "0", "-1", "%20", "a%2Fb", &"9".repeat(200)] {
            let mut path = sent.clone();
            path[start + index] = id;
            found.push(changed(good, format!("{part} = {id}"), |request| {
                request.path = path.join("/");
            }));
        }
    }
}

/// Good and bad values of each parameter of the query.
fn queries(good: &RecordedRequest, document: &Document, id: &str, found: &mut Vec<Variant>) {
    found.push(changed(good, "without query", |request| {
        request.query.clear();
    }));
    for parameter in document.parameters(id) {
        if parameter["in"] != "query" {
            continue;
        }
        let name = parameter["name"].as_str().unwrap();
        let example = match &parameter["example"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        for value in [
            example.as_str(),
            "",
            "0",
            "-1",
            "1",
            "1000000",
            "nonsense",
            "a,b,,c",
        ] {
            let query: String =
                reqwest::Url::parse_with_params("http://localhost/", [(name, value)])
                    .unwrap()
                    .query()
                    .unwrap()
                    .to_owned();
            found.push(changed(good, format!("?{query}"), |request| {
                let others = request.query.split('&');
                let kept: Vec<&str> = others
                    .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name))
                    .chain([query.as_str()])
                    .collect();
                request.query = kept.join("&");
            }));
        }
    }
}
