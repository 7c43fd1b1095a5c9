//! Merges delivery estimates: of each source the first and the latest are kept.

use super::Change;
use super::events::Authority;
use crate::Eta;

/// Merges `latest` into `known` and reports estimates that appeared or moved.
///
/// An estimate that is no longer reported stays: it is history, as the first one is.
pub(super) fn merge(
    known: Vec<Eta>,
    latest: Vec<Eta>,
    authority: Authority,
    changes: &mut Vec<Change>,
) -> Vec<Eta> {
    let mut groups: Vec<Vec<Eta>> = Vec::new();
    for eta in known {
        group_of(&mut groups, &eta).push(eta);
    }
    let mut reported: Vec<Vec<Eta>> = Vec::new();
    for eta in latest {
        group_of(&mut reported, &eta).push(eta);
    }

    for mut news in reported {
        let Some(now) = news.last().cloned() else {
            continue;
        };
        let group = group_of(&mut groups, &now);
        let before = group.last().cloned();
        if before.is_some() && authority == Authority::Outdated {
            continue;
        }
        if before.as_ref() != Some(&now) {
            changes.push(Change::EtaChanged {
                from: before.map(Box::new),
                to: Box::new(now),
            });
            group.append(&mut news);
        }
    }
    groups.into_iter().flat_map(first_and_last).collect()
}

fn group_of<'a>(groups: &'a mut Vec<Vec<Eta>>, eta: &Eta) -> &'a mut Vec<Eta> {
    let same = |group: &Vec<Eta>| {
        let first = group.first();
        first.is_some_and(|first| first.source == eta.source && first.field == eta.field)
    };
    let index = groups.iter().position(same).unwrap_or_else(|| {
        groups.push(Vec::new());
        groups.len() - 1
    });
    &mut groups[index]
}

fn first_and_last(mut group: Vec<Eta>) -> Vec<Eta> {
    if group.len() > 2 {
        group.drain(1..group.len() - 1);
    }
    group.dedup();
    group
}
