//! A hash that is the same in every process, build and release.

/// 64-bit FNV-1a over a list of parts.
///
/// The standard library's hashers may change with its releases, and a limiter that is shared between
/// processes needs one name for one credential.
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    /// Occurs in no part, since neither ASCII nor UTF-8 has it.
    const END_OF_PART: u8 = 0xff;

    pub(crate) const fn new() -> Self {
        Self(Self::BASIS)
    }

    /// Adds a part, and its end: `ab`, `c` differs from `a`, `bc`.
    pub(crate) fn add(&mut self, part: &[u8]) {
        for byte in part.iter().chain(&[Self::END_OF_PART]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(Self::PRIME);
        }
    }

    pub(crate) const fn value(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    fn of(parts: &[&str]) -> u64 {
        let mut fingerprint = Fingerprint::new();
        for part in parts {
            fingerprint.add(part.as_bytes());
        }
        fingerprint.value()
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
    }
}
