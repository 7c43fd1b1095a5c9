use proptest::prelude::*;

use super::check::CheckRule;
use super::couriers::by_name;
use super::formats::{Couriers, FORMATS, Format};
use super::number::LONGEST;
use super::shape::{self, Part, Shape};
use super::{Candidate, Distinction, detect, is_check_digit_right};
use crate::{Evidence, ShipmentHints};

fn found(number: &str) -> Vec<Candidate> {
    detect(number, &ShipmentHints::default())
}

fn names(candidates: &[Candidate]) -> Vec<&str> {
    candidates
        .iter()
        .map(|it| it.courier.name.as_ref())
        .collect()
}

fn checked(number: &str) -> Vec<String> {
    let candidates = found(number);
    let checked = candidates
        .iter()
        .filter(|it| it.evidence == Evidence::Checksum);
    checked
        .map(|it| it.courier.name.clone().into_owned())
        .collect()
}

/// Numbers of a shape, with a right check character.
#[derive(Debug)]
struct Numbers(u64);

impl Numbers {
    fn one_of(&mut self, characters: &str) -> u8 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let bytes = characters.as_bytes();
        let place = (self.0 >> 33) % u64::try_from(bytes.len()).unwrap();
        bytes[usize::try_from(place).unwrap()]
    }

    fn of(&mut self, format: &Format, shape: Shape) -> Vec<u8> {
        const DIGITS: &str = "0123456789";
        const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let any = format!("{DIGITS}{LETTERS}");
        let mut number = Vec::new();
        let mut covered = 0;
        for part in shape {
            let (characters, length) = match part {
                Part::Is(text) => {
                    number.extend_from_slice(text.as_bytes());
                    continue;
                }
                Part::OneOf(all) => {
                    number.extend_from_slice(all[all.len() - 1].as_bytes());
                    continue;
                }
                Part::Country => {
                    number.extend_from_slice(b"SG");
                    continue;
                }
                Part::Check => {
                    let payload = [format.in_front.as_bytes(), &number[covered..]].concat();
                    number.push(format.rule.unwrap().check_character(&payload).unwrap());
                    continue;
                }
                Part::Covered => {
                    covered = number.len();
                    continue;
                }
                Part::WithLetter => {
                    *number.last_mut().unwrap() = b'X';
                    continue;
                }
                Part::WithDigit => {
                    *number.last_mut().unwrap() = b'7';
                    continue;
                }
                Part::In(characters) => (*characters, 1),
                Part::Digits(length) | Part::DigitsTo(length, _) => (DIGITS, *length),
                Part::Letters(length) => (LETTERS, *length),
                Part::Any(length) | Part::AnyTo(_, length) => (any.as_str(), *length),
            };
            number.extend((0..length).map(|_| self.one_of(characters)));
        }
        number
    }
}

fn shapes() -> impl Iterator<Item = (&'static Format, Shape)> {
    let of = |format: &'static Format| format.shapes.iter().map(move |shape| (format, *shape));
    FORMATS.iter().flat_map(of)
}

#[test]
fn rows_are_well_formed() {
    for (format, shape) in shapes() {
        let variable = shape
            .iter()
            .filter(|part| shape::is_variable(std::slice::from_ref(part)));
        assert!(variable.count() <= 1, "{shape:?}");
        let has_check = shape.contains(&Part::Check);
        assert_eq!(has_check, format.rule.is_some(), "{shape:?}");
        for part in shape {
            if let Part::OneOf(all) = part {
                assert!(
                    all.iter().all(|text| text.len() == all[0].len()),
                    "{part:?}"
                );
            }
        }
        assert!(!format.source.is_empty(), "{shape:?}");
        assert!(Numbers(1).of(format, shape).len() <= LONGEST, "{shape:?}");
        if let Couriers::Named(names) = format.couriers {
            assert!(!names.is_empty(), "{shape:?}");
            assert!(
                names.iter().all(|name| by_name(name).is_some()),
                "{names:?}"
            );
        }
    }
    let lengths = shapes().map(|(format, shape)| Numbers(1).of(format, shape).len());
    assert_eq!(lengths.max(), Some(LONGEST));
}

#[test]
fn worked_examples_are_found_by_their_check_character() {
    for (number, courier) in [
        ("RA112233447CH", "Swiss Post"),
        ("00340434123456789012", "DHL Paket"),
        ("1234567891", "DHL Express"),
        ("1ZA1B2C30312345673", "UPS"),
        ("123456789012", "FedEx"),
        ("123456789015", "Purolator"),
        ("01231234567890J", "DPD"),
        ("851234567895", "GLS"),
        ("123456789016", "DHL Paket"),
    ] {
        assert!(checked(number).contains(&courier.to_owned()), "{number}");
    }
}

#[test]
fn own_letters_stay_last_when_the_check_digit_is_wrong() {
    for (number, courier) in [
        ("RA112233448CH", "Swiss Post"),
        ("1ZA1B2C30312345674", "UPS"),
        ("1ZA1B2C3031234567O", "UPS"),
        ("C10000000000001", "OnTrac"),
        ("GE112233448WW", "TNT"),
    ] {
        let candidates = found(number);

        let last = candidates.last().unwrap();
        assert_eq!(last.courier.name, courier, "{number}");
        assert!(last.is_check_digit_wrong, "{number}");
        assert_eq!(last.evidence, Evidence::Format, "{number}");
    }
    // Any letters, a number that Evri's format does not rule out: the mistyped one is last.
    let other = found("GM112233448DE");
    assert_eq!(names(&other), ["DHL eCommerce", "Deutsche Post"]);
    assert!(!other[0].is_check_digit_wrong && other[1].is_check_digit_wrong);
}

#[test]
fn other_formats_end_with_a_wrong_check_digit() {
    for (number, courier) in [
        ("123456789013", "FedEx"),
        ("9400111206206000000001", "USPS"),
        ("1234567890123456", "Canada Post"),
        ("01231234567890K", "DPD"),
    ] {
        assert!(!names(&found(number)).contains(&courier), "{number}");
    }
}

#[test]
fn digits_alone_are_weak_whatever_their_check_digit() {
    let candidates = found("123456789012");

    assert!(candidates.len() > 3, "{candidates:?}");
    assert!(candidates.iter().all(Candidate::is_weak));
    assert_eq!(candidates[0].courier.name, "FedEx");
    assert_eq!(candidates[0].evidence, Evidence::Checksum);
    // Those without a check digit are no less possible.
    assert!(names(&candidates).contains(&"SF Express"));
    assert!(!found("1ZA1B2C30312345673")[0].is_weak());
    assert!(!found("00340434123456789012")[0].is_weak());
}

#[test]
fn more_specific_prefix_comes_before_container_code() {
    let paket = found("00340434123456789012");
    assert_eq!(names(&paket), ["DHL Paket", "SSCC"]);

    let poczta = found("00159007730000000001");
    assert!(!names(&poczta).contains(&"USPS"), "{poczta:?}");
}

#[test]
fn hints_move_candidates_and_remove_none() {
    let plain = found("123456789012");
    let hints = ShipmentHints {
        destination_country: Some("cn".to_owned()),
        ..ShipmentHints::default()
    };

    let hinted = detect("123456789012", &hints);

    let formats = |candidates: &[Candidate]| -> Vec<String> {
        let weak = candidates
            .iter()
            .filter(|it| it.evidence == Evidence::Format);
        weak.map(|it| it.courier.name.clone().into_owned())
            .collect()
    };
    assert_eq!(formats(&hinted)[0], "SF Express");
    assert_ne!(formats(&plain)[0], "SF Express");
    assert_eq!(hinted.len(), plain.len());
    // A right check digit counts for more than a hint.
    assert_eq!(hinted[0].courier.name, "FedEx");
}

#[test]
fn order_is_check_digit_then_letters_then_prefix_then_digits() {
    let candidates = found("JD0002123456789012");
    assert_eq!(candidates[0].courier.name, "Yodel");
    assert_eq!(candidates[0].distinction, Distinction::OwnLetters);

    // 20 digits that pass GS1: a prefix before digits alone.
    let prefix = found("61299912345678901230");
    let order: Vec<_> = prefix
        .iter()
        .map(|it| (it.evidence, it.distinction))
        .collect();
    assert!(order.is_sorted(), "{prefix:?}");
}

#[test]
fn each_courier_comes_once() {
    // TNT, DHL Express, UPS and Yodel have several formats.
    let candidates = found("1234567891");
    let mut once = names(&candidates);
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), candidates.len());
}

#[test]
fn spellings_have_the_same_candidates() {
    let expected = found("RA112233447CH");

    for spelling in [
        " ra 112 233 447 ch\r\n",
        "RA-112.233.447-CH",
        "\u{feff}RA\u{200b}112233447CH",
    ] {
        assert_eq!(found(spelling), expected, "{spelling:?}");
    }
}

#[test]
fn post_of_country_is_named_only_for_country_codes() {
    let jersey = found("RA112233447JE");
    assert_eq!(jersey[0].courier.name, "Post of JE");
    assert_eq!(jersey[0].country, Some("JE"));
    assert_eq!(jersey[0].courier.codes.at("ship24"), Some("je-post"));
    assert!(jersey[0].at("trackingmore").is_none());

    assert_eq!(names(&found("RA112233447XX")), [""; 0]);
    assert_eq!(names(&found("RA112233447YP")), ["Yanwen"]);
}

#[test]
fn candidate_has_the_courier_of_a_provider() {
    let candidate = found("1ZA1B2C30312345673")
        .remove(0)
        .at("trackingmore")
        .unwrap();

    assert_eq!(candidate.courier.code, "ups");
    assert_eq!(candidate.courier.name.as_deref(), Some("UPS"));
    assert_eq!(candidate.evidence, Evidence::Checksum);
}

#[test]
fn what_is_no_number_has_no_candidates() {
    let long = "1".repeat(10_000_000);
    for text in [
        "",
        " ",
        "\0",
        "1Z\0",
        "9.40011E+21",
        "größe",
        "１２３４５６７８９０",
        &long,
    ] {
        assert_eq!(found(text), [], "{:?}", text.get(..10));
    }
}

proptest! {
    #[test]
    fn number_of_a_row_has_its_couriers(seed in any::<u64>()) {
        for (format, shape) in shapes() {
            let number = String::from_utf8(Numbers(seed).of(format, shape)).unwrap();
            let candidates = found(&number);

            let expected = match format.couriers {
                Couriers::Named(names) => names,
                Couriers::PostOfCountry => &["Singapore Post"],
            };
            for name in expected {
                let candidate = candidates.iter().find(|it| it.courier.name == *name);
                prop_assert!(candidate.is_some(), "{} lacks {}", number, name);
                let candidate = candidate.unwrap();
                prop_assert!(!candidate.is_check_digit_wrong, "{}", number);
                if format.rule.is_some() {
                    prop_assert_eq!(candidate.evidence, Evidence::Checksum, "{}", number);
                }
            }
            let order = |it: &Candidate| (it.is_check_digit_wrong, it.evidence, it.distinction);
            prop_assert!(candidates.is_sorted_by_key(order), "{}", number);
        }
    }

    #[test]
    fn single_wrong_digit_of_a_strong_rule_is_detected(seed in any::<u64>(), step in 1_u8..10) {
        for (format, shape) in shapes() {
            let strong = [CheckRule::Gs1, CheckRule::Luhn, CheckRule::Mod37];
            if !format.rule.is_some_and(|rule| strong.contains(&rule)) {
                continue;
            }
            let number = Numbers(seed).of(format, shape);
            let right = shape::matched(shape, format.rule, &number).unwrap();
            prop_assert_eq!(is_check_digit_right(format, right), Some(true));
            let covered = right.check.unwrap().0.to_vec();
            let begin = number.windows(covered.len()).position(|it| it == covered).unwrap();
            for place in begin..begin + covered.len() {
                let mut wrong = number.clone();
                if wrong[place].is_ascii_digit() {
                    wrong[place] = b'0' + (wrong[place] - b'0' + step) % 10;
                    let matched = shape::matched(shape, format.rule, &wrong);
                    let is_right = matched.and_then(|it| is_check_digit_right(format, it));
                    prop_assert_ne!(is_right, Some(true), "{:?}", wrong);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), other in "[0-9A-Z .-]{0,60}") {
        for text in [text, other] {
            for candidate in found(&text) {
                prop_assert!(candidate.evidence != Evidence::Provider);
            }
        }
    }
}
