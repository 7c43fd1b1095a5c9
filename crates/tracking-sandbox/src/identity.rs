//! Identifiers that look random and are the same on every run with the same seed.

use fastrand::Rng;

/// Makes the identifiers of one sandbox from its seed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identities {
    seed: u64,
}

impl Identities {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// An identifier of five hexadecimal groups that is no UUID by the standard: version and
    /// variant digits are random, as in the ids that providers really send.
    pub(crate) fn uuid_like(self, kind: &str, name: &str, index: u64) -> String {
        grouped(self.random(kind, name, index).u128(..))
    }

    /// A UUID of version 4, for ids that some clients check.
    pub(crate) fn uuid(self, kind: &str, name: &str, index: u64) -> String {
        const VERSION: u128 = 0xf << 76;
        const VARIANT: u128 = 0b11 << 62;
        let random = self.random(kind, name, index).u128(..);
        grouped(random & !VERSION & !VARIANT | 4 << 76 | 0b10 << 62)
    }

    /// Thirty-two hexadecimal digits without groups.
    pub(crate) fn hex(self, kind: &str, index: u64) -> String {
        format!("{:032x}", self.random(kind, "", index).u128(..))
    }

    /// As [`Self::uuid_like`], but with a letter that no hexadecimal number has.
    pub(crate) fn not_quite_hex(self, kind: &str, name: &str, index: u64) -> String {
        let mut id = self.uuid_like(kind, name, index);
        id.truncate(34);
        id.push_str("ja");
        id
    }

    fn random(self, kind: &str, name: &str, index: u64) -> Rng {
        let mut hash = Fnv::new(self.seed);
        hash.add(kind.as_bytes());
        hash.add(&[0]);
        hash.add(name.as_bytes());
        hash.add(&index.to_le_bytes());
        Rng::with_seed(hash.0)
    }
}

/// Hexadecimal digits in groups of 8, 4, 4, 4 and 12.
fn grouped(bits: u128) -> String {
    let mut id = format!("{bits:032x}");
    for position in [20, 16, 12, 8] {
        id.insert(position, '-');
    }
    id
}

/// FNV-1a: small, and stable over Rust versions, which the hasher of the standard library is not.
struct Fnv(u64);

impl Fnv {
    const fn new(seed: u64) -> Self {
        Self(0xcbf2_9ce4_8422_2325 ^ seed)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// A stable fingerprint of a string, for map keys that must not hold a secret.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hash = Fnv::new(0);
    hash.add(bytes);
    hash.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_gives_the_same_identifier() {
        let first = Identities::new(7).uuid_like("tracker", "", 1);
        let second = Identities::new(7).uuid_like("tracker", "", 1);
        let other_seed = Identities::new(8).uuid_like("tracker", "", 1);

        assert_eq!(first, second);
        assert_ne!(first, other_seed);
        assert_eq!(first.len(), 36);
    }

    #[test]
    fn uuid_has_version_and_variant() {
        for index in 0..64 {
            let id = Identities::new(7).uuid("tracker", "", index);

            let groups: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(&id[14..15], "4", "{id}");
            assert!(matches!(&id[19..20], "8" | "9" | "a" | "b"), "{id}");
        }
    }

    #[test]
    fn identifier_of_one_kind_is_not_hexadecimal() {
        let id = Identities::new(7).not_quite_hex("event", "AB12345", 2);

        assert_eq!(id.len(), 36);
        assert!(id.contains('j'));
    }
}
