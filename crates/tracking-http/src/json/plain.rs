//! Takes out of JSON what is in the way of every type: keys that an object has more than once, values that are nested
//! too deeply, and in keys what is no character. Also what no value holds: numbers beyond the range of `f64`, and strings
//! with something that is no character.

use std::collections::HashMap;
use std::ops::Range;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tracking_core::Problem;

use super::decode::{decode, without_bom};
use super::lone_surrogates::lone_surrogates;
use super::recovery::{MAX_WRITTEN, NULL, Notes, count_of, join};
use super::scanner::{end_of_scalar, end_of_string};

/// How many objects and lists may be around a value. serde_json reads 128 of them, and fewer where it reads
/// into a map of unknown keys.
const MAX_DEPTH: usize = 100;

/// What takes the place of what is no character.
const REPLACEMENT: &[u8] = br"\ufffd";

/// Decodes a body as far as it is plain; `None` if it is, or something else does not fit.
#[cold]
pub(crate) fn decode_plain<T: DeserializeOwned>(body: &Bytes) -> Option<(T, Vec<Problem>)> {
    let mut notes = Notes::default();
    let json = without_bom(body);
    let plain = plain(json, "", &mut notes);
    let value = match plain.as_deref().and_then(|json| decode(json).ok()) {
        Some(value) => value,
        None => decode_without_odd(plain.as_deref().unwrap_or(json), &mut notes)?,
    };
    notes.problems.extend(count_of(notes.more, &""));
    Some((value, notes.problems))
}

/// Decodes JSON with null for what no value holds; `None` if a field of the type has such a value, or if there is
/// none.
fn decode_without_odd<T: DeserializeOwned>(json: &[u8], notes: &mut Notes) -> Option<T> {
    /// Fits a type that keeps the keys which it does not know, and no field of one that knows its keys.
    const ANYTHING: &[u8] = b"[[null]]";
    let probe = without(json, cuts(json, "", &mut Notes::default(), Some(ANYTHING)))?;
    decode::<T>(&probe).ok()?;
    decode(&without(json, cuts(json, "", notes, Some(NULL)))?).ok()
}

/// Returns the JSON without each member whose key is repeated further on in its object, and with null for what
/// is nested too deeply, with a note for each; `None` if there is nothing to change. In keys, which are no values, U+FFFD
/// takes the place of half a character, and of bytes that are not UTF-8.
///
/// RFC 8259, section 4, leaves open which value of a repeated key counts. Most readers take the last one, and so
/// does `tracking_core::kit::raw_at_path`.
#[cold]
pub(super) fn plain(json: &[u8], path: &str, notes: &mut Notes) -> Option<Vec<u8>> {
    without(json, cuts(json, path, notes, None))
}

/// Returns the JSON without these parts; `None` if there are none.
fn without(json: &[u8], mut cuts: Vec<Cut>) -> Option<Vec<u8>> {
    if cuts.is_empty() {
        return None;
    }
    cuts.sort_by_key(|cut| cut.span.start);
    let mut remaining = Vec::with_capacity(json.len());
    let mut at = 0;
    for Cut { span, replacement } in cuts {
        // One inside of another that was taken out is gone with it.
        if span.start < at {
            continue;
        }
        remaining.extend_from_slice(json.get(at..span.start).unwrap_or_default());
        remaining.extend_from_slice(replacement);
        at = span.end;
    }
    remaining.extend_from_slice(json.get(at..).unwrap_or_default());
    Some(remaining)
}

/// What is taken out, and what takes its place.
struct Cut {
    span: Range<usize>,
    replacement: &'static [u8],
}

/// An object or a list whose end has not been reached.
enum Open {
    Object {
        members: Vec<Member>,
        /// The place of each key in `members`; of a repeated one the last.
        places: HashMap<String, usize>,
        is_at_value: bool,
    },
    List(usize),
}

/// A key and its value.
struct Member {
    key: Range<usize>,
    value: usize,
}

/// Everything that is taken out: a repeated member up to the next one, a value, and with `in_place_of_odd`
/// each value that is [odd].
fn cuts(
    json: &[u8],
    path: &str,
    notes: &mut Notes,
    in_place_of_odd: Option<&'static [u8]>,
) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut budget = Budget(MAX_WRITTEN + json.len());
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        let start = at;
        if matches!(byte, b'{' | b'[') && open.len() >= MAX_DEPTH {
            at = end_of_nested(json, start);
            let value = json.get(start..at).unwrap_or_default();
            let place = Place {
                json,
                path,
                open: &open,
            };
            budget.note(notes, &place, "nested too deeply", value);
            cuts.push(Cut {
                span: start..at,
                replacement: NULL,
            });
            continue;
        }
        at += 1;
        match (byte, open.last_mut()) {
            (b' ' | b'\n' | b'\r' | b'\t', _) => {}
            (b'{', _) => open.push(Open::Object {
                members: Vec::new(),
                places: HashMap::new(),
                is_at_value: false,
            }),
            (b'[', _) => open.push(Open::List(0)),
            (b'}' | b']', _) => drop(open.pop()),
            (b',', Some(Open::List(index))) => *index += 1,
            (b',', Some(Open::Object { is_at_value, .. })) => *is_at_value = false,
            (
                b':',
                Some(Open::Object {
                    members,
                    is_at_value,
                    ..
                }),
            ) => {
                *is_at_value = true;
                if let Some(member) = members.last_mut() {
                    member.value = at;
                }
            }
            (
                b'"',
                Some(Open::Object {
                    members,
                    places,
                    is_at_value: false,
                }),
            ) => {
                at = end_of_string(json, start);
                let no_characters = no_characters(json, start..at).into_iter();
                cuts.extend(no_characters.map(|span| Cut {
                    span,
                    replacement: REPLACEMENT,
                }));
                let earlier = places.insert(string(json, start..at), members.len());
                members.push(Member {
                    key: start..at,
                    value: at,
                });
                if let Some(earlier) = earlier
                    && let [member, next, ..] = &members[earlier..]
                {
                    let span = member.key.start..next.key.start;
                    let value = json.get(member.value..next.key.start).unwrap_or_default();
                    let value = value.trim_ascii().strip_suffix(b",").unwrap_or(value);
                    let message = "the key is repeated: its last value counts";
                    let place = Place {
                        json,
                        path,
                        open: &open,
                    };
                    budget.note(notes, &place, message, value.trim_ascii());
                    cuts.push(Cut {
                        span,
                        replacement: b"",
                    });
                }
            }
            _ => {
                at = end_of_scalar(json, start);
                let value = json.get(start..at).unwrap_or_default();
                if let (Some(replacement), Some(message)) = (in_place_of_odd, odd(value)) {
                    let place = Place {
                        json,
                        path,
                        open: &open,
                    };
                    budget.note(notes, &place, message, value);
                    let span = start..at;
                    cuts.push(Cut { span, replacement });
                }
            }
        }
    }
    cuts
}

/// What is wrong with a string that has something which is no character, or with a number beyond the range of `f64`.
fn odd(scalar: &[u8]) -> Option<&'static str> {
    let (is_odd, message) = match scalar.first()? {
        b'"' => (
            !no_characters(scalar, 0..scalar.len()).is_empty(),
            "expected a string, found one that is not UTF-8",
        ),
        b'-' | b'0'..=b'9' => (
            serde_json::from_slice::<f64>(scalar).is_err(),
            "number out of range",
        ),
        _ => return None,
    };
    is_odd.then_some(message)
}

/// Where a string that is written here has half a character, or bytes that are not UTF-8.
fn no_characters(json: &[u8], string: Range<usize>) -> Vec<Range<usize>> {
    let mut found = lone_surrogates(json, string.clone());
    let mut at = string.start;
    for chunk in json.get(string).unwrap_or_default().utf8_chunks() {
        at += chunk.valid().len();
        let start = at;
        at += chunk.invalid().len();
        if start < at {
            found.push(start..at);
        }
    }
    found
}

/// Where an object or a list ends that begins here.
fn end_of_nested(json: &[u8], start: usize) -> usize {
    let mut depth = 0;
    let mut at = start;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(json, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    json.len()
}

/// What is being read.
struct Place<'a> {
    json: &'a [u8],
    path: &'a str,
    open: &'a [Open],
}

impl Place<'_> {
    /// Its JSON path.
    fn path(&self) -> String {
        let inner = self
            .open
            .iter()
            .fold(String::new(), |path, open| match open {
                Open::List(index) => format!("{path}[{index}]"),
                Open::Object { .. } => join(&path, &string(self.json, open.key())),
            });
        join(self.path, &inner)
    }

    /// About how long the path is, without the work of making it.
    fn length(&self) -> usize {
        let keys: usize = self.open.iter().map(|open| open.key().len()).sum();
        self.path.len() + keys
    }
}

impl Open {
    /// Where the key is written whose value is being read.
    fn key(&self) -> Range<usize> {
        match self {
            Self::Object { members, .. } => members.last().map_or(0..0, |it| it.key.clone()),
            Self::List(_) => 0..0,
        }
    }
}

/// How many bytes of paths and values may still be written. Each problem repeats the keys around it, and a value may
/// hold others that were taken out, so without a bound the work would grow with the square of the length.
struct Budget(usize);

impl Budget {
    /// Lists a problem, or counts it if there are enough.
    fn note(&mut self, notes: &mut Notes, place: &Place<'_>, message: &str, value: &[u8]) {
        match self.0.checked_sub(place.length() + value.len()) {
            Some(left) if !notes.is_full() => {
                self.0 = left;
                notes.note(place.path(), message, value);
            }
            _ => notes.more += 1,
        }
    }
}

/// The string that is written here.
fn string(json: &[u8], span: Range<usize>) -> String {
    let written = json.get(span).unwrap_or_default();
    let written = String::from_utf8_lossy(written);
    serde_json::from_str(&written).unwrap_or_else(|_| written.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What remains, and what is noted.
    fn without(json: &str) -> (Option<String>, Vec<String>) {
        let mut notes = Notes::default();
        let remaining = plain(json.as_bytes(), "", &mut notes);
        let noted = notes.problems.iter().map(|problem| {
            let raw = problem.raw.as_ref().unwrap();
            format!("{}={}", problem.path, raw.get())
        });
        (
            remaining.map(|json| String::from_utf8(json).unwrap()),
            noted.collect(),
        )
    }

    #[test]
    fn last_value_of_a_key_remains() {
        for (json, remaining, noted) in [
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#, vec!["a=1"]),
            (
                r#"{"a": [1, {"b":2}] , "c":3,"a":null}"#,
                r#"{"c":3,"a":null}"#,
                vec![r#"a=[1, {"b":2}]"#],
            ),
            (
                r#"[0,{"x":{"a":1,"\u0061":2,"a":3}}]"#,
                r#"[0,{"x":{"a":3}}]"#,
                vec!["[1].x.a=1", "[1].x.a=2"],
            ),
            (
                r#"{"\ud800":"\ud800","b\udc00":{"\ud83d\ude00":1}}"#,
                r#"{"\ufffd":"\ud800","b\ufffd":{"\ud83d\ude00":1}}"#,
                vec![],
            ),
            (
                r#"{"\ud800":1,"a":2,"\ud800":3}"#,
                r#"{"a":2,"\ufffd":3}"#,
                vec![r#""\ud800"=1"#],
            ),
            (
                r#"{"a":{"b":1,"b":2},"a":"a"}"#,
                r#"{"a":"a"}"#,
                vec!["a.b=1", r#"a={"b":1,"b":2}"#],
            ),
        ] {
            let noted = noted.into_iter().map(str::to_owned).collect();

            assert_eq!(without(json), (Some(remaining.to_owned()), noted), "{json}");
        }
    }

    #[test]
    fn deep_value_is_null() {
        let deep = |depth: usize| format!("{}7{}", "[".repeat(depth), "]".repeat(depth));
        let json = format!(
            r#"{{"a":{},"b":[{}]}}"#,
            deep(MAX_DEPTH + 200),
            deep(MAX_DEPTH - 2)
        );

        let (remaining, noted) = without(&json);

        let cut = format!(
            "{}null{}",
            "[".repeat(MAX_DEPTH - 1),
            "]".repeat(MAX_DEPTH - 1)
        );
        let kept = format!(r#"{{"a":{cut},"b":[{}]}}"#, deep(MAX_DEPTH - 2));
        assert_eq!(remaining, Some(kept));
        let path = format!("a{}", "[0]".repeat(MAX_DEPTH - 1));
        assert_eq!(noted, [format!("{path}={}", deep(201))]);
    }

    #[test]
    fn written_bytes_grow_with_the_length_only() {
        // A long key around many repeats, and repeats inside of one another.
        let repeats = r#""a":0,"#.repeat(20_000);
        let long_key = format!(r#"{{"{}":{{{repeats}"a":0}}}}"#, "k".repeat(200_000));
        let inner = r#""b":"","#.repeat(20_000);
        let nested = r#"{"a":"#.repeat(90);
        let nested = format!(r#"{nested}{{{inner}"b":""}}{}"#, r#","a":0}"#.repeat(90));

        for json in [long_key, nested] {
            let mut notes = Notes::default();
            plain(json.as_bytes(), "", &mut notes).unwrap();

            let raw = |problem: &Problem| problem.raw.as_ref().map_or(0, |it| it.get().len());
            let written = notes.problems.iter().map(|it| it.path.len() + raw(it));
            assert!(written.sum::<usize>() <= MAX_WRITTEN + json.len());
            assert!(notes.more + notes.problems.len() >= 20_000);
        }
    }

    #[test]
    fn equal_keys_of_other_objects_are_not_repeated() {
        for json in [
            r#"{"a":{"a":1},"b":[{"a":1},{"a":1}],"c":"a"}"#,
            r#""a":1,"a":2"#,
            r#"{"a":"#,
            "",
        ] {
            assert_eq!(without(json), (None, Vec::new()), "{json}");
        }
    }
}
