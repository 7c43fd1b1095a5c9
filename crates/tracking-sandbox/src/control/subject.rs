//! Parts of an account that are shown and changed by hand.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::json::{ok, write};
use crate::error::WebhookUrlError;
use crate::webhooks::WebhookUrl;

/// What a provider lets a test see and change about one subject.
pub(crate) struct Subject<M, T> {
    pub(crate) show: fn(&M) -> Value,
    pub(crate) change: fn(&M, T) -> Result<Value, String>,
}

impl<M, T> Subject<M, T>
where
    M: Send + Sync + 'static,
    T: DeserializeOwned + 'static,
{
    /// Reads with GET, changes with PATCH.
    pub(crate) fn paths(self, module: &Arc<M>) -> MethodRouter {
        let show = {
            let module = Arc::clone(module);
            move || async move { ok((self.show)(&module)) }
        };
        get(show).patch(write(module, self.change))
    }
}

/// The control paths of a provider: its account and its webhooks.
pub(crate) fn account_paths<M, S, W>(
    module: &Arc<M>,
    settings: Subject<M, S>,
    webhooks: Subject<M, W>,
) -> Router
where
    M: Send + Sync + 'static,
    S: DeserializeOwned + 'static,
    W: DeserializeOwned + 'static,
{
    Router::new()
        .route("/settings", settings.paths(module))
        .route("/webhooks", webhooks.paths(module))
}

/// What a plan still pays for, as control bodies say it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Quota {
    Left(u32),
    Word(QuotaWord),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuotaWord {
    Unlimited,
}

impl Quota {
    /// None for no limit.
    pub(crate) const fn left(&self) -> Option<u32> {
        match self {
            Self::Left(left) => Some(*left),
            Self::Word(QuotaWord::Unlimited) => None,
        }
    }
}

/// An address of webhooks, as control bodies say it; an empty text takes it away.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Address(pub(crate) Option<WebhookUrl>);

impl TryFrom<String> for Address {
    type Error = WebhookUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        text.parse().map(|url| Self(Some(url)))
    }
}
