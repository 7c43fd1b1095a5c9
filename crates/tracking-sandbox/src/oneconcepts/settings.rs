//! What differs between accounts, and what nobody knows about the real service.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Answers to questions that the provider's documentation leaves open. The defaults are the
/// sandbox's best guess; a client should survive each of the others too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumptions {
    /// The key of the password in the request for a token: `password` (default).
    pub password_key: String,
    /// How the `PATCH` of an order names the order; in the query by default.
    pub order_update: OrderUpdate,
    /// Whether the `PATCH` of an order has to be `application/merge-patch+json`; by default
    /// `application/ld+json`, as every other call.
    pub merge_patch: bool,
    /// Whether the `PATCH` of an order is answered with nothing (204); by default with the order.
    pub empty_update_answer: bool,
    /// Whether `order.externalOrderNumber` finds every number that contains the text, as the
    /// published list of filters suggests; it does by default.
    pub partial_order_number: bool,
    /// Whether an order holds its trackings as objects; by default as addresses.
    pub embedded_trackings: bool,
    /// The key of the skus that are no longer available: `unavailable` (default).
    pub unavailable_key: String,
    /// How many members a page has that asked for no number; 30, the framework's default.
    pub default_page_size: u16,
    /// The most members that a page ever has; `None`, the default, for no limit.
    pub max_page_size: Option<u16>,
    /// The status of a validation error: 422 (default) or 400, as releases up to 2.5 have it.
    pub violation_status: u16,
    /// In which form `@context` comes; as in the published examples by default.
    pub context: ContextForm,
    /// Whether the keys of the envelope begin with `hydra:`; they do by default, and not in
    /// release 4.
    pub hydra_prefix: bool,
    /// Whether keys without a value are sent as null (default) or left out.
    pub nulls: bool,
    /// Whether `hydra:totalItems` is written as a floating-point number.
    pub total_as_float: bool,
    /// Whether pages past the end still have a `hydra:next`, as in release 2.5.0.
    pub next_past_the_end: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            password_key: "password".to_owned(),
            order_update: OrderUpdate::NumberInQuery,
            merge_patch: false,
            empty_update_answer: false,
            partial_order_number: true,
            embedded_trackings: false,
            unavailable_key: "unavailable".to_owned(),
            default_page_size: 30,
            max_page_size: None,
            violation_status: 422,
            context: ContextForm::Documented,
            hydra_prefix: true,
            nulls: true,
            total_as_float: false,
            next_past_the_end: false,
        }
    }
}

/// How the `PATCH` of an order names the order. Each other form is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderUpdate {
    /// `PATCH /api/orders?externalOrderNumber=…`.
    NumberInQuery,
    /// `PATCH /api/orders` with `externalOrderNumber` in the body.
    NumberInBody,
    /// `PATCH /api/orders/{id}`.
    ItemRoute,
}

/// In which form `@context` comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContextForm {
    /// An object for trackings, an address for everything else.
    Documented,
    /// Always an address.
    Text,
    /// Always an object.
    Object,
}

/// What tokens look like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenForm {
    /// A JWT whose `exp` tells when it expires.
    #[default]
    Jwt,
    /// A JWT that does not tell.
    WithoutExpiry,
    /// A JWT whose `exp` has passed a minute before it is handed out. It opens the sandbox.
    PastExpiry,
    /// Three parts that no client can read.
    Opaque,
}

/// The account as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) token_life: Duration,
    pub(crate) token_form: TokenForm,
    /// What `hydra:next` begins with instead of nothing.
    pub(crate) next_link_origin: Option<String>,
    pub(crate) assumptions: Assumptions,
}

/// The credentials of the sandbox. They open nothing else.
const EMAIL: &str = "shop@sandbox.example";
const PASSWORD: &str = "sandbox-000000000000";

/// The number of the account.
pub(crate) const PARTNER: u64 = 42;

/// The name of the account.
pub(crate) const PARTNER_NAME: &str = "SBX";

impl Default for Settings {
    fn default() -> Self {
        Self {
            email: EMAIL.to_owned(),
            password: PASSWORD.to_owned(),
            token_life: Duration::from_secs(45 * 60),
            token_form: TokenForm::default(),
            next_link_origin: None,
            assumptions: Assumptions::default(),
        }
    }
}
