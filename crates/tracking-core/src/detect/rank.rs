//! The order of candidates.

use super::formats::Format;
use super::shape::{self, Shape};
use super::{Candidate, Distinction};
use crate::{Evidence, ShipmentHints};

/// What decides the order, from first to last: the least comes first.
///
/// A right check digit counts before everything, since it is the only proof. A country that was hinted
/// at moves a candidate and never removes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    is_check_digit_wrong: bool,
    evidence: Evidence,
    distinction: Distinction,
    is_elsewhere: bool,
    width: u32,
    place: usize,
}

impl Rank {
    /// Ranks a candidate; `place` is that of its format in the table.
    pub(super) fn of(
        candidate: &Candidate,
        shape: Shape,
        place: usize,
        hints: &ShipmentHints,
    ) -> Self {
        Self {
            is_check_digit_wrong: candidate.is_check_digit_wrong,
            evidence: candidate.evidence,
            distinction: candidate.distinction,
            is_elsewhere: !is_hinted_at(candidate, hints),
            width: shape::width(shape),
            place,
        }
    }
}

impl Distinction {
    /// Returns how much a format that has this shape distinguishes.
    pub(super) fn of(format: &Format, shape: Shape) -> Self {
        if shape::is_bare_digits(shape) {
            Self::Digits
        } else if format.has_own_letters && !shape::is_variable(shape) {
            Self::OwnLetters
        } else {
            Self::Prefix
        }
    }
}

fn is_hinted_at(candidate: &Candidate, hints: &ShipmentHints) -> bool {
    let Some(country) = candidate.country else {
        return false;
    };
    let hinted = [&hints.origin_country, &hints.destination_country];
    let mut hinted = hinted.into_iter().flatten();
    hinted.any(|hint| hint.eq_ignore_ascii_case(country))
}
