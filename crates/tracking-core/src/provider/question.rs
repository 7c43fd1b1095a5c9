//! What can be asked with an account, many at a time.

use std::hash::Hash;

use crate::provider::BoxFuture;
use crate::{Account, Error};

/// What is asked with one account.
pub(super) trait Question: Sized {
    /// What equal questions have in common: they are asked once while they wait or are under way.
    type Key: Eq + Hash + Send + Sync + 'static;
    /// What the account is asked for.
    type Request: Send + 'static;
    /// What comes of it at the provider.
    type Response: Clone + Send + 'static;
    /// What is handed out.
    type Report;

    /// The name of the account.
    fn account(&self) -> &str;

    /// What equal questions have in common.
    fn key(&self) -> Self::Key;

    /// How many questions the account can be asked in one call, at least 1.
    fn batch_size(account: &Account) -> usize;

    /// What the account is asked for.
    fn request(&self) -> Self::Request;

    /// Asks an account for all of it in one go: one result per request, in the order of the requests.
    fn ask(
        account: &Account,
        requests: Vec<Self::Request>,
    ) -> BoxFuture<'_, Vec<Result<Self::Response, Error>>>;

    /// What came of it. There is no account where its name is unknown.
    fn report(
        self,
        place: Place,
        account: Option<&Account>,
        result: Result<Self::Response, Error>,
    ) -> Self::Report;
}

/// Where a question comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Which of the inputs, from 0.
    pub(super) input: usize,
    /// Which question of that input, from 0.
    pub(super) index: usize,
}
