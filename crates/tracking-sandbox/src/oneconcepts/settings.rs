//! The settings of the account: what differs between accounts, and what is assumed about the real
//! service.

use http::StatusCode;
use serde::{Deserialize, Serialize};

/// The credentials of the sandbox, which are valid nowhere else.
const EMAIL: &str = "shop@sandbox.example";
const PASSWORD: &str = "sandbox-000000000000";

/// The number of the account.
pub(crate) const PARTNER: u64 = 42;

/// The name of the account.
pub(crate) const PARTNER_NAME: &str = "SBX";

/// The settings of the account at 1concepts, in Rust through
/// [`OneConcepts::configure`](super::OneConcepts::configure) and over HTTP at
/// `/_sandbox/oneconcepts/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The e-mail address that tokens are requested with. Tokens that were made before stay valid.
    pub email: String,
    /// The password that belongs to the address.
    pub password: String,
    /// How long new tokens are valid, in seconds; 2700 (45 minutes) by default. Counted in real
    /// time plus what [`Clock::advance`](crate::Clock::advance) adds.
    pub token_lifetime_seconds: u32,
    /// The form of new tokens. An `exp` is real time, because a client compares it with that.
    pub token_form: TokenForm,
    /// An origin such as `https://elsewhere.example` before `hydra:next`, so that it leads to
    /// another host. `None`, the default, leaves it relative.
    pub next_link_origin: Option<String>,
    /// What the sandbox does where the documentation is silent.
    pub assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            email: EMAIL.to_owned(),
            password: PASSWORD.to_owned(),
            token_lifetime_seconds: 45 * 60,
            token_form: TokenForm::default(),
            next_link_origin: None,
            assumptions: Assumptions::default(),
        }
    }
}

/// What the sandbox does where the provider's documentation is silent. The defaults are the
/// sandbox's best guess; a client should work with each of the others too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Assumptions {
    /// The key of the password in the request for a token: `password` (default).
    pub password_key: String,
    /// Status of wrong credentials and of a missing, unknown or expired token: 401 (default, as
    /// the framework sends) or 403.
    // Not `wrong_key_status`: there is no key, and what these errors of the framework name is a token
    // ("JWT Token not found").
    #[serde(with = "crate::control::status")]
    pub wrong_token_status: StatusCode,
    /// How the `PATCH` of an order names the order; in the query by default.
    pub order_update: OrderUpdate,
    /// True if the `PATCH` of an order has to be `application/merge-patch+json`; by default
    /// `application/ld+json`, as every other call.
    pub merge_patch: bool,
    /// True if the response to the `PATCH` of an order has no body (204); by default it is the
    /// order.
    pub empty_update_response: bool,
    /// True if `order.externalOrderNumber` finds every number that contains the value (default), as
    /// the published list of filters suggests.
    pub partial_order_number: bool,
    /// True if an order holds its trackings as objects; by default as addresses.
    pub embedded_trackings: bool,
    /// The key of the skus that are no longer available: `unavailable` (default).
    pub unavailable_key: String,
    /// The number of members of a page for which none is requested; 30, the framework's default.
    pub default_page_size: u16,
    /// The largest number of members of a page; `None`, the default, for no maximum.
    pub max_page_size: Option<u16>,
    /// The status of a validation error: 422 (default) or 400, as releases up to 2.5 have it.
    #[serde(with = "crate::control::status")]
    pub violation_status: StatusCode,
    /// The form of `@context`; as in the published examples by default.
    pub context: ContextForm,
    /// True if the keys of the envelope begin with `hydra:` (default). In release 4 they do not.
    pub hydra_prefix: bool,
    /// True if keys without a value are sent as null (default); otherwise they are left out.
    pub nulls: bool,
    /// True if `hydra:totalItems` is written as a floating-point number.
    pub total_as_float: bool,
    /// True if pages past the end have a `hydra:next`, as in release 2.5.0.
    pub next_past_the_end: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            password_key: "password".to_owned(),
            wrong_token_status: StatusCode::UNAUTHORIZED,
            order_update: OrderUpdate::NumberInQuery,
            merge_patch: false,
            empty_update_response: false,
            partial_order_number: true,
            embedded_trackings: false,
            unavailable_key: "unavailable".to_owned(),
            default_page_size: 30,
            max_page_size: None,
            violation_status: StatusCode::UNPROCESSABLE_ENTITY,
            context: ContextForm::Documented,
            hydra_prefix: true,
            nulls: true,
            total_as_float: false,
            next_past_the_end: false,
        }
    }
}

/// How the `PATCH` of an order names the order. Each other form is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OrderUpdate {
    /// `PATCH /api/orders?externalOrderNumber=…`.
    NumberInQuery,
    /// `PATCH /api/orders` with `externalOrderNumber` in the body.
    NumberInBody,
    /// `PATCH /api/orders/{id}`.
    ItemRoute,
}

/// The form of `@context`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContextForm {
    /// An object for trackings, an address for everything else.
    Documented,
    /// Always an address.
    Address,
    /// Always an object.
    Object,
}

/// The form of tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenForm {
    /// A JWT with the time of its expiry in `exp`.
    #[default]
    Jwt,
    /// A JWT without `exp`.
    WithoutExpiry,
    /// A JWT whose `exp` is a minute in the past. The sandbox accepts it.
    PastExpiry,
    /// Three parts that no client can decode.
    Opaque,
}
