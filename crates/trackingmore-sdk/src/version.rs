//! Recognises bodies of versions 3 and 4 of the API, which a base URL, a gateway or the dashboard may
//! bring.

use tracking_core::kit::{first_key, raw_at_path, raw_elements};
use tracking_http::Error;
use tracking_http::json::without_bom;

/// Where trackings are in a body: one, or several, or those of a batch. Version 2 has those of a batch in
/// `trackings` and `errors`, later versions in `success` and `error`.
const PLACES: [&[&str]; 7] = [
    &[],
    &["data"],
    &["data", "items"],
    &["data", "trackings"],
    &["data", "errors"],
    &["data", "success"],
    &["data", "error"],
];

/// Names the later version that a body is of, by the keys that only later versions have.
///
/// Version 3 has `code` and `message` beside `data` instead of `meta`, and its webhook messages have
/// `verify`. Both later versions say `delivery_status` and `courier_code` where version 2 says `status`
/// and `carrier_code` (documented).
pub(crate) fn later_version(json: &str) -> Option<&'static str> {
    // A letter of a key can be escaped in this way only, and looking at each place costs far more.
    let has_escapes = json.contains(r"\u");
    let may_have = |key: &str| has_escapes || json.contains(key);
    let has = |key: &str| may_have(key) && raw_at_path(json, &[key]).is_some();
    // Version 2 begins with `meta`, so that its responses need not be read to their end.
    let has_envelope = first_key(json, &["meta", "code"]) == Some("code")
        && has("message")
        && has("data")
        && !has("meta");
    if has_envelope || may_have(r#""verify""#) && has("verify") {
        return Some("3");
    }
    if !may_have("delivery_status") && !may_have("courier_code") {
        return None;
    }
    let has_key = |tracking: &str| {
        let mut keys = ["delivery_status", "courier_code"].into_iter();
        keys.any(|key| raw_at_path(tracking, &[key]).is_some())
    };
    let is_later = PLACES.iter().any(|place| {
        let several = raw_elements(json, place).unwrap_or_default();
        raw_at_path(json, place).is_some_and(has_key) || several.into_iter().any(has_key)
    });
    is_later.then_some("3 or 4")
}

/// Refuses a response of a later version, which would read as a tracking without status and carrier.
pub(crate) fn refuse_later_version(body: &[u8]) -> Result<(), Error> {
    match later_version(&String::from_utf8_lossy(without_bom(body))) {
        Some(version) => Err(Error::decode("data", message(version))),
        None => Ok(()),
    }
}

/// An error that a response of a later version explains says so.
pub(crate) fn explained(error: Error) -> Error {
    let json = error.body().filter(|_| error.is_decode());
    let json = json.map(|body| String::from_utf8_lossy(without_bom(body)));
    match json.as_deref().and_then(later_version) {
        Some(version) => error.with_message(message(version)),
        None => error,
    }
}

fn message(version: &str) -> String {
    format!(
        "this is a response of version {version} of the API; the base URL has to be that of version 2"
    )
}

#[cfg(test)]
mod tests {
    use super::later_version;

    #[test]
    fn later_version_is_named_wherever_its_keys_are() {
        let cases = [
            (r#"{"code":200,"message":"Success","data":[]}"#, "3"),
            (r#"{"verify":{"timestamp":1},"data":{}}"#, "3"),
            (
                r#"{"meta":{"code":200},"data":{"courier_code":"dhl"}}"#,
                "3 or 4",
            ),
            (
                r#"{"meta":{"code":200},"data":[null,{"delivery_status":"transit"}]}"#,
                "3 or 4",
            ),
            (
                r#"{"meta":{"code":200},"data":{"items":[{"courier_code":"dhl"}]}}"#,
                "3 or 4",
            ),
            (
                r#"{"meta":{"code":200},"data":{"courier\u005fcode":"dhl"}}"#,
                "3 or 4",
            ),
            (
                r#"{"tracking_number":"A1","delivery_status":"transit"}"#,
                "3 or 4",
            ),
            (
                r#"{"meta":{"code":200},"data":{"success":[{"courier_code":"dhl"}],"error":[]}}"#,
                "3 or 4",
            ),
            (
                r#"{"meta":{"code":200},"data":{"error":[{"courier_code":"dhl"}]}}"#,
                "3 or 4",
            ),
        ];

        for (body, version) in cases {
            assert_eq!(later_version(body), Some(version), "{body}");
        }
    }

    #[test]
    fn version_two_and_other_bodies_are_not_named() {
        for body in [
            r#"{"meta":{"code":200},"data":{"carrier_code":"dhl","status":"transit"}}"#,
            r#"{"meta":{"code":200},"data":{"items":[{"carrier_code":"dhl"}]}}"#,
            r#"{"meta":{"code":200},"data":[{"code":"dhl"}]}"#,
            r#"{"code":502,"message":"bad gateway"}"#,
            r#"{"meta":{"code":4031},"code":1,"message":"","data":[]}"#,
            "[]",
            "<html>",
            "",
        ] {
            assert_eq!(later_version(body), None, "{body}");
        }
    }
}
