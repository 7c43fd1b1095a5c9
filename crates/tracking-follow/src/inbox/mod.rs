//! `Inbox`: keeps webhook messages until a worker processes them.

mod message;

use tracking_core::ProviderSet;
use tracking_core::webhook::{
    DedupeKey, Received, ReceivedUpdate, WebhookEndpoint, WebhookOutcome, WebhookProof,
    WebhookRequest,
};

use crate::Store;

pub use self::message::{InboxMessage, MessageCounts, MessageId, MessageState};
pub(crate) use self::message::{NewMessage, proof_of_name};

/// Receives the webhooks of all accounts of a [`ProviderSet`], and keeps them in the [`Store`] until a
/// [`Worker`](crate::Worker) processes them.
///
/// A message is checked, kept, and replied to; nothing else is done, so the reply does not wait for anybody. What is
/// not genuine, too large, or for no account is not kept. A repeat of a message that is still kept is not kept again.
/// If the store is away, the reply is 503, after which the provider sends the message again.
///
/// A worker of any process then reads the message and makes due the parcels of the account that it names, by number, by
/// the provider's id or by reference. Nothing of the message itself is merged, whatever it proves: messages come late and
/// out of order, and none of the documented proofs covers the body. A message that cannot be read, or that names no parcel that is followed, is
/// [set aside](MessageState::Aside) with the reason; see [`Store::messages`] and [`Store::retry_message`].
///
/// Paths, methods and replies are those of a [`WebhookEndpoint`]. With axum:
///
/// ```
/// use std::sync::Arc;
///
/// use tracking_core::webhook::WebhookRequest;
/// use tracking_core::ProviderSet;
/// use tracking_follow::{Inbox, Store};
/// # use tracking_http::bytes::Bytes;
/// # use tracking_http::http::{HeaderMap, HeaderValue, Method, Uri};
///
/// fn inbox(store: Store, providers: ProviderSet) -> Arc<Inbox> {
///     Arc::new(Inbox::new(store, providers))
/// }
///
/// // A handler of `/webhooks/{account}` behind `DefaultBodyLimit::max(inbox.max_body())`.
/// async fn webhook(inbox: &Inbox, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> (u16, String) {
///     let header = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
///     let request = WebhookRequest::new(&body, header).with_target(method.as_str(), uri.path());
///     let received = inbox.receive(request).await;
///     (received.reply.status(), received.reply.body().to_owned())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Inbox {
    store: Store,
    endpoint: WebhookEndpoint,
}

impl Inbox {
    /// Creates an inbox below [`WebhookEndpoint::DEFAULT_PATH`].
    #[must_use]
    pub fn new(store: Store, providers: ProviderSet) -> Self {
        let endpoint = WebhookEndpoint::new(providers);
        Self { store, endpoint }
    }

    /// Sets the path under which the accounts are; see [`WebhookEndpoint::with_path`].
    #[must_use]
    pub fn with_path(mut self, path: &str) -> Self {
        self.endpoint = self.endpoint.with_path(path);
        self
    }

    /// Sets the largest body, in bytes: [`WebhookEndpoint::DEFAULT_MAX_BODY`] unless set.
    #[must_use]
    pub fn with_max_body(mut self, bytes: usize) -> Self {
        self.endpoint = self.endpoint.with_max_body(bytes);
        self
    }

    /// Returns the largest body, in bytes: a server should stop to read there.
    #[must_use]
    pub const fn max_body(&self) -> usize {
        self.endpoint.max_body()
    }

    /// Returns the path at which the webhooks of an account arrive.
    #[must_use]
    pub fn path_of(&self, account: &str) -> String {
        self.endpoint.path_of(account)
    }

    /// Checks a request and keeps its message, and says what to reply.
    ///
    /// [`Received::handled`] counts the updates of a message that was kept, [`Received::repeats`] those of one that is
    /// there already. When the caller stops waiting, the message is kept all the same, and comes again.
    pub async fn receive(&self, request: WebhookRequest<'_>) -> Received {
        let body = request.body();
        let (mut received, updates) = self.endpoint.read(request);
        let Some(message) = message(&received, &updates, body) else {
            return received;
        };
        match self.store.keep_message(message).await {
            Ok(true) => received.handled = updates.len(),
            Ok(false) => received.repeats = updates.len(),
            Err(error) => received.fail(error),
        }
        received
    }
}

/// What to keep of a request; `None` if there is nothing to process.
fn message(received: &Received, updates: &[ReceivedUpdate], body: &[u8]) -> Option<NewMessage> {
    let account = received.account.clone()?;
    let content = || DedupeKey::content(&account, &String::from_utf8_lossy(body));
    let (dedupe_key, problem) = match received.outcome {
        WebhookOutcome::Accepted if !updates.is_empty() => (key_of(&account, updates), None),
        WebhookOutcome::Accepted => {
            let problem = received.problems.first()?;
            let problem = format!("{}: {}", problem.path, problem.message);
            (Some(content()), Some(problem))
        }
        WebhookOutcome::Unreadable => {
            let error = received.error.as_ref();
            let problem = error.map_or_else(|| "it cannot be read".to_owned(), ToString::to_string);
            (Some(content()), Some(problem))
        }
        _ => return None,
    };
    Some(NewMessage {
        account,
        proof: received.proof.unwrap_or(WebhookProof::None),
        dedupe_key,
        problem,
        body: body.to_vec(),
    })
}

/// The keys of all updates as one, of a bounded length; `None` if one of them is never a repeat.
fn key_of(account: &str, updates: &[ReceivedUpdate]) -> Option<DedupeKey> {
    let keys = updates
        .iter()
        .map(|it| Some(it.dedupe_key.as_ref()?.as_str()));
    let keys: Vec<&str> = keys.collect::<Option<_>>()?;
    Some(DedupeKey::content(account, &keys.join("\n")))
}
