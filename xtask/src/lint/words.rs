//! YAML words that some readers turn into booleans, dates or numbers: Norway (`NO`), `on`, `2024-01-02`.
//!
//! Readers of YAML 1.1 and 1.2 disagree about them, so the rule looks at the text, not at the parsed value.

use serde_yaml_ng::Value;

use super::Findings;
use crate::spec::Spec;

const WORDS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

pub(super) fn check(spec: &Spec, findings: &mut Findings) {
    keys(spec.root(), "", findings);

    let mut block: Option<usize> = None;
    let mut flow = Flow::default();
    for (index, line) in spec.source().lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if let Some(outer) = block {
            if line.trim().is_empty() || indent > outer {
                continue;
            }
            block = None;
        }
        let content = without_comment(line).trim();
        if !flow.is_open() && opens_block(content) {
            block = Some(indent);
        }
        for scalar in scalars(content, &mut flow) {
            if is_doubtful(scalar) {
                findings.add(
                    format!("line {}", index + 1),
                    format!("the bare word {scalar} is a boolean, a date or a number for some YAML readers"),
                    format!("Quote it: \"{scalar}\"."),
                );
            }
        }
    }
}

/// A key that is not text is lost when the document becomes JSON.
fn keys(value: &Value, at: &str, findings: &mut Findings) {
    match value {
        Value::Mapping(mapping) => {
            for (key, child) in mapping {
                if let Some(key) = key.as_str() {
                    keys(child, &format!("{at}.{key}"), findings);
                } else {
                    let shown =
                        crate::yaml::scalar(key).unwrap_or_else(|| "a structure".to_owned());
                    findings.add(
                        at.trim_start_matches('.'),
                        format!("the key {shown} is not a text"),
                        format!("Quote it: \"{shown}\"."),
                    );
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| keys(item, at, findings)),
        _ => {}
    }
}

fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (index, letter) in line.char_indices() {
        match quote {
            Some(mark) if letter == mark => quote = None,
            Some(_) => {}
            // Inside of a word it is an apostrophe.
            None if matches!(letter, '"' | '\'') && opens_scalar(before) => quote = Some(letter),
            None if letter == '#' && before.is_whitespace() => return &line[..index],
            None => {}
        }
        before = letter;
    }
    line
}

fn opens_scalar(before: char) -> bool {
    before.is_whitespace() || matches!(before, ',' | '[' | '{')
}

/// Whether the line ends with the mark of a block scalar, `|` or `>` with options.
fn opens_block(content: &str) -> bool {
    let last = content.rsplit([' ', ':']).next().unwrap_or_default();
    last.starts_with(['|', '>']) && last.len() <= 3
}

/// The unquoted scalars of one line, keys included.
fn scalars<'a>(content: &'a str, flow: &mut Flow) -> Vec<&'a str> {
    if flow.is_open() {
        return flow.read(content);
    }
    let mut rest = content;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    let mut found = Vec::new();
    if rest.starts_with(['[', '{']) {
        found.extend(flow.read(rest));
    } else if let Some((key, value)) = split_key(rest) {
        found.push(key.trim());
        if value.trim_start().starts_with(['[', '{']) {
            found.extend(flow.read(value));
        } else {
            found.push(value.trim());
        }
    } else {
        found.push(rest);
    }
    found
}

fn split_key(text: &str) -> Option<(&str, &str)> {
    if let Some(mark) = text
        .chars()
        .next()
        .filter(|mark| matches!(mark, '"' | '\''))
    {
        let end = text.get(1..)?.find(mark)? + 2;
        let (key, value) = text.split_at_checked(end)?;
        return Some((key, value.trim_start().strip_prefix(':')?));
    }
    text.split_once(": ")
        .or_else(|| text.strip_suffix(':').map(|key| (key, "")))
}

/// A list or map in brackets, which may go on over several lines.
#[derive(Debug, Default)]
struct Flow {
    /// Brackets that are open.
    depth: usize,
    /// The mark of a quoted scalar that is open.
    quote: Option<char>,
}

impl Flow {
    fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// Reads one line up to its end or to the last closing bracket, and gives its scalars.
    fn read<'a>(&mut self, text: &'a str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut start = 0;
        let mut escaped = false;
        for (index, letter) in text.char_indices() {
            let before = text[start..index].trim();
            match self.quote {
                Some(_) if escaped => escaped = false,
                Some('"') if letter == '\\' => escaped = true,
                Some(mark) if letter == mark => self.quote = None,
                Some(_) => {}
                // Inside of a word it is an apostrophe.
                None if matches!(letter, '"' | '\'')
                    && (before.is_empty() || before.ends_with(':')) =>
                {
                    self.quote = Some(letter);
                }
                None if matches!(letter, ',' | '[' | ']' | '{' | '}') => {
                    found.extend(scalars_of_entry(before));
                    start = index + letter.len_utf8();
                    match letter {
                        '[' | '{' => self.depth += 1,
                        ']' | '}' => self.depth = self.depth.saturating_sub(1),
                        _ => {}
                    }
                    if self.depth == 0 {
                        return found;
                    }
                }
                None => {}
            }
        }
        if self.quote.is_none() {
            found.extend(scalars_of_entry(text[start..].trim()));
        }
        found
    }
}

fn scalars_of_entry(entry: &str) -> Vec<&str> {
    split_key(entry).map_or_else(
        || vec![entry],
        |(key, value)| vec![key.trim(), value.trim()],
    )
}

fn is_doubtful(scalar: &str) -> bool {
    WORDS.iter().any(|word| scalar.eq_ignore_ascii_case(word))
        || is_date(scalar)
        || is_sexagesimal(scalar)
        || is_octal(scalar)
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

fn is_octal(scalar: &str) -> bool {
    scalar.len() > 1
        && scalar.starts_with('0')
        && scalar.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubtful(line: &str) -> Vec<&str> {
        scalars(without_comment(line).trim(), &mut Flow::default())
            .into_iter()
            .filter(|scalar| is_doubtful(scalar))
            .collect()
    }

    #[test]
    fn bare_words_dates_and_clock_times_are_found() {
        let cases = [
            ("country: NO", vec!["NO"]),
            ("countries: [DE, NO, \"NO\"]", vec!["NO"]),
            ("  - {code: on, day: 2024-01-02}", vec!["on", "2024-01-02"]),
            ("time: 12:30", vec!["12:30"]),
            ("postCode: 01067", vec!["01067"]),
            ("- y", vec!["y"]),
            ("\"NO\": no", vec!["no"]),
            ("countries: [DE, # the courier's", vec![]),
            ("countries: [DE, NO", vec!["NO"]),
            ("{name: The courier's name, country: NO}", vec!["NO"]),
        ];

        for (line, expected) in cases {
            assert_eq!(doubtful(line), expected, "{line}");
        }
    }

    #[test]
    fn quoted_words_prose_and_comments_are_left_alone() {
        let lines = [
            "country: \"NO\"",
            "description: no, this is prose",
            "key: value # no",
            "code: nothing",
            "count: 10",
        ];

        for line in lines {
            assert!(doubtful(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn lists_and_maps_in_brackets_are_read_to_their_end() {
        let source = "countries: [DE,\n  NO, # it's [odd\n  \"on\"]\n\
                      map: {\n  text: \"a [b\n    no\n    c\",\n  day: 2024-01-02\n}\ncode: no\n";
        let spec = Spec::parse("x", "x.yaml", source).unwrap();
        let mut findings = Findings::default();

        check(&spec, &mut findings);

        let places: Vec<&str> = findings.0.iter().map(|found| found.at.as_str()).collect();
        assert_eq!(places, ["line 2", "line 8", "line 10"], "{findings:?}");
    }

    #[test]
    fn text_of_a_block_is_not_read() {
        let spec = Spec::parse("x", "x.yaml", "description: |-\n  no\n  on\ncode: no\n").unwrap();
        let mut findings = Findings::default();

        check(&spec, &mut findings);

        assert_eq!(findings.0.len(), 1, "{findings:?}");
        assert_eq!(findings.0[0].at, "line 4");
    }
}
