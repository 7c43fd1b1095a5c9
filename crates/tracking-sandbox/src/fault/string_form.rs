//! The string form of faults.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::Fault;

/// A string that names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{form}` is not a fault: {reason}")]
pub struct FaultParseError {
    form: String,
    reason: &'static str,
}

impl FromStr for Fault {
    type Err = FaultParseError;

    fn from_str(form: &str) -> Result<Self, Self::Err> {
        let fail = |reason| FaultParseError {
            form: form.to_owned(),
            reason,
        };
        let (name, value) = match form.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (form.trim(), None),
        };
        let value = || value.filter(|value| !value.is_empty());
        let status = || {
            value()
                .and_then(|value| value.parse().ok())
                .filter(|status| (400..=599).contains(status))
                .ok_or_else(|| fail("give a status from 400 to 599, as in `json-error=503`"))
        };
        let number = |reason| {
            value()
                .and_then(|form| form.parse().ok())
                .ok_or_else(|| fail(reason))
        };
        let key = |reason| value().map(str::to_owned).ok_or_else(|| fail(reason));
        Ok(match name {
            "delay" => Self::Delay(Duration::from_millis(number(
                "give milliseconds, as in `delay=250`",
            )?)),
            "hang" => Self::Hang,
            "reset" => Self::Reset,
            "lost-response" => Self::LostResponse,
            "truncate" => Self::Truncate,
            "wrong-content-type" => Self::WrongContentType,
            "json-error" => Self::JsonError(status()?),
            "error-in-200" => {
                let code = value().and_then(|code| code.parse().ok());
                Self::ErrorIn200(
                    code.ok_or_else(|| {
                        fail("give the provider's code, as in `error-in-200=4019`")
                    })?,
                )
            }
            "html-error" => Self::HtmlError(status()?),
            "empty-error" => Self::EmptyError(status()?),
            "slow-down" => Self::SlowDown(value().unwrap_or("1").to_owned()),
            "malformed-json" => Self::MalformedJson,
            "empty-body" => Self::EmptyBody,
            "huge-body" => Self::HugeBody(number("give bytes, as in `huge-body=100000000`")?),
            "unknown-enum" => Self::UnknownEnum,
            "unknown-field" => Self::UnknownField,
            "nulls" => Self::Nulls,
            "number-as-string" => Self::NumberAsString,
            "string-as-number" => Self::StringAsNumber,
            "without-key" => Self::WithoutKey(key("name a key, as in `without-key=tracker`")?),
            "null-key" => Self::NullKey(key("name a key, as in `null-key=delivery`")?),
            "stale" => Self::Stale(Duration::from_secs(number(
                "give seconds, as in `stale=3600`",
            )?)),
            "no-events" => Self::NoEvents,
            "broken-event" => Self::BrokenEvent,
            "broken-key" => Self::BrokenKey(key("name a key, as in `broken-key=events`")?),
            _ => return Err(fail("the names are listed with the type `Fault`")),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(delay) => write!(f, "delay={}", delay.as_millis()),
            Self::Hang => f.write_str("hang"),
            Self::Reset => f.write_str("reset"),
            Self::LostResponse => f.write_str("lost-response"),
            Self::Truncate => f.write_str("truncate"),
            Self::WrongContentType => f.write_str("wrong-content-type"),
            Self::JsonError(status) => write!(f, "json-error={status}"),
            Self::ErrorIn200(code) => write!(f, "error-in-200={code}"),
            Self::HtmlError(status) => write!(f, "html-error={status}"),
            Self::EmptyError(status) => write!(f, "empty-error={status}"),
            Self::SlowDown(retry_after) => write!(f, "slow-down={retry_after}"),
            Self::MalformedJson => f.write_str("malformed-json"),
            Self::EmptyBody => f.write_str("empty-body"),
            Self::HugeBody(bytes) => write!(f, "huge-body={bytes}"),
            Self::UnknownEnum => f.write_str("unknown-enum"),
            Self::UnknownField => f.write_str("unknown-field"),
            Self::Nulls => f.write_str("nulls"),
            Self::NumberAsString => f.write_str("number-as-string"),
            Self::StringAsNumber => f.write_str("string-as-number"),
            Self::WithoutKey(key) => write!(f, "without-key={key}"),
            Self::NullKey(key) => write!(f, "null-key={key}"),
            Self::Stale(age) => write!(f, "stale={}", age.as_secs()),
            Self::NoEvents => f.write_str("no-events"),
            Self::BrokenEvent => f.write_str("broken-event"),
            Self::BrokenKey(key) => write!(f, "broken-key={key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_survives_its_string_form() {
        let forms = [
            "delay=250",
            "hang",
            "reset",
            "lost-response",
            "truncate",
            "wrong-content-type",
            "json-error=503",
            "error-in-200=4019",
            "html-error=502",
            "empty-error=500",
            "slow-down=2",
            "slow-down=Mon, 02 Mar 2026 09:00:00 GMT",
            "malformed-json",
            "empty-body",
            "huge-body=100000000",
            "unknown-enum",
            "unknown-field",
            "nulls",
            "number-as-string",
            "string-as-number",
            "without-key=tracker",
            "null-key=delivery",
            "stale=3600",
            "no-events",
            "broken-event",
            "broken-key=events",
        ];

        for form in forms {
            let fault: Fault = form.parse().unwrap();
            assert_eq!(fault.to_string(), form);
        }
    }

    #[test]
    fn wrong_string_is_refused_with_reason() {
        for form in [
            "",
            "delay",
            "delay=soon",
            "json-error=200",
            "without-key=",
            "explode",
        ] {
            let error = form.parse::<Fault>().unwrap_err();
            assert!(
                error
                    .to_string()
                    .starts_with(&format!("`{form}` is not a fault: "))
            );
        }
    }
}
