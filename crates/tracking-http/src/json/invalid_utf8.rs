//! Leaves out strings that are not UTF-8, as a server writes them that mixes character sets.

use super::recovery::{NULL, Notes, join};
use super::scanner::Scanner;

/// Returns the JSON with null for each string that is not UTF-8, each of which is noted. In keys, which are
/// no values, U+FFFD takes the place of the bytes that are not.
#[cold]
pub(super) fn without_invalid_strings(json: &[u8], path: &str, notes: &mut Notes) -> Vec<u8> {
    let mut scanner = Scanner::new(json);
    let mut remaining = Vec::with_capacity(json.len());
    let mut end_of_last = 0;
    let mut position = 0;
    for chunk in json.utf8_chunks() {
        position += chunk.valid().len();
        let invalid = position;
        position += chunk.invalid().len();
        if chunk.invalid().is_empty() || invalid < end_of_last {
            continue;
        }
        let found = scanner.find(invalid + 1, None);
        if scanner.first_byte(&found) != Some(b'"') {
            continue;
        }
        let start = found.span.start;
        let inside = scanner.path(found.depth);
        if scanner.is_element(&found) {
            notes.left_out.insert(join(path, &inside));
        }
        let end = scanner.leave(&found);
        notes.note(
            join(path, &inside),
            "expected a string, found one that is not UTF-8",
            json.get(start..end).unwrap_or_default(),
        );
        push_lossy(
            &mut remaining,
            json.get(end_of_last..start).unwrap_or_default(),
        );
        remaining.extend_from_slice(NULL);
        end_of_last = end;
    }
    push_lossy(&mut remaining, json.get(end_of_last..).unwrap_or_default());
    remaining
}

fn push_lossy(remaining: &mut Vec<u8>, json: &[u8]) {
    remaining.extend_from_slice(String::from_utf8_lossy(json).as_bytes());
}
