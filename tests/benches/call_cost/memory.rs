//! Reads the counters of the allocator.

use crate::ALLOCATOR;

/// How often memory was requested so far: new blocks and blocks that grew or shrank.
pub(crate) fn requests() -> usize {
    let stats = ALLOCATOR.stats();
    stats.allocations + stats.reallocations
}

/// How many bytes are in use now.
pub(crate) fn live_bytes() -> usize {
    let stats = ALLOCATOR.stats();
    stats
        .bytes_allocated
        .saturating_sub(stats.bytes_deallocated)
}
