//! Media types of requests and responses.

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::oneconcepts::errors::Refusal;

pub(crate) const LD_JSON: &str = "application/ld+json";
pub(crate) const MERGE_PATCH: &str = "application/merge-patch+json";

/// The form of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// With the envelope of Hydra.
    JsonLd,
    /// Without it: lists are bare arrays, objects have no keys with `@`.
    Json,
    /// The page for browsers.
    Html,
}

impl Format {
    /// The first type of `Accept` that the framework offers; without the header, its first choice.
    pub(crate) fn requested(headers: &HeaderMap) -> Result<Self, Refusal> {
        let Some(accept) = headers.get(ACCEPT) else {
            return Ok(Self::JsonLd);
        };
        let accept = accept.to_str().unwrap_or_default();
        accept
            .split(',')
            .find_map(|media_type| match essence(media_type).as_str() {
                LD_JSON | "*/*" | "application/*" => Some(Self::JsonLd),
                "application/json" => Some(Self::Json),
                "text/html" | "text/*" => Some(Self::Html),
                _ => None,
            })
            .ok_or_else(|| {
                Refusal::new(
                    StatusCode::NOT_ACCEPTABLE,
                    "Requested format is not supported. Supported media types are \
                     \"application/ld+json\", \"application/json\", \"text/html\".",
                )
            })
    }

    pub(crate) const fn content_type(self) -> HeaderValue {
        match self {
            Self::JsonLd => HeaderValue::from_static("application/ld+json; charset=utf-8"),
            Self::Json => HeaderValue::from_static("application/json; charset=utf-8"),
            Self::Html => HeaderValue::from_static("text/html; charset=utf-8"),
        }
    }
}

/// Refuses a body of another media type than `supported`, or without one.
pub(crate) fn check_body(headers: &HeaderMap, supported: &str) -> Result<(), Refusal> {
    let Some(content_type) = headers.get(CONTENT_TYPE) else {
        return Err(unsupported("The \"Content-Type\" header must exist."));
    };
    let content_type = essence(content_type.to_str().unwrap_or_default());
    if content_type == supported {
        return Ok(());
    }
    Err(unsupported(format!(
        "The content-type \"{content_type}\" is not supported. Supported MIME types are \
         \"{supported}\"."
    )))
}

fn unsupported(description: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, description)
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    let bare = media_type.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested(accept: &'static str) -> Option<Format> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        Format::requested(&headers).ok()
    }

    #[test]
    fn first_known_type_decides_form() {
        assert_eq!(
            Format::requested(&HeaderMap::new()).ok(),
            Some(Format::JsonLd)
        );
        let cases = [
            ("application/ld+json", Some(Format::JsonLd)),
            ("*/*", Some(Format::JsonLd)),
            (
                "Application/LD+JSON; q=0.9, text/html",
                Some(Format::JsonLd),
            ),
            ("application/json, application/ld+json", Some(Format::Json)),
            ("text/html", Some(Format::Html)),
            ("application/xml", None),
        ];

        for (accept, expected) in cases {
            assert_eq!(requested(accept), expected, "{accept}");
        }
    }

    #[test]
    fn unsupported_body_type_is_refused() {
        let cases = [
            (Some("application/ld+json"), true),
            (Some("application/ld+json; charset=utf-8"), true),
            (Some("application/json"), false),
            (Some(""), false),
            (None, false),
        ];

        for (content_type, passes) in cases {
            let mut headers = HeaderMap::new();
            headers.extend(content_type.map(|text| (CONTENT_TYPE, HeaderValue::from_static(text))));

            assert_eq!(
                check_body(&headers, LD_JSON).is_ok(),
                passes,
                "{content_type:?}"
            );
        }
    }
}
