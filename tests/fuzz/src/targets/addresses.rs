//! Any string as a base URL and as the path of an operation.

use tracking_http::{BaseUrl, PathTemplate};

use crate::input::Input;

/// Two lines.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let address = String::from_utf8_lossy(input.until(b'\n'));
    let path = String::from_utf8_lossy(input.rest());

    match BaseUrl::parse(&address) {
        Ok(url) => {
            assert_eq!(BaseUrl::parse(url.as_str()).unwrap(), url);
            assert_eq!(url.as_str(), format!("{}{}", url.origin(), url.path()));
            assert!(url.origin().len() > "http://".len(), "{address:?}");
            assert!(!url.origin().contains('@'), "{address:?}");
            let unusable = |letter: char| {
                letter.is_whitespace() || letter.is_control() || "?#\\".contains(letter)
            };
            assert!(!url.as_str().contains(unusable), "{address:?}");
            assert!(url.as_str().parse::<http::Uri>().is_ok(), "{address:?}");
        }
        Err(error) => assert_eq!(error.to_string().lines().count(), 1, "{error}"),
    }
    for parameters in [&[][..], &["id"], &["tourId", "page"]] {
        match PathTemplate::parse(&path, parameters) {
            Ok(template) => {
                assert!(template.as_str().starts_with('/'));
                assert_eq!(
                    PathTemplate::parse(template.as_str(), parameters).unwrap(),
                    template
                );
                let place = template.as_str().split('?').next().unwrap_or_default();
                assert!(!place.split('/').any(|part| part == ".."), "{path:?}");
            }
            Err(error) => assert_eq!(error.to_string().lines().count(), 1, "{error}"),
        }
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let pairs = [
        "https://api.example.com/v1/\ntours/{id}/shipments",
        "HTTP://[::1]:8080\n/tours?tour={id}",
        "http://127.0.0.1:65535/a/b\n/tours/{tourId}?page={page}",
        "https://user:pass@example.com\n//evil.example/",
        "https://example.com/../x?y#z\n../x",
        "example.com\nhttps://example.com/{id}",
        "https://b\u{fc}cher.example\n/%2e%2e/{id}",
    ];
    pairs.iter().map(|it| it.as_bytes().to_vec()).collect()
}
