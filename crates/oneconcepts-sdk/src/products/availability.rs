//! Which articles are gone: a list under a key that is not published.

use serde_json::Value;
use tracking_http::Error;
use tracking_http::json::lenient;

use crate::AvailabilityResponse;
use crate::error::NAME;

impl AvailabilityResponse {
    /// Returns the article numbers, of those in the request, that are no longer available.
    ///
    /// Assumed: the name of their key is not published, so it is the only list in the response besides
    /// `new` and `existing`.
    ///
    /// # Errors
    ///
    /// [`Decode`](crate::ErrorKind::Decode) when there is no such list, which would look as if all
    /// were available, when there are several, or when an element is neither string nor number.
    pub fn unavailable_skus(&self) -> Result<Vec<String>, Error> {
        let is_of_envelope = |key: &str| key.starts_with('@') || key.starts_with("hydra:");
        let published = self.extra.iter().filter(|(key, _)| !is_of_envelope(key));
        let mut lists = published.filter(|(_, value)| is_list(value));
        let (key, list) = match (lists.next(), lists.next()) {
            (Some(list), None) => list,
            (None, _) => return Err(unknown("no list of unavailable articles in the response")),
            (Some(_), Some(_)) => {
                return Err(unknown(
                    "several unknown lists in the response; read the right one from `extra`",
                ));
            }
        };
        lenient::one_or_many(list).map_err(|_| {
            let reason = "is no list of article numbers, each a string or a number";
            Error::decode(key, reason).with_provider(NAME)
        })
    }
}

/// Returns true if it is a list. PHP writes one with gaps, such as one from which articles were taken, as an
/// object.
fn is_list(value: &Value) -> bool {
    let is_position = |key: &String| key.bytes().all(|letter| letter.is_ascii_digit());
    match value {
        Value::Array(_) => true,
        Value::Object(list) => !list.is_empty() && list.keys().all(is_position),
        _ => false,
    }
}

fn unknown(message: &str) -> Error {
    Error::decode("", message).with_provider(NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(json: &str) -> AvailabilityResponse {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn list_is_found_whatever_its_key_is() {
        for json in [
            r#"{"gone":[40018,"40019"]}"#,
            r#"{"@context":["x"],"hydra:member":[1],"notAvailable":[40018,"40019"],"n":1}"#,
            r#"{"new":[1],"existing":["2"],"unavailable":["40018",40019]}"#,
            r#"{"gone":{"3":40018,"7":"40019"},"n":1,"meta":{"x":1},"none":{}}"#,
        ] {
            assert_eq!(
                response(json).unavailable_skus().unwrap(),
                ["40018", "40019"],
                "{json}"
            );
        }
        assert!(
            response(r#"{"gone":[]}"#)
                .unavailable_skus()
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn missing_list_does_not_look_like_everything_being_available() {
        for json in [
            "{}",
            r#"{"new":[],"existing":[]}"#,
            r#"{"gone":null}"#,
            r#"{"a":[1],"b":[2]}"#,
            r#"{"gone":[{}]}"#,
            r#"{"gone":{"sku":40018}}"#,
            r#"{"gone":[1],"other":{"3":2}}"#,
        ] {
            let error = response(json).unavailable_skus().unwrap_err();

            assert!(error.is_decode(), "{json}");
        }
    }

    #[test]
    fn known_lists_hold_strings_or_numbers() {
        let response = response(r#"{"new":[1,"2"],"existing":null,"gone":[]}"#);

        assert_eq!(response.new, ["1", "2"]);
        assert!(response.existing.is_empty());
    }

    #[test]
    fn lists_with_gaps_are_objects() {
        let response = response(r#"{"new":{"2":1,"5":"2"},"gone":[]}"#);

        assert_eq!(response.new, ["1", "2"]);
        assert!(response.existing.is_empty());
    }
}
