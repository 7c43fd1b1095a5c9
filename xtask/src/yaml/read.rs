//! Reads a document from the events of the YAML parser.
//!
//! The style and the line of each scalar are kept beside the value, for rules about how a scalar is written.

use std::borrow::Cow;

use anyhow::{Context, Result, bail};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::Value;

/// How a scalar is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// Line in the file, from 1.
    pub(crate) line: usize,
    /// The characters without quotation marks and indentation.
    pub(crate) source: String,
    /// Neither quoted nor a block.
    pub(crate) plain: bool,
    /// It is the key of a mapping.
    pub(crate) key: bool,
}

/// Reads the only document of `source`, and its scalars in the order of the file.
///
/// # Errors
/// When the source is not YAML, has a key twice, or uses anchors, tags or keys that are no scalars, which
/// OpenAPI does without. The message names the line.
pub(crate) fn read(source: &str) -> Result<(Value, Vec<Scalar>)> {
    let mut reader = Reader {
        events: Parser::new_from_str(source),
        scalars: Vec::new(),
    };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (Event::StreamEnd, _) => return Ok((Value::Null, Vec::new())),
            (event, span) => {
                let value = reader.value(event, span)?;
                reader.end()?;
                return Ok((value, reader.scalars));
            }
        }
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    scalars: Vec<Scalar>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span)> {
        let event = self.events.next();
        Ok(event.context("the document breaks off")??)
    }

    /// The value that begins with `event`.
    fn value(&mut self, event: Event<'a>, span: Span) -> Result<Value> {
        let line = span.start.line();
        match event {
            Event::Scalar(source, style, 0, None) => {
                let plain = style == ScalarStyle::Plain;
                let value = if plain {
                    resolved(&source)
                } else {
                    Value::String(source.clone().into_owned())
                };
                self.keep(source, line, plain, false);
                Ok(value)
            }
            Event::SequenceStart(0, None) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => return Ok(Value::Sequence(items)),
                        (event, span) => items.push(self.value(event, span)?),
                    }
                }
            }
            Event::MappingStart(0, None) => {
                let mut entries: Vec<(String, Value)> = Vec::new();
                loop {
                    let key = match self.next()? {
                        (Event::MappingEnd, _) => return Ok(Value::Mapping(entries)),
                        (event, span) => self.key(event, span)?,
                    };
                    if entries.iter().any(|(known, _)| *known == key) {
                        bail!("line {}: duplicate key {key}", self.line());
                    }
                    let (event, span) = self.next()?;
                    entries.push((key, self.value(event, span)?));
                }
            }
            _ => bail!(
                "line {line}: anchors, aliases and tags are not supported; write the value out"
            ),
        }
    }

    fn key(&mut self, event: Event<'a>, span: Span) -> Result<String> {
        let line = span.start.line();
        let Event::Scalar(source, style, 0, None) = event else {
            bail!("line {line}: a key that is not a plain or quoted string");
        };
        self.keep(source.clone(), line, style == ScalarStyle::Plain, true);
        Ok(source.into_owned())
    }

    fn keep(&mut self, source: Cow<'_, str>, line: usize, plain: bool, key: bool) {
        self.scalars.push(Scalar {
            line,
            source: source.into_owned(),
            plain,
            key,
        });
    }

    /// The line of the newest scalar.
    fn line(&self) -> usize {
        self.scalars.last().map_or(1, |scalar| scalar.line)
    }

    fn end(&mut self) -> Result<()> {
        loop {
            match self.next()? {
                (Event::DocumentEnd, _) => {}
                (Event::StreamEnd, _) => return Ok(()),
                (_, span) => bail!("line {}: a second document", span.start.line()),
            }
        }
    }
}

/// What an unquoted scalar means by the core schema of YAML 1.2, section 10.3.2.
pub(crate) fn resolved(source: &str) -> Value {
    match source {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    // What Rust alone reads as a number, such as `inf`, is a string.
    if !source.bytes().any(|byte| byte.is_ascii_digit()) {
        return Value::String(source.to_owned());
    }
    if let Ok(number) = source.parse() {
        return Value::Integer(number);
    }
    match source.parse() {
        Ok(number) => Value::Float(number),
        Err(_) => Value::String(source.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_keeps_order_and_types() {
        let (value, _) = read("b: [1, -2.5, ~, yes]\na: {c: true, d: \"1\"}\n").unwrap();

        let expected = Value::Mapping(vec![
            (
                "b".to_owned(),
                Value::Sequence(vec![
                    Value::Integer(1),
                    Value::Float(-2.5),
                    Value::Null,
                    Value::String("yes".to_owned()),
                ]),
            ),
            (
                "a".to_owned(),
                Value::Mapping(vec![
                    ("c".to_owned(), Value::Bool(true)),
                    ("d".to_owned(), Value::String("1".to_owned())),
                ]),
            ),
        ]);
        assert_eq!(value, expected);
    }

    #[test]
    fn empty_document_is_null() {
        for source in ["", "# Only a comment.\n", "---\n"] {
            assert_eq!(read(source).unwrap().0, Value::Null, "{source:?}");
        }
    }

    #[test]
    fn unsupported_yaml_is_refused_with_its_line() {
        let cases = [
            ("a: 1\n\"a\": 2\n", "line 2: duplicate key a"),
            ("a: 1\nb: &name 2\n", "line 2: anchors"),
            ("a: !!str 2\n", "line 1: anchors"),
            ("a: 1\n[b]: 2\n", "line 2: a key"),
            ("a: 1\n---\nb: 2\n", "line 2: a second document"),
            ("a: [1\n", "line 2"),
        ];

        for (source, expected) in cases {
            let message = format!("{:#}", read(source).unwrap_err());
            assert!(message.contains(expected), "{source:?}: {message}");
        }
    }

    #[test]
    fn scalars_keep_their_line_and_style() {
        let (_, scalars) = read("a: \"no\"\nb:\n- |\n  on\n- NO\n").unwrap();

        let plain: Vec<(usize, &str)> = scalars
            .iter()
            .filter(|scalar| scalar.plain && !scalar.key)
            .map(|scalar| (scalar.line, scalar.source.as_str()))
            .collect();
        assert_eq!(plain, [(5, "NO")]);
        assert_eq!(scalars.iter().filter(|scalar| scalar.key).count(), 2);
    }
}
