//! What came of one fault at one operation.

use tracking_http::{Error, ErrorKind};

use super::class::Class;
use super::rule::{Repeat, Rule};
use crate::Called;

/// How many attempts a call has while faults are played.
pub(super) const ATTEMPTS: u32 = 2;

/// A fault at an operation.
#[derive(Clone, Debug)]
pub(super) struct Played {
    /// What the fault is called in the table.
    pub(super) fault: &'static str,
    pub(super) operation: String,
    pub(super) class: Class,
    pub(super) idempotent: bool,
    /// True if the operation changes nothing.
    pub(super) reads: bool,
    /// True if the call is sent again with a new token, after a 401.
    pub(super) renews_token: bool,
    pub(super) rule: Rule,
    /// The response that was sent, as far as it was: its status and its body.
    pub(super) response: Option<(u16, Vec<u8>)>,
    /// How many requests arrived; none is counted where there was no connection.
    pub(super) sent: Option<u32>,
    pub(super) outcome: Outcome,
}

/// What a call made of a fault.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Succeeded {
        attempts: u32,
        problems: usize,
    },
    Failed {
        kind: ErrorKind,
        attempts: u32,
        status: Option<u16>,
        body: Option<Vec<u8>>,
        is_retryable: bool,
    },
}

impl Outcome {
    pub(super) fn of(called: Result<Called, Error>) -> Self {
        match called {
            Ok(called) => Self::Succeeded {
                attempts: called.attempts,
                problems: called.problems.len(),
            },
            Err(error) => Self::Failed {
                kind: error.kind(),
                attempts: error.attempts(),
                status: error.status().map(|status| status.as_u16()),
                body: error.body().map(|body| body.to_vec()),
                is_retryable: error.is_retryable(),
            },
        }
    }
}

impl Played {
    /// What is not as the rules have it.
    pub(super) fn broken_rule(&self) -> Option<String> {
        let reason = self.reason()?;
        Some(format!(
            "{} at {}: {reason}: {:?}",
            self.fault, self.operation, self.outcome
        ))
    }

    fn reason(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Succeeded { .. } if !self.rule.may_succeed => Some("it succeeded".to_owned()),
            Outcome::Succeeded { attempts, .. } => {
                (*attempts != 1).then(|| format!("{attempts} attempts for a success"))
            }
            Outcome::Failed {
                kind,
                attempts,
                status,
                body,
                is_retryable,
            } => {
                let allowed = self.allowed_attempts(*kind);
                if !self.rule.kinds.contains(kind) {
                    return Some(format!("the kind is none of {:?}", self.rule.kinds));
                }
                if *attempts != allowed {
                    return Some(format!("{attempts} attempts, not {allowed}"));
                }
                if self.sent.is_some_and(|sent| sent != *attempts) {
                    return Some(format!("{:?} requests for {attempts} attempts", self.sent));
                }
                let may_help = match self.rule.repeat {
                    Repeat::All | Repeat::Later => true,
                    Repeat::Harmless => self.idempotent,
                    Repeat::Reads => self.idempotent && self.reads,
                    Repeat::Never => false,
                };
                if *is_retryable && !may_help {
                    return Some("it claims that a repeat may help".to_owned());
                }
                if let Some((sent_status, sent_body)) = &self.response {
                    if *status != Some(*sent_status) {
                        return Some("the status is lost".to_owned());
                    }
                    if !sent_body.is_empty() && body.as_ref() != Some(sent_body) {
                        return Some("the body is lost".to_owned());
                    }
                }
                None
            }
        }
    }

    fn allowed_attempts(&self, kind: ErrorKind) -> u32 {
        let is_repeated = match self.rule.repeat {
            Repeat::All => true,
            Repeat::Harmless => self.idempotent,
            Repeat::Reads => self.idempotent && self.reads,
            Repeat::Never | Repeat::Later => false,
        };
        let renews_token = self.renews_token && kind == ErrorKind::Authentication;
        if is_repeated || renews_token {
            ATTEMPTS
        } else {
            1
        }
    }
}
