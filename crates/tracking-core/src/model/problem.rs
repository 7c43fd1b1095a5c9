//! `Problem`: a part of a response that could not be understood, or a doubt about the lookup.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::null_as_default;
use crate::RawJson;

/// A part of a response that could not be understood, or that is missing because one of several
/// requests failed; the rest was kept. Or what to know of the lookup, such as couriers that were not
/// tried.
///
/// One bad event never costs the shipment, one bad shipment never costs the batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Problem {
    /// Where it is: a JSON path such as `data.trackings[0].events[3]`; empty if it is about the lookup.
    #[serde(default, deserialize_with = "null_as_default")]
    pub path: String,
    /// What is wrong with it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub message: String,
    /// The text in question, where it could be cut out.
    pub raw: Option<RawJson>,
    /// True if a request failed whose response belongs here. Asking for the shipment again may bring
    /// what is missing.
    #[serde(
        default,
        deserialize_with = "null_as_default",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub request_failed: bool,
}

impl Problem {
    /// Creates a problem without raw text.
    #[must_use]
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            raw: None,
            request_failed: false,
        }
    }

    /// Creates the problem that one of several requests for a shipment failed. The message is that of
    /// the error.
    #[must_use]
    pub fn of_failed_request(path: impl Into<String>, error: &impl fmt::Display) -> Self {
        let mut problem = Self::new(path, error.to_string());
        problem.request_failed = true;
        problem
    }

    /// Creates a problem of the lookup itself, in one sentence. It has no path.
    #[must_use]
    pub fn of_lookup(message: impl Into<String>) -> Self {
        Self::new("", message)
    }

    /// Adds the text in question.
    #[must_use]
    pub fn with_raw(mut self, raw: RawJson) -> Self {
        self.raw = Some(raw);
        self
    }
}
