//! Reads as much as possible of JSON that does not fit as a whole.

use std::collections::HashSet;
use std::mem;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use tracking_core::kit::numbered_elements;
use tracking_core::{Problem, RawJson};

use crate::redact::Redacted;

/// How many times its own length may be read again while looking for what does not fit in a value.
const MAX_READINGS: usize = 64;

/// How many bytes may be read again in all.
const MAX_WORK: usize = 256 * 1024 * 1024;

/// A value as far as it could be read; made by [`recover`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Recovered<T> {
    /// The value, without what did not fit.
    pub value: T,
    /// What did not fit, with its place and its text. Empty when everything did.
    pub problems: Vec<Problem>,
    place: String,
    dropped: HashSet<String>,
}

impl<T> Recovered<T> {
    /// Returns the JSON of the elements that the list under these keys has kept, in its order, to be
    /// matched by position with the elements of the value. `json` is the text that was recovered.
    ///
    /// Elements that are `null` are left out, as the lists of answer types leave them out. Nothing
    /// when there is no list.
    #[must_use]
    pub fn kept_elements<'a>(&self, json: &'a str, keys: &[&str]) -> Vec<&'a str> {
        let place = keys.iter().fold(self.place.clone(), |place, key| {
            if place.is_empty() {
                (*key).to_owned()
            } else {
                format!("{place}.{key}")
            }
        });
        let elements = numbered_elements(json, keys).unwrap_or_default();
        elements
            .into_iter()
            .filter(|(index, _)| !self.dropped.contains(&format!("{place}[{index}]")))
            .map(|(_, element)| element)
            .collect()
    }
}

/// Reads a value; what does not fit becomes a problem and the rest is kept.
///
/// Left out is the element of a list (the innermost one) in which something does not fit, or else
/// the field alone. `place` is the JSON path of the value itself, which the paths of the problems
/// begin with. A value of which nothing can be read is the default one.
///
/// The message of a problem says what was expected. What was found may be personal data, so it
/// stands in the raw text only.
///
/// ```
/// use serde::Deserialize;
/// use tracking_http::json::lenient;
/// use tracking_http::recover;
///
/// #[derive(Default, Deserialize)]
/// struct Parcel {
///     #[serde(default, deserialize_with = "lenient::text")]
///     number: Option<String>,
///     #[serde(default, deserialize_with = "lenient::list")]
///     events: Vec<Event>,
/// }
///
/// #[derive(Deserialize)]
/// struct Event {
///     #[serde(default, deserialize_with = "lenient::text")]
///     time: Option<String>,
/// }
///
/// let json = r#"{"number": "A1", "events": [{"time": {}}, {"time": "10:30"}]}"#;
///
/// let parcel = recover::<Parcel>(json, "data");
///
/// assert_eq!(parcel.value.number.as_deref(), Some("A1"));
/// assert_eq!(parcel.value.events.len(), 1);
/// assert_eq!(parcel.problems[0].path, "data.events[0].time");
/// assert_eq!(parcel.kept_elements(json, &["events"]), [r#"{"time": "10:30"}"#]);
/// ```
#[must_use]
pub fn recover<T: DeserializeOwned + Default>(json: &str, place: &str) -> Recovered<T> {
    match serde_json::from_str(json) {
        Ok(value) => Recovered {
            value,
            problems: Vec::new(),
            place: place.to_owned(),
            dropped: HashSet::new(),
        },
        Err(error) => piece_by_piece(json, place, &error),
    }
}

#[cold]
fn piece_by_piece<T: DeserializeOwned + Default>(
    json: &str,
    place: &str,
    first: &serde_json::Error,
) -> Recovered<T> {
    let mut recovered = Recovered {
        value: T::default(),
        problems: Vec::new(),
        place: place.to_owned(),
        dropped: HashSet::new(),
    };
    let nothing = |error: &serde_json::Error| {
        Problem::new(place, reason(error)).with_raw(RawJson::from_string(json))
    };
    let Ok(mut whole) = serde_json::from_str::<Value>(json) else {
        recovered.problems.push(nothing(first));
        return recovered;
    };
    let max_work = MAX_WORK.min(json.len().saturating_mul(MAX_READINGS));
    let mut work = 0;
    loop {
        let text = whole.to_string();
        let error = match serde_json::from_str(&text) {
            Ok(value) => {
                recovered.value = value;
                return recovered;
            }
            Err(error) => error,
        };
        work += text.len();
        let path = path_of::<T>(text.as_bytes());
        if let Some(path) = &path
            && sift(&mut whole, path, place, &mut recovered)
        {
            continue;
        }
        let taken = path
            .as_ref()
            .filter(|_| work < max_work)
            .and_then(|path| take(&mut whole, path));
        let (Some(path), Some((raw, depth))) = (path, taken) else {
            recovered.problems.push(nothing(&error));
            return recovered;
        };
        let steps: Vec<&Segment> = path.iter().collect();
        let (kept, _) = steps.split_at(depth);
        recovered.drop(below(place, &steps), below(place, kept), &error, &raw);
    }
}

impl<T> Recovered<T> {
    /// Notes what did not fit at `path`, for which all of `dropped` was left out.
    fn drop(&mut self, path: String, dropped: String, error: &serde_json::Error, raw: &Value) {
        let problem = Problem::new(path, reason(error));
        let raw = RawJson::from_string(raw.to_string());
        self.problems.push(problem.with_raw(raw));
        self.dropped.insert(dropped);
    }
}

/// The steps of a path that JSON has; a path may end in others.
fn steps_in_json(path: &Path) -> Vec<&Segment> {
    path.iter()
        .take_while(|step| matches!(step, Segment::Seq { .. } | Segment::Map { .. }))
        .collect()
}

/// Leaves out every element that does not fit of the innermost list on a path; says whether there
/// was one.
///
/// Each is read on its own, inside of nothing but what leads to the list. So a list in which all is
/// wrong takes one reading, and not one for each element. Types that want more around the list than
/// what leads to it have to go the long way.
fn sift<T: DeserializeOwned>(
    whole: &mut Value,
    path: &Path,
    place: &str,
    recovered: &mut Recovered<T>,
) -> bool {
    let steps = steps_in_json(path);
    let innermost = steps
        .iter()
        .rposition(|step| matches!(step, Segment::Seq { .. }));
    let Some((way, _)) = innermost.and_then(|index| steps.split_at_checked(index)) else {
        return false;
    };
    let (mut before, mut after) = (String::new(), String::new());
    for step in way {
        match step {
            Segment::Map { key } => {
                before.push_str(&format!("{{{}:", Value::from(key.as_str())));
                after.insert(0, '}');
            }
            _ => {
                before.push('[');
                after.insert(0, ']');
            }
        }
    }
    if serde_json::from_str::<T>(&format!("{before}[]{after}")).is_err() {
        return false;
    }
    let Some(Value::Array(elements)) = part_mut(whole, way) else {
        return false;
    };
    let list = below(place, way);
    let mut found = false;
    for (index, element) in elements.iter_mut().enumerate() {
        if element.is_null() {
            continue;
        }
        let alone = format!("{before}[{element}]{after}");
        let Err(error) = serde_json::from_str::<T>(&alone) else {
            continue;
        };
        let dropped = format!("{list}[{index}]");
        let inner = path_of::<T>(alone.as_bytes());
        let inner: Vec<&Segment> = inner.iter().flat_map(Path::iter).collect();
        let inside = inner.get(way.len() + 1..).unwrap_or_default();
        let path = below(&dropped, inside);
        recovered.drop(path, dropped, &error, &mem::take(element));
        found = true;
    }
    found
}

/// Replaces by null what has to go, and returns it with the number of steps that lead to it.
fn take(whole: &mut Value, path: &Path) -> Option<(Value, usize)> {
    let steps = steps_in_json(path);
    let in_list = steps
        .iter()
        .rposition(|step| matches!(step, Segment::Seq { .. }));
    let depth = in_list.map_or(steps.len(), |index| index + 1);
    // Where null does not fit either, what stands around it has to go.
    (1..=depth).rev().find_map(|depth| {
        let part = part_mut(whole, steps.get(..depth)?)?;
        let taken = mem::take(part);
        (!taken.is_null()).then_some((taken, depth))
    })
}

/// The part that these steps lead to.
fn part_mut<'a>(whole: &'a mut Value, steps: &[&Segment]) -> Option<&'a mut Value> {
    steps.iter().try_fold(whole, |part, step| match step {
        Segment::Seq { index } => part.get_mut(*index),
        Segment::Map { key } => part.get_mut(key),
        _ => None,
    })
}

/// The JSON path of a place inside of another.
fn below(place: &str, steps: &[&Segment]) -> String {
    let mut text = place.to_owned();
    for step in steps {
        match step {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Segment::Unknown => text.push('?'),
        }
    }
    text
}

/// The place where a reading fails.
fn path_of<T: DeserializeOwned>(body: &[u8]) -> Option<Path> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    match T::deserialize(tracked) {
        Ok(_) => None,
        Err(_) => Some(track.path()),
    }
}

/// What was expected, without line and column and without what was found.
fn reason(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = full.strip_suffix(&place).unwrap_or(&full);
    match reason.rsplit_once(", expected ") {
        Some((_, expected)) if error.is_data() => {
            format!("the JSON does not fit: expected {expected}")
        }
        _ if reason.starts_with("missing field") => format!("the JSON does not fit: {reason}"),
        _ => format!("the JSON does not fit: {}", Redacted(reason)),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::recover;
    use crate::json::lenient;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Parcel {
        #[serde(default, deserialize_with = "lenient::text")]
        number: Option<String>,
        #[serde(default, deserialize_with = "lenient::object")]
        leg: Option<Leg>,
        #[serde(default)]
        strict: Option<Vec<u8>>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Leg {
        #[serde(default, deserialize_with = "lenient::text")]
        link: Option<String>,
        #[serde(default, deserialize_with = "lenient::list")]
        events: Vec<Event>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Event {
        #[serde(default, deserialize_with = "lenient::text")]
        time: Option<String>,
    }

    #[test]
    fn what_fits_is_read_without_problems() {
        let parcel = recover::<Parcel>(r#"{"number":"A1"}"#, "data");

        assert_eq!(parcel.value.number.as_deref(), Some("A1"));
        assert!(parcel.problems.is_empty());
    }

    #[test]
    fn a_field_goes_alone_and_an_element_as_a_whole() {
        let json = r#"{"number":{"secret":1},"leg":{"link":[1],"events":[{"time":"1"},
            {"time":{}},{"time":"3"},7]}}"#;

        let parcel = recover::<Parcel>(json, "data[4]");

        let leg = parcel.value.leg.as_ref().unwrap();
        let times: Vec<_> = leg
            .events
            .iter()
            .map(|event| event.time.as_deref())
            .collect();
        assert_eq!(
            (leg.link.as_deref(), times),
            (None, vec![Some("1"), Some("3")])
        );
        let paths: Vec<&str> = parcel.problems.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "data[4].leg.events[1].time",
                "data[4].leg.events[3]",
                "data[4].leg.link",
                "data[4].number",
            ]
        );
        let kept = parcel.kept_elements(json, &["leg", "events"]);
        assert_eq!(kept, [r#"{"time":"1"}"#, r#"{"time":"3"}"#]);
        let raw = parcel.problems[3].raw.as_ref().unwrap();
        assert_eq!(raw.get(), r#"{"secret":1}"#);
        assert!(!parcel.problems[3].message.contains("secret"));
    }

    #[test]
    fn kept_elements_are_those_of_the_value_whatever_nulls_stand_between() {
        let json = r#"{"leg":{"events":[null,{"time":"1"},7,null,{"time":"3"}]}}"#;

        let parcel = recover::<Parcel>(json, "data[4]");

        let events = parcel.value.leg.as_ref().unwrap().events.len();
        let kept = parcel.kept_elements(json, &["leg", "events"]);
        assert_eq!(kept, [r#"{"time":"1"}"#, r#"{"time":"3"}"#]);
        assert_eq!(kept.len(), events);
        assert!(parcel.kept_elements(json, &["leg", "link"]).is_empty());
    }

    #[test]
    fn where_null_does_not_fit_the_list_goes() {
        let parcel = recover::<Parcel>(r#"{"number":"A1","strict":[1,900]}"#, "");

        assert_eq!(parcel.value.number.as_deref(), Some("A1"));
        assert_eq!(parcel.value.strict, None);
        let paths: Vec<&str> = parcel.problems.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["strict[1]", "strict[1]"]);
    }

    #[test]
    fn a_long_list_in_which_all_is_wrong_is_read_in_time() {
        const EVENTS: usize = 20_000;
        let bad = r#"{"time":{}},"#.repeat(EVENTS);
        let json = format!(r#"{{"number":"A1","leg":{{"events":[{bad}{{"time":"1"}}]}}}}"#);

        let parcel = recover::<Parcel>(&json, "data");

        let leg = parcel.value.leg.unwrap();
        assert_eq!(leg.events.len(), 1);
        assert_eq!(parcel.value.number.as_deref(), Some("A1"));
        // One by one this would be more work than is allowed, and nothing would be left.
        assert_eq!(parcel.problems.len(), EVENTS);
        assert_eq!(
            parcel.problems[EVENTS - 1].path,
            "data.leg.events[19999].time"
        );
    }

    #[test]
    fn a_type_that_wants_more_than_the_list_goes_the_long_way() {
        #[derive(Debug, Default, PartialEq, Deserialize)]
        struct Strict {
            number: String,
            events: Vec<Option<Event>>,
        }
        let json = r#"{"number":"A1","events":[{"time":"1"},{"time":{}},{"time":[]}]}"#;

        let strict = recover::<Strict>(json, "");

        assert_eq!(strict.value.number, "A1");
        assert_eq!(strict.value.events.iter().flatten().count(), 1);
        let paths: Vec<&str> = strict.problems.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["events[1].time", "events[2].time"]);
        assert_eq!(strict.kept_elements(json, &["events"]), [r#"{"time":"1"}"#]);
    }

    #[test]
    fn what_cannot_be_read_at_all_is_one_problem() {
        for json in ["", "<html>", "7", "\"A1\"", r#"{"number":"#] {
            let parcel = recover::<Parcel>(json, "data");

            assert_eq!(parcel.value, Parcel::default(), "{json}");
            let [problem] = parcel.problems.as_slice() else {
                panic!("{json}: {:?}", parcel.problems)
            };
            assert_eq!(problem.path, "data", "{json}");
            assert_eq!(problem.raw.as_ref().unwrap().get(), json);
        }
    }
}
