//! Nothing that is printed holds a key, a password, a token, a number or personal data.

use std::net::TcpListener;

use http::Method;
use serde_json::Value;
use tracking_core::{ListRequest, Provider, Registration, Target, TrackRequest};
use tracking_http::{ConfigureClient as _, Error, RetryPolicy, TransportErrorKind};

use crate::printed::{messages, printed};
use crate::spec::operations;
use crate::spellings;
use crate::trace::Trace;
use crate::{Reply, Script, Sdk, Server, Step};

/// The number of a shipment.
const NUMBER: &str = "RR123456785CN";
/// What proves where a webhook comes from; an account's address with TrackingMore.
const WEBHOOK_SECRET: &str = "hushHush@shop.example";
/// An address that no credential holds.
const STRANGER: &str = "ann@shop.example";

#[track_caller]
fn assert_silent<S: Sdk>(text: &str) {
    for secret in S::SECRETS.iter().chain(&[NUMBER, STRANGER, "hushHush"]) {
        assert!(!text.contains(secret), "{}: {text}", S::PROVIDER);
    }
}

/// An error is silent, and so is what the unified model makes of it.
#[track_caller]
fn assert_error_is_silent<S: Sdk>(error: Error) {
    assert_silent::<S>(&messages(&error));
    let unified = tracking_core::Error::from(error);
    assert_silent::<S>(&format!("{unified} {}", printed(&unified)));
}

/// A message with these secrets in it.
fn message(secrets: &[&str]) -> String {
    let secrets = secrets.join(" or ");
    format!("{NUMBER} of {STRANGER} is unknown to {secrets}")
}

/// Neither a builder nor a client nor a request nor a receiver of webhooks shows credentials or path.
pub async fn builder_client_and_receiver_show_no_secret<S: Sdk>() {
    let builder = S::with_webhook_secret(S::builder(), WEBHOOK_SECRET);
    let client = S::build(builder.clone());
    let path = format!("/anything/{NUMBER}");

    assert_silent::<S>(&printed(&builder));
    assert_silent::<S>(&printed(&client));
    assert_silent::<S>(&printed(&S::request(&client, Method::GET, &path)));
    for receiver in S::printed_receivers(WEBHOOK_SECRET) {
        assert_silent::<S>(&receiver);
    }
}

/// A refusal that repeats secrets is masked, in its body and in its headers, for every operation.
pub async fn refusals_that_repeat_secrets_are_masked<S: Sdk>() {
    let message = message(S::SECRETS);
    let mut refusals = S::errors_in_200(&message);
    for status in [400, 401, 403, 404, 409, 422, 429, 500] {
        if status != 401 || S::login().is_none() {
            refusals.push(S::refusal(status, &message));
        }
    }
    for refusal in refusals {
        for it in operations::<S>() {
            let response = refusal.clone().header("x-key", S::SECRETS[0]);
            let server = Server::replying(response).await;
            let client = S::build(S::prepare(server.builder(), &it.id));

            let error = S::call(&client, &it.id).await.unwrap_err();

            // The response itself is there for those who ask for it.
            assert!(error.body_text().unwrap().contains(NUMBER), "{it:?}");
            assert_error_is_silent::<S>(error);
        }
    }
}

/// Where there are tokens, a refused login that repeats the credentials is masked.
pub async fn refused_logins_that_repeat_secrets_are_masked<S: Sdk>() {
    if S::login().is_none() {
        return;
    }
    let mut credentials = S::SECRETS.to_vec();
    // There is no token yet.
    credentials.retain(|secret| !S::PROOF.1.contains(secret));
    for status in [400, 401] {
        let response = S::refusal(status, &message(&credentials));
        let server = Server::with_logins([response], []).await;

        let error = S::call(&server.client(), S::LOOKUP).await.unwrap_err();

        assert!(error.to_string().contains("[…]"), "{error}");
        assert_error_is_silent::<S>(error);
    }
}

/// What cannot be read is not shown.
pub async fn decode_errors_show_nothing_of_the_body<S: Sdk>() {
    let secret = format!("{NUMBER} {}", S::SECRETS[0]);
    let cut = [secret.clone(), format!(r#"{{"{NUMBER}":"#)];

    for body in S::misfits(&secret).into_iter().chain(cut) {
        let server = Server::<S>::replying(Reply::new(200, body.as_str())).await;

        let error = S::call(&server.client(), S::LOOKUP).await.unwrap_err();

        assert!(error.is_decode(), "{} {body}: {error}", S::PROVIDER);
        assert_error_is_silent::<S>(error);
    }
}

/// An error of the connection does not show what was requested.
pub async fn refused_connections_do_not_show_the_address<S: Sdk>() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let builder = S::builder().with_base_url(format!("http://{address}{}", S::BASE_PATH));
    let client = S::build(builder.with_retry(RetryPolicy::none()));

    let error = S::look_up(&client, NUMBER).await.unwrap_err();

    assert!(error.is_connect(), "{error}");
    assert_error_is_silent::<S>(error);
}

/// An error about input does not repeat it.
pub async fn refused_input_is_not_repeated<S: Sdk>() {
    let server = Server::<S>::silent().await;
    let number = format!("{NUMBER}\n");

    let looked_up = S::look_up(&server.client(), &number).await;
    let checked = S::check_number(&number);

    assert_error_is_silent::<S>(looked_up.unwrap_err());
    assert_error_is_silent::<S>(checked.unwrap_err());
}

/// No success shows what the client was built with.
pub async fn successes_show_no_secret<S: Sdk>() {
    for it in operations::<S>() {
        let server = Server::<S>::replying(S::success(&it.id)).await;
        let client = S::build(S::prepare(server.builder(), &it.id));

        let called = S::call(&client, &it.id).await.unwrap();

        assert_silent::<S>(&called.printed);
    }
}

/// What the methods of the unified model make of a success that repeats a secret shows nothing of it, and is one
/// bounded line.
pub async fn errors_about_successes_show_no_secret<S: Sdk<Client: Provider>>() {
    let mut errors = 0;
    for text in S::SECRETS.iter().flat_map(|secret| strings_with(secret)) {
        let mut replies = S::refused_registrations(NUMBER, &text);
        for it in operations::<S>() {
            let mut success = S::success(&it.id);
            let Ok(mut body) = serde_json::from_slice(&success.body) else {
                continue;
            };
            replace_strings(&mut body, &text);
            success.body = body.to_string().into_bytes();
            replies.push(success);
        }
        for reply in replies {
            for error in errors_about(&reply).await {
                errors += 1;
                let shown = error.to_string();
                let is_line = !shown.contains(char::is_control) && shown.chars().count() < 1000;
                assert!(is_line, "{}: {shown}", S::PROVIDER);
                assert_silent::<S>(&format!("{shown} {}", printed(&error)));
            }
        }
    }
    assert!(errors > 0, "{}: no method failed", S::PROVIDER);
}

/// Strings that a provider may send in place of a code.
fn strings_with(secret: &str) -> [String; 3] {
    let long = format!("{secret} ").repeat(500);
    [secret.to_owned(), format!("no\r\nERROR {secret}"), long]
}

/// What each method of the unified model makes of a reply.
async fn errors_about<S: Sdk<Client: Provider>>(reply: &Reply<S>) -> Vec<tracking_core::Error> {
    let script = Script::new((0..100).map(|_| Step::Reply(reply.clone())));
    let builder = script.builder().with_retry(RetryPolicy::none());
    let client = &S::build(builder.without_rate_limits());
    let track = || TrackRequest::new(Target::Number(NUMBER.to_owned()));
    let registration = || Registration::new(NUMBER).with_courier("dhl");
    let target = Target::Number(NUMBER.to_owned());

    let tracked = client.track(track()).await.err();
    let registered = client.register(registration()).await.err();
    let unregistered = client.unregister(target).await.err();
    let listed = client.list(ListRequest::default()).await.err();
    let detected = client.detect_couriers(NUMBER).await.err();
    let couriers = client.list_couriers().await.err();
    let batch = client.track_batch(vec![track()]).await;
    let batch = batch.into_iter().filter_map(Result::err);
    let registrations = client.register_batch(vec![registration()]).await;
    let registrations = registrations.into_iter().filter_map(Result::err);
    let single = [
        tracked,
        registered,
        unregistered,
        listed,
        detected,
        couriers,
    ];
    let single = single.into_iter().flatten();
    single.chain(batch).chain(registrations).collect()
}

/// A secret is masked however a provider or a transport spells it, in code, message, request id, headers and causes, for
/// every operation and for the request for a token.
pub async fn every_spelling_of_a_secret_is_masked<S: Sdk>() {
    for secret in S::SECRETS {
        for it in operations::<S>() {
            for echo in echoes(secret) {
                let script = Script::<S>::new([echo]);
                let builder = script.builder().with_retry(RetryPolicy::none());
                let client = S::build(S::prepare(builder, &it.id));

                let error = S::call(&client, &it.id).await.unwrap_err();

                assert_spellings_are_masked(error, secret);
            }
        }
        // The token is not there yet.
        if S::login().is_some() && !S::PROOF.1.contains(secret) {
            for echo in echoes(secret) {
                let script = Script::<S>::with_logins([echo], []);
                let client = S::build(script.builder().with_retry(RetryPolicy::none()));

                let error = S::call(&client, S::LOOKUP).await.unwrap_err();

                assert_spellings_are_masked(error, secret);
            }
        }
    }
}

/// What repeats a secret in every spelling: a refusal in its message and in each of its strings, of which one is a code
/// with some providers, a response that is not read, and a transport.
fn echoes<S: Sdk>(secret: &str) -> [Step<S>; 4] {
    let message = spellings(secret).join(" or ");
    let refusal = S::refusal(400, &message);
    let mut strings: Value = serde_json::from_slice(&refusal.body).unwrap();
    replace_strings(&mut strings, &message);
    let replies = [
        refusal,
        Reply::json(400, &strings),
        Reply::new(500, message.as_str()),
    ];
    let [refusal, strings, failure] = replies.map(|reply| {
        let reply = reply.header("x-request-id", &message);
        Step::Reply(reply.header("x-key", &message))
    });
    let cause = Step::FailSaying(TransportErrorKind::Other, message.clone());
    [refusal, strings, failure, cause]
}

fn replace_strings(value: &mut Value, with: &str) {
    match value {
        Value::String(text) => with.clone_into(text),
        Value::Array(elements) => elements.iter_mut().for_each(|it| replace_strings(it, with)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|it| replace_strings(it, with)),
        _ => {}
    }
}

#[track_caller]
fn assert_spellings_are_masked(error: Error, secret: &str) {
    assert_no_spelling(&messages(&error), secret);
    assert_no_spelling(error.request_id().unwrap_or_default(), secret);
    let unified = tracking_core::Error::from(error);
    assert_no_spelling(&messages(&unified), secret);
}

#[track_caller]
fn assert_no_spelling(text: &str, secret: &str) {
    let folded = text.to_ascii_lowercase();
    for spelling in spellings(secret) {
        let spelling = spelling.to_ascii_lowercase();
        assert!(!folded.contains(&spelling), "{spelling}: {text}");
    }
}

/// Nothing that is traced on the way of a call holds a secret in any spelling: of a success, a refusal, a failure, a body
/// that cannot be read and a connection that breaks, of every operation and every crate.
pub async fn calls_trace_no_secret<S: Sdk>() {
    for it in operations::<S>() {
        let (trace, _guard) = Trace::start();
        let secrets: Vec<String> = S::SECRETS.iter().flat_map(|it| spellings(it)).collect();
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        let message = message(&secrets);
        let success = S::success(&it.id).header("x-request-id", &message);
        let failures = [
            S::refusal(400, &message).header("x-request-id", &message),
            Reply::new(500, message.as_str()),
            Reply::new(200, message.as_str()),
        ];
        call_at::<S>(&Server::replying(success).await.builder(), &it.id).await;
        assert!(trace.text().contains("outcome=\"ok\""), "{}", trace.text());
        let successes = trace.text().matches("outcome=").count();
        for failure in failures {
            call_at::<S>(&Server::replying(failure).await.builder(), &it.id).await;
        }
        let refused = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}{}", refused.local_addr().unwrap(), S::BASE_PATH);
        drop(refused);
        call_at::<S>(&S::builder().with_base_url(address), &it.id).await;

        let traced = trace.text();
        let outcomes = traced.matches("outcome=").count();
        assert!(outcomes >= successes + 4, "{}: {traced}", it.id);
        assert_silent::<S>(&traced);
        for secret in S::SECRETS {
            assert_no_spelling(&traced, secret);
        }
    }
}

async fn call_at<S: Sdk>(builder: &S::Builder, operation: &str) {
    let builder = builder.clone().with_retry(RetryPolicy::none());
    let client = S::build(S::prepare(builder, operation));
    let _ = S::call(&client, operation).await;
}
