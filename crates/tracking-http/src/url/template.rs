//! The path of an operation where the caller of an SDK knows better than its description.

use std::fmt;

use super::base_url::has_dot_segment;
use crate::error::Error;

/// A path below the base URL that replaces the one of an [`Operation`](crate::Operation).
///
/// For endpoints whose path no provider has published: the SDK assumes one, and its user can set
/// another. Parameters are written in braces and percent-encoded when they are replaced. A template
/// may have a query: `/shipment/search?tourId={tourId}`.
///
/// ```
/// use tracking_http::PathTemplate;
///
/// # fn main() -> Result<(), tracking_http::Error> {
/// let template = PathTemplate::parse("tours/{tourId}/shipments", &["tourId"])?;
/// assert_eq!(template.as_str(), "/tours/{tourId}/shipments");
/// assert!(PathTemplate::parse("tours/shipments", &["tourId"]).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate(String);

impl PathTemplate {
    /// Reads a template that has exactly these parameters, in this order. A slash at its start may
    /// be left out.
    ///
    /// # Errors
    ///
    /// A configuration error that says what is wrong: an empty template or one with a host, `.`,
    /// `..` or an empty segment, characters that a URL cannot hold, a parameter that is missing,
    /// unknown, or not a whole segment or a whole value of the query.
    pub fn parse(text: &str, parameters: &[&str]) -> Result<Self, Error> {
        let template = Self(format!("/{}", text.strip_prefix('/').unwrap_or(text)));
        match template.fault(parameters) {
            None => Ok(template),
            Some(fault) => Err(Error::configuration(format!(
                "the path `{}` {fault}",
                text.escape_debug()
            ))),
        }
    }

    /// The template, with a slash at its start.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn fault(&self, parameters: &[&str]) -> Option<String> {
        let text = self.0.as_str();
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        if path == "/" {
            return Some("is empty".to_owned());
        }
        if path.contains("://") {
            return Some("is a whole URL: give only what follows the base URL".to_owned());
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains(['#', '\\']) {
            return Some(
                "holds a space, `#`, a backslash or a letter beyond ASCII: percent-encode it"
                    .to_owned(),
            );
        }
        if query.contains('?') {
            return Some("holds more than one `?`".to_owned());
        }
        let segments = path.split('/').skip(1);
        if segments.clone().any(str::is_empty) || has_dot_segment(path) {
            return Some("has an empty, `.` or `..` segment".to_owned());
        }
        let values = query
            .split('&')
            .map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value));
        let whole: Vec<&str> = segments.chain(values).filter_map(parameter).collect();
        // Braces that are not around a whole part are not among them.
        let braces = text.matches(['{', '}']).count();
        if whole != parameters || braces != 2 * parameters.len() {
            return Some(match parameters {
                [] => "must not hold braces: it has no parameter".to_owned(),
                _ => format!(
                    "must hold `{{{}}}` once, as a whole segment, and no other braces",
                    parameters.join("}` and `{")
                ),
            });
        }
        None
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The name in `{name}`.
fn parameter(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use tracking_core::ErrorKind;

    use super::PathTemplate;

    #[test]
    fn slash_at_start_may_be_left_out() {
        for text in ["tours", "/tours"] {
            let template = PathTemplate::parse(text, &[]).unwrap();

            assert_eq!(template.as_str(), "/tours");
        }
    }

    #[test]
    fn parameters_stand_in_the_path_or_in_the_query() {
        for text in [
            "tour/{tourId}",
            "/tour/{tourId}/shipments",
            "{tourId}",
            "shipment/search?tourId={tourId}",
            "shipment/search?all=1&tourId={tourId}&x",
        ] {
            assert!(PathTemplate::parse(text, &["tourId"]).is_ok(), "{text}");
        }
        assert!(PathTemplate::parse("a/{x}/b/{y}", &["x", "y"]).is_ok());
    }

    #[test]
    fn invalid_path_is_refused_with_reason() {
        let cases = [
            ("", "is empty"),
            ("/", "is empty"),
            ("https://evil.test/tour/{tourId}", "is a whole URL"),
            ("//evil.test/{tourId}", "an empty"),
            ("tour//{tourId}", "an empty"),
            ("tour/{tourId}/", "an empty"),
            ("../{tourId}", "`..` segment"),
            ("%2e%2e/{tourId}", "`..` segment"),
            ("tour {tourId}", "holds a space"),
            ("tour/{tourId}#x", "`#`"),
            ("touren/ü/{tourId}", "beyond ASCII"),
            ("a?b={tourId}?c", "more than one `?`"),
            ("tour", "must hold `{tourId}`"),
            ("tour/{tourid}", "must hold `{tourId}`"),
            ("tour/{tourId}/{tourId}", "must hold `{tourId}`"),
            ("tour/.{tourId}", "must hold `{tourId}`"),
            ("tour/{tourId}/x{y}", "must hold `{tourId}`"),
        ];

        for (text, fault) in cases {
            let error = PathTemplate::parse(text, &["tourId"]).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains(fault), "{text}: {error}");
        }
        let error = PathTemplate::parse("tour/{tourId}", &[]).unwrap_err();
        assert!(error.to_string().contains("no parameter"), "{error}");
    }
}
