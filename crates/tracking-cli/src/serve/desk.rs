//! What every handler has at hand.

use std::sync::Arc;

use tracking_follow::{Inbox, Store};

use crate::config::Config;
use crate::select::Account;
use crate::waits::WaitReport;

/// The store, and the accounts that this server works with.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) store: Store,
    /// Receives the webhooks of the accounts.
    pub(super) inbox: Arc<Inbox>,
    pub(super) accounts: Arc<[Account]>,
    /// Has the rules of the accounts.
    pub(super) config: Arc<Config>,
    /// Whether this server looks at parcels.
    pub(super) works: bool,
}

impl Desk {
    /// The account of this name, if this server works with it.
    pub(super) fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|it| it.is_called(name))
    }

    /// How the calls of an account wait, if this server makes them.
    pub(super) fn waits(&self, name: &str) -> Option<WaitReport> {
        let account = self.account(name).filter(|_| self.works);
        account.map(|it| it.waits.report())
    }

    /// The name of an account for people.
    pub(super) fn title<'a>(&'a self, name: &'a str) -> &'a str {
        self.account(name).map_or(name, Account::title)
    }
}
