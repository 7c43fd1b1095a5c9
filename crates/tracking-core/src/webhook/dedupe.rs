//! Remembers what was already handled, so that a repeated webhook is handled once.

use crate::provider::BoxFuture;
use crate::{Error, EventKey};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is remembered: one message or one event of one account.
///
/// An account is a name in a [`ProviderSet`](crate::ProviderSet), such as `ship24`. The same message is
/// another one when it arrives at another account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DedupeKey(Arc<str>);

impl DedupeKey {
    /// Names a webhook message by the id that the provider gave it.
    #[must_use]
    pub fn message(account: &str, message_id: &str) -> Self {
        Self(format!("{account}:message:{message_id}").into())
    }

    /// Names a webhook message without an id by what it says of a shipment.
    ///
    /// The key holds a hash of the content and nothing else of it. It is the same in every process and
    /// version (FNV-1a with 128 bits, and the length), and no proof of anything: only who can prove a
    /// message can have it remembered.
    #[must_use]
    pub fn content(account: &str, content: &str) -> Self {
        let length = content.len();
        let hash = fnv_1a(content.as_bytes());
        Self(format!("{account}:content:{length}:{hash:032x}").into())
    }

    /// Names an event of a shipment.
    ///
    /// The shipment belongs to the key: event keys are unique inside one shipment only. Pass the
    /// provider's id of the shipment, or its number where there is no id.
    #[must_use]
    pub fn event(account: &str, shipment: &str, event: &EventKey) -> Self {
        // The length keeps ("a", "b:c") and ("a:b", "c") apart.
        let length = shipment.len();
        let event = event.as_str();
        Self(format!("{account}:event:{length}:{shipment}:{event}").into())
    }

    /// Returns the key as text, for a store outside this process.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The hash FNV-1a with 128 bits.
fn fnv_1a(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(PRIME)
    })
}

/// The result of [`DedupeStore::remember`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Seen {
    /// The key was not known; it is from now on.
    First,
    /// The key was known: the same thing arrived again.
    Again,
}

impl Seen {
    /// Returns true if the key was not known before.
    #[must_use]
    pub fn is_first(self) -> bool {
        self == Self::First
    }
}

/// A memory of what was handled, shared by everybody who receives webhooks.
///
/// Providers repeat messages: after a timeout, after a response that they did not like, on
/// request. Implement this over a database when several processes receive them, and keep the
/// keys at least as long as the provider repeats (Ship24: about six days).
pub trait DedupeStore: fmt::Debug + Send + Sync {
    /// Remembers the key and returns whether it was known, in one step: of two concurrent calls
    /// with the same new key exactly one gets [`Seen::First`].
    ///
    /// The key is remembered before the message is handled. So if handling fails, call
    /// [`DedupeStore::forget`]; and let nothing cancel it in between, such as a web framework that
    /// drops the handler when the sender hangs up: run it on a task of its own. A future of this
    /// method that is dropped before it ends may have remembered the key or not.
    ///
    /// # Errors
    /// When the store cannot be reached. Handle the message then: handling it twice is the
    /// smaller harm, because a merge of known events changes nothing.
    fn remember<'a>(&'a self, key: &'a DedupeKey) -> BoxFuture<'a, Result<Seen, Error>>;

    /// Forgets the key, so that the next delivery counts as the first.
    ///
    /// Call it when handling failed after [`DedupeStore::remember`]: else the provider's next
    /// try would be dropped.
    ///
    /// # Errors
    /// When the store cannot be reached.
    fn forget<'a>(&'a self, key: &'a DedupeKey) -> BoxFuture<'a, Result<(), Error>>;
}

/// A [`DedupeStore`] in this process, bounded: the key remembered first is forgotten first.
///
/// Clones share their memory.
#[derive(Clone)]
pub struct MemoryDedupe {
    entries: Arc<Mutex<Entries>>,
    capacity: usize,
}

#[derive(Default)]
struct Entries {
    numbers: HashMap<DedupeKey, u64>,
    by_age: BTreeMap<u64, DedupeKey>,
    next: u64,
}

impl MemoryDedupe {
    /// How many keys [`MemoryDedupe::default`] remembers.
    pub const DEFAULT_CAPACITY: usize = 100_000;

    /// Makes a store that remembers up to `capacity` keys, at least one.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            entries: Arc::default(),
            capacity: capacity.max(1),
        }
    }

    /// Returns how many keys are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().numbers.len()
    }

    /// Returns true if nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Does what [`DedupeStore::remember`] does, without a future.
    #[must_use]
    pub fn remember_now(&self, key: &DedupeKey) -> Seen {
        let mut entries = self.entries();
        if entries.numbers.contains_key(key) {
            return Seen::Again;
        }
        let number = entries.next;
        entries.next += 1;
        entries.numbers.insert(key.clone(), number);
        entries.by_age.insert(number, key.clone());
        if entries.numbers.len() > self.capacity
            && let Some((_, oldest)) = entries.by_age.pop_first()
        {
            entries.numbers.remove(&oldest);
        }
        Seen::First
    }

    /// Does what [`DedupeStore::forget`] does, without a future.
    pub fn forget_now(&self, key: &DedupeKey) {
        let mut entries = self.entries();
        if let Some(number) = entries.numbers.remove(key) {
            entries.by_age.remove(&number);
        }
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        // No code that holds the lock can leave the two maps half changed.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryDedupe {
    fn default() -> Self {
        Self::new(Self::DEFAULT_CAPACITY)
    }
}

impl fmt::Debug for MemoryDedupe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryDedupe")
            .field("len", &self.len())
            .field("capacity", &self.capacity)
            .finish()
    }
}

impl DedupeStore for MemoryDedupe {
    fn remember<'a>(&'a self, key: &'a DedupeKey) -> BoxFuture<'a, Result<Seen, Error>> {
        Box::pin(async move { Ok(self.remember_now(key)) })
    }

    fn forget<'a>(&'a self, key: &'a DedupeKey) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.forget_now(key);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::fnv_1a;

    /// The published values of the hash.
    #[test]
    fn known_strings_have_known_hashes() {
        for (text, hash) in [
            ("", 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d),
            ("a", 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964),
            ("foobar", 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18),
        ] {
            assert_eq!(fnv_1a(text.as_bytes()), hash, "{text}");
        }
    }
}
