//! What is in the envelope `{meta, data}` of a response, and what is missing from it.

use serde::de::DeserializeOwned;
use tracking_core::kit::raw_at_path;
use tracking_http::json::without_bom;
use tracking_http::{Call, Error, Failure, Response};

use crate::Code;
use crate::empty::is_empty_json;
use crate::error::{code_in, failure_in};
use crate::version::{explained, refuse_later_version};

/// Sends a call and reads the envelope of its response.
///
/// Documented: every response has a code. One without is that of somebody else, such as a gateway,
/// whatever is in it.
pub(crate) async fn send<T: DeserializeOwned>(call: Call<'_>) -> Result<Response<T>, Error> {
    confirmed(call.send().await.map_err(explained)?)
}

/// Sends a call and reads the envelope of its response as far as it fits.
pub(crate) async fn send_partial<T: DeserializeOwned>(
    call: Call<'_>,
    holds_something: impl Fn(&T) -> bool,
) -> Result<Response<T>, Error> {
    let response = call.send_partial(holds_something).await;
    confirmed(response.map_err(explained)?)
}

/// Passes a response on that says whether the call succeeded.
pub(crate) fn confirmed<T>(response: Response<T>) -> Result<Response<T>, Error> {
    if code_in(response.body()).is_some() {
        return Ok(response);
    }
    let body = response.body().clone();
    response.try_map(|_| Err(unconfirmed(&body)))
}

/// The error for a response that does not say whether the call succeeded.
pub(crate) fn unconfirmed(body: &[u8]) -> Error {
    let message = "the response does not say whether the call succeeded";
    refuse_later_version(body)
        .err()
        .unwrap_or_else(|| Error::decode("meta.code", message))
}

/// Passes trackings on that are of version 2: those of later versions have another name for status
/// and carrier, which each tracking of version 2 has.
pub(crate) fn of_version_two<T>(
    response: Response<T>,
    is_named: impl FnOnce(&T) -> bool,
) -> Result<Response<T>, Error> {
    if is_named(&response) {
        return Ok(response);
    }
    let body = response.body().clone();
    response.try_map(|value| refuse_later_version(&body).map(|()| value))
}

/// The data of a response that has to hold some.
pub(crate) fn required<T>(data: Option<T>) -> Result<T, Error> {
    data.ok_or_else(|| Error::decode("data", "the response succeeded, and holds nothing here"))
}

/// Takes a list out of its envelope; `key` names it inside of `data`, or else `data` is the list.
pub(crate) fn list_in<B, D>(
    response: Response<B>,
    key: Option<&str>,
    data: impl FnOnce(B) -> D,
    is_empty: impl FnOnce(&D) -> bool,
) -> Result<Response<D>, Error> {
    let text = response.body().clone();
    response.try_map(|body| {
        let data = data(body);
        if is_empty(&data) {
            confirm_empty(&text, key)?;
        }
        Ok(data)
    })
}

/// Checks that a list without items is an empty one.
///
/// Null and the other spellings of "nothing" mean an empty list. A list that is missing does
/// not: while paging it would end the list early without an error.
pub(crate) fn confirm_empty(body: &[u8], key: Option<&str>) -> Result<(), Error> {
    let body = &*String::from_utf8_lossy(without_bom(body));
    let data = raw_at_path(body, &["data"]).ok_or_else(|| missing("data"))?;
    match key {
        Some(key) if !is_empty_json(data) && raw_at_path(data, &[key]).is_none() => {
            refuse_later_version(body.as_bytes())?;
            Err(missing(&format!("data.{key}")))
        }
        _ => Ok(()),
    }
}

/// Returns true if a response says with this code that there is nothing, so that its data is not
/// to be read.
pub(crate) fn reports_code(body: &[u8], code: Code) -> bool {
    failure_in(body).is_some_and(|failure| has_code(&failure, code))
}

pub(crate) fn has_code(failure: &Failure, code: Code) -> bool {
    let own = failure.code.as_deref().and_then(|text| text.parse().ok());
    own.map(Code::new) == Some(code)
}

fn missing(path: &str) -> Error {
    Error::decode(path, "the response succeeded, and this key is missing")
}

#[cfg(test)]
mod tests {
    use super::{confirm_empty, reports_code};
    use crate::Code;

    #[test]
    fn empty_values_in_all_spellings_are_empty_list() {
        for data in ["null", "[]", "{}", "\"\"", r#"{"items":null}"#] {
            let body = format!(r#"{{"meta":{{"code":200}},"data":{data}}}"#);

            assert!(
                confirm_empty(body.as_bytes(), Some("items")).is_ok(),
                "{data}"
            );
        }
    }

    #[test]
    fn missing_list_is_no_empty_list() {
        let cases = [
            (r#"{"meta":{"code":200}}"#, "data"),
            (
                r#"{"meta":{"code":200},"data":{"total":"56"}}"#,
                "data.items",
            ),
            ("<html>", "data"),
        ];

        for (body, path) in cases {
            let error = confirm_empty(body.as_bytes(), Some("items")).unwrap_err();

            assert_eq!(error.path(), Some(path), "{body}");
        }
    }

    #[test]
    fn code_of_empty_result_is_distinguished() {
        let body = br#"{"meta":{"code":4031},"data":"none"}"#;

        assert!(reports_code(body, Code::NOTHING_FOUND));
        assert!(!reports_code(body, Code::NO_CARRIER));
        assert!(!reports_code(br#"{"meta":{"code":200}}"#, Code::SUCCESS));
    }
}
