//! The table of what comes of each fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::class::Class;
use super::play::{Outcome, Played};

/// The page that is kept beside an SDK.
pub(super) fn of(provider: &str, played: &[Played]) -> String {
    let classes: Vec<Class> = Class::ALL
        .into_iter()
        .filter(|class| played.iter().any(|it| it.class == *class))
        .collect();
    let mut page = format!(
        "# What comes of each fault: {provider}\n\n\
         Written by the test `faults`, which plays every fault for every operation; `RENEW_FAULTS=1` renews it. A cell \
         has the kind of the error, and `×2` where the call is made again (it may make two attempts there), `×2*` where all are but \
         those with a star, since a repeat may do harm. `ok` is a result, with the number of problems where something was left \
         out. Operations that differ otherwise are named. With the feature `gzip` a compressed body is as large as what it \
         becomes: 100 MB are `body_too_large` at every operation.\n\n"
    );
    for class in &classes {
        let of_class = played.iter().filter(|it| it.class == *class);
        let named = |it: &Played| {
            format!(
                "`{}`{}",
                it.operation,
                if it.idempotent { "" } else { "\\*" }
            )
        };
        let operations: BTreeSet<String> = of_class.map(named).collect();
        let operations: Vec<String> = operations.into_iter().collect();
        writeln!(page, "- {}: {}", class.title(), operations.join(", ")).unwrap();
    }
    page.push_str("\n| fault |");
    for class in &classes {
        write!(page, " {} |", class.title()).unwrap();
    }
    page.push_str("\n|---|");
    page.push_str(&"---|".repeat(classes.len()));
    page.push('\n');
    for fault in names(played) {
        write!(page, "| {fault} |").unwrap();
        for class in &classes {
            let of_class = played
                .iter()
                .filter(|it| it.fault == fault && it.class == *class);
            write!(page, " {} |", cell(of_class.collect())).unwrap();
        }
        page.push('\n');
    }
    page
}

/// The faults in the order in which they were first played.
fn names(played: &[Played]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for it in played {
        if !names.contains(&it.fault) {
            names.push(it.fault);
        }
    }
    names
}

/// What came of one fault at the operations of a class: the most frequent outcome first.
fn cell(played: Vec<&Played>) -> String {
    if let Some(outcome) = repeated_if_harmless(&played) {
        return outcome;
    }
    let mut outcomes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for it in played {
        let operations = outcomes.entry(short(&it.outcome)).or_default();
        operations.push(&it.operation);
    }
    let mut outcomes: Vec<_> = outcomes.into_iter().collect();
    outcomes.sort_by_key(|(_, operations)| std::cmp::Reverse(operations.len()));
    let mut outcomes = outcomes.into_iter();
    let Some((usual, _)) = outcomes.next() else {
        return "–".to_owned();
    };
    let others =
        outcomes.map(|(outcome, operations)| format!("{outcome}: `{}`", operations.join("`, `")));
    std::iter::once(usual)
        .chain(others)
        .collect::<Vec<_>>()
        .join("; ")
}

/// The outcome where what may do harm is not repeated and everything else is.
fn repeated_if_harmless(played: &[&Played]) -> Option<String> {
    let of = |idempotent| {
        let some = played.iter().filter(move |it| it.idempotent == idempotent);
        let outcomes: BTreeSet<String> = some.map(|it| short(&it.outcome)).collect();
        (outcomes.len() == 1).then(|| outcomes.into_iter().next())?
    };
    let (once, twice) = (of(false)?, of(true)?);
    (twice == format!("{once} ×2")).then(|| format!("{twice}\\*"))
}

fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Succeeded { problems: 0, .. } => "ok".to_owned(),
        Outcome::Succeeded { problems, .. } => format!("ok, {problems} left out"),
        Outcome::Failed {
            kind, attempts: 1, ..
        } => kind.as_str().to_owned(),
        Outcome::Failed { kind, attempts, .. } => format!("{} ×{attempts}", kind.as_str()),
    }
}
