//! The small part of regular expressions that is checked without an engine: one character class, repeated.

/// `^[A-Z]{2,3}$` taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Allowed characters as inclusive ranges, in the order of the pattern.
    pub(crate) ranges: Vec<(char, char)>,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

impl Pattern {
    /// The class as a person reads it: ``A-Z, 0-9, `-` ``.
    pub(crate) fn allowed(&self) -> String {
        let shown = self.ranges.iter().map(|(first, last)| match (first, last) {
            (' ', ' ') => "blank".to_owned(),
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    /// The class as a Rust condition on a `char`: `letter.is_ascii_uppercase() || letter == '-'`.
    pub(crate) fn condition(&self, letter: &str) -> String {
        let mut ranges = self.ranges.clone();
        let mut tests = Vec::new();
        for (parts, method) in CLASSES {
            if parts.iter().all(|part| ranges.contains(part)) {
                ranges.retain(|range| !parts.contains(range));
                tests.push(format!("{letter}.{method}()"));
            }
        }
        for (first, last) in ranges.iter().filter(|(first, last)| first != last) {
            tests.push(format!("({first:?}..={last:?}).contains(&{letter})"));
        }
        let singles: String = ranges
            .iter()
            .filter(|(first, last)| first == last)
            .map(|(first, _)| *first)
            .collect();
        match singles.chars().count() {
            0 => {}
            1 => tests.push(format!(
                "{letter} == {:?}",
                singles.chars().next().unwrap_or_default()
            )),
            _ => tests.push(format!("{singles:?}.contains({letter})")),
        }
        tests.join(" || ")
    }
}

/// Classes that the standard library has a test for, largest first.
const CLASSES: [(&[(char, char)], &str); 5] = [
    (
        &[('a', 'z'), ('A', 'Z'), ('0', '9')],
        "is_ascii_alphanumeric",
    ),
    (&[('a', 'z'), ('A', 'Z')], "is_ascii_alphabetic"),
    (&[('a', 'z')], "is_ascii_lowercase"),
    (&[('A', 'Z')], "is_ascii_uppercase"),
    (&[('0', '9')], "is_ascii_digit"),
];

/// Reads a pattern of the form `^[class]repetition$`.
///
/// # Errors
/// Says what is not supported.
pub(crate) fn parse(pattern: &str) -> Result<Pattern, String> {
    let body = pattern
        .strip_prefix("^[")
        .and_then(|rest| rest.strip_suffix('$'))
        .ok_or("it does not have the form ^[…]…$")?;
    let (class, repetition) = split_class(body).ok_or("its character class does not end")?;
    if class.starts_with('^') {
        return Err("its character class is negated".to_owned());
    }
    let (min, max) = parse_repetition(repetition)?;
    Ok(Pattern {
        ranges: parse_class(class)?,
        min,
        max,
    })
}

/// Splits at the first `]` that is not escaped.
fn split_class(body: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (index, letter) in body.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return Some((&body[..index], &body[index + 1..])),
            _ => {}
        }
    }
    None
}

fn parse_class(class: &str) -> Result<Vec<(char, char)>, String> {
    let mut members = Vec::new();
    let mut letters = class.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            let escaped = letters.next().ok_or("it ends with a backslash")?;
            match escaped {
                'd' => members.push(Member::Range('0', '9')),
                letter if letter.is_ascii_alphanumeric() => {
                    return Err(format!("the escape \\{letter} is not supported"));
                }
                letter => members.push(Member::Escaped(letter)),
            }
        } else {
            members.push(Member::Plain(letter));
        }
    }
    ranges(&members)
}

#[derive(Clone, Copy)]
enum Member {
    Plain(char),
    Escaped(char),
    Range(char, char),
}

impl Member {
    fn letter(self) -> Option<char> {
        match self {
            Self::Plain(letter) | Self::Escaped(letter) => Some(letter),
            Self::Range(..) => None,
        }
    }
}

/// A hyphen between two characters makes a range; at the ends, or after a range, it stands for itself.
fn ranges(members: &[Member]) -> Result<Vec<(char, char)>, String> {
    let mut found = Vec::new();
    let mut rest = members;
    while let Some((member, tail)) = rest.split_first() {
        rest = tail;
        let Some(first) = member.letter() else {
            if let Member::Range(first, last) = member {
                found.push((*first, *last));
            }
            continue;
        };
        if let [Member::Plain('-'), last, beyond @ ..] = tail
            && let Some(last) = last.letter()
        {
            if first > last {
                return Err(format!("the range {first}-{last} is empty"));
            }
            found.push((first, last));
            rest = beyond;
            if let [Member::Plain('-'), after @ ..] = rest {
                found.push(('-', '-'));
                rest = after;
            }
        } else {
            found.push((first, first));
        }
    }
    if found.is_empty() {
        return Err("its character class is empty".to_owned());
    }
    Ok(found)
}

fn parse_repetition(repetition: &str) -> Result<(u64, Option<u64>), String> {
    let unsupported = || format!("the repetition {repetition:?} is not supported");
    match repetition {
        "" => return Ok((1, Some(1))),
        "*" => return Ok((0, None)),
        "+" => return Ok((1, None)),
        "?" => return Ok((0, Some(1))),
        _ => {}
    }
    let inside = repetition
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .ok_or_else(unsupported)?;
    let number = |text: &str| text.parse::<u64>().map_err(|_| unsupported());
    match inside.split_once(',') {
        None => number(inside).map(|count| (count, Some(count))),
        Some((min, "")) => Ok((number(min)?, None)),
        Some((min, max)) => Ok((number(min)?, Some(number(max)?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_with_ranges_and_hyphens_are_read() {
        let pattern = parse("^[a-zA-Z0-9-_/.]*$").unwrap();

        let expected = [
            ('a', 'z'),
            ('A', 'Z'),
            ('0', '9'),
            ('-', '-'),
            ('_', '_'),
            ('/', '/'),
            ('.', '.'),
        ];
        assert_eq!(pattern.ranges, expected);
        assert_eq!((pattern.min, pattern.max), (0, None));
        assert_eq!(pattern.allowed(), "a-z A-Z 0-9 - _ / .");
    }

    #[test]
    fn escapes_and_counted_repetitions_are_read() {
        let pattern = parse(r"^[A-Z _\-\./]{2,3}$").unwrap();

        let expected = [
            ('A', 'Z'),
            (' ', ' '),
            ('_', '_'),
            ('-', '-'),
            ('.', '.'),
            ('/', '/'),
        ];
        assert_eq!(pattern.ranges, expected);
        assert_eq!((pattern.min, pattern.max), (2, Some(3)));
        let condition = pattern.condition("letter");
        assert_eq!(
            condition,
            r#"letter.is_ascii_uppercase() || " _-./".contains(letter)"#
        );
    }

    #[test]
    fn anything_beyond_one_class_is_refused_with_the_reason() {
        let cases = [
            ("[A-Z]+", "form"),
            ("^(a|b)$", "form"),
            ("^[^a]$", "negated"),
            (r"^[\w]+$", "escape"),
            ("^[a-z]+[0-9]$", "repetition"),
            ("^[z-a]$", "empty"),
            ("^[]$", "empty"),
        ];

        for (pattern, expected) in cases {
            let reason = parse(pattern).unwrap_err();
            assert!(reason.contains(expected), "{pattern}: {reason}");
        }
    }
}
