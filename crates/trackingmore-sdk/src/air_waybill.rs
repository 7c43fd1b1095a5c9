//! The form of an air waybill.

use std::collections::BTreeMap;

use tracking_http::Error;

use crate::error::NAME;
use crate::{AirCargo, AirCargoRequest};

/// Results of air waybills, by the number of the air waybill as TrackingMore writes it.
pub type AirWaybills = BTreeMap<String, AirCargo>;

/// Checks an air waybill number without a call.
///
/// Three digits of the airline, a hyphen, a space or nothing, and eight digits, or seven without
/// the check digit: `999-00010002`. Documented is `NNN-NNNNNNNN`; the looser forms are those that
/// the official SDK for PHP lets through.
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest).
pub fn check_air_waybill(number: &str) -> Result<(), Error> {
    if is_air_waybill(number) {
        return Ok(());
    }
    let reason = "is no air waybill; write three digits, a hyphen and eight digits: `999-00010002`";
    Err(Error::invalid_request("track_number", reason).with_provider(NAME))
}

pub(crate) fn check(request: &AirCargoRequest) -> Result<(), Error> {
    request
        .track_number
        .iter()
        .try_for_each(|number| check_air_waybill(number))
        .and_then(|()| request.validate())
}

fn is_air_waybill(number: &str) -> bool {
    let Some((airline, rest)) = number.split_at_checked(3) else {
        return false;
    };
    let serial = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(airline) && are_digits(serial) && matches!(serial.len(), 7 | 8)
}

#[cfg(test)]
mod tests {
    use super::{check, check_air_waybill};
    use crate::AirCargoRequest;

    #[test]
    fn known_forms_pass() {
        for number in ["999-00010002", "999 00010002", "99900010002", "999-0001000"] {
            assert!(check_air_waybill(number).is_ok(), "{number}");
        }
        assert!(check(&AirCargoRequest::new(["999-00010002"])).is_ok());
    }

    #[test]
    fn other_values_are_refused() {
        for number in [
            "",
            "99-00010002",
            "999--0001000",
            "999-000100021",
            "999-0001000x",
            "9990001000 2",
            "ä99-00010002",
        ] {
            let error = check_air_waybill(number).unwrap_err();

            assert_eq!(error.parameter(), Some("track_number"), "{number}");
        }
        let none: [&str; 0] = [];
        assert!(check(&AirCargoRequest::new(none)).is_err());
    }
}
