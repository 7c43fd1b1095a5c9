//! Any two strings as tracking numbers: which couriers they may belong to, whether they are the same, and what is sent.

use std::collections::HashSet;

use tracking_core::ShipmentHints;
use tracking_core::detect::detect;
use tracking_core::kit::{is_same_number, number_key};
use tracking_http::checks;
use tracking_testkit::Sdk;

use crate::input::Input;
use crate::sdks::{Exporto, Gcl, OneConcepts, Ship24, TrackingMore};

/// Two lines.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let first = String::from_utf8_lossy(input.until(b'\n'));
    let second = String::from_utf8_lossy(input.rest());

    let found = detect(&first, &ShipmentHints::default());
    let names: HashSet<&str> = found.iter().map(|it| &*it.courier.name).collect();
    assert_eq!(names.len(), found.len(), "a courier comes twice");
    assert_eq!(
        detect(&first.to_ascii_lowercase(), &ShipmentHints::default()),
        found
    );
    if first.len() <= 42 {
        let spaced = format!("\u{feff} {first}-");
        assert_eq!(detect(&spaced, &ShipmentHints::default()), found);
    }
    let mut hints = ShipmentHints::default();
    hints.destination_country = Some(second.clone().into_owned());
    assert_eq!(detect(&first, &hints).len(), found.len());

    let is_same = is_same_number(&first, &second);
    assert_eq!(is_same, is_same_number(&second, &first));
    assert!(is_same_number(&first, &first) && is_same_number(&first, &first.to_ascii_uppercase()));
    assert_eq!(number_key(&number_key(&first)), number_key(&first));

    check_of::<Exporto>(&first);
    check_of::<Gcl>(&first);
    check_of::<OneConcepts>(&first);
    check_of::<Ship24>(&first);
    check_of::<TrackingMore>(&first);
    let _ = checks::as_written("field", &first);
}

/// What is refused is named in one line, and what is sent climbs out of no path.
fn check_of<S: Sdk>(number: &str) {
    match S::check_number(number) {
        Ok(()) => {
            assert!(
                !number.is_empty() && ![".", ".."].contains(&number),
                "{number:?}"
            );
            assert!(!number.contains(char::is_control), "{number:?}");
        }
        Err(error) => {
            let line = error.to_string();
            assert_eq!(line.lines().count(), 1, "{line:?}");
            assert!(line.len() < 1_000, "{line}");
        }
    }
}

/// Numbers of well-known formats, and what people paste.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let numbers = [
        "RA112233447CH\nCH",
        "RB473128508SG\nrb 473 128 508 sg",
        "1Z999AA10123456784\nUS",
        "00340434161094022115\n340434161094022115",
        "420123459400111899223197428497\nUS",
        "160-12345675\n16012345675",
        "=\"9400111899223197428497\"\n9.40011E+21",
        "größe-1\nGRÖSSE1",
        "../../x\n.",
    ];
    numbers.iter().map(|it| it.as_bytes().to_vec()).collect()
}
