//! A member that no type reads and few readers get past costs nothing but itself, in any object of a success or a
//! refusal.

use serde_json::{Value, json};
use tracking_http::{ConfigureClient as _, Error, RetryPolicy};

use super::forward::pointers;
use crate::spec::operations;
use crate::{Called, Reply, Script, Sdk, Step};

/// A first and a last key of an object, which are replaced by an odd member.
const MARKS: [&str; 2] = ["!odd", "~odd"];

/// More than serde_json reads of what is inside of each other.
const DEEP: usize = 300;

/// Members, each of which ends a reader that is not prepared for it.
fn odd_members() -> Vec<Vec<u8>> {
    let lists = format!(r#""odd":{}{}"#, "[".repeat(DEEP), "]".repeat(DEEP));
    let objects = format!(r#""odd":{}1{}"#, r#"{"a":"#.repeat(DEEP), "}".repeat(DEEP));
    vec![
        lists.into(),
        objects.into(),
        b"\"odd\":\"caf\xe9\"".to_vec(),
        br#""odd":"\ud800""#.to_vec(),
        br#""\ud800":1"#.to_vec(),
        br#""odd":1e999"#.to_vec(),
        br#""odd":1,"odd":2"#.to_vec(),
    ]
}

/// A body with a usual unknown member in one of its objects, and with each odd one there.
struct Place {
    usual: Vec<u8>,
    odd: Vec<Vec<u8>>,
}

/// Every object of a body. Odd members come in turn as the first and as the last one.
fn places(body: &[u8]) -> Vec<Place> {
    let Ok(whole) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let mut places = Vec::new();
    for pointer in pointers(&whole) {
        let marked = MARKS.map(|mark| {
            let mut marked = whole.clone();
            let object = marked.pointer_mut(&pointer)?.as_object_mut()?;
            object.insert(mark.to_owned(), json!(0));
            let marked = marked.to_string();
            let (before, after) = marked.split_once(&format!("\"{mark}\":0"))?;
            Some((before.to_owned(), after.to_owned()))
        });
        let [Some(first), Some(last)] = marked else {
            continue;
        };
        let with = |(before, after): &(String, String), member: &[u8]| {
            [before.as_bytes(), member, after.as_bytes()].concat()
        };
        let sides = [&first, &last].into_iter().cycle().skip(places.len() % 2);
        let odd = odd_members().into_iter().zip(sides);
        places.push(Place {
            usual: with(&last, br#""odd":"usual""#),
            odd: odd.map(|(odd, side)| with(side, &odd)).collect(),
        });
    }
    places
}

/// Every body with one odd member in one of its objects.
fn odd_bodies(body: &[u8]) -> Vec<Vec<u8>> {
    places(body).into_iter().flat_map(|it| it.odd).collect()
}

async fn call<S: Sdk>(operation: &str, reply: Reply<S>) -> (Result<Called, Error>, usize) {
    let script = Script::new([Step::Reply(reply)]);
    let builder = script.builder().with_retry(RetryPolicy::none());
    let client = S::build(S::prepare(builder.without_rate_limits(), operation));
    (S::call(&client, operation).await, script.requests())
}

/// A success has the same value as with a usual unknown member, beside what is odd where a type keeps unknown keys. An
/// object whose keys are data, so that a usual one does not fit, is left out.
pub async fn odd_member_costs_nothing_of_a_success<S: Sdk>() {
    let with = |good: &Reply<S>, body: &[u8]| {
        let mut reply = good.clone();
        reply.body = body.to_vec();
        reply
    };
    let mut wrong = Vec::new();
    let mut played = 0;
    for it in operations::<S>() {
        let good = S::success(&it.id);
        for place in places(&good.body) {
            let usual = call(&it.id, with(&good, &place.usual)).await.0.ok();
            let Some(usual) = usual.filter(|it| it.problems.is_empty()) else {
                continue;
            };
            let is_kept = usual.value.contains("odd");
            for body in place.odd {
                played += 1;
                let reason = match call(&it.id, with(&good, &body)).await.0 {
                    Ok(called) if is_kept || called.value == usual.value => continue,
                    Ok(_) => "another value".to_owned(),
                    Err(error) => error.to_string(),
                };
                wrong.push(format!("{}: {reason}: {}", it.id, around_odd(&body)));
            }
        }
    }
    assert!(played > 0, "{}", S::PROVIDER);
    assert!(wrong.is_empty(), "{}: {wrong:#?}", S::PROVIDER);
}

/// A token is used.
pub async fn odd_member_costs_no_token<S: Sdk>() {
    let Some(login) = S::login() else { return };
    for body in odd_bodies(&login.reply.body) {
        let mut odd = login.reply.clone();
        odd.body.clone_from(&body);
        let success = Step::Reply(S::success(S::LOOKUP));
        let script = Script::with_logins([Step::Reply(odd)], [success]);

        let called = S::call(&script.client(), S::LOOKUP).await;

        let error = called.err();
        assert!(error.is_none(), "{}: {error:?}", around_odd(&body));
    }
}

/// A refusal has the same kind, code, message and request id, also with something behind its JSON.
pub async fn odd_member_costs_nothing_of_a_refusal<S: Sdk>() {
    let known = |error: &Error| {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let code = text(error.provider_code());
        let message = text(error.provider_message());
        (error.kind(), code, message, text(error.request_id()))
    };
    let mut refusals: Vec<_> = S::REFUSALS.iter().map(|it| Reply::fixture(it)).collect();
    refusals.extend([400, 404, 500].map(|status| S::refusal(status, "refused")));
    refusals.extend(S::errors_in_200("refused"));
    let mut wrong = Vec::new();
    for good in refusals {
        let whole = known(&call(S::LOOKUP, good.clone()).await.0.unwrap_err());
        let behind = [&b"\0"[..], b"\n<!-- cached -->"];
        let mut bodies = odd_bodies(&good.body);
        if !bodies.is_empty() {
            bodies.extend(behind.map(|behind| [&*good.body, behind].concat()));
        }
        for body in bodies {
            let mut odd = good.clone();
            odd.body.clone_from(&body);
            let (called, requests) = call(S::LOOKUP, odd).await;
            let found = called.err().map(|error| known(&error));
            if found.as_ref() != Some(&whole) || requests != 1 {
                wrong.push(format!("{found:?}, not {whole:?}: {}", around_odd(&body)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", S::PROVIDER);
}

/// The part of a body that has the odd member, fit to print.
fn around_odd(body: &[u8]) -> String {
    let text = body.escape_ascii().to_string();
    let at = text.find("odd").or_else(|| text.find("ud800"));
    let start = at.unwrap_or(text.len()).saturating_sub(60);
    text.chars().skip(start).take(100).collect()
}
