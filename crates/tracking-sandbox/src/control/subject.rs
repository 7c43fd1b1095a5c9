//! Parts of an account that are shown and changed by hand.

use std::sync::Arc;

use axum::routing::{MethodRouter, get};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::json::{ok, write};

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
