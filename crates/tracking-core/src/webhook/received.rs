//! What came of a request that arrived at a webhook URL.

use std::error::Error as StdError;
use std::fmt;

use super::{DedupeKey, WebhookProof, WebhookReply, WebhookUpdate};
use crate::merge::Update;
#[cfg(feature = "merge")]
use crate::merge::{Merged, merge};
use crate::{Account, Error, Outcome, Problem, Provider as _, Shipment};

/// What came of one request at a [`WebhookEndpoint`](super::WebhookEndpoint).
///
/// `Debug` shows no body, no header and no secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Received {
    /// What was decided.
    pub outcome: WebhookOutcome,
    /// What to send back.
    pub reply: WebhookReply,
    /// The name of the account in the set, where the path names one.
    pub account: Option<String>,
    /// How much the check proved; `None` where nothing is proven.
    pub proof: Option<WebhookProof>,
    /// How many updates were handled.
    pub handled: usize,
    /// How many updates were not handled because they are repeats.
    pub repeats: usize,
    /// Parts of the message that could not be understood.
    pub problems: Vec<Problem>,
    /// Why the message was refused, or could not be read.
    pub error: Option<Error>,
    /// Why updates could not be handled, by the handler's own errors.
    pub failures: Vec<Box<dyn StdError + Send + Sync>>,
    /// What failed at the store of repeats. The updates were handled all the same.
    pub store_errors: Vec<Error>,
}

/// What a [`WebhookEndpoint`](super::WebhookEndpoint) decided about a request, and with it the status of
/// the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookOutcome {
    /// `HEAD` or `GET`: somebody checks that the address exists. Status 200.
    Probe,
    /// The message is genuine and was handled, or handled before. The provider's
    /// [own reply](crate::Provider::webhook_reply).
    Accepted,
    /// The message is genuine and cannot be read. The provider's own reply as well: it would send the
    /// same again, for days, and nothing else. [`Received::error`] says what to look at.
    Unreadable,
    /// Some of it could not be handled. Status 503, so that the provider sends it again; what was handled
    /// counts as a repeat then.
    Failed,
    /// The client has no secret to check the message with. Status 503, so that the provider sends it again
    /// until the secret is configured.
    NotConfigured,
    /// The message is not genuine. Status 401.
    Forged,
    /// The body is larger than allowed. Status 413.
    TooLarge,
    /// No webhook has this method. Status 405.
    MethodNotAllowed,
    /// The path names no account that receives webhooks. Status 404.
    UnknownPath,
}

impl WebhookOutcome {
    /// All outcomes, in the order of their declaration.
    pub const ALL: &'static [Self] = &[
        Self::Probe,
        Self::Accepted,
        Self::Unreadable,
        Self::Failed,
        Self::NotConfigured,
        Self::Forged,
        Self::TooLarge,
        Self::MethodNotAllowed,
        Self::UnknownPath,
    ];

    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Accepted => "accepted",
            Self::Unreadable => "unreadable",
            Self::Failed => "failed",
            Self::NotConfigured => "not_configured",
            Self::Forged => "forged",
            Self::TooLarge => "too_large",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UnknownPath => "unknown_path",
        }
    }

    /// Returns the reply; `None` where the provider decides.
    fn reply(self) -> Option<WebhookReply> {
        let reply = |status, text| Some(WebhookReply::new(status).with_text(text));
        match self {
            Self::Probe => reply(200, "This address receives webhooks."),
            Self::Accepted | Self::Unreadable => None,
            Self::Failed => reply(503, "This could not be handled; send it again."),
            Self::NotConfigured => reply(503, "No webhook secret is configured; send it again."),
            Self::Forged => reply(401, "This is not a genuine webhook."),
            Self::TooLarge => reply(413, "The body is too large."),
            Self::MethodNotAllowed => reply(405, "Webhooks come by POST.")
                .map(|reply| reply.with_header("allow", "GET, HEAD, POST, PUT")),
            Self::UnknownPath => reply(404, "No webhooks are received at this address."),
        }
    }
}

impl fmt::Display for WebhookOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Received {
    /// Creates the result of a request with this outcome, of which nothing else is known.
    pub(super) fn new(outcome: WebhookOutcome) -> Self {
        Self {
            outcome,
            reply: outcome.reply().unwrap_or(WebhookReply::new(200)),
            account: None,
            proof: None,
            handled: 0,
            repeats: 0,
            problems: Vec::new(),
            error: None,
            failures: Vec::new(),
            store_errors: Vec::new(),
        }
    }

    /// Names the account.
    pub(super) fn of(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    /// Notes that it could not be handled, and makes the reply one after which the provider sends it again.
    pub fn fail(&mut self, failure: impl Into<Box<dyn StdError + Send + Sync>>) {
        self.failures.push(failure.into());
        self.outcome = WebhookOutcome::Failed;
        if let Some(reply) = self.outcome.reply() {
            self.reply = reply;
        }
    }

    /// Decides, and replies as the outcome or the provider wants it.
    pub(super) fn decide(&mut self, outcome: WebhookOutcome, account: &Account) {
        self.outcome = outcome;
        self.reply = outcome.reply().unwrap_or_else(|| account.webhook_reply());
    }
}

/// What one message reports of one shipment, and whose it is: what a handler gets.
///
/// It can be handled on another task, or later.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReceivedUpdate {
    /// The name of the account in the set.
    pub account: String,
    /// How much of the message is proven.
    pub proof: WebhookProof,
    /// The provider's id of the message.
    pub message_id: Option<String>,
    /// By what a repeat is recognised; `None` where the same content may be news.
    pub dedupe_key: Option<DedupeKey>,
    /// What the message says. Unless its body is proven it may be anybody's: see
    /// [`merge_into`](Self::merge_into).
    pub update: Update,
    provider: Account,
}

impl ReceivedUpdate {
    pub(super) fn new(
        account: &Account,
        proof: WebhookProof,
        item: WebhookUpdate,
        dedupe_key: Option<DedupeKey>,
    ) -> Self {
        Self {
            account: account.name().to_owned(),
            proof,
            message_id: item.message_id,
            dedupe_key,
            update: item.update,
            provider: account.clone(),
        }
    }

    /// Returns the shipment as it is in the message: to find the stored one by its id or number, not to
    /// store it.
    #[must_use]
    pub fn shipment(&self) -> &Shipment {
        self.update.shipment()
    }

    /// Returns true if the message is only a hint to fetch again: its body is not proven.
    #[must_use]
    pub const fn is_hint(&self) -> bool {
        !self.proof.covers_body()
    }

    /// Merges what is true of the shipment into what is known of it.
    ///
    /// Where the body is proven, that is what the message says. Where it is only a
    /// [hint](Self::is_hint), the provider is asked, once, and its response is merged: nothing of the
    /// message itself. Asking registers nothing and makes nobody ask the courier; it is one request as
    /// [`Provider::track`](crate::Provider::track) sends it with `register` off.
    ///
    /// `None` if the provider does not know the shipment, or has nothing about it yet: then the hint is
    /// not confirmed, and there is nothing to store.
    ///
    /// # Errors
    ///
    /// When the provider could not be asked. A handler that returns the error makes the sender send the
    /// message again.
    #[cfg(feature = "merge")]
    pub async fn merge_into(self, known: Option<Shipment>) -> Result<Option<Merged>, Error> {
        if !self.is_hint() {
            return Ok(Some(merge(known, self.update)));
        }
        let reported = self.update.into_shipment();
        let known = known.filter(|known| known.is_same_shipment(&reported));
        let named = known.as_ref().unwrap_or(&reported);
        let request = named.request().with_register(false);
        let Outcome::Found(mut found) = self.provider.track(request).await? else {
            return Ok(None);
        };
        // One number may be that of several parcels.
        let position = [named, &reported].into_iter().find_map(|named| {
            let mut found = found.iter();
            found.position(|it| it.is_same_shipment(named))
        });
        Ok(position.map(|position| merge(known, Update::Snapshot(found.swap_remove(position)))))
    }
}
