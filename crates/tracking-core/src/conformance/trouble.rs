//! What can go wrong with the requests of a provider.

use std::fmt;

/// Something that goes wrong with the requests of a provider.
///
/// For each one the suite needs a provider with the same data whose requests meet it: a client over
/// a mock server or a transport that brings it about. See [`Cases::with_trouble`](super::Cases::with_trouble).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Trouble {
    /// The provider refuses the key.
    BadKey,
    /// Every request is one too many, and the response says how long to wait.
    RateLimited,
    /// No response comes, and the client has a timeout.
    Timeout,
    /// Every response ends in the middle of its JSON.
    MalformedResponse,
    /// A part of the shipment is of a type that it never has; the rest can be read.
    PartlyReadable,
    /// Every response is about another parcel, as from a cache that mixes them up.
    OtherParcel,
    /// Requests are carried out, and their responses are lost.
    LostResponse,
}

impl Trouble {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::BadKey,
        Self::RateLimited,
        Self::Timeout,
        Self::MalformedResponse,
        Self::PartlyReadable,
        Self::OtherParcel,
        Self::LostResponse,
    ];

    /// Returns the name of the check.
    pub(super) const fn check(self) -> &'static str {
        match self {
            Self::BadKey => "bad_keys_are_refused",
            Self::RateLimited => "rate_limits_say_how_long_to_wait",
            Self::Timeout => "timeouts_are_their_own_error",
            Self::MalformedResponse => "malformed_responses_are_no_outcome",
            Self::PartlyReadable => "partly_read_responses_report_nothing_twice",
            Self::OtherParcel => "responses_about_another_parcel_are_refused",
            Self::LostResponse => "lost_responses_are_repeated_only_where_safe",
        }
    }
}

/// The name for people, such as `bad key`.
impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::BadKey => "bad key",
            Self::RateLimited => "rate limited",
            Self::Timeout => "timeout",
            Self::MalformedResponse => "malformed response",
            Self::PartlyReadable => "partly readable",
            Self::OtherParcel => "another parcel",
            Self::LostResponse => "lost response",
        })
    }
}
