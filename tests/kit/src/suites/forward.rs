//! Responses of tomorrow: unknown fields, unknown values, nulls, missing keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use crate::spec::operations;
use crate::{Called, Reply, Script, Sdk, Spec, Step};

/// A key that no provider has.
const INVENTED: &str = "invented_key";

/// The response to an operation with a body that was changed.
fn changed<S: Sdk>(operation: &str, body: &Value) -> Reply<S> {
    let mut response = S::success(operation);
    response.body = body.to_string().into_bytes();
    response
}

/// Calls an operation, with this response.
async fn call<S: Sdk>(operation: &str, response: Reply<S>) -> Result<Called, tracking_http::Error> {
    let script: Arc<Script<S>> = Script::new([Step::Reply(response)]);
    let builder = script.builder().with_retry(RetryPolicy::none());
    let builder = builder.without_rate_limits();
    S::call(&S::build(S::prepare(builder, operation)), operation).await
}

/// The JSON of a success; null where an operation has none.
fn body<S: Sdk>(operation: &str) -> Value {
    let response = S::success(operation);
    serde_json::from_slice(&response.body).unwrap_or_default()
}

/// The SDK knows exactly the values of the spec.
pub async fn enums_know_the_values_of_the_spec<S: Sdk>() {
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    let known: BTreeMap<_, _> = S::enums()
        .into_iter()
        .map(|it| (it.name, it.known))
        .collect();

    assert_eq!(known, spec.enums(), "{}", S::PROVIDER);
}

/// The enums of responses are open, as in the spec.
pub async fn enums_are_open_where_the_spec_is<S: Sdk>() {
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    let mut open: Vec<_> = S::enums()
        .into_iter()
        .filter(|it| it.read.is_some())
        .map(|it| it.name)
        .collect();
    open.sort_unstable();
    let mut described = spec.open_enums();
    described.sort_unstable();

    assert_eq!(open, described, "{}", S::PROVIDER);
}

/// A value that no enum knows keeps its string, and is written as it came.
pub async fn unknown_enum_value_keeps_its_string<S: Sdk>() {
    for it in S::enums() {
        let Some(read) = it.read else { continue };
        for string in ["brand_new", "", "In_Transit ", " g ", "ünknown"] {
            let value = read(&json!(string));

            let value = value.unwrap_or_else(|error| panic!("{} {string:?}: {error}", it.name));
            assert!(value.is_unknown, "{} {string:?}", it.name);
            assert_eq!(value.string, string, "{}", it.name);
            assert_eq!(value.written, json!(string), "{}", it.name);
            assert!(value.equals_its_string, "{} {string:?}", it.name);
        }
        let number = read(&json!(410)).expect(it.name);
        assert_eq!((number.string.as_str(), number.is_unknown), ("410", true));
    }
}

/// A value that an enum knows is read as that.
pub async fn known_enum_values_are_known<S: Sdk>() {
    for it in S::enums() {
        assert!(!it.known.is_empty(), "{}", it.name);
        let Some(read) = it.read else { continue };
        for string in &it.known {
            let value = read(&json!(string)).expect(it.name);

            assert_eq!(&value.string, string, "{}", it.name);
            assert!(!value.is_unknown, "{} {string}", it.name);
            assert!(value.equals_its_string, "{} {string}", it.name);
        }
    }
}

/// The types have a field for everything in a documented response.
pub async fn documented_responses_are_modelled<S: Sdk>() {
    for it in operations::<S>() {
        let called = call::<S>(&it.id, S::success(&it.id)).await;

        let called = called.unwrap_or_else(|error| panic!("{} {it:?}: {error}", S::PROVIDER));
        assert_eq!(called.unmodelled, [""; 0], "{} {it:?}", S::PROVIDER);
    }
}

/// A new key in any object of a response fails no operation.
pub async fn unknown_key_fails_no_operation<S: Sdk>() {
    for it in operations::<S>() {
        let whole = body::<S>(&it.id);
        for pointer in pointers(&whole) {
            let mut more = whole.clone();
            let Some(object) = more.pointer_mut(&pointer).and_then(Value::as_object_mut) else {
                continue;
            };
            object.insert(INVENTED.to_owned(), json!({ "value": [1] }));

            let called = call::<S>(&it.id, changed(&it.id, &more)).await;

            assert!(
                called.is_ok(),
                "{} {it:?} {pointer}: {called:?}",
                S::PROVIDER
            );
        }
    }
}

/// Any key of a response may be null or missing, one at a time, but for those that are required.
pub async fn any_single_key_may_be_null_or_missing<S: Sdk>() {
    let mut required = Vec::new();
    for it in operations::<S>() {
        let whole = body::<S>(&it.id);
        for pointer in pointers(&whole) {
            let Some((parent, key)) = pointer.rsplit_once('/') else {
                continue;
            };
            let mut null = whole.clone();
            *null.pointer_mut(&pointer).unwrap() = Value::Null;
            let mut missing = whole.clone();
            if let Some(Value::Object(keys)) = missing.pointer_mut(parent) {
                keys.remove(key);
            }

            let null = call::<S>(&it.id, changed(&it.id, &null)).await;
            let missing = call::<S>(&it.id, changed(&it.id, &missing)).await;

            if null.is_err() || missing.is_err() {
                required.push((it.id.clone(), pointer));
            }
        }
    }
    required.retain(|(operation, pointer)| {
        let known = [operation.as_str(), "*"].map(|operation| (operation, pointer.as_str()));
        !known.iter().any(|known| S::REQUIRED.contains(known))
    });
    assert_eq!(required, [], "{}", S::PROVIDER);
}

/// An element of a list that is none of its kind is a problem, and the others are returned.
pub async fn element_that_does_not_fit_costs_no_other<S: Sdk>() {
    let mut lists = 0;
    for it in operations::<S>() {
        if S::ONE_RECORD.contains(&&*it.id) {
            continue;
        }
        let whole = body::<S>(&it.id);
        for pointer in outer_lists(&whole) {
            let mut odd = whole.clone();
            let Some(list) = odd.pointer_mut(&pointer).and_then(Value::as_array_mut) else {
                continue;
            };
            list.insert(0, json!([[1]]));
            let path = format!("{}[0]", pointer.trim_start_matches('/').replace('/', "."));

            let called = call::<S>(&it.id, changed(&it.id, &odd)).await;

            let called = called.unwrap_or_else(|error| panic!("{} {it:?}: {error}", S::PROVIDER));
            assert_eq!(called.problems, [path], "{} {it:?}", S::PROVIDER);
            lists += 1;
        }
    }
    assert!(lists > 0, "{}", S::PROVIDER);
}

/// The JSON pointers of the lists with elements that are in no other list.
fn outer_lists(whole: &Value) -> Vec<String> {
    let mut lists: Vec<String> = Vec::new();
    for pointer in pointers(whole) {
        let is_inner = lists.iter().any(|list| {
            pointer
                .strip_prefix(&**list)
                .is_some_and(|rest| rest.starts_with('/'))
        });
        let value = whole.pointer(&pointer);
        let is_list = value
            .and_then(Value::as_array)
            .is_some_and(|list| !list.is_empty());
        if is_list && !is_inner {
            lists.push(pointer);
        }
    }
    lists
}

/// JSON is read whatever it is announced as.
pub async fn media_type_of_a_response_does_not_matter<S: Sdk>() {
    for media_type in [
        "text/plain",
        "text/html",
        "application/octet-stream",
        "nonsense",
    ] {
        let body = S::success(S::LOOKUP).body;
        let response = Reply::new(200, body).header("content-type", media_type);

        let called = call::<S>(S::LOOKUP, response).await;

        assert!(called.is_ok(), "{} {media_type}: {called:?}", S::PROVIDER);
    }
}

/// A response that breaks off anywhere is an error, and never a panic.
pub async fn response_that_breaks_off_is_a_decode_error<S: Sdk>() {
    let whole = String::from_utf8(S::success(S::LOOKUP).body).unwrap();
    let whole = whole.trim_end().as_bytes();
    for cut in (0..whole.len()).step_by(7) {
        let response = Reply::new(200, &whole[..cut]).header("x-request-id", "req-9");

        let error = call::<S>(S::LOOKUP, response).await.unwrap_err();

        assert!(error.is_decode(), "{} {cut}: {error}", S::PROVIDER);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some("req-9"));
        assert_eq!(error.body().unwrap(), &whole[..cut]);
    }
}

/// The JSON pointers of all values, the whole included.
pub(super) fn pointers(whole: &Value) -> Vec<String> {
    let mut pointers = vec![String::new()];
    let mut at = 0;
    while at < pointers.len() {
        let pointer = pointers[at].clone();
        match whole.pointer(&pointer) {
            Some(Value::Object(keys)) => {
                let escaped = keys
                    .keys()
                    .map(|key| key.replace('~', "~0").replace('/', "~1"));
                pointers.extend(escaped.map(|key| format!("{pointer}/{key}")));
            }
            Some(Value::Array(items)) => {
                pointers.extend((0..items.len()).map(|index| format!("{pointer}/{index}")));
            }
            _ => {}
        }
        at += 1;
    }
    pointers
}
