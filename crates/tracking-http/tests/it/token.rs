//! Renewable tokens: one fetch for all, early renewal, once more after a refusal.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future::join_all;
use http::header::AUTHORIZATION;
use http::{Method, Request, Response, StatusCode};
use tokio::time::{Instant, advance, sleep};
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ConfigureClient as _, Credentials, Dialect, Error, FixedClock, Operation,
    RateClass, Secret, SendLimits, Token, TokenSource, Transport, TransportError,
    basic_authorization,
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

const CREATE_TOKEN: Operation = Operation::new("create_token", Method::POST, "/token")
    .success(&[200])
    .idempotent();

const GET_DATA: Operation = Operation::new("get_data", Method::GET, "/data")
    .success(&[200])
    .idempotent();

#[derive(Debug)]
struct Plain;

impl Dialect for Plain {
    fn provider(&self) -> &'static str {
        "plain"
    }
}

/// A provider in memory: issues `t1`, `t2` …, a second after it is asked, and writes down what came.
#[derive(Debug, Default)]
struct Provider {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    issued: u32,
    logins: Vec<String>,
    calls: Vec<String>,
    /// Statuses for the next token requests; 200 when used up.
    login_outcomes: VecDeque<u16>,
    revoked: HashSet<String>,
    /// How long the next replies to calls take; no time when used up.
    call_delays: VecDeque<Duration>,
    sent_at: Vec<Instant>,
}

impl Provider {
    fn reply(&self, request: &Request<Bytes>) -> (u16, String) {
        let proof = request
            .headers()
            .get(AUTHORIZATION)
            .map(|value| value.to_str().unwrap());
        let proof = proof.unwrap_or("none").to_owned();
        let mut state = self.state.lock().unwrap();
        if request.uri().path() == "/token" {
            state.logins.push(proof);
            let status = state.login_outcomes.pop_front().unwrap_or(200);
            state.issued += u32::from(status == 200);
            return (status, format!("t{}", state.issued));
        }
        state.calls.push(proof.clone());
        state.sent_at.push(Instant::now());
        let is_good = proof.starts_with("Bearer t") && !state.revoked.contains(&proof);
        (if is_good { 200 } else { 401 }, proof)
    }

    fn logins(&self) -> usize {
        self.state.lock().unwrap().logins.len()
    }

    fn calls(&self) -> Vec<String> {
        self.state.lock().unwrap().calls.clone()
    }

    fn revoke(&self, token: &str) {
        self.state
            .lock()
            .unwrap()
            .revoked
            .insert(format!("Bearer {token}"));
    }

    fn fail_logins(&self, statuses: impl IntoIterator<Item = u16>) {
        self.state.lock().unwrap().login_outcomes.extend(statuses);
    }
}

impl Transport for Provider {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let is_login = request.uri().path() == "/token";
            let delay = if is_login {
                SECOND
            } else {
                self.state
                    .lock()
                    .unwrap()
                    .call_delays
                    .pop_front()
                    .unwrap_or_default()
            };
            let (status, body) = self.reply(&request);
            sleep(delay).await;
            let mut response = Response::new(Bytes::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            Ok(response)
        })
    }
}

#[derive(Clone, Copy, Debug)]
enum Lasts {
    UntilRefused,
    For(Duration),
    Until(SystemTime),
}

#[derive(Debug)]
struct Login {
    lasts: Lasts,
}

impl TokenSource for Login {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        Box::pin(async move {
            let proof = basic_authorization("user", &Secret::from("hush-hush"))?;
            let reply = client
                .call(&CREATE_TOKEN)
                .header_value(AUTHORIZATION, proof)
                .send_bytes()
                .await?;
            let token = Token::new(String::from_utf8_lossy(reply.body()).into_owned());
            Ok(match self.lasts {
                Lasts::UntilRefused => token,
                Lasts::For(lifetime) => token.with_lifetime(lifetime),
                Lasts::Until(expiry) => token.with_expiry(expiry),
            })
        })
    }
}

fn credentials(lasts: Lasts) -> Credentials {
    Credentials::renewable(Arc::new(Login { lasts }))
}

fn client(lasts: Lasts) -> (Client, Arc<Provider>) {
    let provider = Arc::new(Provider::default());
    (
        client_at("https://api.example.com", credentials(lasts), &provider),
        provider,
    )
}

fn client_at(base_url: &str, credentials: Credentials, provider: &Arc<Provider>) -> Client {
    Client::builder(Plain, BaseUrl::parse(base_url).unwrap(), credentials)
        .with_transport(Arc::<Provider>::clone(provider))
        .with_clock(Arc::new(FixedClock::new(SystemTime::UNIX_EPOCH)))
        .build()
        .unwrap()
}

/// Calls once and returns the proof that the provider saw.
async fn call(client: &Client) -> Result<String, Error> {
    let reply = client.call(&GET_DATA).send_bytes().await?;
    Ok(String::from_utf8_lossy(reply.body()).into_owned())
}

#[tokio::test(start_paused = true)]
async fn concurrent_calls_share_one_fetch() {
    let (client, provider) = client(Lasts::For(30 * MINUTE));

    let outcomes = join_all((0..50).map(|_| call(&client))).await;

    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().unwrap() == "Bearer t1")
    );
    assert_eq!(provider.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn client_without_credentials_requests_no_token() {
    let (client, provider) = client(Lasts::For(MINUTE));
    let silent = client.without_credentials();

    let error = call(&silent).await.unwrap_err();

    assert!(error.is_authentication());
    assert_eq!(
        (provider.logins(), provider.calls()),
        (0, vec!["none".to_owned()])
    );
    assert_eq!(silent.base_url(), client.base_url());
    assert_eq!(call(&client).await.unwrap(), "Bearer t1");
}

#[tokio::test(start_paused = true)]
async fn token_request_carries_its_own_proof_and_no_token() {
    let (client, provider) = client(Lasts::For(MINUTE));

    call(&client).await.unwrap();
    advance(2 * MINUTE).await;
    call(&client).await.unwrap();

    let logins = provider.state.lock().unwrap().logins.clone();
    assert_eq!(logins, ["Basic dXNlcjpodXNoLWh1c2g="; 2]);
}

#[tokio::test(start_paused = true)]
async fn other_credentials_share_everything_but_the_proof() {
    let (client, provider) = client(Lasts::For(MINUTE));
    let other = client
        .with_credentials(Credentials::basic("user", &Secret::from("hush-hush")).unwrap())
        .unwrap();

    let refused = call(&other).await.unwrap_err();
    call(&client).await.unwrap();

    assert_eq!(refused.kind(), ErrorKind::Authentication);
    assert_eq!(
        provider.calls(),
        ["Basic dXNlcjpodXNoLWh1c2g=", "Bearer t1"]
    );
    assert_eq!(other.base_url(), client.base_url());
}

#[tokio::test(start_paused = true)]
async fn token_is_renewed_before_it_expires() {
    let (client, provider) = client(Lasts::For(30 * MINUTE));
    call(&client).await.unwrap();

    advance(28 * MINUTE).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t1");
    advance(MINUTE).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t2");

    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn others_go_on_with_the_old_token_while_one_renews() {
    let (client, provider) = client(Lasts::For(30 * MINUTE));
    call(&client).await.unwrap();
    advance(29 * MINUTE + 30 * SECOND).await;
    let start = Instant::now();

    let (renewing, going_on) = tokio::join!(call(&client), async {
        let seen = call(&client).await.unwrap();
        (seen, start.elapsed())
    });

    assert_eq!(renewing.unwrap(), "Bearer t2");
    assert_eq!(going_on, ("Bearer t1".to_owned(), Duration::ZERO));
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn failed_early_renewal_loses_no_call_and_is_not_retried() {
    let (client, provider) = client(Lasts::For(30 * MINUTE));
    call(&client).await.unwrap();
    advance(29 * MINUTE + SECOND).await;
    provider.fail_logins([403]);

    for _ in 0..3 {
        assert_eq!(call(&client).await.unwrap(), "Bearer t1");
    }
    assert_eq!(provider.logins(), 2);

    advance(6 * SECOND).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t2");
}

#[tokio::test(start_paused = true)]
async fn expired_token_is_not_sent() {
    let (client, provider) = client(Lasts::For(30 * MINUTE));
    call(&client).await.unwrap();

    advance(31 * MINUTE).await;
    let outcomes = join_all((0..5).map(|_| call(&client))).await;

    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().unwrap() == "Bearer t2")
    );
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn short_lived_token_keeps_most_of_its_life() {
    let (client, _provider) = client(Lasts::For(10 * SECOND));
    call(&client).await.unwrap();

    // One second of its ten went by while it was issued.
    advance(6 * SECOND).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t1");
    advance(2 * SECOND).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t2");
}

#[tokio::test(start_paused = true)]
async fn token_without_any_lifetime_serves_those_who_waited_for_it() {
    let (client, provider) = client(Lasts::For(Duration::ZERO));

    let outcomes = join_all((0..5).map(|_| call(&client))).await;

    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(provider.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn expiry_date_is_read_by_the_injected_clock() {
    // The clock is at the epoch, so the token lives for ten minutes.
    let (client, provider) = client(Lasts::Until(SystemTime::UNIX_EPOCH + 10 * MINUTE));
    call(&client).await.unwrap();

    advance(8 * MINUTE).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t1");
    advance(3 * MINUTE).await;
    assert_eq!(call(&client).await.unwrap(), "Bearer t2");

    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn refused_token_is_renewed_once_and_the_call_repeated() {
    let (client, provider) = client(Lasts::UntilRefused);
    call(&client).await.unwrap();
    provider.revoke("t1");

    let seen = call(&client).await.unwrap();

    assert_eq!(seen, "Bearer t2");
    assert_eq!(provider.calls(), ["Bearer t1", "Bearer t1", "Bearer t2"]);
}

#[tokio::test(start_paused = true)]
async fn second_refusal_is_final() {
    let (client, provider) = client(Lasts::UntilRefused);
    for token in ["t1", "t2", "t3"] {
        provider.revoke(token);
    }

    let error = call(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.operation(), Some("get_data"));
    assert_eq!(error.attempts(), 2);
    assert_eq!(provider.calls(), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test(start_paused = true)]
async fn refusals_of_one_token_lead_to_one_renewal() {
    let (client, provider) = client(Lasts::UntilRefused);
    call(&client).await.unwrap();
    provider.revoke("t1");

    let outcomes = join_all((0..10).map(|_| call(&client))).await;

    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().unwrap() == "Bearer t2")
    );
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn late_refusal_of_an_old_token_does_not_drop_the_new_one() {
    let (client, provider) = client(Lasts::UntilRefused);
    call(&client).await.unwrap();
    provider.revoke("t1");
    provider
        .state
        .lock()
        .unwrap()
        .call_delays
        .push_back(5 * SECOND);

    let (late, prompt) = tokio::join!(call(&client), call(&client));

    assert_eq!(prompt.unwrap(), "Bearer t2");
    assert_eq!(late.unwrap(), "Bearer t2");
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn refused_login_is_sent_once_and_fails_all_who_wait() {
    let (client, provider) = client(Lasts::UntilRefused);
    provider.fail_logins([401; 10]);

    let outcomes = join_all((0..10).map(|_| call(&client))).await;

    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authentication);
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
        assert_eq!(error.operation(), Some("create_token"));
    }
    assert_eq!(provider.logins(), 1);
    assert_eq!(provider.calls(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn missing_login_page_error_names_address_not_parcel() {
    let (client, provider) = client(Lasts::UntilRefused);
    provider.fail_logins([404]);

    let error = call(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.operation(), Some("create_token"));
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert!(error.to_string().contains("check the base URL"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn expired_token_is_not_used_when_its_renewal_fails() {
    let (client, provider) = client(Lasts::For(30 * MINUTE));
    call(&client).await.unwrap();
    advance(31 * MINUTE).await;
    provider.fail_logins([401]);

    let outcomes = join_all((0..5).map(|_| call(&client))).await;

    for outcome in outcomes {
        assert_eq!(outcome.unwrap_err().operation(), Some("create_token"));
    }
    assert_eq!(provider.logins(), 2);
    assert_eq!(provider.calls(), ["Bearer t1"]);
}

#[tokio::test(start_paused = true)]
async fn failed_login_does_not_stick() {
    let (client, provider) = client(Lasts::UntilRefused);
    provider.fail_logins([401]);
    call(&client).await.unwrap_err();

    let seen = call(&client).await.unwrap();

    assert_eq!(seen, "Bearer t1");
}

#[tokio::test(start_paused = true)]
async fn retries_of_the_login_are_not_multiplied_by_those_of_the_call() {
    let (client, provider) = client(Lasts::UntilRefused);
    provider.fail_logins([503; 20]);

    let error = call(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Server);
    assert_eq!(provider.logins(), 3);
}

#[tokio::test(start_paused = true)]
async fn another_caller_takes_over_when_the_fetching_one_gives_up() {
    let (client, provider) = client(Lasts::UntilRefused);

    let (given_up, waited) = tokio::join!(
        tokio::time::timeout(SECOND / 2, call(&client)),
        call(&client)
    );

    assert!(given_up.is_err());
    assert_eq!(waited.unwrap(), "Bearer t2");
    // The first request's response was not waited for.
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn token_of_one_origin_is_not_used_at_another() {
    let provider = Arc::new(Provider::default());
    let shared = credentials(Lasts::UntilRefused);
    let staging = client_at("https://staging.example.com", shared.clone(), &provider);
    let production = client_at("https://api.example.com", shared, &provider);

    call(&staging).await.unwrap();
    let seen = call(&production).await.unwrap();

    assert_eq!(seen, "Bearer t2");
    assert_eq!(provider.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn calls_that_waited_for_a_token_still_keep_the_rate() {
    let (client, provider) = client(Lasts::UntilRefused);
    let slow = RateClass::new("slow", 4, SECOND);

    let outcomes = join_all((0..4).map(|_| client.call(&GET_DATA).rate(slow).send_bytes())).await;

    assert!(outcomes.iter().all(Result::is_ok));
    let sent_at = provider.state.lock().unwrap().sent_at.clone();
    for pair in sent_at.windows(2) {
        assert!(pair[1] - pair[0] >= SECOND / 4, "{sent_at:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn debug_output_never_shows_token_or_password() {
    let (client, provider) = client(Lasts::UntilRefused);
    provider.revoke("t1");
    provider.revoke("t2");

    let error = call(&client).await.unwrap_err();
    let credentials = Credentials::basic("user", &Secret::from("hush-hush")).unwrap();
    let token = Token::new("hush-hush");

    let printed = format!("{client:?} {error:?} {error} {credentials:?} {token:?}");
    for secret in ["hush", "aHVza", "Basic ", "Bearer "] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
