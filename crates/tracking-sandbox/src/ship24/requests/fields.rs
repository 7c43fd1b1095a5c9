//! The fields of a request body, each with its rule.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use serde_json::{Map, Value};

use super::input::Rules;
use super::payload::CourierCodes;
use crate::ship24::couriers;
use crate::ship24::errors::{ErrorItem, Refusal};
use crate::world::countries::alpha_2;

/// Reads fields one by one and collects every broken rule.
pub(crate) struct Fields<'a> {
    object: &'a Map<String, Value>,
    rules: Rules<'a>,
    errors: Vec<ErrorItem>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(object: &'a Map<String, Value>, rules: Rules<'a>) -> Self {
        Self {
            object,
            rules,
            errors: Vec::new(),
        }
    }

    pub(crate) fn finish<T>(self, value: T) -> Result<T, Refusal> {
        if self.errors.is_empty() {
            return Ok(value);
        }
        Err(Refusal {
            status: http::StatusCode::BAD_REQUEST,
            items: self.errors,
        })
    }

    fn refuse(&mut self, message: impl Into<String>) {
        self.errors.push(ErrorItem {
            code: "validation_error",
            message: message.into(),
        });
    }

    fn raw_string(&mut self, name: &str) -> Option<&'a str> {
        match self.object.get(name)? {
            Value::String(value) => Some(value),
            _ => {
                self.refuse(format!("Please make sure that {name} is a string."));
                None
            }
        }
    }

    pub(crate) fn string(&mut self, name: &str, max: usize) -> Option<String> {
        let value = self.raw_string(name)?;
        self.limited(name, value, max)
    }

    fn limited(&mut self, name: &str, value: &str, max: usize) -> Option<String> {
        if value.chars().count() > max {
            self.refuse(format!(
                "Please make sure that {name} has at most {max} characters."
            ));
            return None;
        }
        Some(value.to_owned())
    }

    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        match self.object.get(name)? {
            Value::Bool(value) => Some(*value),
            _ => {
                self.refuse(format!("Please make sure that {name} is a boolean."));
                None
            }
        }
    }

    pub(crate) fn tracking_number(&mut self) -> String {
        let Some(value) = self.object.get("trackingNumber") else {
            self.errors.push(ErrorItem {
                code: "missing_mandatory_field",
                message: "trackingNumber is mandatory.".to_owned(),
            });
            return String::new();
        };
        let number = value.as_str().unwrap_or_default();
        if !is_tracking_number(number) {
            self.refuse(
                "The trackingNumber seems wrong: it takes 5 to 50 letters, numbers and hyphens, \
                 no dummy pattern and no sequence of consecutive numbers.",
            );
        }
        number.to_ascii_uppercase()
    }

    pub(crate) fn country(&mut self, name: &str) -> Option<String> {
        let code = self.raw_string(name)?;
        if !(2..=3).contains(&code.chars().count()) {
            self.refuse(format!(
                "Please make sure that {name} has 2 or 3 characters."
            ));
        }
        let short = alpha_2(code);
        if short.is_none() {
            self.refuse(format!(
                "Please make sure that {name} is an ISO 3166-1 country code."
            ));
        }
        short.map(str::to_owned)
    }

    pub(crate) fn post_code(&mut self) -> Option<String> {
        let code = self.raw_string("destinationPostCode")?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b" _-./".contains(&byte);
        if !(1..=32).contains(&code.len()) || !code.bytes().all(allowed) {
            self.refuse(
                "Please make sure that destinationPostCode has 1 to 32 letters, numbers, spaces \
                 and any of _ - . /",
            );
            return None;
        }
        Some(code.to_owned())
    }

    pub(crate) fn shipping_day(&mut self) -> Option<Date> {
        let date = self.raw_string("shippingDate")?;
        let Some(day) = shipping_day(date) else {
            self.refuse("Please make sure that shippingDate is an ISO 8601 date.");
            return None;
        };
        let today = Timestamp::from_millisecond(self.rules.now_millis).unwrap_or_default();
        let oldest = Offset::UTC
            .to_datetime(today)
            .date()
            .saturating_sub(Span::new().days(180));
        if day < oldest {
            self.errors.push(ErrorItem {
                code: "shipping_date_outdated",
                message: "shippingDate lies more than 180 days back.".to_owned(),
            });
            return None;
        }
        Some(day)
    }

    pub(crate) fn courier_codes(&mut self) -> Option<CourierCodes> {
        let (codes, as_string): (Vec<Cow<'a, str>>, bool) = match self.object.get("courierCode")? {
            Value::String(code) => (vec![Cow::Borrowed(code.as_str())], true),
            Value::Array(items) if items.iter().all(Value::is_string) => (
                items
                    .iter()
                    .filter_map(Value::as_str)
                    .map(Cow::Borrowed)
                    .collect(),
                false,
            ),
            _ => {
                self.refuse(
                    "Please make sure that courierCode is a string or an array of strings.",
                );
                return None;
            }
        };
        if codes.len() > 3 {
            self.refuse("Please make sure that courierCode has at most 3 items.");
            return None;
        }
        let mut kept: Vec<String> = Vec::with_capacity(codes.len());
        for code in codes {
            match couriers::find(&code) {
                // The documentation says that deprecated couriers are ignored silently.
                Some(courier) if courier.is_deprecated => {}
                None if self.rules.assumptions.refuse_unknown_courier => {
                    self.refuse("Please make sure that courierCode is in the list of couriers.");
                }
                _ if kept.iter().any(|known| *known == code) => {}
                _ => kept.push(code.into_owned()),
            }
        }
        Some(CourierCodes {
            codes: kept,
            as_string,
        })
    }

    pub(crate) fn restrict_to_couriers(&mut self) -> bool {
        let Some(settings) = self.nested("settings") else {
            return false;
        };
        match settings.get("restrictTrackingToCourierCode") {
            None => false,
            Some(Value::Bool(value)) => *value,
            Some(_) => {
                self.refuse("Please make sure that restrictTrackingToCourierCode is a boolean.");
                false
            }
        }
    }

    pub(crate) fn recipient_name(&mut self) -> Option<String> {
        match self.nested("recipient")?.get("name")? {
            Value::String(name) => self.limited("recipient.name", name, 100),
            _ => {
                self.refuse("Please make sure that recipient.name is a string.");
                None
            }
        }
    }

    pub(crate) fn recipient_email(&mut self) {
        let Some(email) = self
            .object
            .get("recipient")
            .and_then(|item| item.get("email"))
        else {
            return;
        };
        let is_email = |email: &str| {
            email.len() <= 254
                && email.split_once('@').is_some_and(|(name, host)| {
                    !name.is_empty() && host.contains('.') && !host.contains('@')
                })
        };
        if !email.as_str().is_some_and(is_email) {
            self.refuse("Please make sure that recipient.email is an e-mail address.");
        }
    }

    fn nested(&mut self, name: &str) -> Option<&'a Map<String, Value>> {
        match self.object.get(name)? {
            Value::Object(object) => Some(object),
            _ => {
                self.refuse(format!("Please make sure that {name} is an object."));
                None
            }
        }
    }
}

/// Returns true if it has the documented pattern and length, and two dummy patterns. Which patterns the
/// provider takes for dummies is not documented: one character repeated and digits counted up or down are
/// assumed.
fn is_tracking_number(number: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/.".contains(&byte);
    (5..=50).contains(&number.len()) && number.bytes().all(allowed) && !is_dummy(number.as_bytes())
}

fn is_dummy(number: &[u8]) -> bool {
    let mut pairs = number.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((*first, *second)),
        _ => None,
    });
    let digits = number.iter().all(u8::is_ascii_digit);
    let up = |(first, second): (u8, u8)| second == first + 1 || (first, second) == (b'9', b'0');
    let down = |(first, second): (u8, u8)| first == second + 1 || (first, second) == (b'0', b'9');
    pairs.clone().all(|(first, second)| first == second)
        || (digits && (pairs.clone().all(up) || pairs.all(down)))
}

/// The day of a shipping date in one of its four documented forms.
fn shipping_day(date: &str) -> Option<Date> {
    if date.len() == 10 {
        return date.parse().ok();
    }
    let (date_time, zone) = date.split_at_checked(19)?;
    let parsed: DateTime = date_time.parse().ok()?;
    let zone = zone.strip_prefix('.').map_or(zone, |rest| {
        rest.trim_start_matches(|character: char| character.is_ascii_digit())
    });
    let is_zone = zone.is_empty() || zone == "Z" || date.parse::<Timestamp>().is_ok();
    is_zone.then(|| parsed.date())
}
