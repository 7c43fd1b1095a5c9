//! `tracking follow import`: the lines of a file, each with an outcome.

use std::collections::{HashMap, HashSet};

use tracking_follow::{Added, NewParcel, Store, StoreError, StoreErrorKind};

use super::args::ImportArguments;
use super::{Failure, of_store, text};
use crate::config::Environment;
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::terminal;
use crate::track::plan::{self, Plan, Question};
use crate::track::targets::Requested;

/// How many parcels are added at once.
const CHUNK: usize = 1000;

/// What makes a parcel of a line: a number at an account, with the user's own reference.
type Key = (Question, Option<String>);

/// What came of the parcels of a file.
type Outcomes = HashMap<Key, Result<Added, Problem>>;

/// What came of a file.
#[derive(Debug, Default)]
pub(super) struct Imported {
    /// Parcels that are new: a line makes one at each account.
    pub(super) added: usize,
    /// Parcels that were followed already, or were in a line before.
    pub(super) known: usize,
    /// Lines that an account or more refused.
    pub(super) refused: usize,
}

pub(super) async fn run(
    options: &ImportArguments,
    address: &str,
    json: bool,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    let plan = plan::make(&options.as_track(), environment).await;
    let plan = plan.map_err(Failure::Problems)?;
    let store = Store::open(address).await?;
    let mut outcomes = add(&store, &plan, &options.tags).await?;
    let imported = print(&plan, &mut outcomes, json)?;
    if !json {
        terminal::write(&text::imported(&imported))?;
    }
    Ok(if imported.refused > 0 {
        Exit::SomeFailed
    } else {
        Exit::Success
    })
}

/// Adds each number with each reference once for each account that can look it up, in the order of the lines.
async fn add(store: &Store, plan: &Plan, tags: &[String]) -> Result<Outcomes, StoreError> {
    let mut outcomes = Outcomes::new();
    for (place, account) in plan.accounts().iter().enumerate() {
        let keys = plan.requested.iter().filter_map(|it| key(plan, it, place));
        let mut seen = HashSet::new();
        let keys: Vec<Key> = keys.filter(|key| seen.insert(key.clone())).collect();
        for chunk in keys.chunks(CHUNK) {
            let parcel = |key: &Key| {
                let (question, reference) = key;
                let request = plan.request(*question, plan.registers)?;
                let mut parcel = NewParcel::new(account.name.as_str(), request);
                parcel.reference.clone_from(reference);
                parcel.tags = tags.to_vec();
                Some((key.clone(), parcel))
            };
            let (asked, parcels): (Vec<Key>, Vec<NewParcel>) =
                chunk.iter().filter_map(parcel).unzip();
            let results = add_chunk(store, parcels).await?;
            outcomes.extend(asked.into_iter().zip(results));
        }
    }
    Ok(outcomes)
}

/// What makes a parcel of a line at an account, if it is asked.
fn key(plan: &Plan, requested: &Requested, account: usize) -> Option<Key> {
    let group = plan.spellings.group(&requested.target)?;
    let question = Question { group, account };
    plan.asks(requested, account)
        .then(|| (question, requested.reference.clone()))
}

/// Adds parcels at once, or one after the other if one of them cannot be stored.
async fn add_chunk(
    store: &Store,
    parcels: Vec<NewParcel>,
) -> Result<Vec<Result<Added, Problem>>, StoreError> {
    match store.add_all(parcels.clone()).await {
        Ok(added) => return Ok(added.into_iter().map(Ok).collect()),
        Err(error) if error.kind() == StoreErrorKind::Invalid => {}
        Err(error) => return Err(error),
    }
    let mut results = Vec::with_capacity(parcels.len());
    for parcel in parcels {
        results.push(match store.add(parcel).await {
            Err(error) if error.kind() == StoreErrorKind::Invalid => Err(of_store(&error)),
            result => Ok(result?),
        });
    }
    Ok(results)
}

/// Says what came of each line, in their order. Those that were refused are on standard error too.
fn print(plan: &Plan, outcomes: &mut Outcomes, json: bool) -> Result<Imported, Failure> {
    let mut imported = Imported::default();
    let mut lines = String::new();
    for requested in &plan.requested {
        let line = requested.place.as_ref().map(|place| place.line);
        let number = requested.target.as_str();
        let mut is_refused = false;
        let mut refuse = |account: Option<&str>, problem: &Problem| {
            is_refused = true;
            problem::report_line(problem);
            text::line_refused(line, number, account, &problem.message)
        };
        for (account, problem) in plan.refusals(requested) {
            let account = account.and_then(|account| plan.accounts().get(account));
            lines.push_str(&refuse(account.map(|it| it.name.as_str()), &problem));
        }
        for (account, name) in plan
            .accounts()
            .iter()
            .map(|it| it.name.as_str())
            .enumerate()
        {
            let key = key(plan, requested, account);
            match key.and_then(|key| outcomes.get_mut(&key)) {
                None => {}
                Some(Err(problem)) => lines.push_str(&refuse(Some(name), problem)),
                Some(Ok(added)) => {
                    lines.push_str(&text::line_added(line, number, name, *added));
                    imported.added += usize::from(added.is_new);
                    imported.known += usize::from(!added.is_new);
                    // The next line with the same number finds it there.
                    added.is_new = false;
                }
            }
        }
        imported.refused += usize::from(is_refused);
    }
    if json {
        terminal::write(&lines)?;
    }
    Ok(imported)
}
