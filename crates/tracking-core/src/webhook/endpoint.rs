//! `WebhookEndpoint`: receives the webhooks of all accounts of a set.

use std::error::Error as StdError;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;

use super::{
    DedupeKey, DedupeStore, MemoryDedupe, Received, ReceivedUpdate, WebhookDelivery,
    WebhookOutcome, WebhookRequest, WebhookUpdate,
};
use crate::{Account, Error, ErrorKind, Provider as _, ProviderSet, Shipment};

/// Receives the webhooks of all accounts of a [`ProviderSet`].
///
/// # Which account
///
/// By the path: the endpoint's own path, `/webhooks` unless [`with_path`](Self::with_path) says
/// otherwise, and the name of the account in the set, such as `/webhooks/ship24`. Upper and lower case
/// of the name are the same; a slash at the end and a query do not count. Nothing in a message says which
/// account it is for, so each account needs an address of its own at the provider.
///
/// # Which reply
///
/// [`WebhookOutcome`] lists what can come of a request and the status of the reply. A provider sends again
/// what has no status of success, so a status of success is what makes a message count as received, and
/// everything else is for messages that should come again or that are not the provider's. `POST` and
/// `PUT` carry messages; `HEAD` and `GET` are probes.
///
/// # Repeats
///
/// Each update is handled once: by the provider's id of the message, else by a
/// [key of its content](DedupeKey::content). What could not be handled is forgotten again, so that the
/// next delivery is handled. Another process that receives webhooks needs the same [`DedupeStore`].
///
/// ```
/// # use std::sync::Arc;
/// use tracking_core::webhook::{WebhookEndpoint, WebhookRequest};
/// use tracking_core::{Error, Provider, ProviderSet};
///
/// # async fn example(ship24: Arc<dyn Provider>, body: &[u8]) -> Result<(), Error> {
/// let mut providers = ProviderSet::new();
/// providers.add(ship24)?;
/// let endpoint = WebhookEndpoint::new(providers);
///
/// let headers = [("Authorization", "Bearer secret")];
/// let request = WebhookRequest::from_pairs(body, &headers).with_target("POST", "/webhooks/ship24");
/// let received = endpoint
///     .receive(request, async |update| {
///         println!("{}: {}", update.account, update.shipment().number);
///         Ok::<(), Error>(())
///     })
///     .await;
/// println!("{}: reply with {}", received.outcome, received.reply);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct WebhookEndpoint {
    providers: ProviderSet,
    store: Arc<dyn DedupeStore>,
    path: String,
    max_body: usize,
}

impl WebhookEndpoint {
    /// The path unless [`with_path`](Self::with_path) says otherwise.
    pub const DEFAULT_PATH: &'static str = "/webhooks";

    /// The largest body, in bytes, unless [`with_max_body`](Self::with_max_body) says otherwise: 4 MiB.
    ///
    /// A tracking has a few kilobytes, and Ship24 can put several into a message.
    pub const DEFAULT_MAX_BODY: usize = 4 * 1024 * 1024;

    /// Creates an endpoint that remembers repeats [in this process](MemoryDedupe).
    #[must_use]
    pub fn new(providers: ProviderSet) -> Self {
        Self {
            providers,
            store: Arc::new(MemoryDedupe::default()),
            path: Self::DEFAULT_PATH.to_owned(),
            max_body: Self::DEFAULT_MAX_BODY,
        }
    }

    /// Remembers repeats somewhere else.
    #[must_use]
    pub fn with_store(mut self, store: Arc<dyn DedupeStore>) -> Self {
        self.store = store;
        self
    }

    /// Sets the path under which the accounts are; an empty one is the root.
    #[must_use]
    pub fn with_path(mut self, path: &str) -> Self {
        self.path = match path.trim_matches('/') {
            "" => String::new(),
            path => format!("/{path}"),
        };
        self
    }

    /// Sets the largest body, in bytes.
    #[must_use]
    pub const fn with_max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Returns the largest body, in bytes: a server should stop to read there.
    #[must_use]
    pub const fn max_body(&self) -> usize {
        self.max_body
    }

    /// Returns the accounts.
    #[must_use]
    pub const fn providers(&self) -> &ProviderSet {
        &self.providers
    }

    /// Returns the path at which the webhooks of an account arrive.
    #[must_use]
    pub fn path_of(&self, account: &str) -> String {
        format!("{}/{account}", self.path)
    }

    /// Checks and reads a request, has each new update handled, and says what to send back.
    ///
    /// The handler gets one update after the other, in the order of the message. An error or a panic of
    /// it concerns the one update: the others are handled, and the reply makes the provider send the
    /// message again. Providers wait some seconds for a reply (Ship24: 15), so a handler that takes longer
    /// should only put the update into a queue.
    ///
    /// Let nothing cancel this in between, such as a web framework that drops the handler when the sender
    /// hangs up: run it on a task of its own. A message that was remembered and not handled counts as a
    /// repeat when it comes again.
    pub async fn receive<H, F, E>(&self, request: WebhookRequest<'_>, mut handler: H) -> Received
    where
        H: FnMut(ReceivedUpdate) -> F,
        F: Future<Output = Result<(), E>>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let (mut received, updates) = self.read(request);
        for update in updates {
            let key = update.dedupe_key.clone();
            if self.is_repeat(key.as_ref(), &mut received).await {
                received.repeats += 1;
                continue;
            }
            let handling = AssertUnwindSafe(async { handler(update).await }).catch_unwind();
            let failure = match handling.await {
                Ok(Ok(())) => {
                    received.handled += 1;
                    continue;
                }
                Ok(Err(error)) => error.into(),
                Err(_) => "the handler panicked".into(),
            };
            received.fail(failure);
            if let Some(key) = &key
                && let Err(error) = self.store.forget(key).await
            {
                received.store_errors.push(error);
            }
        }
        received
    }

    /// Checks and reads a request, and leaves its updates to the caller: for a queue that keeps the whole message,
    /// and recognises repeats itself, by [`ReceivedUpdate::dedupe_key`].
    ///
    /// The reply is that of a message that was handled. If that fails, [`Received::fail`] changes it. Unless the
    /// outcome is [`Accepted`](WebhookOutcome::Accepted) there are no updates.
    #[must_use]
    pub fn read(&self, request: WebhookRequest<'_>) -> (Received, Vec<ReceivedUpdate>) {
        let is_head = request.method() == "HEAD";
        let Some(account) = self.account(request.path()) else {
            let mut received = Received::new(WebhookOutcome::UnknownPath);
            if is_head {
                received.reply = received.reply.without_body();
            }
            return (received, Vec::new());
        };
        let (mut received, delivery) = self.check(request, account);
        if is_head {
            received.reply = received.reply.without_body();
        }
        let Some(delivery) = delivery else {
            return (received, Vec::new());
        };
        received.problems = delivery.problems;
        let items = delivery.items.into_iter();
        let updates = items.map(|item| {
            let key = key_of(account.name(), &item);
            ReceivedUpdate::new(account, delivery.proof, item, key)
        });
        (received, updates.collect())
    }

    /// Finds the account that a path names.
    fn account(&self, path: &str) -> Option<&Account> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let rest = path.strip_prefix(self.path.as_str())?.strip_prefix('/')?;
        let name = rest.strip_suffix('/').unwrap_or(rest);
        self.providers.get(name).ok()
    }

    /// Checks everything that needs no handler; the delivery, if there is one to handle.
    fn check(
        &self,
        request: WebhookRequest<'_>,
        account: &Account,
    ) -> (Received, Option<WebhookDelivery>) {
        let method = request.method();
        let is_probe = matches!(method, "HEAD" | "GET");
        let announced = account.capabilities().webhook;
        let mut received = Received::new(WebhookOutcome::Probe).of(account.name());
        let mut delivery = None;
        if !is_probe && !matches!(method, "POST" | "PUT") {
            received.decide(WebhookOutcome::MethodNotAllowed, account);
        } else if request.body().len() > self.max_body {
            received.decide(WebhookOutcome::TooLarge, account);
        } else if !is_probe || announced.is_none() {
            match account.webhook(request) {
                Ok(_) if is_probe => {}
                Ok(read) => {
                    received.proof = Some(read.proof);
                    received.decide(WebhookOutcome::Accepted, account);
                    delivery = Some(read);
                }
                Err(error) => {
                    let outcome = outcome_of(&error);
                    if outcome == WebhookOutcome::Unreadable {
                        received.proof = announced;
                    }
                    received.decide(outcome, account);
                    received.error = Some(error);
                }
            }
        }
        (received, delivery)
    }

    /// Returns true if the key was there before, and remembers it. A store that cannot be reached is no
    /// reason to lose a message.
    async fn is_repeat(&self, key: Option<&DedupeKey>, received: &mut Received) -> bool {
        let Some(key) = key else { return false };
        match self.store.remember(key).await {
            Ok(seen) => !seen.is_first(),
            Err(error) => {
                received.store_errors.push(error);
                false
            }
        }
    }
}

/// What an error of [`Provider::webhook`] means for the sender.
fn outcome_of(error: &Error) -> WebhookOutcome {
    match error.kind() {
        ErrorKind::Unsupported => WebhookOutcome::UnknownPath,
        ErrorKind::Webhook => WebhookOutcome::Forged,
        // The proof was right, or this would be an error of the kind `Webhook`.
        ErrorKind::Decode => WebhookOutcome::Unreadable,
        // Whatever else it is, it is no fault of the sender.
        _ => WebhookOutcome::NotConfigured,
    }
}

/// By what a repeat of an update is recognised, if it can be.
fn key_of(account: &str, item: &WebhookUpdate) -> Option<DedupeKey> {
    if let Some(id) = &item.message_id {
        return Some(DedupeKey::message(account, id));
    }
    let shipment = item.update.shipment();
    is_dated(shipment).then(|| DedupeKey::content(account, shipment.raw.get()))
}

/// Returns true if it has a time. Without one the same content may be news: out for delivery, held, and out
/// for delivery again.
fn is_dated(shipment: &Shipment) -> bool {
    let mut events = shipment.legs.iter().flat_map(|leg| &leg.events);
    shipment.freshness.provider_updated_at.is_some() || events.any(|event| event.time.is_some())
}
