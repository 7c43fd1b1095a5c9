//! Merges delivery estimates: of each source the first and the latest are kept.

use super::events::Source;
use super::report_time::Age;
use crate::Eta;
use crate::model::EtaPrecision;

/// Merges `latest` into `known`. An estimate that is no longer reported stays: it is history, as the
/// first one is.
pub(super) fn merge(known: Vec<Eta>, latest: Vec<Eta>, source: Source) -> Vec<Eta> {
    let mut groups: Vec<Vec<Eta>> = Vec::new();
    for eta in known {
        group_of(&mut groups, &eta).push(eta);
    }
    for mut eta in latest {
        let seen = eta.seen.unwrap_or(source.seen);
        eta.seen = Some(seen);
        let group = group_of(&mut groups, &eta);
        let age_beside = |known: Option<&Eta>| {
            let known = known?;
            Some(
                known
                    .seen
                    .map_or(Age::Newer, |known| seen.age_beside(known)),
            )
        };
        match age_beside(group.last()) {
            None => group.push(eta),
            Some(Age::Same | Age::Newer | Age::ProvenNewer) => {
                match group.last_mut() {
                    Some(last) if means_same(last, &eta) => last.seen = Some(seen),
                    _ => group.push(eta),
                }
                drop_middle(group);
            }
            // A complete response that comes late changes nothing. Of messages the first one is
            // kept, in whichever order they come.
            Some(Age::Older | Age::ProvenOlder) if !source.is_snapshot => {
                let is_known = group.iter().any(|known| means_same(known, &eta));
                let is_first = age_beside(group.first()).is_some_and(|age| age < Age::Same);
                if is_first && !is_known {
                    group.insert(0, eta);
                    drop_middle(group);
                }
            }
            Some(Age::Older | Age::ProvenOlder) => {}
        }
    }
    groups.into_iter().flatten().collect()
}

fn group_of<'a>(groups: &'a mut Vec<Vec<Eta>>, eta: &Eta) -> &'a mut Vec<Eta> {
    let index = groups
        .iter()
        .position(|group| group.first().is_some_and(|first| is_same_kind(first, eta)));
    let index = index.unwrap_or_else(|| {
        groups.push(Vec::new());
        groups.len() - 1
    });
    &mut groups[index]
}

/// Returns true if they are two estimates of one source, of which the later one replaces the other.
pub(super) fn is_same_kind(left: &Eta, right: &Eta) -> bool {
    left.source == right.source && left.field == right.field
}

/// Returns true if they are two spellings of one estimate: for a day only the day counts, however much of a
/// clock the field shows.
pub(super) fn means_same(left: &Eta, right: &Eta) -> bool {
    let are_days = [left, right]
        .iter()
        .all(|eta| eta.precision == EtaPrecision::Day);
    let days = left.from.date().zip(right.from.date()).filter(|_| are_days);
    let same_begin = match days {
        Some((left, right)) => left == right,
        None => left.from.means_same(&right.from),
    };
    let same_end = match (&left.to, &right.to) {
        (Some(left), Some(right)) => left.means_same(right),
        (None, None) => true,
        _ => false,
    };
    same_begin && same_end
}

fn drop_middle(group: &mut Vec<Eta>) {
    if group.len() > 2 {
        group.drain(1..group.len() - 1);
    }
}
