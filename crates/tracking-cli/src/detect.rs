//! `tracking detect`: which couriers a number may belong to, by providers or by its format.

mod offline;

use std::fmt::Write as _;

use futures_util::StreamExt;
use textwrap::core::display_width;
use tracking_core::kit::is_same_number;
use tracking_core::{CourierCandidate, Error};

use crate::args::DetectArguments;
use crate::config::Environment;
use crate::exit::{self, Exit, Tally};
use crate::problem::{self, Problem};
use crate::progress::Progress;
use crate::render::json;
use crate::render::style::{FAINT, STRONG, paint};
use crate::render::wrap::padded;
use crate::select::{Account, Criteria, Selection};
use crate::terminal::{self, clean};
use crate::track::targets::Requested;
use crate::track::{plan, report};

/// The couriers of one number by one provider.
pub(crate) struct Detection {
    /// The number.
    pub(crate) number: String,
    /// The account that was asked.
    pub(crate) account: Account,
    /// In the order of the provider.
    pub(crate) couriers: Vec<CourierCandidate>,
    /// Why there are none.
    pub(crate) problem: Option<Problem>,
}

/// Runs the command.
pub(crate) async fn run(arguments: &DetectArguments, environment: Environment<'_>) -> Exit {
    if arguments.offline {
        return offline::run(arguments);
    }
    let detections = match ask(arguments, environment).await {
        Ok(detections) => detections,
        Err(problems) => {
            problem::report(&problems);
            if arguments.json {
                // An output that fails cannot be reported to the output.
                let _ = terminal::print(&json::couriers(&[], &problems));
            }
            return Exit::Usage;
        }
    };

    let problems = || detections.iter().filter_map(|one| one.problem.as_ref());
    let output = if arguments.json {
        json::couriers(&detections, problems())
    } else {
        text_of(&detections)
    };
    if let Err(error) = terminal::print(&output) {
        problem::report([&problem::of_output(&error)]);
        return Exit::SomeFailed;
    }
    if !arguments.json {
        problem::report(problems());
    }
    exit::of_lookups(&tallies(&detections))
}

/// Asks every provider that can detect couriers, after everything else was checked.
async fn ask(
    arguments: &DetectArguments,
    environment: Environment<'_>,
) -> Result<Vec<Detection>, Vec<Problem>> {
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: arguments.sandbox,
        task: "detect couriers",
        able: |entry| entry.capabilities.detect_couriers,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    let mut requested: Vec<Requested> = Vec::new();
    for number in arguments.numbers.iter().map(Requested::number) {
        if !requested.contains(&number) {
            requested.push(number);
        }
    }
    problems.extend(plan::refused(
        &requested,
        selection.accounts(),
        selection.is_named(),
    ));
    if !problems.is_empty() {
        return Err(problems);
    }

    let connected = selection.connect().await?;
    let questions: Vec<Asked<'_>> = requested
        .iter()
        .flat_map(|one| {
            let accounts = connected.accounts().iter();
            accounts
                .filter(|account| plan::check(account.entry, &one.target).is_ok())
                .map(|account| (account, one.target.as_str()))
        })
        .collect();
    let (asked, places) = distinct(&questions);
    let progress = Progress::start(asked.len(), connected.accounts());
    let pairs: Vec<(String, String)> = asked
        .iter()
        .map(|(account, number)| (account.name.clone(), (*number).to_owned()))
        .collect();
    let mut results: Vec<(usize, Result<Vec<CourierCandidate>, Error>)> = connected
        .set()
        .detect_each(pairs)
        .inspect(|_| progress.advance())
        .collect()
        .await;
    results.sort_unstable_by_key(|(index, _)| *index);
    let detections: Vec<Detection> = asked
        .into_iter()
        .zip(results)
        .map(|((account, number), (_, result))| Detection::of(account, number, result))
        .collect();
    let of_spelling = |((_, number), place): ((_, &str), usize)| {
        detections.get(place).map(|it| it.for_number(number))
    };
    Ok(questions
        .iter()
        .copied()
        .zip(places)
        .filter_map(of_spelling)
        .collect())
}

/// An account and a number.
type Asked<'a> = (&'a Account, &'a str);

/// The first spelling of each number at each account, and which of these each question is.
fn distinct<'a>(questions: &[Asked<'a>]) -> (Vec<Asked<'a>>, Vec<usize>) {
    let mut asked: Vec<Asked<'a>> = Vec::new();
    let mut places = Vec::with_capacity(questions.len());
    for (account, number) in questions.iter().copied() {
        let is_same =
            |known: &Asked<'_>| known.0.name == account.name && is_same_number(known.1, number);
        let place = asked.iter().position(is_same).unwrap_or(asked.len());
        if place == asked.len() {
            asked.push((account, number));
        }
        places.push(place);
    }
    (asked, places)
}

impl Detection {
    fn of(account: &Account, number: &str, result: Result<Vec<CourierCandidate>, Error>) -> Self {
        let (couriers, problem) = match result {
            Ok(couriers) if couriers.is_empty() => {
                let message = format!("{} finds no courier for this number", account.title());
                let problem = Problem::outcome("no_courier", message);
                (couriers, Some(problem.with_hint("check the number")))
            }
            Ok(couriers) => (couriers, None),
            Err(error) => (Vec::new(), Some(report::failure(account.entry, &error))),
        };
        Self {
            number: number.to_owned(),
            account: account.clone(),
            couriers,
            problem: problem.map(|it| it.of_provider(account.name.as_str()).of_number(number)),
        }
    }

    /// The same for another spelling of the number.
    fn for_number(&self, number: &str) -> Self {
        Self {
            number: number.to_owned(),
            account: self.account.clone(),
            couriers: self.couriers.clone(),
            problem: self
                .problem
                .clone()
                .map(|problem| problem.of_number(number)),
        }
    }
}

/// The number and the provider, then a line for each courier: its code, which `--courier` takes,
/// and its name.
fn text_of(detections: &[Detection]) -> String {
    let mut text = String::new();
    for detection in detections.iter().filter(|one| !one.couriers.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        let number = clean(&detection.number);
        let headline = format!(
            "{} at {}",
            paint(STRONG, &number),
            detection.account.title()
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{headline}");
        let codes = detection
            .couriers
            .iter()
            .map(|one| clean(&one.courier.code));
        let width = codes.map(|code| display_width(&code)).max().unwrap_or(0);
        for CourierCandidate { courier, .. } in &detection.couriers {
            let code = padded(&clean(&courier.code), width);
            let name = clean(courier.name.as_deref().unwrap_or_default());
            let line = format!("  {code}  {}", paint(FAINT, &name));
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

/// One tally per number; the detections of one number follow each other.
fn tallies(detections: &[Detection]) -> Vec<Tally> {
    detections
        .chunk_by(|one, other| one.number == other.number)
        .map(|same| Tally {
            found: same.iter().any(|one| !one.couriers.is_empty()),
            failed: same
                .iter()
                .filter_map(|one| one.problem.as_ref())
                .any(|problem| !problem.is_outcome),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use tracking_core::{Courier, Evidence};

    use super::*;
    use crate::providers;
    use crate::render::samples::plain;

    fn detection(number: &str, couriers: &[(&str, Option<&str>)]) -> Detection {
        let couriers = couriers.iter().map(|(code, name)| {
            let mut courier = Courier::new(*code);
            courier.name = name.map(str::to_owned);
            CourierCandidate::new(courier, Evidence::Provider)
        });
        Detection {
            number: number.to_owned(),
            account: Account::of(&providers::ALL[0]),
            couriers: couriers.collect(),
            problem: None,
        }
    }

    #[test]
    fn spellings_of_number_are_one_question_for_each_provider() {
        let [first, second] = &[0, 1].map(|place| Account::of(&providers::ALL[place]));
        let questions = [
            (first, "AB-1"),
            (second, "AB-1"),
            (first, "ab1"),
            (first, "C2"),
        ];

        let (asked, places) = distinct(&questions);

        let asked: Vec<(&str, &str)> = asked.iter().map(|it| (it.0.name.as_str(), it.1)).collect();
        let expected = [
            (first.name.as_str(), "AB-1"),
            (second.name.as_str(), "AB-1"),
            (first.name.as_str(), "C2"),
        ];
        assert_eq!(asked, expected);
        assert_eq!(places, [0, 1, 0, 2]);
        let other = detection("AB-1", &[("dhl", None)]).for_number("ab1");
        assert_eq!((other.number.as_str(), other.couriers.len()), ("ab1", 1));
    }

    #[test]
    fn couriers_are_listed_by_code_and_name() {
        let detections = [
            detection("A1", &[("dhl", Some("DHL Express")), ("china-ems", None)]),
            detection("B2", &[]),
            detection("C3", &[("ups", Some("U\u{1b}PS"))]),
        ];

        assert_eq!(
            plain(&text_of(&detections)),
            "A1 at Ship24\n  dhl        DHL Express\n  china-ems\n\nC3 at Ship24\n  ups  U\u{fffd}PS\n"
        );
    }

    #[test]
    fn number_counts_once_over_all_providers() {
        let mut failed = detection("A1", &[]);
        failed.problem = Some(Problem::new("server", "down"));
        let detections = [
            detection("A1", &[("dhl", None)]),
            failed,
            detection("B2", &[]),
        ];

        let tallies = tallies(&detections);

        assert_eq!(
            tallies,
            [
                Tally {
                    found: true,
                    failed: true
                },
                Tally {
                    found: false,
                    failed: false
                }
            ]
        );
    }
}
