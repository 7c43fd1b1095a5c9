//! Any response to a request for a token.

use tracking_http::{ConfigureClient as _, RetryPolicy};
use tracking_testkit::{Reply, Sdk};

use super::arriving::{Same, arriving, described, whole};
use super::runtime::wait;
use crate::input::Input;
use crate::sdks::known;

/// The input [describes](arriving) what comes back for a request for a token; the lookup behind it is a success.
pub(crate) fn check<S: Sdk>(input: &[u8]) {
    let known = known::<S>();
    let login = arriving(Input::new(input));
    let (path, _) = known.login.as_ref().unwrap();
    let transport = Same::with_login(whole(&known.found), Some((*path, login)));
    let builder = S::builder()
        .with_base_url(format!("https://fuzz.invalid{}", S::BASE_PATH))
        .with_transport(transport.clone())
        .with_retry(RetryPolicy::none())
        .without_rate_limits();
    let client = S::build(builder);

    let called = wait(S::call(&client, S::LOOKUP));

    assert_eq!(transport.logins(), 1);
    assert_eq!(transport.sent(), u32::from(called.is_ok()));
    let Err(error) = called else {
        return;
    };
    let printed = format!("{error}{error:?}");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    for secret in S::SECRETS {
        assert!(!printed.contains(secret), "a secret is shown");
    }
}

/// Fixtures of tokens and of errors.
pub(crate) fn seeds<S: Sdk>() -> Vec<Vec<u8>> {
    let files = S::FIXTURES.files();
    let files = files
        .iter()
        .filter(|file| file.starts_with("create-token/2") || file.starts_with("errors/"));
    files
        .map(|file| described(&Reply::<S>::fixture(file)))
        .collect()
}
