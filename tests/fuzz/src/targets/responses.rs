//! Any response to any operation: what is returned is a success or an error that keeps the response.

use http::StatusCode;
use tracking_http::{ConfigureClient as _, ErrorKind, RetryPolicy};
use tracking_testkit::{Called, Sdk};

use super::arriving::{Same, arriving, described};
use super::runtime::wait;
use crate::input::Input;
use crate::sdks::known;

/// How often a request is sent at most.
const ATTEMPTS: u32 = 2;
/// The longest line that an error may be.
const LONGEST_LINE: usize = 4_000;

/// The first byte says which operation it is, the rest which response comes back for it, [described](arriving).
pub(crate) fn check<S: Sdk>(input: &[u8]) {
    let mut input = Input::new(input);
    let operation = input.choice(&known::<S>().operations);
    let response = arriving(input);
    let (status, body) = (response.status(), response.body().clone());
    let transport = Same::new::<S>(response);
    let builder = S::builder()
        .with_base_url(format!("https://fuzz.invalid{}", S::BASE_PATH))
        .with_transport(transport.clone())
        .with_retry(RetryPolicy::default().with_max_attempts(ATTEMPTS))
        .without_rate_limits();
    let client = S::build(S::prepare(builder, &operation.id));

    let called = wait(S::call(&client, &operation.id));

    let sent = transport.sent();
    assert!((1..=ATTEMPTS).contains(&sent), "{sent} requests");
    let may_be_repeated = [StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS];
    if !operation.idempotent && !may_be_repeated.contains(&status) {
        assert_eq!(sent, 1, "{} is repeated after {status}", operation.id);
    }
    match called {
        Ok(Called {
            status: read,
            attempts,
            printed,
            ..
        }) => {
            assert_eq!((read, attempts), (status.as_u16(), sent));
            assert_hidden::<S>(&printed, &body);
        }
        Err(error) => {
            let line = error.to_string();
            assert_eq!(line.lines().count(), 1, "{line:?}");
            assert!(
                line.len() <= LONGEST_LINE,
                "{} bytes in a message",
                line.len()
            );
            assert_hidden::<S>(&format!("{line}{error:?}"), &[]);
            assert_eq!(error.attempts(), sent);
            if error.kind() != ErrorKind::InvalidRequest {
                assert_eq!(error.status(), Some(status), "{error}");
            }
            if !body.is_empty() && !holds_secret::<S>(&body) {
                assert_eq!(error.body(), Some(&body), "{error}");
            }
        }
    }
}

/// No secret is in what is printed, unless it was in the response.
fn assert_hidden<S: Sdk>(printed: &str, body: &[u8]) {
    let shown = S::SECRETS.iter().find(|secret| printed.contains(**secret));
    assert!(
        shown.is_none() || holds_secret::<S>(body),
        "a secret is shown"
    );
}

fn holds_secret<S: Sdk>(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    S::SECRETS.iter().any(|secret| body.contains(*secret))
}

/// Every fixture of an operation as its response, and those of errors as responses of some.
pub(crate) fn seeds<S: Sdk>() -> Vec<Vec<u8>> {
    let operations = &known::<S>().operations;
    let mut seeds = Vec::new();
    for (place, file) in S::FIXTURES.files().iter().enumerate() {
        let (folder, name) = file.split_once('/').unwrap();
        if !name.starts_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let own = operations.iter().position(|it| it.id == folder);
        if own.is_none() && folder != "errors" {
            continue;
        }
        let operation = own.unwrap_or(place % operations.len());
        let reply = tracking_testkit::Reply::<S>::fixture(file);
        let mut seed = vec![u8::try_from(operation).unwrap()];
        seed.extend(described(&reply));
        seeds.push(seed);
    }
    assert!(seeds.len() >= operations.len(), "{} seeds", seeds.len());
    seeds
}
