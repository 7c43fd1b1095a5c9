//! Finds for each leg of an answer the leg that is already known.

use std::collections::HashSet;

use crate::order::role_rank;
use crate::{Courier, EventKey, Leg};

/// For each leg of `latest` the index of the same leg in `previous`, if it is known.
///
/// Couriers and numbers decide. A leg whose courier or number became known only later is
/// recognised by its events, or because nothing contradicts and no other leg is left.
pub(super) fn match_legs(previous: &[Leg], latest: &[Leg]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; latest.len()];
    assign(&mut found, previous, latest, is_same_leg);
    assign(&mut found, previous, latest, shares_events);
    let open = found.iter().filter(|found| found.is_none()).count();
    let left = previous.len().saturating_sub(latest.len() - open);
    if open == 1 && left == 1 {
        assign(&mut found, previous, latest, is_compatible);
    }
    found
}

/// Whether courier and number say the same.
pub(super) fn is_same_leg(left: &Leg, right: &Leg) -> bool {
    let same_role = role_rank(&left.role) == role_rank(&right.role);
    let identified = left.courier.is_some() || left.number.is_some();
    same_text(courier_code(left), courier_code(right))
        && same_text(left.number.as_deref(), right.number.as_deref())
        && (identified || same_role)
}

fn assign(
    found: &mut [Option<usize>],
    previous: &[Leg],
    latest: &[Leg],
    fits: fn(&Leg, &Leg) -> bool,
) {
    for (index, leg) in latest.iter().enumerate() {
        if found.get(index).copied().flatten().is_some() {
            continue;
        }
        let matching = previous.iter().enumerate().find_map(|(candidate, known)| {
            let free = !found.contains(&Some(candidate));
            (free && fits(known, leg)).then_some(candidate)
        });
        if let Some(slot) = found.get_mut(index) {
            *slot = matching;
        }
    }
}

fn shares_events(known: &Leg, leg: &Leg) -> bool {
    let keys: HashSet<&EventKey> = known.events.iter().map(|event| &event.key).collect();
    leg.events.iter().any(|event| keys.contains(&event.key))
}

fn is_compatible(known: &Leg, leg: &Leg) -> bool {
    let agree = |left: Option<&str>, right: Option<&str>| {
        left.is_none() || right.is_none() || same_text(left, right)
    };
    agree(courier_code(known), courier_code(leg))
        && agree(known.number.as_deref(), leg.number.as_deref())
}

fn courier_code(leg: &Leg) -> Option<&str> {
    leg.courier
        .as_ref()
        .map(|courier: &Courier| courier.code.as_str())
}

/// Numbers and codes are the same in upper and lower case: providers change the case of both.
fn same_text(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.trim().eq_ignore_ascii_case(right.trim()),
        (None, None) => true,
        _ => false,
    }
}

/// A sort key that does not depend on the order in which legs became known.
pub(super) fn leg_rank(leg: &Leg) -> (u8, String, String) {
    let text = |text: Option<&str>| text.unwrap_or_default().trim().to_ascii_lowercase();
    (
        role_rank(&leg.role),
        text(courier_code(leg)),
        text(leg.number.as_deref()),
    )
}
