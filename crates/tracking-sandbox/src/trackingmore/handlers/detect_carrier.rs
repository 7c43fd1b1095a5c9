//! `POST /carriers/detect`: which carriers a number may belong to.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::carriers::{self, CARRIERS};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::quota::Quota;
use crate::trackingmore::requests::input::{self, Fields};
use crate::world::World;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Candidate {
    name: String,
    code: String,
}

pub(crate) fn detect(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut state = provider.state();
    let body = input::body(call)?;
    let number = Fields::of(&body)?
        .string("tracking_number")
        .ok_or(Refusal::NUMBER_MISSING)?;
    if !input::is_tracking_number(&number) {
        return Err(Refusal::NUMBER_INVALID);
    }
    // A call costs whether it finds something or not.
    state.settings.quota.pay(Quota::FIFTH)?;
    let found = candidates(&number, &provider.core.world);
    if found.is_empty() {
        return Err(Refusal::NO_COURIER);
    }
    Ok(envelope::success(&found))
}

/// The courier of a known parcel first, then those whose numbers look like this one.
fn candidates(number: &str, world: &World) -> Vec<Candidate> {
    let mut codes = Vec::new();
    if let Some(journey) = world.find(number) {
        let mut legs = journey.legs().iter();
        let leg = legs.find(|leg| leg.number().eq_ignore_ascii_case(number));
        codes.extend(leg.map(|leg| carriers::code_of(&leg.courier).to_owned()));
    }
    for code in by_form(number) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
        .into_iter()
        .map(|code| Candidate {
            name: carriers::find(&code).map_or_else(|| code.clone(), |known| known.name.to_owned()),
            code,
        })
        .collect()
}

/// A few well-known forms of numbers.
fn by_form(number: &str) -> Vec<&'static str> {
    let upper = number.to_ascii_uppercase();
    if let Some(country) = postal_country(&upper) {
        return CARRIERS
            .iter()
            .filter(|carrier| carrier.post_of.is_some_and(|code| code == country))
            .map(|carrier| carrier.code)
            .collect();
    }
    let is_digits = upper.bytes().all(|byte| byte.is_ascii_digit());
    match upper.len() {
        18 if upper.starts_with("1Z") => vec!["ups"],
        10 if is_digits => vec!["dhl"],
        12 if is_digits => vec!["fedex", "zto"],
        20..=22 if is_digits && upper.starts_with('9') => vec!["usps"],
        _ => Vec::new(),
    }
}

/// The country in a postal number: two letters, nine digits, two letters for the country.
fn postal_country(number: &str) -> Option<&str> {
    let (service, rest) = number.split_at_checked(2)?;
    let (serial, country) = rest.split_at_checked(9)?;
    let letters =
        |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_postal =
        letters(service) && letters(country) && serial.bytes().all(|byte| byte.is_ascii_digit());
    is_postal.then_some(country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_carriers() {
        let cases: [(&str, &[&str]); 6] = [
            ("RN123456785CN", &["china-post", "china-ems"]),
            ("rn123456785sg", &["singapore-post"]),
            ("1Z84W05R0371946052", &["ups"]),
            ("1234567890", &["dhl"]),
            ("RN123456785ZZ", &[]),
            ("SOMETHING", &[]),
        ];

        for (number, expected) in cases {
            assert_eq!(by_form(number), expected, "{number}");
        }
    }
}
