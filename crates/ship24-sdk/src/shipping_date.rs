//! The forms of a shipping date that Ship24 accepts.

use tracking_core::Timestamp;
use tracking_core::time::TimeKind;
use tracking_http::Error;

/// Documented: `2021-03-01`, `2021-03-01T11:09:00`, with `Z`, or with an offset.
///
/// Ship24's own description says `format: date-time`, which forbids two of its four examples.
pub(crate) fn check_shipping_date(date: Option<&str>) -> Result<(), Error> {
    match date {
        Some(value) if !is_documented(value) => Err(Error::invalid_request(
            "shippingDate",
            "is not a date; write `2026-03-01`, `2026-03-01T11:09:00`, `…Z` or `…+02:00`",
        )),
        _ => Ok(()),
    }
}

/// Returns true if a request may have this form. The reader of responses takes more forms than Ship24
/// documents for requests.
fn is_documented(value: &str) -> bool {
    let is_padded = matches!(value.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _, ..]);
    let is_split = matches!(value.as_bytes().get(10), None | Some(b'T'));
    let timestamp = Timestamp::parse(value);
    let is_whole = timestamp.kind() == TimeKind::DateOnly || timestamp.has_seconds();
    is_padded && is_split && is_whole && timestamp.kind() != TimeKind::Unparsed
}

#[cfg(test)]
mod tests {
    use super::check_shipping_date;

    #[test]
    fn all_four_documented_forms_pass() {
        for date in [
            "2021-03-01T11:09:00.000Z",
            "2021-03-01",
            "2021-03-01T11:09:00",
            "2021-03-01T11:09:00+02:00",
        ] {
            assert!(check_shipping_date(Some(date)).is_ok(), "{date}");
        }
        assert!(check_shipping_date(None).is_ok());
    }

    #[test]
    fn other_values_are_refused_before_call() {
        for date in [
            "",
            "yesterday",
            "2021-13-01",
            "01.03.2021",
            "2021/03/01",
            "2021-3-1",
            "2021-03-01 11:09:00",
            "2021-03-01T11:09",
        ] {
            let error = check_shipping_date(Some(date)).unwrap_err();

            assert!(
                error.to_string().contains("shippingDate"),
                "{date}: {error}"
            );
        }
    }
}
