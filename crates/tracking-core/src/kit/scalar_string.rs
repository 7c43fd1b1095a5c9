//! Reads a string that may arrive as another scalar, such as a tracking number written as a number.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};

/// From here on a float no longer distinguishes neighbouring whole numbers: 2 to the power of 53.
const FIRST_INEXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a string, also when it arrives as a number or a boolean.
pub fn deserialize_scalar_string<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str> + From<String>,
{
    deserializer.deserialize_any(TextVisitor(PhantomData))
}

/// Does what [`deserialize_scalar_string`] does, with null as `None`.
pub fn deserialize_optional_scalar_string<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> From<&'a str> + From<String>,
{
    deserializer.deserialize_any(OptionalTextVisitor(PhantomData))
}

/// Returns the text of a number that was read as a float, with the `.0` of the wire value.
///
/// A float that may differ from the number as written is an error: a tracking
/// number with other digits is worse than none.
pub fn float_to_string<E: Error>(value: f64) -> Result<String, E> {
    if value.abs() < FIRST_INEXACT {
        return Ok(format!("{value:?}"));
    }
    let expected = &"a string, or a number with at most 15 digits";
    Err(E::invalid_value(Unexpected::Float(value), expected))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T> Visitor<'_> for TextVisitor<T>
where
    T: for<'a> From<&'a str> + From<String>,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        Ok(T::from(value))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Ok(T::from(if value { "true" } else { "false" }))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(T::from(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok(T::from(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        float_to_string(value).map(T::from)
    }
}

struct OptionalTextVisitor<T>(PhantomData<T>);

impl<'de, T> Visitor<'de> for OptionalTextVisitor<T>
where
    T: for<'a> From<&'a str> + From<String>,
{
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserialize_optional_scalar_string(deserializer)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<T>, E> {
        TextVisitor(PhantomData).visit_str(value).map(Some)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Option<T>, E> {
        TextVisitor(PhantomData).visit_string(value).map(Some)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<T>, E> {
        TextVisitor(PhantomData).visit_bool(value).map(Some)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        TextVisitor(PhantomData).visit_i64(value).map(Some)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        TextVisitor(PhantomData).visit_u64(value).map(Some)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        TextVisitor(PhantomData).visit_f64(value).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::{deserialize_optional_scalar_string, deserialize_scalar_string};

    fn text(json: &str) -> Result<String, serde_json::Error> {
        deserialize_scalar_string(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn number_with_too_many_digits_is_error_and_not_another_number() {
        for json in [
            "1234567890123456789012",
            "-1234567890123456789012",
            "9007199254740993.0",
            "1e300",
        ] {
            let message = text(json).unwrap_err().to_string();
            assert!(message.contains("at most 15 digits"), "{json}: {message}");
        }
        assert_eq!(
            text("18446744073709551615").unwrap(),
            "18446744073709551615"
        );
        assert_eq!(text("123456789012345.0").unwrap(), "123456789012345.0");
    }

    #[test]
    fn null_is_nothing_only_where_that_is_allowed() {
        let read = |json| {
            deserialize_optional_scalar_string::<_, String>(
                &mut serde_json::Deserializer::from_str(json),
            )
        };

        assert_eq!(read("null").unwrap(), None);
        assert_eq!(read("1.5").unwrap().as_deref(), Some("1.5"));
        assert_eq!(read("\"x\"").unwrap().as_deref(), Some("x"));
        assert!(read("[]").is_err());
        assert!(text("null").is_err());
    }
}
