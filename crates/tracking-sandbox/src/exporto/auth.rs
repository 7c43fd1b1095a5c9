//! Credentials of the account, and the tokens that were made: until when they are valid, and for
//! which operations.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::exporto::endpoints::{CREATE_LABEL, GET_SHIPMENT, REGISTER_RETURN, SEARCH_SHIPMENTS};
use crate::exporto::errors::Refusal;
use crate::snapshot::Snapshot;

/// The user name of the sandbox, which is valid nowhere else.
pub(crate) const USERNAME: &str = "sandbox-merchant";

/// The password of the sandbox. It has a colon, which is allowed, and which a server that splits
/// at the last colon gets wrong.
pub(crate) const PASSWORD: &str = "sandbox:000000000000";

const LABEL_CREATE: &str = "label:create";
const ORDER_WRITE: &str = "order:write";
const SHIPMENT_READ: &str = "shipment:read";

/// The scopes that were observed.
pub(crate) const SCOPES: [&str; 3] = [LABEL_CREATE, ORDER_WRITE, SHIPMENT_READ];

/// The scope that an operation needs; `None` where it is unknown.
fn needed(operation: &str) -> Option<&'static str> {
    match operation {
        GET_SHIPMENT | SEARCH_SHIPMENTS => Some(SHIPMENT_READ),
        CREATE_LABEL => Some(LABEL_CREATE),
        REGISTER_RETURN => Some(ORDER_WRITE),
        _ => None,
    }
}

/// The scopes that a token was requested for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scopes(pub(crate) Vec<&'static str>);

impl Scopes {
    /// The scopes as the response lists them: in another order than they were requested in.
    pub(crate) fn granted(&self) -> String {
        let mut names = self.0.clone();
        names.reverse();
        names.join(" ")
    }
}

#[derive(Debug)]
struct Grant {
    scopes: Option<Scopes>,
    /// Milliseconds since the Unix epoch, on the clock of the sandbox.
    expires_at: i64,
}

impl Grant {
    /// Returns true if the token may call the operation.
    fn covers(&self, operation: &str) -> bool {
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
    /// Makes a token. Older ones stay valid.
    pub(crate) fn issue(
        &mut self,
        snapshot: &Snapshot<'_>,
        scopes: Option<Scopes>,
        lifetime_seconds: u32,
    ) -> String {
        let now = snapshot.now;
        self.grants.retain(|_, grant| now < grant.expires_at);
        let identities = snapshot.core.identities;
        let token = identities.hex("exporto-token", self.issued);
        self.issued = self.issued.saturating_add(1);
        let expires_at = now.saturating_add(i64::from(lifetime_seconds) * 1000);
        self.grants
            .insert(token.clone(), Grant { scopes, expires_at });
        token
    }

    /// What a token was granted, unless it has expired.
    fn find(&self, token: &str, now: i64) -> Option<&Grant> {
        self.grants
            .get(token)
            .filter(|grant| now < grant.expires_at)
    }

    pub(crate) fn expire_all(&mut self) {
        self.grants.clear();
    }

    /// How many tokens were made.
    pub(crate) fn issued(&self) -> u64 {
        self.issued
    }
}

/// Checks the token of a call at the time `now`, then its scopes.
pub(crate) fn check(
    headers: &HeaderMap,
    operation: &str,
    tokens: &Tokens,
    now: i64,
) -> Result<(), Refusal> {
    let grant = headers
        .get(AUTHORIZATION)
        .and_then(|header| after_scheme(header, "bearer"))
        .and_then(|token| tokens.find(token, now))
        .ok_or_else(Refusal::unauthorised)?;
    if grant.covers(operation) {
        Ok(())
    } else {
        Err(Refusal::plain(StatusCode::FORBIDDEN))
    }
}

/// Returns true if the Basic credentials are those of the account.
pub(crate) fn has_credentials(headers: &HeaderMap) -> bool {
    let credentials = headers
        .get(AUTHORIZATION)
        .and_then(|value| after_scheme(value, "basic"))
        .and_then(|encoded| STANDARD.decode(encoded).ok());
    credentials.is_some_and(|given| given == format!("{USERNAME}:{PASSWORD}").as_bytes())
}

/// What follows the scheme of an `Authorization` header.
fn after_scheme<'a>(header: &'a HeaderValue, scheme: &str) -> Option<&'a str> {
    let (given, rest) = header.to_str().ok()?.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}
