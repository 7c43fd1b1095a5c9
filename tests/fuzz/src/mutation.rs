//! Changed seeds, the same ones in each run.

use fastrand::Rng;

/// What readers of JSON, of times and of headers look for.
const WORDS: [&[u8]; 24] = [
    b"null",
    b"true",
    b"{}",
    b"[]",
    b"[[[[[[[[",
    b"\"\"",
    b"-1",
    b"1e400",
    b"0.1",
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x93\xa6",
    b"9223372036854775808",
    b"99999999999999999999",
    b"{\"a\":",
    b",",
    b":",
    b"2025-02-29T24:00:60Z",
    b"0001-01-01",
    b"+14:00",
    b"-",
    b"\n",
];

/// The longest input that changes make.
const LONGEST: usize = 64 * 1024;

/// Makes inputs from seeds.
#[derive(Clone, Debug)]
pub struct Mutations {
    seeds: Vec<Vec<u8>>,
    random: Rng,
}

impl Mutations {
    /// Changes of these seeds.
    #[must_use]
    pub fn of(seeds: Vec<Vec<u8>>) -> Self {
        Self {
            seeds,
            random: Rng::with_seed(12),
        }
    }

    fn seed(&mut self) -> Vec<u8> {
        let place = self.random.usize(..self.seeds.len());
        self.seeds[place].clone()
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        self.random.usize(..=bytes.len())
    }

    /// The places of two ends of a part that is not long.
    fn part(&mut self, bytes: &[u8]) -> (usize, usize) {
        let start = self.place(bytes);
        let length = self.random.usize(..64);
        (start, bytes.len().min(start + length))
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let place = self.place(bytes);
        match self.random.u8(..8) {
            0 => {
                let (start, end) = self.part(bytes);
                bytes.drain(start..end);
            }
            1 => {
                let (start, end) = self.part(bytes);
                let part = bytes[start..end].to_vec();
                bytes.splice(place..place, part);
            }
            2 | 3 => {
                let word = self.random.choice(WORDS).unwrap_or_default();
                let end = bytes.len().min(place + self.random.usize(..=word.len()));
                bytes.splice(place..end, word.iter().copied());
            }
            4 => bytes.truncate(place),
            5 => {
                let other = self.seed();
                let (start, end) = self.part(&other);
                bytes.splice(place..place, other[start..end].iter().copied());
            }
            6 => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = self.random.u8(..);
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << self.random.u8(..8);
                }
            }
        }
        bytes.truncate(LONGEST);
    }
}

impl Iterator for Mutations {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.seed();
        for _ in 0..self.random.usize(1..6) {
            self.change(&mut bytes);
        }
        Some(bytes)
    }
}
