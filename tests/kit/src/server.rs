//! A server on loopback that answers from a list and keeps every request as it came.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use crate::{Answer, Sdk, Seen};

/// Answers from a list. Requests for a token have a list of their own, so that tests of other calls
/// need not care: without it, each gets the usual answer.
///
/// A request beyond the end of a list is unexpected: it gets a status that no client takes for good,
/// and reading the requests fails with what was asked. Answers that nobody fetched fail the test at
/// its end.
pub struct Server<S: Sdk> {
    mock: MockServer,
    exchange: Arc<Mutex<Exchange<S>>>,
}

struct Exchange<S> {
    answers: VecDeque<Answer<S>>,
    seen: Vec<Seen<S>>,
    login_answers: Option<VecDeque<Answer<S>>>,
    logins: Vec<Seen<S>>,
    unexpected: Vec<String>,
}

impl<S: Sdk> Server<S> {
    /// A server with these answers.
    pub async fn start(answers: impl IntoIterator<Item = Answer<S>>) -> Self {
        Self::started(None, answers).await
    }

    /// A server that answers requests for a token from a list too.
    pub async fn with_logins(
        logins: impl IntoIterator<Item = Answer<S>>,
        answers: impl IntoIterator<Item = Answer<S>>,
    ) -> Self {
        Self::started(Some(logins.into_iter().collect()), answers).await
    }

    async fn started(
        login_answers: Option<VecDeque<Answer<S>>>,
        answers: impl IntoIterator<Item = Answer<S>>,
    ) -> Self {
        let mock = MockServer::start_async().await;
        let exchange = Arc::new(Mutex::new(Exchange {
            answers: answers.into_iter().collect(),
            seen: Vec::new(),
            login_answers,
            logins: Vec::new(),
            unexpected: Vec::new(),
        }));
        let shared = Arc::clone(&exchange);
        mock.mock_async(move |when, then| {
            when.any_request();
            then.respond_with(move |request| shared.lock().unwrap().respond(request));
        })
        .await;
        Self { mock, exchange }
    }

    /// A server that expects one request.
    pub async fn answering(answer: Answer<S>) -> Self {
        Self::start([answer]).await
    }

    /// A server that expects no request, but for a token.
    pub async fn silent() -> Self {
        Self::start([]).await
    }

    /// The address that a client is built with, as the real one is given.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.mock.base_url() + S::BASE_PATH
    }

    /// A builder for this server, without retries and limits: each call is one request.
    #[must_use]
    pub fn builder(&self) -> S::Builder {
        S::builder()
            .with_base_url(self.base_url())
            .with_retry(RetryPolicy::none())
            .without_rate_limits()
    }

    /// A client for this server, as [`builder`](Self::builder) gives it.
    #[must_use]
    pub fn client(&self) -> S::Client {
        S::build(self.builder())
    }

    /// All requests so far but those for a token, none of which was unexpected.
    #[must_use]
    #[track_caller]
    pub fn requests(&self) -> Vec<Seen<S>> {
        let exchange = self.exchange.lock().unwrap();
        exchange.assert_expected();
        exchange.seen.clone()
    }

    /// All requests for a token so far.
    #[must_use]
    pub fn logins(&self) -> Vec<Seen<S>> {
        self.exchange.lock().unwrap().logins.clone()
    }

    /// The only request.
    #[must_use]
    #[track_caller]
    pub fn request(&self) -> Seen<S> {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

impl<S: Sdk> fmt::Debug for Server<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").finish_non_exhaustive()
    }
}

impl<S: Sdk> Drop for Server<S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let exchange = self.exchange.lock().unwrap();
        exchange.assert_expected();
        let answers = &exchange.answers;
        assert!(
            answers.is_empty(),
            "answers that nobody fetched: {answers:#?}"
        );
        let logins: Vec<_> = exchange.login_answers.iter().flatten().collect();
        assert!(
            logins.is_empty(),
            "answers to logins that nobody fetched: {logins:#?}"
        );
    }
}

impl<S: Sdk> Exchange<S> {
    fn respond(&mut self, request: &HttpMockRequest) -> HttpMockResponse {
        let seen = Seen::new(request);
        let line = format!("{} {}", seen.method, seen.target);
        let login = S::login().filter(|login| seen.target.ends_with(login.path));
        let answer = if let Some(login) = login {
            self.logins.push(seen);
            match &mut self.login_answers {
                None => Some(login.answer),
                Some(answers) => answers.pop_front(),
            }
        } else {
            let first = self.answers.iter().position(|it| it.fits(&seen.target));
            let answer = first.and_then(|index| self.answers.remove(index));
            self.seen.extend(answer.is_some().then_some(seen));
            answer
        };
        answer.map_or_else(
            || {
                self.unexpected.push(line);
                Answer::<S>::new(501, "unexpected request").to_mock()
            },
            |answer| answer.to_mock(),
        )
    }

    #[track_caller]
    fn assert_expected(&self) {
        let unexpected = &self.unexpected;
        assert!(
            unexpected.is_empty(),
            "unexpected requests: {unexpected:#?}"
        );
    }
}
