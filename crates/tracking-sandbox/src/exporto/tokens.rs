//! The tokens that are out, until when, and what for.

use std::collections::HashMap;
use std::time::Duration;

use super::endpoints::{CREATE_LABEL, GET_SHIPMENT, REGISTER_RETURN, SEARCH_SHIPMENTS};
use crate::clock::whole_millis;
use crate::identity::Identities;

const LABEL_CREATE: &str = "label:create";
const ORDER_WRITE: &str = "order:write";
const SHIPMENT_READ: &str = "shipment:read";

/// The scopes that anybody has seen.
pub(super) const SCOPES: [&str; 3] = [LABEL_CREATE, ORDER_WRITE, SHIPMENT_READ];

/// The scope that an operation needs; none where nobody knows.
pub(super) fn needed(operation: &str) -> Option<&'static str> {
    match operation {
        GET_SHIPMENT | SEARCH_SHIPMENTS => Some(SHIPMENT_READ),
        CREATE_LABEL => Some(LABEL_CREATE),
        REGISTER_RETURN => Some(ORDER_WRITE),
        _ => None,
    }
}

/// What a token was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scopes(pub(super) Vec<&'static str>);

impl Scopes {
    /// The scopes as the answer lists them: in another order than they were asked for.
    pub(super) fn granted(&self) -> String {
        let mut names = self.0.clone();
        names.reverse();
        names.join(" ")
    }
}

#[derive(Debug)]
pub(super) struct Grant {
    scopes: Option<Scopes>,
    expires_at: i64,
}

impl Grant {
    pub(super) fn covers(&self, operation: &str) -> bool {
        match (needed(operation), &self.scopes) {
            (Some(scope), Some(granted)) => granted.0.contains(&scope),
            _ => true,
        }
    }
}

/// The tokens of the account.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    grants: HashMap<String, Grant>,
    issued: u64,
}

impl Tokens {
    /// Hands out a token. Older ones stay good.
    pub(super) fn issue(
        &mut self,
        identities: Identities,
        scopes: Option<Scopes>,
        now: i64,
        lifetime: Duration,
    ) -> String {
        self.grants.retain(|_, grant| now < grant.expires_at);
        let token = identities.hex("exporto-token", self.issued);
        self.issued = self.issued.saturating_add(1);
        let expires_at = now.saturating_add(whole_millis(lifetime));
        self.grants
            .insert(token.clone(), Grant { scopes, expires_at });
        token
    }

    /// What a token is good for, unless it has expired.
    pub(super) fn find(&self, token: &str, now: i64) -> Option<&Grant> {
        self.grants
            .get(token)
            .filter(|grant| now < grant.expires_at)
    }

    pub(super) fn expire_all(&mut self) {
        self.grants.clear();
    }

    /// How many tokens were handed out.
    pub(super) fn issued(&self) -> u64 {
        self.issued
    }
}
