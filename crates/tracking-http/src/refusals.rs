//! What was refused while other calls waited for their turn.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tracking_core::ErrorKind;

use crate::error::Error;
use crate::limit::LimitKey;

/// The latest refusal of each bucket that concerns every call in it: the key is refused, or the quota is
/// used up.
///
/// A call that waited in the bucket at that time is not sent, since it would be refused as well. One that
/// begins later is sent: the account may have been put in order.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    /// How many there were.
    count: AtomicU64,
    latest: Mutex<HashMap<Bucket, Latest>>,
}

/// A credential and the name of a rate class.
type Bucket = (u64, &'static str);

/// How many refusals there were with this one, and what the calls that waited get.
type Latest = (u64, Error);

/// A point in time: how many refusals there had been.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark(u64);

impl Refusals {
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.count.load(Ordering::Acquire))
    }

    /// Keeps the error of a call, if it concerns the others in its bucket.
    pub(crate) fn learn(&self, key: LimitKey<'_>, error: &Error) {
        let concerns_others = matches!(
            error.kind(),
            ErrorKind::Authentication | ErrorKind::QuotaExhausted
        );
        if !concerns_others {
            return;
        }
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let count = self.count.fetch_add(1, Ordering::AcqRel) + 1;
        latest.insert(bucket(key), (count, error.for_call_not_sent()));
    }

    /// Returns the error of a call that waits since the mark, if its bucket was refused meanwhile.
    pub(crate) fn since(&self, mark: Mark, key: LimitKey<'_>) -> Option<Error> {
        if self.mark().0 == mark.0 {
            return None;
        }
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, error) = latest.get(&bucket(key))?;
        (*count > mark.0).then(|| error.clone())
    }
}

fn bucket(key: LimitKey<'_>) -> Bucket {
    (key.credential, key.class.name)
}
