//! The small part of regular expressions that is checked without an engine: one character class, repeated.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerlKind, ClassSet, ClassSetItem, Repetition, RepetitionKind,
    RepetitionRange,
};

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
            (' ', ' ') => "space".to_owned(),
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
/// Only the syntax tree keeps the order of the class, in which messages list what is allowed.
///
/// # Errors
/// Says what is not supported.
pub(crate) fn parse(pattern: &str) -> Result<Pattern, String> {
    let tree = Parser::new()
        .parse(pattern)
        .map_err(|error| format!("it is not a regular expression: {}", error.kind()))?;
    let Ast::Concat(concat) = &tree else {
        return Err(FORM.to_owned());
    };
    let [Ast::Assertion(start), middle, Ast::Assertion(end)] = concat.asts.as_slice() else {
        return Err(FORM.to_owned());
    };
    let ends = (&start.kind, &end.kind);
    if !matches!(ends, (AssertionKind::StartLine, AssertionKind::EndLine)) {
        return Err(FORM.to_owned());
    }
    let (class, min, max) = match middle {
        Ast::Repetition(repetition) => {
            let (min, max) = counts(repetition)?;
            (repetition.ast.as_ref(), min, max)
        }
        class => (class, 1, Some(1)),
    };
    let Ast::ClassBracketed(class) = class else {
        return Err(FORM.to_owned());
    };
    if class.negated {
        return Err("its character class is negated".to_owned());
    }
    let ClassSet::Item(item) = &class.kind else {
        return Err("its character class is computed from two".to_owned());
    };
    let mut ranges = Vec::new();
    add_ranges(item, &mut ranges)?;
    Ok(Pattern { ranges, min, max })
}

const FORM: &str = "it does not have the form ^[…]…$";

fn counts(repetition: &Repetition) -> Result<(u64, Option<u64>), String> {
    if !repetition.greedy {
        return Err("its repetition is lazy".to_owned());
    }
    Ok(match repetition.op.kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => {
            (count.into(), Some(count.into()))
        }
        RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (min.into(), None),
        RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (min.into(), Some(max.into())),
    })
}

fn add_ranges(item: &ClassSetItem, ranges: &mut Vec<(char, char)>) -> Result<(), String> {
    match item {
        ClassSetItem::Literal(literal) => ranges.push((literal.c, literal.c)),
        ClassSetItem::Range(range) => ranges.push((range.start.c, range.end.c)),
        ClassSetItem::Perl(class) if class.kind == ClassPerlKind::Digit && !class.negated => {
            ranges.push(('0', '9'));
        }
        ClassSetItem::Union(union) => {
            for item in &union.items {
                add_ranges(item, ranges)?;
            }
        }
        other => {
            let span = other.span();
            return Err(format!(
                "the class or escape at position {} is not supported",
                span.start.column
            ));
        }
    }
    Ok(())
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
    fn patterns_beyond_one_class_are_refused_with_reason() {
        let cases = [
            ("[A-Z]+", "form"),
            ("^(a|b)$", "form"),
            ("^[^a]$", "negated"),
            (r"^[\w]+$", "escape"),
            ("^[a-z]+[0-9]$", "form"),
            ("^[a-z]+?$", "lazy"),
            ("^[a-z&&[^q]]$", "two"),
            ("^[[:alpha:]]$", "position 3"),
            ("^a$", "form"),
            ("^[z-a]$", "invalid character class range"),
            ("^[]$", "unclosed character class"),
            ("^[a-z$", "unclosed character class"),
            ("^[a-z]{3,2}$", "invalid repetition count range"),
        ];

        for (pattern, expected) in cases {
            let reason = parse(pattern).unwrap_err();
            assert!(reason.contains(expected), "{pattern}: {reason}");
        }
    }
}
