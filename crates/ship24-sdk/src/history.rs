//! The webhook history: a file that Ship24 offers for download.

use std::ops::Deref;

use http::{HeaderMap, header};

use crate::WebhookHistory;

/// The webhook history of a tracker, with the file name that Ship24 proposes.
///
/// Derefs to the [`WebhookHistory`]. The request bodies inside are raw JSON: the documented sample
/// is not of the shape of real webhook messages. Replay one with
/// [`WebhookMessage::parse_unverified`](crate::webhook::WebhookMessage::parse_unverified).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebhookHistoryFile {
    /// The name in `Content-Disposition`: `webhook-history-{trackingNumber}-{YYYYMMDD}.json`. Any
    /// path in it is cut off, so that it is safe to write to.
    pub file_name: Option<String>,
    /// The history.
    pub history: WebhookHistory,
}

impl WebhookHistoryFile {
    /// Reads the file name. The official SDK also reads the `filename*=UTF-8''…` form and prefers
    /// it, as RFC 6266 asks.
    pub(crate) fn file_name_of(headers: &HeaderMap) -> Option<String> {
        let value = headers.get(header::CONTENT_DISPOSITION)?.to_str().ok()?;
        let mut plain = None;
        let mut extended = None;
        for parameter in value.split(';').skip(1) {
            let Some((name, value)) = parameter.split_once('=') else {
                continue;
            };
            match name.trim().to_ascii_lowercase().as_str() {
                "filename*" => extended = decode_extended(value.trim()),
                "filename" => plain = Some(value.trim().trim_matches('"').to_owned()),
                _ => {}
            }
        }
        // A slash of the tracking number is in the extended form only; there the plain one is whole.
        let holds_path = |name: &String| name.contains(['/', '\\']);
        let name = match (extended, plain) {
            (Some(extended), Some(plain)) if holds_path(&extended) => plain,
            (extended, plain) => extended.or(plain)?,
        };
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        (!matches!(base, "" | "." | "..")).then(|| base.to_owned())
    }
}

impl Deref for WebhookHistoryFile {
    type Target = WebhookHistory;

    fn deref(&self) -> &WebhookHistory {
        &self.history
    }
}

/// `UTF-8''name%20with%20blanks` (RFC 8187).
fn decode_extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(encoded)
        .decode_utf8()
        .ok()?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_in(value: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_DISPOSITION,
            http::HeaderValue::from_static(value),
        );
        WebhookHistoryFile::file_name_of(&headers)
    }

    #[test]
    fn both_forms_of_the_name_are_read() {
        let plain = r#"attachment; filename="webhook-history-AB123-20260520.json""#;
        let both = "attachment; filename=\"x.json\"; filename*=UTF-8''webhook%2Dhistory.json";

        assert_eq!(
            name_in(plain).as_deref(),
            Some("webhook-history-AB123-20260520.json")
        );
        assert_eq!(name_in(both).as_deref(), Some("webhook-history.json"));
    }

    #[test]
    fn path_in_name_is_cut_off() {
        assert_eq!(
            name_in(r#"attachment; filename="../../etc/passwd""#).as_deref(),
            Some("passwd")
        );
        assert_eq!(name_in(r#"attachment; filename="..""#), None);
        assert_eq!(
            name_in("attachment; filename*=UTF-8''a%2Fb.json").as_deref(),
            Some("b.json")
        );
        assert_eq!(name_in("attachment"), None);
    }

    #[test]
    fn slash_of_tracking_number_does_not_cut_name() {
        let both =
            "attachment; filename=\"history-CH_1.json\"; filename*=UTF-8''history-CH%2F1.json";

        assert_eq!(name_in(both).as_deref(), Some("history-CH_1.json"));
    }
}
