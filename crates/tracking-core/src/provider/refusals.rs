//! What a provider refused, and would refuse again.

use crate::{Error, ErrorKind};

/// What is learned of a provider from the results of several requests.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    /// The provider has responded to a request.
    has_success: bool,
    refusal: Option<Error>,
}

impl Refusals {
    /// Learns from what came of a request.
    pub(crate) fn learn(&mut self, error: Option<&Error>) {
        let Some(error) = error else {
            self.has_success = true;
            return;
        };
        let is_final = match error.kind() {
            ErrorKind::Authentication | ErrorKind::QuotaExhausted => true,
            // Where others are allowed, it is this one that is not.
            ErrorKind::Permission => !self.has_success,
            _ => false,
        };
        if is_final {
            self.refuse(error);
        }
    }

    /// Learns from the results of one call, whose order means nothing.
    pub(crate) fn learn_all<T>(&mut self, results: &[Result<T, Error>]) {
        self.has_success |= results.iter().any(Result::is_ok);
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            self.learn(Some(error));
        }
    }

    /// Refuses everything from now on, because of this error.
    pub(crate) fn refuse(&mut self, error: &Error) {
        self.refusal
            .get_or_insert_with(|| error.for_request_not_sent());
    }

    /// Returns the error of a request that need not be sent.
    pub(crate) fn next(&self) -> Option<Error> {
        self.refusal.as_ref().map(Error::for_request_not_sent)
    }
}
