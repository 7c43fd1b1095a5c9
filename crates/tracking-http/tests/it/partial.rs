//! Reading as much as possible of a response that does not fit as a whole.

use std::collections::BTreeMap;

use bytes::Bytes;
use proptest::prelude::*;
use serde::Deserialize;
use tracking_core::{Completeness, Problem, RawJson};
use tracking_http::json::lenient;
use tracking_http::json::partial::{MAX_PROBLEMS, Partial};

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Response {
    #[serde(default, deserialize_with = "lenient::object")]
    data: Option<Data>,
    #[serde(default, deserialize_with = "lenient::integer")]
    total: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Data {
    #[serde(default, deserialize_with = "lenient::list")]
    parcels: Vec<Parcel>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Parcel {
    #[serde(default, deserialize_with = "lenient::text")]
    number: Option<String>,
    #[serde(default, deserialize_with = "lenient::one_or_many")]
    emails: Vec<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    events: Vec<Event>,
    #[serde(default)]
    strict: Option<Vec<u8>>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Event {
    #[serde(default, deserialize_with = "lenient::text")]
    time: Option<String>,
    #[serde(
        default,
        rename = "zipCode",
        alias = "zip",
        deserialize_with = "lenient::text"
    )]
    zip: Option<String>,
}

fn read(json: &str) -> Partial<Response> {
    Partial::from_body(&Bytes::copy_from_slice(json.as_bytes())).unwrap()
}

fn parcels(response: &mut Partial<Response>) -> Vec<Partial<Parcel>> {
    response.take_list(&["data", "parcels"], |response| {
        response.data.take().unwrap_or_default().parcels
    })
}

fn events(parcel: &mut Partial<Parcel>) -> Vec<Partial<Event>> {
    parcel.take_list(&["events"], |parcel| std::mem::take(&mut parcel.events))
}

fn paths(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|it| it.path.as_str()).collect()
}

fn raw(problem: &Problem) -> &str {
    problem.raw.as_ref().map_or("", RawJson::get)
}

#[test]
fn response_that_fits_has_no_problems() {
    let mut response = read(r#"{"data":{"parcels":[{"number":"A1","events":[{"time":"1"}]}]}}"#);

    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    assert_eq!(response.problems, []);
    assert_eq!(parcels[0].value.number.as_deref(), Some("A1"));
    assert_eq!(parcels[0].path(), "data.parcels[0]");
    assert_eq!(events[0].raw.get(), r#"{"time":"1"}"#);
    assert_eq!(events[0].path(), "data.parcels[0].events[0]");
}

#[test]
fn wrong_field_costs_that_field_alone() {
    let mut response = read(
        r#" {"total": {"n": 1}, "data": {"parcels": [null,
            {"number": ["A1"], "events": [{"time": {"at": "Jane"}, "zip": "1"}, {"time": "2"}]},
            {"number": "A2"}]}}"#,
    );

    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    assert_eq!(paths(&response.problems), ["total"]);
    assert_eq!(
        response.problems[0].message,
        "expected an integer, found an object"
    );
    assert_eq!(raw(&response.problems[0]), r#"{"n": 1}"#);
    assert_eq!(paths(&parcels[0].problems), ["data.parcels[1].number"]);
    assert_eq!(parcels[1].value.number.as_deref(), Some("A2"));
    assert_eq!(parcels[1].path(), "data.parcels[2]");
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].value.zip.as_deref(), Some("1"));
    let [problem] = events[0].problems.as_slice() else {
        panic!("{:?}", events[0].problems)
    };
    assert_eq!(problem.path, "data.parcels[1].events[0].time");
    assert!(!problem.message.contains("Jane"), "{}", problem.message);
    assert_eq!(raw(problem), r#"{"at": "Jane"}"#);
    assert_eq!(events[1].raw.get(), r#"{"time": "2"}"#);
}

#[test]
fn wrong_element_is_left_out_and_others_keep_their_json() {
    let mut response = read(
        r#"{"data":{"parcels":[{"number":"A1","events":[7,{"time":"1"},null,"x",{"time":"2"}]}]}}"#,
    );

    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    assert_eq!(
        paths(&parcels[0].problems),
        ["data.parcels[0].events[0]", "data.parcels[0].events[3]"]
    );
    assert_eq!(
        parcels[0].problems[0].message,
        "expected an object, found a number"
    );
    let kept: Vec<_> = events.iter().map(|it| (it.raw.get(), it.path())).collect();
    assert_eq!(
        kept,
        [
            (r#"{"time":"1"}"#, "data.parcels[0].events[1]".to_owned()),
            (r#"{"time":"2"}"#, "data.parcels[0].events[4]".to_owned()),
        ]
    );
}

#[test]
fn object_without_known_keys_is_a_problem_and_no_element() {
    let mut response = read(
        r#"{"data":{"parcels":[{"number":"A1","events":[{},null,[],{"colour":"red"},{"zip":null}]}]}}"#,
    );

    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].raw.get(), r#"{"zip":null}"#);
    assert_eq!(
        paths(&parcels[0].problems),
        [
            "data.parcels[0].events[0]",
            "data.parcels[0].events[2]",
            "data.parcels[0].events[3]"
        ]
    );
    assert_eq!(raw(&parcels[0].problems[2]), r#"{"colour":"red"}"#);
    assert_eq!(
        parcels[0].problems[1].message,
        "expected an object, found a list"
    );
}

#[test]
fn list_goes_where_null_does_not_fit() {
    let mut response = read(
        r#"{"data":{"parcels":[{"number":"A1","strict":[1,900,3],"events":[{"time":[]}]}]},"total":{}}"#,
    );

    let parcels = parcels(&mut response);

    assert_eq!(parcels[0].value.number.as_deref(), Some("A1"));
    assert_eq!(parcels[0].value.strict, None);
    assert_eq!(
        paths(&parcels[0].problems),
        [
            "data.parcels[0].strict[1]",
            "data.parcels[0].events[0].time"
        ]
    );
    assert_eq!(raw(&parcels[0].problems[0]), "[1,900,3]");
    assert_eq!(
        parcels[0].problems[0].message,
        "expected an integer that is not negative, found another number"
    );
    assert_eq!(paths(&response.problems), ["total"]);
}

#[test]
fn type_with_required_fields_is_read_too() {
    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Strict {
        number: String,
        events: Vec<Option<Event>>,
        last: u8,
    }
    let json = r#"{"number":"A1","events":[{"time":"1"},{"time":{}},{"time":[]}],"last":7}"#;

    let strict = Partial::<Strict>::from_body(&Bytes::from_static(json.as_bytes())).unwrap();

    assert_eq!((strict.value.number.as_str(), strict.value.last), ("A1", 7));
    assert_eq!(strict.value.events.len(), 3);
    assert_eq!(
        paths(&strict.problems),
        ["events[1].time", "events[2].time"]
    );
    let missing = Partial::<Strict>::from_body(&Bytes::from_static(b"{\"number\":{}}"));
    assert_eq!(missing.unwrap_err().path(), Some("number"));
}

#[test]
fn part_begins_its_paths_with_its_own() {
    let raw = RawJson::from_string(r#"{"number":{}}"#);

    let parcel = Partial::<Parcel>::from_raw(raw, "items[3]");

    assert_eq!(paths(&parcel.problems), ["items[3].number"]);
}

#[test]
fn part_of_which_nothing_fits_is_the_default_one() {
    for json in ["", "<html>", "7", "\"A1\"", r#"{"number":"#, "null"] {
        let parcel = Partial::<Parcel>::from_raw(RawJson::from_string(json), "data");

        assert_eq!(parcel.value, Parcel::default(), "{json}");
        assert_eq!(paths(&parcel.problems), ["data"], "{json}");
        assert_eq!(raw(&parcel.problems[0]), json);
    }
}

#[test]
fn body_that_is_no_json_is_an_error() {
    for body in [
        "",
        "<html>",
        "7",
        r#"{"total":{},"data":"#,
        "{\"total\":{}} x",
    ] {
        let error = Partial::<Response>::from_body(&Bytes::from(body)).unwrap_err();

        assert!(error.is_decode(), "{body}");
    }
}

#[test]
fn string_that_is_not_utf_8_costs_that_string() {
    let body = b"\xef\xbb\xbf{\"total\":7,\"st\xe4dte\":{\"b\xe4\":\"K\xf6ln\"},\"data\":{\"parcels\":[\"\xff\",
        {\"number\":\"A1\",\"emails\":[\"a\",\"\xfc\xff,\xff\",\"c\"],\"events\":[{\"time\":\"1\",\"zip\":\"\xe4\"},{\"time\":\"2\"}]}]}}";

    let mut response = Partial::<Response>::from_body(&Bytes::from_static(body)).unwrap();
    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    assert_eq!(response.value.total, Some(7));
    assert!(response.raw.get().starts_with(r#"{"total":7,"st"#));
    assert_eq!(parcels[0].value.emails, ["a", "c"]);
    assert_eq!(parcels[0].path(), "data.parcels[1]");
    assert!(parcels[0].raw.get().starts_with(r#"{"number":"A1","#));
    assert_eq!(events[0].value.time.as_deref(), Some("1"));
    assert_eq!(events[0].raw.get(), "{\"time\":\"1\",\"zip\":\"\u{fffd}\"}");
    assert_eq!(events[1].raw.get(), r#"{"time":"2"}"#);
    let message = "expected a string, found one that is not UTF-8";
    for (problems, path, raw_json) in [
        (
            &response.problems,
            "st\u{fffd}dte.b\u{fffd}",
            "\"K\u{fffd}ln\"",
        ),
        (
            &parcels[0].problems,
            "data.parcels[1].emails[1]",
            "\"\u{fffd}\u{fffd},\u{fffd}\"",
        ),
        (
            &events[0].problems,
            "data.parcels[1].events[0].zip",
            "\"\u{fffd}\"",
        ),
    ] {
        assert_eq!(problems[0].path, path);
        assert_eq!(problems[0].message, message);
        assert_eq!(raw(&problems[0]), raw_json);
    }
    assert_eq!(paths(&response.problems)[1..], ["data.parcels[0]"]);
    let error = tracking_http::decode::<Response>(body).unwrap_err();
    assert!(error.to_string().contains(message), "{error}");
    assert!(Partial::<Response>::from_body(&Bytes::from_static(b"<p>K\xf6ln</p>")).is_err());
}

#[test]
fn byte_order_mark_is_skipped() {
    let body = Bytes::from_static(b"\xef\xbb\xbf{\"total\":\"7\"}");

    let response = Partial::<Response>::from_body(&body).unwrap();
    let decoded: Response = tracking_http::decode(&body).unwrap();

    assert_eq!((response.value.total, decoded.total), (Some(7), Some(7)));
    assert_eq!(response.raw.get(), r#"{"total":"7"}"#);
}

#[test]
fn keys_with_escapes_and_lines_are_followed() {
    let json =
        "{\n  \"x\\\"y\": [1, {\"}\": \"]\\\\\"}],\r\n  \"total\":\n\t[\"a\"]\n, \"data\": {}}";

    let response = read(json);

    assert_eq!(paths(&response.problems), ["total"]);
    assert_eq!(raw(&response.problems[0]), "[\"a\"]");
    assert!(response.value.data.is_some());
}

#[test]
fn bad_elements_of_lists_in_lists_cost_no_other() {
    const COUNT: usize = 20_000;
    let parcel = r#"{"emails":[{}],"number":"A"},"#.repeat(COUNT);
    let json = format!(r#"{{"data":{{"parcels":[{parcel}{{"number":"last"}}]}}}}"#);

    let mut response = read(&json);
    let parcels = parcels(&mut response);

    assert_eq!(parcels.len(), COUNT + 1);
    assert!(parcels.iter().all(|parcel| parcel.value.number.is_some()));
    assert_eq!(paths(&parcels[7].problems), ["data.parcels[7].emails[0]"]);
    assert_eq!(
        response.problems.last().unwrap().message,
        format!("and {} more", COUNT - MAX_PROBLEMS)
    );
}

#[test]
fn any_shape_has_few_problems() {
    const BYTES: usize = 100_000;
    let shapes = [
        ("7,", "0"),
        ("{},", "{}"),
        ("[],", "[]"),
        (r#"{"events":[[],{},7]},"#, "{}"),
        (r#"{"events":[{"time":[]}],"strict":[-1]},"#, "{}"),
        (r#"{"number":{},"emails":{},"events":7},"#, "{}"),
    ];
    for (element, last) in shapes {
        let elements = element.repeat(BYTES / element.len());
        let json = format!(r#"{{"data":{{"parcels":[{elements}{last}]}}}}"#);

        let mut response = read(&json);
        let parcels = parcels(&mut response);

        let listed: usize = parcels.iter().map(|it| it.problems.len()).sum();
        assert!(
            (1..=3 * MAX_PROBLEMS).contains(&(listed + response.problems.len())),
            "{element}"
        );
    }
}

#[test]
fn long_key_around_many_misfits_ends_reading() {
    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Lists {
        #[serde(default)]
        by_name: BTreeMap<String, Vec<Option<u8>>>,
    }
    let key = "k".repeat(100_000);
    let misfits = "{},".repeat(30_000);
    let json = format!(r#"{{"by_name":{{"{key}":[1,{misfits}2],"b":[3]}}}}"#);

    let lists = Partial::<Lists>::from_body(&Bytes::from(json)).unwrap();

    // The key is written again for each misfit, and 4 MiB may be written: so 42 and not 30,000 are read.
    assert!(lists.problems.len() <= 44, "{}", lists.problems.len());
    assert_eq!(lists.value.by_name[&key][0], Some(1));
    let last = lists.problems.last().unwrap();
    assert!(
        last.message.starts_with("too much does not fit"),
        "{}",
        last.message
    );
    assert!(raw(last).ends_with(r#"2],"b":[3]}}"#));
}

#[test]
fn list_that_fills_the_memory_keeps_its_beginning() {
    const COUNT: usize = 400_001;
    let elements = "{},".repeat(COUNT - 1);
    let json = format!(r#"{{"data":{{"parcels":[{elements}{{}}]}},"total":1}}"#);

    let response = read(&json);

    assert_eq!(response.value.total, Some(1));
    let kept = response.value.data.unwrap().parcels.len();
    assert!(kept > 10_000, "{kept}");
    assert_eq!(paths(&response.problems), ["data.parcels"]);
    let message = &response.problems[0].message;
    assert!(message.starts_with("the list has more elements"));
    assert!(
        message.ends_with(&format!(" {} more", COUNT - kept)),
        "{message}"
    );
    assert_eq!(raw(&response.problems[0]).len(), 3 * COUNT + 1);
}

#[test]
fn elements_of_all_lists_together_are_bounded() {
    const COUNT: usize = 12_000;
    let events = r#"{"time":"1"},"#.repeat(COUNT - 1);
    let parcel = format!(r#"{{"number":"A1","events":[{events}{{"time":"2"}}]}}"#);
    let json = format!(r#"{{"data":{{"parcels":[{parcel},{parcel}]}}}}"#);

    let mut response = read(&json);
    let mut parcels = parcels(&mut response);
    let whole = events_of(&mut parcels, 0);
    let rest = events_of(&mut parcels, 1);

    assert_eq!(whole, COUNT);
    assert!(rest > 2_000 && rest < COUNT, "{rest}");
    assert!(parcels[0].problems.is_empty());
    assert_eq!(
        parcels[0].completeness_of(&["events"], whole),
        Completeness::Complete
    );
    assert_eq!(paths(&parcels[1].problems), ["data.parcels[1].events"]);
    let message = &parcels[1].problems[0].message;
    assert!(
        message.ends_with(&format!("left out are {} more", COUNT - rest)),
        "{message}"
    );
    assert_eq!(
        parcels[1].completeness_of(&["events"], rest),
        Completeness::Partial
    );
}

fn events_of(parcels: &mut [Partial<Parcel>], index: usize) -> usize {
    events(&mut parcels[index]).len()
}

#[test]
fn lists_that_fill_the_memory_together_lose_no_other_field() {
    const COUNT: usize = 100_000;
    let misfit = r#"{"number":{}},"#;
    let parcel = r#"{"events":[{}]},"#.repeat(COUNT);
    let json = format!(r#"{{"data":{{"parcels":[{misfit}{parcel}{misfit}{{}}]}},"total":1}}"#);

    let mut response = read(&json);

    assert_eq!(response.value.total, Some(1));
    let last = response.problems.last().unwrap().clone();
    assert!(
        last.message.starts_with("the list has more elements"),
        "{last:?}"
    );
    assert!(last.path.starts_with("data.parcels"), "{last:?}");
    let parcels = parcels(&mut response);
    assert!(parcels.len() > 10_000, "{}", parcels.len());
    assert_eq!(parcels[1].value.events.len(), 1);
    assert_eq!(paths(&parcels[0].problems), ["data.parcels[0].number"]);
}

#[test]
fn misfits_in_deep_objects_are_read_in_time() {
    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Level {
        #[serde(default, deserialize_with = "lenient::object")]
        inner: Option<Box<Self>>,
        #[serde(default, deserialize_with = "lenient::list")]
        events: Vec<Event>,
    }
    const DEPTH: usize = 30;
    let events = "4,".repeat(500_000);
    let json = format!(
        r#"{}{{"events":[{{"time":"1"}},{events}5]}}{}"#,
        r#"{"inner":"#.repeat(DEPTH),
        "}".repeat(DEPTH)
    );

    let level = Partial::<Level>::from_body(&Bytes::from(json)).unwrap();

    let mut inner = &level.value;
    while let Some(next) = &inner.inner {
        inner = next;
    }
    assert_eq!(inner.events.len(), 1);
    let last = level.problems.last().unwrap();
    let more = last.message.strip_prefix("and ").unwrap();
    let more: usize = more.strip_suffix(" more").unwrap().parse().unwrap();
    // Each costs the time to begin reading all the types around it, so that few are looked for.
    assert!((1_000..20_000).contains(&more), "{more}");
    let cut = &level.problems[level.problems.len() - 2];
    assert!(cut.message.starts_with("too much does not fit"), "{cut:?}");
}

#[test]
fn misfit_in_a_list_in_place_of_an_object_is_that_list() {
    let mut response = read(
        r#"{"data":{"parcels":[[{}],{"number":"A2","events":[["1",[]],[[[]]],{"time":{}}]},[1,2,3,4,5]]}}"#,
    );

    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    let message = "expected an object, found a list";
    assert_eq!(
        paths(&response.problems),
        ["data.parcels[0]", "data.parcels[2]"]
    );
    assert_eq!(raw(&response.problems[0]), "[{}]");
    assert!(response.problems.iter().all(|it| it.message == message));
    assert_eq!(
        paths(&parcels[0].problems),
        ["data.parcels[1].events[0]", "data.parcels[1].events[1]"]
    );
    assert!(parcels[0].problems.iter().all(|it| it.message == message));
    assert_eq!(
        paths(&events[0].problems),
        ["data.parcels[1].events[2].time"]
    );
}

#[test]
fn misfit_in_a_list_of_lists_keeps_its_path() {
    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Matrix {
        #[serde(default)]
        rows: Vec<Vec<Option<u8>>>,
    }

    let body = Bytes::from_static(br#"{"rows":[[1,{}],[[2],3]]}"#);
    let matrix = Partial::<Matrix>::from_body(&body).unwrap();

    assert_eq!(matrix.value.rows, [[Some(1), None], [None, Some(3)]]);
    assert_eq!(paths(&matrix.problems), ["rows[0][1]", "rows[1][0]"]);
}

#[test]
fn list_is_no_object_by_position() {
    let mut response =
        read(r#"{"data":{"parcels":[["A1"],{"number":"A2","events":[ ["1"],{"time":"2"}]}]}}"#);

    let mut parcels = parcels(&mut response);
    let events = events(&mut parcels[0]);

    assert_eq!(parcels.len(), 1);
    assert_eq!(parcels[0].path(), "data.parcels[1]");
    assert_eq!(paths(&response.problems), ["data.parcels[0]"]);
    assert_eq!(
        response.problems[0].message,
        "expected an object, found a list"
    );
    assert_eq!(raw(&response.problems[0]), r#"["A1"]"#);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].value.time.as_deref(), Some("2"));
    assert_eq!(paths(&parcels[0].problems), ["data.parcels[1].events[0]"]);
    for body in [r#"[null,7]"#, " []"] {
        let error = Partial::<Response>::from_body(&Bytes::from(body)).unwrap_err();
        let part = Partial::<Response>::from_raw(RawJson::from_string(body.trim()), "data");

        let message = "expected an object, found a list";
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(part.problems[0].message, message);
        assert_eq!(part.value, Response::default());
    }
}

#[test]
fn problems_of_all_elements_together_are_bounded() {
    const COUNT: usize = 15_000;
    let parcel = r#"{"number":"A","events":[{}]},"#.repeat(COUNT);
    let json = format!(r#"{{"data":{{"parcels":[{parcel}{{}}]}}}}"#);

    let mut response = read(&json);
    let mut parcels = parcels(&mut response);
    let mut problems = response.problems.clone();
    for parcel in &mut parcels {
        assert!(events(parcel).is_empty());
        parcel.report("number", "wrong");
        problems.append(&mut parcel.problems);
    }

    assert_eq!(parcels.len(), COUNT);
    assert_eq!(problems.len(), MAX_PROBLEMS + 1);
    assert_eq!(problems[0].path, format!("data.parcels[{COUNT}]"));
    assert!(problems[MAX_PROBLEMS].message.starts_with("and 1 more"));
}

#[test]
fn refused_elements_are_problems_and_the_others_are_counted() {
    const COUNT: usize = 300;
    let parcel = r#"{"number":"A"},"#.repeat(COUNT);
    let json = format!(r#"{{"parcels":[{parcel}{{"number":"B"}}, {{"number":{{}}}}]}}"#);
    let mut data = Partial::<Data>::from_body(&Bytes::from(json)).unwrap();

    let parcels = data.take_list_except(
        &["parcels"],
        |data| std::mem::take(&mut data.parcels),
        |parcel| (parcel.value.number.as_deref() != Some("B")).then(|| "no B".to_owned()),
    );

    assert_eq!(parcels.len(), 1);
    assert_eq!(parcels[0].path(), format!("parcels[{COUNT}]"));
    // One of them is that of the last element.
    let problems = data.problems;
    assert_eq!(problems.len(), MAX_PROBLEMS + 1);
    assert_eq!(problems[0].message, "no B");
    assert_eq!(raw(&problems[0]), r#"{"number":"A"}"#);
    assert_eq!(problems[MAX_PROBLEMS - 1].path, "parcels[301].number");
    assert_eq!(problems[MAX_PROBLEMS].path, "parcels");
    assert_eq!(problems[MAX_PROBLEMS].message, "and 201 more");
}

#[test]
fn repeated_key_costs_its_other_values() {
    let mut response = read(
        r#"{"data":{"parcels":[{"number":"A1","number":"A2","strict":[1]},{"number":"A3"}]}}"#,
    );

    let parcels = parcels(&mut response);

    assert_eq!(parcels.len(), 2);
    assert_eq!(parcels[0].value.number.as_deref(), Some("A2"));
    let problems = &parcels[0].problems;
    assert_eq!(paths(problems), ["data.parcels[0].number"]);
    assert!(problems[0].message.contains("the key is repeated"));
    assert_eq!(raw(&problems[0]), r#""A1""#);
}

/// JSON of the keys of the types above, in which every kind of value is at every place.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let scalar = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (-300i64..300).prop_map(Into::into),
        "[a-z\"\\\\ 0-9]{0,4}".prop_map(Into::into),
    ];
    let key = prop_oneof![
        Just("data"),
        Just("total"),
        Just("parcels"),
        Just("number"),
        Just("emails"),
        Just("events"),
        Just("strict"),
        Just("time"),
        Just("zip"),
        Just("other"),
    ];
    scalar.prop_recursive(6, 60, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::vec((key.clone(), inner), 0..5).prop_map(|fields| {
                let fields = fields
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                serde_json::Value::Object(fields.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(value in json(), pretty in any::<bool>()) {
        let value = serde_json::json!({"data": {"parcels": [{"events": [value.clone()]}, value]}});
        let json = if pretty { format!("{value:#}") } else { value.to_string() };
        let fits = serde_json::from_str::<Response>(&json).is_ok();

        let mut response = read(&json);

        prop_assert_eq!(response.problems.is_empty(), fits);
        for parcel in &mut parcels(&mut response) {
            let number = parcel.value.number.clone();
            let raw: serde_json::Value = serde_json::from_str(parcel.raw.get()).unwrap();
            let raw_number = raw.get("number").and_then(|it| it.as_str()).map(str::to_owned);
            prop_assert!(raw_number.is_none() || raw_number == number);
            for event in events(parcel) {
                let raw: serde_json::Value = serde_json::from_str(event.raw.get()).unwrap();
                let raw_time = raw.get("time").and_then(|it| it.as_str()).map(str::to_owned);
                prop_assert!(raw_time.is_none() || raw_time == event.value.time);
            }
        }
    }
}
