//! Recognises the page of a proxy or a firewall.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Returns true if a body is HTML: it begins like a page, or is announced as one and is no JSON.
pub(super) fn is_html(headers: &HeaderMap, body: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 3] = [b"<!doctype html", b"<html", b"<head"];
    let body = body.trim_ascii_start();
    let begins_with = |beginning: &&[u8]| {
        let first = body.get(..beginning.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(beginning))
    };
    let content_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_announced = content_type.is_some_and(|it| it.to_ascii_lowercase().contains("html"));
    let is_json = || matches!(body.first(), None | Some(b'{' | b'[' | b'"'));
    BEGINNINGS.iter().any(begins_with) || is_announced && !is_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content_type: &str, body: &str) -> bool {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().unwrap())]);
        is_html(&headers, body.as_bytes())
    }

    #[test]
    fn pages_are_html_whatever_they_are_announced_as() {
        for body in ["<!DOCTYPE html><html>", "\r\n <HTML lang=en>", "<head>"] {
            assert!(is_html(&HeaderMap::new(), body.as_bytes()), "{body}");
            assert!(of("application/json", body), "{body}");
        }
        for body in ["<!-- wall --><p>no</p>", "error code: 1020"] {
            assert!(of("text/html; charset=UTF-8", body), "{body}");
        }
    }

    #[test]
    fn json_announced_as_html_is_none() {
        for body in [r#"{"message":"no"}"#, " [1]", r#""no""#, ""] {
            assert!(!of("text/html", body), "{body}");
        }
        for body in ["<Error/>", "slow down", "{}"] {
            assert!(!of("text/plain", body), "{body}");
        }
    }
}
