//! Compressed bodies.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// So many spaces, compressed to a thousandth of that.
#[must_use]
pub fn gzip_bomb(spaces: usize) -> Vec<u8> {
    let block = vec![b' '; 64 * 1024];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let mut left = spaces;
    while left > 0 {
        let part = left.min(block.len());
        encoder.write_all(&block[..part]).unwrap();
        left -= part;
    }
    encoder.finish().unwrap()
}
