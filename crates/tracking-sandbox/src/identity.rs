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
        let mut random = self.random(kind, name, index);
        let digits = format!("{:032x}", random.u128(..));
        let mut text = String::with_capacity(36);
        for (position, digit) in digits.chars().enumerate() {
            if matches!(position, 8 | 12 | 16 | 20) {
                text.push('-');
            }
            text.push(digit);
        }
        text
    }

    /// Thirty-two hexadecimal digits without groups.
    pub(crate) fn hex(self, kind: &str, index: u64) -> String {
        format!("{:032x}", self.random(kind, "", index).u128(..))
    }

    /// As [`Self::uuid_like`], but with a letter that no hexadecimal number has.
    pub(crate) fn not_quite_hex(self, kind: &str, name: &str, index: u64) -> String {
        let mut text = self.uuid_like(kind, name, index);
        text.truncate(34);
        text.push_str("ja");
        text
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

/// A stable fingerprint of a text, for map keys that must not hold a secret.
pub(crate) fn fingerprint(text: &[u8]) -> u64 {
    let mut hash = Fnv::new(0);
    hash.add(text);
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
    fn one_kind_of_identifier_is_not_hexadecimal() {
        let id = Identities::new(7).not_quite_hex("event", "AB12345", 2);

        assert_eq!(id.len(), 36);
        assert!(id.contains('j'));
    }
}
