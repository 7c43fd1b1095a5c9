//! How much memory a target may use for an input.

use allocation_counter::AllocationInfo;

/// What does not depend on the input: clients, tables, messages.
const FIXED: u64 = 1_000_000;

/// Limits for each byte of the input, beside what is fixed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    /// Bytes that are allocated at the same time.
    pub(crate) peak: u64,
    /// Bytes that are allocated in all. It grows with the time that is taken, and does not depend on the machine.
    pub(crate) total: u64,
    /// Bytes that do not depend on the input.
    fixed: u64,
}

impl Bound {
    pub(crate) const fn of(peak: u64, total: u64) -> Self {
        Self {
            peak,
            total,
            fixed: FIXED,
        }
    }

    /// The same with so many bytes more at the same time, whatever the input.
    pub(crate) const fn and(mut self, bytes: u64) -> Self {
        self.fixed += bytes;
        self
    }

    /// # Panics
    ///
    /// If a limit is exceeded.
    pub(crate) fn assert(self, used: &AllocationInfo, length: usize) {
        let length = length as u64;
        let peak = self.fixed + self.peak * length;
        let total = 10 * self.fixed + self.total * length;
        assert!(
            used.bytes_max <= peak,
            "{} bytes at the same time for {length}, more than {peak}",
            used.bytes_max
        );
        assert!(
            used.bytes_total <= total,
            "{} bytes in all for {length}, more than {total}",
            used.bytes_total
        );
    }
}
