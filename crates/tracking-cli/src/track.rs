//! `tracking track`: plans the questions, asks them, prints the answers.

use tracking_core::Shipment;

use crate::args::TrackArguments;
use crate::config::Environment;
use crate::exit::{self, Exit, Tally};
use crate::lookup::{self, Answer, Lookup};
use crate::plan;
use crate::problem::{self, Problem};
use crate::render::{json, table, timeline};
use crate::terminal;

/// Runs the command.
pub(crate) async fn run(arguments: &TrackArguments, environment: Environment<'_>) -> Exit {
    let plan = match plan::make(arguments, environment).await {
        Ok(plan) => plan,
        Err(problems) => return refuse(arguments.json, &problems),
    };

    let answers = lookup::ask_all(&plan.lookups).await;
    let output = if arguments.json {
        json::document(shipments(&answers), problems(&answers))
    } else {
        text_of(arguments.brief, &plan.lookups, &answers)
    };
    if let Err(error) = terminal::print(&output) {
        problem::report([&problem::of_output(&error)]);
        return Exit::SomeFailed;
    }
    if !arguments.json {
        problem::report(problems(&answers));
    }
    exit::of_lookups(&tallies(&plan.lookups, &answers))
}

/// Says why nothing was sent: always on standard error, and in the document if one is expected.
fn refuse(json: bool, problems: &[Problem]) -> Exit {
    problem::report(problems);
    if json {
        // If even that fails there is nobody left to tell.
        let _ = terminal::print(&json::document([], problems));
    }
    Exit::Usage
}

fn text_of(short: bool, lookups: &[Lookup], answers: &[Answer]) -> String {
    let width = terminal::width();
    let found: Vec<(&str, &Shipment)> = lookups
        .iter()
        .zip(answers)
        .flat_map(|(lookup, answer)| {
            let title = lookup.connected.entry.title;
            answer.shipments.iter().map(move |one| (title, one))
        })
        .collect();

    let mut text = if short {
        table::render(&found, width)
    } else {
        found
            .iter()
            .map(|(title, shipment)| timeline::render(shipment, title, width))
            .collect::<Vec<_>>()
            .join("\n")
    };
    if answers.len() > 1 && !text.is_empty() {
        text.push('\n');
        text.push_str(&table::count(answers));
    }
    text
}

fn shipments(answers: &[Answer]) -> impl Iterator<Item = &Shipment> {
    answers.iter().flat_map(|answer| &answer.shipments)
}

fn problems(answers: &[Answer]) -> impl Iterator<Item = &Problem> {
    answers.iter().filter_map(|answer| answer.problem.as_ref())
}

/// One tally per thing that was asked for; the lookups of one thing follow each other.
fn tallies(lookups: &[Lookup], answers: &[Answer]) -> Vec<Tally> {
    let pairs: Vec<_> = lookups.iter().zip(answers).collect();

    pairs
        .chunk_by(|(one, _), (other, _)| one.request.target == other.request.target)
        .map(|same| Tally {
            found: same.iter().any(|(_, answer)| answer.problem.is_none()),
            failed: same
                .iter()
                .filter_map(|(_, answer)| answer.problem.as_ref())
                .any(|problem| !problem.answered),
        })
        .collect()
}
