//! What a provider says, or what comes in its place: in process, with a paused clock.

use std::time::Duration;

use serde_json::Value;
use tracking_http::ErrorKind::{
    Authentication, Configuration, Conflict, Connect, Decode, InvalidRequest, NotFound, Permission,
    QuotaExhausted, RateLimited, Server, Timeout, Transport,
};
use tracking_http::{ConfigureClient as _, ErrorKind, RetryPolicy, TransportErrorKind};

use super::class::Class;
use super::json;
use super::play::{ATTEMPTS, Outcome, Played};
use super::rule::{Repeat, Rule};
use crate::spec::{Described, Spec, operations};
use crate::{Reply, Script, Sdk, Step};

/// Another host than that of the provider.
const ELSEWHERE: &str = "https://elsewhere.invalid/";
/// More than serde_json reads of what is inside of each other.
const DEEP: usize = 300;

/// A fault, as what comes back for a request.
struct Fault<S> {
    name: &'static str,
    rule: Rule,
    step: Again<S>,
}

/// What comes back, each time.
enum Again<S> {
    Reply(Reply<S>),
    Fail(TransportErrorKind),
    /// The head and a part of the body, and then no more in time.
    Slow(Reply<S>),
    Hang,
}

impl<S: Sdk> Again<S> {
    fn step(&self) -> Step<S> {
        match self {
            Self::Reply(reply) => Step::Reply(reply.clone()),
            Self::Fail(kind) => Step::Fail(*kind),
            Self::Slow(part) => Step::Cut(TransportErrorKind::Timeout, part.clone()),
            Self::Hang => Step::Hang,
        }
    }
}

/// Plays every fault for every operation, and for the request for a token.
pub(super) async fn play_all<S: Sdk>() -> Vec<Played> {
    let mut played = Vec::new();
    let values = open_values::<S>();
    for operation in operations::<S>() {
        for fault in faults(&S::success(&operation.id), &values) {
            played.push(play(&operation, &fault).await);
        }
    }
    if let Some(login) = S::login() {
        for fault in faults(&login.reply, &values) {
            played.push(play_login(&fault).await);
        }
    }
    played
}

/// Every value of an enum that may have others in a later version.
fn open_values<S: Sdk>() -> Vec<String> {
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    let open = spec.open_enums();
    let enums = spec.enums().into_iter();
    let enums = enums.filter(|(name, _)| open.contains(name));
    enums.flat_map(|(_, values)| values).collect()
}

fn policy() -> RetryPolicy {
    RetryPolicy::default()
        .with_max_attempts(ATTEMPTS)
        .with_max_elapsed(Duration::from_secs(300))
        .without_jitter()
}

async fn play<S: Sdk>(operation: &Described, fault: &Fault<S>) -> Played {
    let script = Script::new((0..ATTEMPTS).map(|_| fault.step.step()));
    let builder = S::prepare(script.builder().with_retry(policy()), &operation.id);
    let called = S::call(&S::build(builder), &operation.id).await;
    Played {
        fault: fault.name,
        operation: operation.id.clone(),
        class: Class::of(operation),
        idempotent: operation.idempotent,
        reads: operation.reads,
        renews_token: S::login().is_some(),
        rule: fault.rule.clone(),
        response: fault.response(),
        sent: u32::try_from(script.requests()).ok(),
        outcome: Outcome::of(called),
    }
}

/// The request for a token is made on the way to a lookup, which is not sent without one.
async fn play_login<S: Sdk>(fault: &Fault<S>) -> Played {
    let logins = (0..ATTEMPTS).map(|_| fault.step.step());
    let script = Script::with_logins(logins, [Step::Reply(S::success(S::LOOKUP))]);
    let client = S::build(script.builder().with_retry(policy()));
    let called = S::call(&client, S::LOOKUP).await;
    let mut rule = fault.rule.clone();
    // An address without an endpoint for tokens is not that of the API.
    if rule.kinds.contains(&NotFound) {
        rule.kinds.push(Configuration);
    }
    let sent = script.logins();
    Played {
        fault: fault.name,
        operation: "token".to_owned(),
        class: Class::Token,
        idempotent: true,
        reads: true,
        renews_token: false,
        rule,
        response: fault.response(),
        sent: u32::try_from(sent).ok().filter(|_| called.is_err()),
        outcome: Outcome::of(called),
    }
}

impl<S: Sdk> Fault<S> {
    fn response(&self) -> Option<(u16, Vec<u8>)> {
        match &self.step {
            Again::Reply(reply) | Again::Slow(reply) => Some((reply.status, reply.body.clone())),
            Again::Fail(_) | Again::Hang => None,
        }
    }
}

/// Every fault, with a good response to change.
fn faults<S: Sdk>(good: &Reply<S>, open_values: &[String]) -> Vec<Fault<S>> {
    let mut faults = connections(good);
    faults.extend(statuses());
    faults.extend(waits());
    faults.extend(bodies());
    faults.extend(changed(good, open_values));
    faults
}

fn connections<S: Sdk>(good: &Reply<S>) -> Vec<Fault<S>> {
    let connect = Rule::fails(&[Connect], Repeat::All);
    let timeout = Rule::fails(&[Timeout], Repeat::Harmless);
    let mut part = good.clone();
    part.body.truncate(good.body.len() / 2);
    vec![
        Fault::of(
            "connection not made in time",
            connect,
            Again::Fail(TransportErrorKind::Connect),
        ),
        Fault::of("no response in time", timeout.clone(), Again::Hang),
        Fault::of("no whole body in time", timeout, Again::Slow(part)),
    ]
}

/// Statuses by their names in the table, the kinds of their errors, and which operations are repeated.
type StatusRule = (&'static [(&'static str, u16)], &'static [ErrorKind], Repeat);

/// Error statuses, with a body that no provider would send.
fn statuses<S: Sdk>() -> Vec<Fault<S>> {
    let rules: [StatusRule; 14] = [
        (
            &[("101", 101), ("999", 999), ("501", 501)],
            &[Server],
            Repeat::Never,
        ),
        (&[("206", 206)], &[Transport], Repeat::Harmless),
        (
            &[
                ("301 elsewhere", 301),
                ("307 elsewhere", 307),
                ("308 elsewhere", 308),
            ],
            &[Configuration],
            Repeat::Never,
        ),
        (
            &[
                ("400", 400),
                ("405", 405),
                ("406", 406),
                ("415", 415),
                ("422", 422),
            ],
            &[InvalidRequest],
            Repeat::Never,
        ),
        (&[("401", 401)], &[Authentication], Repeat::Never),
        (&[("402", 402)], &[QuotaExhausted], Repeat::Never),
        (
            &[("403", 403)],
            &[Permission, Authentication],
            Repeat::Never,
        ),
        (&[("403 HTML", 403)], &[Transport], Repeat::Never),
        (&[("404", 404), ("410", 410)], &[NotFound], Repeat::Never),
        (&[("408", 408)], &[Timeout], Repeat::Harmless),
        (&[("409", 409)], &[Conflict], Repeat::Never),
        (&[("421", 421), ("425", 425)], &[Server], Repeat::Harmless),
        (
            &[
                ("500", 500),
                ("502", 502),
                ("503", 503),
                ("504", 504),
                ("520", 520),
                ("524", 524),
            ],
            &[Server],
            Repeat::Harmless,
        ),
        (
            &[("502 HTML", 502), ("503 empty", 503)],
            &[Server],
            Repeat::Harmless,
        ),
    ];
    let mut faults = Vec::new();
    for (statuses, kinds, repeat) in rules {
        for (name, status) in statuses {
            let body = if name.ends_with("HTML") {
                "<html><body>No</body></html>"
            } else if name.ends_with("empty") {
                ""
            } else {
                "no"
            };
            let mut reply = Reply::new(*status, body);
            if name.ends_with("elsewhere") {
                reply = reply.header("location", ELSEWHERE);
            }
            faults.push(Fault::of(
                name,
                Rule::fails(kinds, repeat),
                Again::Reply(reply),
            ));
        }
    }
    faults
}

/// A 429 with each form of `Retry-After`.
fn waits<S: Sdk>() -> Vec<Fault<S>> {
    let forms = [
        ("429 without Retry-After", None, Repeat::All),
        ("429 in 2 seconds", Some("2"), Repeat::All),
        (
            "429 until a date in the past",
            Some("Sun, 06 Nov 1994 08:49:37 GMT"),
            Repeat::All,
        ),
        (
            "429 until the year 9999",
            Some("Fri, 31 Dec 9999 23:59:59 GMT"),
            Repeat::Later,
        ),
        (
            "429 in 10^20 seconds",
            Some("100000000000000000000"),
            Repeat::Later,
        ),
        ("429 in -5 seconds", Some("-5"), Repeat::All),
    ];
    let fault = |(name, wait, repeat): (_, Option<&str>, _)| {
        let reply = Reply::new(429, "slow down");
        let reply = match wait {
            Some(wait) => reply.header("retry-after", wait),
            None => reply,
        };
        Fault::of(
            name,
            Rule::fails(&[RateLimited], repeat),
            Again::Reply(reply),
        )
    };
    forms.into_iter().map(fault).collect()
}

/// A success with a body that is not the response.
fn bodies<S: Sdk>() -> Vec<Fault<S>> {
    let deep = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let bodies = [
        ("200 empty", String::new(), Repeat::Reads),
        (
            "200 HTML",
            "<html><body>No</body></html>".to_owned(),
            Repeat::Never,
        ),
        ("200 plain text", "all is well".to_owned(), Repeat::Never),
        ("200 null", "null".to_owned(), Repeat::Never),
        ("200 {}", "{}".to_owned(), Repeat::Never),
        ("200 []", "[]".to_owned(), Repeat::Never),
        ("200 a number", "17".to_owned(), Repeat::Never),
        ("200 deep lists", deep, Repeat::Never),
    ];
    let fault = |(name, body, repeat): (_, String, _)| {
        let reply = Reply::new(200, body).header("content-type", S::MEDIA_TYPE);
        Fault::of(name, Rule::or_succeeds(Decode, repeat), Again::Reply(reply))
    };
    bodies.into_iter().map(fault).collect()
}

/// The good response with a change.
fn changed<S: Sdk>(good: &Reply<S>, open_values: &[String]) -> Vec<Fault<S>> {
    let text = String::from_utf8_lossy(&good.body).into_owned();
    let half = good.body.get(..good.body.len() / 2).unwrap_or_default();
    let deep = format!(r#""invented":{}{}"#, "[".repeat(DEEP), "]".repeat(DEEP));
    let number_as_text = |value: &Value| match value {
        Value::Number(number) => Value::String(number.to_string()),
        other => other.clone(),
    };
    let bytes = |json: Option<String>| json.map(String::into_bytes);
    let fits = Rule::succeeds;
    let may_fit = || Rule::or_succeeds(Decode, Repeat::Never);
    let with_bom = [b"\xef\xbb\xbf", &*good.body].concat();
    let changes = [
        ("byte order mark", fits(), Some(with_bom)),
        (
            "truncated JSON",
            Rule::or_succeeds(Decode, Repeat::Reads),
            Some(half.to_vec()),
        ),
        (
            "repeated key",
            fits(),
            bytes(json::with_repeated_key(&text)),
        ),
        (
            "deep value of an unknown key",
            fits(),
            bytes(json::with_first_member(&text, &deep)),
        ),
        (
            "numbers as strings",
            fits(),
            bytes(json::with_scalars(&text, number_as_text)),
        ),
        (
            "unknown values of enums",
            // An order whose new status is not the requested one was not updated.
            Rule::or_succeeds(Conflict, Repeat::Never),
            bytes(json::with_unknown_values(&text, open_values)),
        ),
        (
            "every value null",
            may_fit(),
            bytes(json::with_scalars(&text, |_| Value::Null)),
        ),
        (
            "lists as objects, objects as lists",
            may_fit(),
            bytes(json::with_other_containers(&text)),
        ),
        (
            "strings not UTF-8",
            may_fit(),
            json::with_invalid_utf8(&text),
        ),
    ];
    let mut faults = vec![];
    let mut html = good.clone();
    html.headers.retain(|(name, _)| name != "content-type");
    faults.push(Fault::of(
        "wrong content type",
        fits(),
        Again::Reply(html.header("content-type", "text/html")),
    ));
    for (name, rule, body) in changes {
        // A response without JSON has none to change.
        let Some(body) = body.filter(|_| text.contains(['{', '['])) else {
            continue;
        };
        let mut reply = good.clone();
        reply.body = body;
        faults.push(Fault::of(name, rule, Again::Reply(reply)));
    }
    faults
}

impl<S> Fault<S> {
    fn of(name: &'static str, rule: Rule, step: Again<S>) -> Self {
        Self { name, rule, step }
    }
}
