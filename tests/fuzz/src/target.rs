//! One reader, and what holds for every input of it.

use std::fs;
use std::path::Path;

use crate::bound::Bound;

/// Inputs that once showed a fault.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");

/// One reader, and what holds for every input of it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    name: &'static str,
    check: fn(&[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
    bound: Bound,
}

impl Target {
    pub(crate) const fn new(
        name: &'static str,
        check: fn(&[u8]),
        seeds: fn() -> Vec<Vec<u8>>,
        bound: Bound,
    ) -> Self {
        Self {
            name,
            check,
            seeds,
            bound,
        }
    }

    /// The name, in snake case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Inputs to begin with: what is made of fixtures, and what once showed a fault.
    ///
    /// # Panics
    ///
    /// If a file cannot be read.
    #[must_use]
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        let mut seeds = (self.seeds)();
        if let Ok(files) = fs::read_dir(Path::new(SEEDS).join(self.name)) {
            let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
            paths.sort_unstable();
            seeds.extend(paths.iter().map(|path| fs::read(path).unwrap()));
        }
        seeds
    }

    /// Checks an input.
    ///
    /// # Panics
    ///
    /// If a property does not hold, if too much memory was used, or if memory was not freed.
    pub fn check(&self, input: &[u8]) {
        let mut used = allocation_counter::measure(|| (self.check)(input));
        if used.bytes_current > 0 {
            // The first input fills what lives as long as the thread.
            used = allocation_counter::measure(|| (self.check)(input));
        }
        assert_eq!(used.bytes_current, 0, "bytes that were not freed");
        self.bound.assert(&used, input.len());
    }
}
