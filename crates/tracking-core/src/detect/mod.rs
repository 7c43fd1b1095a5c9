//! Which couriers a tracking number may belong to, without asking anyone.
//!
//! [`detect`] compares a number with the public formats of about 60 couriers and of the posts of 241
//! countries, and checks their check digits. It uses no network, so it costs nothing and cannot fail;
//! asking a provider ([`Provider::detect_couriers`](crate::Provider::detect_couriers)) knows more couriers
//! and may cost quota.
//!
//! ```
//! use tracking_core::detect::detect;
//! use tracking_core::{Evidence, ShipmentHints, TrackRequest};
//!
//! let candidates = detect("RA 112 233 447 CH", &ShipmentHints::default());
//!
//! assert_eq!(candidates[0].courier.name, "Swiss Post");
//! assert_eq!(candidates[0].evidence, Evidence::Checksum);
//! assert!(!candidates[0].is_weak());
//! // The same courier has another code at each provider.
//! assert_eq!(candidates[0].courier.codes.at("ship24"), Some("ch-post"));
//! let swiss_post = candidates[0].at("trackingmore").unwrap().courier;
//! let request = TrackRequest::number("RA112233447CH").with_courier(swiss_post.code);
//! ```
//!
//! # How sure a candidate is
//!
//! **Digits alone prove little, even with a right check digit.** Many couriers share their lengths, and a
//! random number has a right check digit of some courier by chance: of 12 digits 38 %, of 20 digits 21 %,
//! of 11 digits 18 %, of 9, 10, 14, 15, 16, 18 and 34 digits about 10 % for each length, of others less than
//! 4 %. [`Candidate::is_weak`] marks these candidates: show them all, and take none for sure.
//!
//! Letters or digits in front that a courier has for itself ([`Distinction`]) together with a right check
//! digit are strong: no other courier's numbers look like that. A wrong check digit beside a courier's own
//! letters is most likely a typing error, so this candidate stays, marked and last
//! ([`Candidate::is_check_digit_wrong`]). A wrong check digit in any other format means another courier.
//!
//! The country at the end of an international postal number is that of the post that took the parcel. A
//! courier of another country delivers it.
//!
//! # Order
//!
//! The likeliest candidate comes first: a right check digit before a mere format, own letters before a
//! shared prefix before digits alone, then a courier of the country of origin or destination in the hints,
//! then the narrower format. Hints never remove a candidate.
//!
//! # Limits
//!
//! Domestic numbers of many posts have no published format, so that there is no candidate is no proof that
//! a number is wrong. Published sample numbers are often invented: some have a wrong check digit.

mod check;
mod couriers;
mod formats;
mod number;
mod posts;
mod rank;
mod shape;

use std::collections::HashSet;

pub use couriers::{CourierCodes, KnownCourier};

use crate::{Courier, CourierCandidate, Evidence, ShipmentHints};
use formats::{Couriers, FORMATS, Format};
use number::Number;
use rank::Rank;
use shape::{Matched, Shape};

/// A courier that a number may belong to by its format.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The courier.
    pub courier: KnownCourier,
    /// The country in which the courier uses this format, two letters: that of the courier, or that at the
    /// end of an international postal number. `None` for several countries.
    pub country: Option<&'static str>,
    /// [`Evidence::Checksum`] if a check digit is right, else [`Evidence::Format`].
    pub evidence: Evidence,
    /// How much the format distinguishes the courier from others.
    pub distinction: Distinction,
    /// True if the check digit is wrong, so that the number is likely mistyped. Only for formats with
    /// letters of the courier's own: any other format is ruled out by a wrong check digit.
    pub is_check_digit_wrong: bool,
    /// Where the format comes from.
    pub source: &'static str,
    /// How well the format is known.
    pub confidence: Confidence,
}

impl Candidate {
    /// Returns true if the format is digits without a prefix, which many couriers share: a right check
    /// digit may be chance.
    #[must_use]
    pub const fn is_weak(&self) -> bool {
        matches!(self.distinction, Distinction::Digits)
    }

    /// Returns the candidate with the courier's code at a provider, by the provider's name such as
    /// `ship24`; `None` if the provider is not known to have the courier.
    #[must_use]
    pub fn at(&self, provider: &str) -> Option<CourierCandidate> {
        let mut courier = Courier::new(self.courier.codes.at(provider)?);
        courier.name = Some(self.courier.name.clone().into_owned());
        Some(CourierCandidate::new(courier, self.evidence))
    }
}

/// How much a format distinguishes a courier from others; from much to little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Distinction {
    /// Letters of the courier's own and a fixed length, such as `1Z` of UPS.
    OwnLetters,
    /// A few letters or digits that others may use too, or a length that varies.
    Prefix,
    /// Digits alone.
    Digits,
}

/// How well a format is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Confidence {
    /// The courier or a maintained collection documents it.
    Documented,
    /// Real numbers have it.
    Observed,
    /// It is likely.
    Assumed,
}

/// Returns the couriers that a number may belong to, the likeliest first; see the
/// [module](self#how-sure-a-candidate-is) for how sure they are.
///
/// Case, white space, hyphens, full stops and invisible characters do not count here. Send the number to
/// providers as it was given all the same. Each courier comes once.
#[must_use]
pub fn detect(number: &str, hints: &ShipmentHints) -> Vec<Candidate> {
    let Some(number) = Number::read(number) else {
        return Vec::new();
    };
    let mut ranked: Vec<(Rank, Candidate)> = Vec::new();
    for (place, format) in FORMATS.iter().enumerate() {
        for shape in format.shapes {
            let Some(matched) = shape::matched(shape, format.rule, number.as_bytes()) else {
                continue;
            };
            let is_right = is_check_digit_right(format, matched);
            if is_right == Some(false) && !format.has_own_letters {
                continue;
            }
            let candidates = candidates(format, shape, matched, is_right);
            ranked.extend(candidates.map(|it| (Rank::of(&it, shape, place, hints), it)));
        }
    }
    // Stable, so couriers of one row stay in its order.
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut seen = HashSet::new();
    ranked.retain(|(_, candidate)| seen.insert(candidate.courier.name.clone()));
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Returns whether the check digit is right, where the format has one.
fn is_check_digit_right(format: &Format, matched: Matched<'_>) -> Option<bool> {
    let (rule, (covered, check)) = (format.rule?, matched.check?);
    let payload = [format.in_front.as_bytes(), covered].concat();
    Some(rule.check_character(&payload) == Some(check))
}

fn candidates<'a>(
    format: &'a Format,
    shape: Shape,
    matched: Matched<'_>,
    is_check_digit_right: Option<bool>,
) -> impl Iterator<Item = Candidate> + 'a {
    let (named, post) = match format.couriers {
        Couriers::Named(names) => (names, None),
        Couriers::PostOfCountry => (&[][..], matched.country.map(posts::post_of)),
    };
    let named = named.iter().filter_map(|name| couriers::by_name(name));
    named.cloned().chain(post).map(move |courier| Candidate {
        country: format.country.or(courier.country),
        courier,
        evidence: match is_check_digit_right {
            Some(true) => Evidence::Checksum,
            _ => Evidence::Format,
        },
        distinction: Distinction::of(format, shape),
        is_check_digit_wrong: is_check_digit_right == Some(false),
        source: format.source,
        confidence: format.confidence,
    })
}

#[cfg(test)]
mod tests;
