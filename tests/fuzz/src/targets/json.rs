//! Any bytes, searched for parts of JSON.

use bytes::Bytes;
use serde_json::Value;
use tracking_core::RawJson;
use tracking_core::kit::{count_elements, first_elements, has_path, raw_at_path, raw_elements};
use tracking_http::{decode, unmodelled_fields};
use tracking_testkit::Sdk;

use super::types::is_same_value;
use crate::sdks::{OneConcepts, Ship24};

/// Keys under which fixtures have something.
const PATHS: [&[&str]; 4] = [&[], &["data"], &["data", "trackings"], &["hydra:member"]];

pub(crate) fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let whole = decode::<Value>(input).ok();
    for path in PATHS {
        let found = raw_at_path(&text, path);
        assert_eq!(found.is_some(), has_path(input, path));
        if let Some(found) = found.filter(|_| !path.is_empty()) {
            assert!(text.contains(found));
        }
        let Some(elements) = raw_elements(&text, path) else {
            continue;
        };
        let count = count_elements(&text, path).unwrap();
        assert!(elements.len() <= count);
        let first = first_elements(&text, path, 2, |_| true).unwrap_or_default();
        let first = first.iter().map(|(_, element)| element);
        assert!(first.eq(elements.iter().take(2)));
        for element in elements {
            assert!(serde_json::from_str::<&serde_json::value::RawValue>(element).is_ok());
        }
    }
    if let Some(whole) = whole {
        let raw = RawJson::from_response(&Bytes::copy_from_slice(input));
        let stored = serde_json::to_string(&raw).unwrap();
        assert_eq!(serde_json::from_str::<RawJson>(&stored).unwrap(), raw);
        assert_eq!(unmodelled_fields::<Value>(input).unwrap(), [""; 0]);
        let again = decode::<Value>(whole.to_string().as_bytes()).unwrap();
        assert!(is_same_value(&again, &whole), "{again}: {whole}");
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = vec![b"{\"data\":{\"trackings\":[null,1,{\"a\":[]}]}} ".to_vec()];
    let lists = ["list-trackers/", "get-tracking/", "list-trackings/"];
    let bodies = [Ship24::FIXTURES, OneConcepts::FIXTURES];
    for fixtures in bodies {
        let files = fixtures.bodies().into_iter();
        let files = files.filter(|file| lists.iter().any(|list| file.starts_with(list)));
        seeds.extend(files.map(|file| fixtures.text(&file).into_bytes()));
    }
    seeds
}
