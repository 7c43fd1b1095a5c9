//! What can go wrong while a sandbox is set up.

use std::io;

/// The sandbox could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port could not be opened on 127.0.0.1. Port 0 takes any free one.
    #[error("could not listen on 127.0.0.1:{port}; choose another port, or 0 for any free one")]
    Listen {
        /// The port that was requested.
        port: u16,
        /// What the operating system said.
        source: io::Error,
    },
    /// The thread that serves the sandbox could not be started.
    #[error("could not start the thread of the sandbox")]
    Thread {
        /// What the operating system said.
        source: io::Error,
    },
}

/// A parcel that the sandbox cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParcelError {
    /// A parcel without a leg has no number to be found by.
    #[error("the parcel has no leg; add one with `Parcel::leg`")]
    NoLeg,
    /// A scan names a leg that the parcel does not have.
    #[error("a scan belongs to leg {leg}, but the parcel has {legs}; legs count from 0")]
    UnknownLeg {
        /// The leg that the scan names, counted from 0.
        leg: usize,
        /// How many legs the parcel has.
        legs: usize,
    },
    /// No scan has this position.
    #[error(
        "the parcel has {scans} scans, and none at {scan}; they count from 0, as they were added"
    )]
    UnknownScan {
        /// The position that was asked for.
        scan: usize,
        /// How many scans the parcel has.
        scans: usize,
    },
    /// A number that is empty or white space only.
    #[error("the tracking number of leg {leg} is empty")]
    EmptyNumber {
        /// The leg, counted from 0.
        leg: usize,
    },
    /// No parcel has this number.
    #[error("no parcel has the number `{number}`; add it with `Sandbox::add_parcel` first")]
    UnknownNumber {
        /// The number that was requested.
        number: String,
    },
    /// A time outside the years 1 to 9999.
    #[error("a scan lies outside the years 1 to 9999")]
    TimeOutOfRange,
}

/// A name that no operation of the provider has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no operation; the operations are {known}")]
pub struct UnknownOperationError {
    pub(crate) name: String,
    pub(crate) known: String,
}

/// A webhook address that the sandbox refuses to call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the webhook address `{url}` {reason}")]
pub struct WebhookUrlError {
    pub(crate) url: String,
    pub(crate) reason: &'static str,
}

impl WebhookUrlError {
    /// The address as it was given.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}
