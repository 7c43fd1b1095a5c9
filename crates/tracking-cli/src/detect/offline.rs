//! `tracking detect --offline`: the couriers by the format of the number, without asking a provider.

use std::fmt::Write as _;

use gcl_sdk::tracking_http::checks::as_written;
use serde::Serialize;
use textwrap::core::display_width;
use tracking_core::detect::{Candidate, CourierCodes, detect};
use tracking_core::{Evidence, ShipmentHints};

use crate::args::DetectArguments;
use crate::exit::{self, Exit, Tally};
use crate::problem;
use crate::render::style::{FAINT, STRONG, paint};
use crate::render::wrap::padded;
use crate::terminal::{self, clean};

/// Runs the command. Numbers are compared as they are, so nothing is refused: what is no number fits no
/// courier, and a warning says what a spreadsheet made of one.
pub(crate) fn run(arguments: &DetectArguments) -> Exit {
    let mut hints = ShipmentHints::default();
    hints.origin_country.clone_from(&arguments.origin_country);
    hints
        .destination_country
        .clone_from(&arguments.destination_country);
    let detections: Vec<(&str, Vec<Candidate>)> = arguments
        .numbers
        .iter()
        .map(|number| (number.as_str(), detect(number, &hints)))
        .collect();
    for number in &arguments.numbers {
        if let Err(error) = as_written("number", number) {
            let reason = error.message().unwrap_or_default();
            problem::report_warning(&format!("{number} {reason}"));
        }
    }
    let output = if arguments.json {
        lines_of(&detections)
    } else {
        text_of(&detections)
    };
    if let Err(error) = terminal::print(&output) {
        problem::report([&problem::of_output(&error)]);
        return Exit::SomeFailed;
    }
    let tallies: Vec<Tally> = detections
        .iter()
        .map(|(_, candidates)| Tally {
            found: !candidates.is_empty(),
            failed: false,
        })
        .collect();
    exit::of_lookups(&tallies)
}

/// A number, as one line of JSON.
#[derive(Serialize)]
struct NumberView<'a> {
    number: &'a str,
    candidates: Vec<CandidateView<'a>>,
}

#[derive(Serialize)]
struct CandidateView<'a> {
    courier: &'a str,
    country: Option<&'a str>,
    evidence: Evidence,
    codes: &'a CourierCodes,
    /// Only where it is true: every other candidate has the keys above and no more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    wrong_check_digit: bool,
}

impl<'a> CandidateView<'a> {
    fn of(candidate: &'a Candidate) -> Self {
        Self {
            courier: &candidate.courier.name,
            country: candidate.country,
            evidence: candidate.evidence,
            codes: &candidate.courier.codes,
            wrong_check_digit: candidate.is_check_digit_wrong,
        }
    }
}

fn lines_of(detections: &[(&str, Vec<Candidate>)]) -> String {
    let mut lines = String::new();
    for (number, candidates) in detections {
        let number = NumberView {
            number,
            candidates: candidates.iter().map(CandidateView::of).collect(),
        };
        // Strings and lists can always be written as JSON.
        lines.push_str(&serde_json::to_string(&number).unwrap_or_default());
        lines.push('\n');
    }
    lines
}

/// The number and how sure it is, then a line for each courier: name, country, evidence and codes.
fn text_of(detections: &[(&str, Vec<Candidate>)]) -> String {
    let mut text = String::new();
    for (number, candidates) in detections {
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}{}",
            paint(STRONG, &clean(number)),
            remark(candidates)
        );
        let names = candidates
            .iter()
            .map(|one| display_width(&one.courier.name));
        let width = names.max().unwrap_or(0);
        for candidate in candidates {
            let line = format!(
                "  {}  {}  {}  {}",
                padded(&candidate.courier.name, width),
                candidate.country.unwrap_or("  "),
                padded(evidence(candidate), 18),
                paint(FAINT, &codes(&candidate.courier.codes))
            );
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

/// What to know before taking a candidate for sure.
fn remark(candidates: &[Candidate]) -> &'static str {
    if candidates.is_empty() {
        ": no courier is known for numbers like this"
    } else if candidates.iter().all(|one| one.is_check_digit_wrong) {
        ": likely mistyped"
    } else if candidates.iter().all(Candidate::is_weak) {
        ": not sure, since digits alone fit many couriers"
    } else {
        ""
    }
}

const fn evidence(candidate: &Candidate) -> &'static str {
    match (candidate.is_check_digit_wrong, candidate.evidence) {
        (true, _) => "check digit wrong",
        (false, Evidence::Checksum) => "check digit right",
        (false, _) => "format only",
    }
}

/// The codes at providers, as `ship24:ch-post trackingmore:swiss-post`.
fn codes(codes: &CourierCodes) -> String {
    let providers = ["ship24", "trackingmore", "aftership"];
    let codes = providers
        .iter()
        .filter_map(|provider| Some(format!("{provider}:{}", codes.at(provider)?)));
    codes.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::plain;

    fn of(numbers: &[&'static str]) -> Vec<(&'static str, Vec<Candidate>)> {
        let hints = ShipmentHints::default();
        let of = |number: &&'static str| (*number, detect(number, &hints));
        numbers.iter().map(of).collect()
    }

    #[test]
    fn line_of_json_has_the_documented_keys_and_no_more() {
        let lines = lines_of(&of(&["ra 112 233 447 ch", "?"]));

        assert_eq!(
            lines,
            "{\"number\":\"ra 112 233 447 ch\",\"candidates\":[{\"courier\":\"Swiss Post\",\
             \"country\":\"CH\",\"evidence\":\"checksum\",\"codes\":{\"ship24\":\"ch-post\",\
             \"trackingmore\":\"swiss-post\",\"aftership\":\"swiss-post\"}}]}\n\
             {\"number\":\"?\",\"candidates\":[]}\n"
        );
    }

    #[test]
    fn wrong_check_digit_is_marked() {
        let detections = of(&["RA112233448JE"]);

        let line: serde_json::Value = serde_json::from_str(&lines_of(&detections)).unwrap();
        let candidate = &line["candidates"][0];
        assert_eq!(candidate["wrong_check_digit"], true);
        assert_eq!(candidate["evidence"], "format");
        assert_eq!(candidate["codes"]["aftership"], serde_json::Value::Null);
        assert_eq!(
            plain(&text_of(&detections)),
            "RA112233448JE: likely mistyped\n  Post of JE  JE  check digit wrong   ship24:je-post\n"
        );
    }

    #[test]
    fn text_says_how_sure_candidates_are() {
        let text = plain(&text_of(&of(&[
            "1ZA1B2C30312345673",
            "1234567891",
            "no\u{1b}number",
        ])));

        assert_eq!(
            text,
            "1ZA1B2C30312345673\n  \
             UPS      check digit right   ship24:ups trackingmore:ups aftership:ups\n\n\
             1234567891: not sure, since digits alone fit many couriers\n  \
             DHL Express      check digit right   ship24:dhl-express trackingmore:dhl aftership:dhl\n  \
             Aramex           format only         ship24:aramex trackingmore:aramex aftership:aramex\n\n\
             no\u{fffd}number: no courier is known for numbers like this\n"
        );
    }
}
