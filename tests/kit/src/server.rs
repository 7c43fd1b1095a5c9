//! A server on loopback that replies from a list and keeps every request as it came.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use crate::{Reply, Sdk, Seen};

/// Replies from a list. Requests for a token have a list of their own, so that tests of other calls
/// need not care: without it, each gets the usual reply.
///
/// A request beyond the end of a list is unexpected: it gets a status that no client takes for good,
/// and reading the requests fails with what was asked. Replies that were never fetched fail the test at
/// its end.
pub struct Server<S: Sdk> {
    mock: MockServer,
    exchange: Arc<Mutex<Exchange<S>>>,
}

struct Exchange<S> {
    replies: VecDeque<Reply<S>>,
    seen: Vec<Seen<S>>,
    login_replies: Option<VecDeque<Reply<S>>>,
    logins: Vec<Seen<S>>,
    unexpected: Vec<String>,
}

impl<S: Sdk> Server<S> {
    /// A server with these replies.
    pub async fn start(replies: impl IntoIterator<Item = Reply<S>>) -> Self {
        Self::started(None, replies).await
    }

    /// A server that replies to requests for a token from a list too.
    pub async fn with_logins(
        logins: impl IntoIterator<Item = Reply<S>>,
        replies: impl IntoIterator<Item = Reply<S>>,
    ) -> Self {
        Self::started(Some(logins.into_iter().collect()), replies).await
    }

    async fn started(
        login_replies: Option<VecDeque<Reply<S>>>,
        replies: impl IntoIterator<Item = Reply<S>>,
    ) -> Self {
        let mock = MockServer::start_async().await;
        let exchange = Arc::new(Mutex::new(Exchange {
            replies: replies.into_iter().collect(),
            seen: Vec::new(),
            login_replies,
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
    pub async fn replying(reply: Reply<S>) -> Self {
        Self::start([reply]).await
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
        let replies = &exchange.replies;
        assert!(
            replies.is_empty(),
            "replies that were never fetched: {replies:#?}"
        );
        let logins: Vec<_> = exchange.login_replies.iter().flatten().collect();
        assert!(
            logins.is_empty(),
            "replies to logins that were never fetched: {logins:#?}"
        );
    }
}

impl<S: Sdk> Exchange<S> {
    fn respond(&mut self, request: &HttpMockRequest) -> HttpMockResponse {
        let seen = Seen::new(request);
        let line = format!("{} {}", seen.method, seen.target);
        let login = S::login().filter(|login| seen.target.ends_with(login.path));
        let reply = if let Some(login) = login {
            self.logins.push(seen);
            match &mut self.login_replies {
                None => Some(login.reply),
                Some(replies) => replies.pop_front(),
            }
        } else {
            let first = self.replies.iter().position(|it| it.fits(&seen.target));
            let reply = first.and_then(|index| self.replies.remove(index));
            self.seen.extend(reply.is_some().then_some(seen));
            reply
        };
        reply.map_or_else(
            || {
                self.unexpected.push(line);
                Reply::<S>::new(501, "unexpected request").to_mock()
            },
            |reply| reply.to_mock(),
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
