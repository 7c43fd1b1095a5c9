//! Unquoted scalars that some readers turn into booleans, dates or numbers: Norway (`NO`), `on`, `2024-01-02`.
//!
//! Readers of YAML 1.1 and 1.2 disagree about them, so the rule looks at how they are written, not at the parsed value.

use super::Findings;
use crate::spec::Spec;
use crate::yaml::{Scalar, Value, resolved};

const WORDS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

pub(super) fn check(spec: &Spec, findings: &mut Findings) {
    for Scalar {
        line, source, key, ..
    } in spec.scalars().iter().filter(|scalar| scalar.plain)
    {
        let problem = if *key && !matches!(resolved(source), Value::String(_)) {
            format!("the key {source} is not a string")
        } else if is_doubtful(source) {
            format!("the bare word {source} is a boolean, a date or a number for some YAML readers")
        } else {
            continue;
        };
        findings.add(
            format!("line {line}"),
            problem,
            format!("Quote it: \"{source}\"."),
        );
    }
}

fn is_doubtful(scalar: &str) -> bool {
    WORDS.iter().any(|word| scalar.eq_ignore_ascii_case(word))
        || is_date(scalar)
        || is_sexagesimal(scalar)
        || is_octal_or_hexadecimal(scalar)
}

fn is_date(scalar: &str) -> bool {
    let bytes = scalar.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    digits(0..4)
        && bytes.get(4) == Some(&b'-')
        && digits(5..7)
        && bytes.get(7) == Some(&b'-')
        && digits(8..10)
        && bytes
            .get(10)
            .is_none_or(|next| matches!(next, b'T' | b't' | b' '))
}

fn is_sexagesimal(scalar: &str) -> bool {
    scalar.contains(':')
        && scalar.split(':').all(|part| {
            !part.is_empty() && part.len() <= 2 && part.bytes().all(|digit| digit.is_ascii_digit())
        })
}

/// Returns true if the scalar is a number to the base 8 or 16 in either version of YAML.
fn is_octal_or_hexadecimal(scalar: &str) -> bool {
    let Some(rest) = scalar.strip_prefix('0') else {
        return false;
    };
    let (digits, base) = match rest.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (rest.strip_prefix('o').unwrap_or(rest), 10),
    };
    !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(source: &str) -> Vec<String> {
        let spec = Spec::parse("x", "x.yaml", source).unwrap();
        let mut findings = Findings::default();
        check(&spec, &mut findings);
        findings.0.into_iter().map(|found| found.at).collect()
    }

    #[test]
    fn bare_strings_dates_and_numbers_are_refused() {
        let cases = [
            ("country: NO", 1),
            ("countries: [DE, NO, \"NO\"]", 1),
            ("- {code: on, day: 2024-01-02}", 2),
            ("time: 12:30", 1),
            ("postCode: 01067", 1),
            ("masks: [0x1F, 0o17]", 2),
            ("- y", 1),
            ("\"NO\": no", 1),
            ("{name: The courier's name, country: NO}", 1),
            ("200: The item.", 1),
            ("null: The item.", 1),
        ];

        for (source, expected) in cases {
            assert_eq!(places(source).len(), expected, "{source}");
        }
    }

    #[test]
    fn quoted_strings_prose_and_comments_are_accepted() {
        let sources = [
            "country: \"NO\"",
            "description: no, this is prose",
            "key: value # no",
            "countries: [DE, # the courier's\n  FR]",
            "code: nothing",
            "count: 10",
            "weight: 0.5",
            "key: 0f5be2a86c1d4d77",
            "\"200\": The item.",
        ];

        for source in sources {
            assert!(places(source).is_empty(), "{source}");
        }
    }

    #[test]
    fn lists_and_maps_in_brackets_are_read_to_their_end() {
        let source = "countries: [DE,\n  NO, # it's [odd\n  \"on\"]\n\
                      map: {\n  text: \"a [b\n    no\n    c\",\n  day: 2024-01-02\n}\ncode: no\n";

        assert_eq!(places(source), ["line 2", "line 8", "line 10"]);
    }

    #[test]
    fn block_scalars_are_not_read() {
        let source = "description: |-\n  no\n  on\ncode: no\n";

        assert_eq!(places(source), ["line 4"]);
    }
}
