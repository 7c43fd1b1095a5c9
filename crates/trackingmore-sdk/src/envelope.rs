//! What stands in the envelope `{meta, data}` of an answer, and what is missing from it.

use serde::de::DeserializeOwned;
use tracking_core::kit::raw_at_path;
use tracking_http::{Call, Error, Failure, Response};

use crate::Code;
use crate::empty::is_empty_json;
use crate::error::{code_in, failure_in};

/// Sends a call and reads the envelope of its answer.
///
/// Documented: every answer has a code. One without is that of somebody else, such as a gateway,
/// whatever stands in it.
pub(crate) async fn send<T: DeserializeOwned>(call: Call<'_>) -> Result<Response<T>, Error> {
    confirmed(call.send().await?)
}

/// Passes an answer on that says whether the call succeeded.
pub(crate) fn confirmed<T>(response: Response<T>) -> Result<Response<T>, Error> {
    let code = code_in(response.body());
    response.try_map(|body| match code {
        Some(_) => Ok(body),
        None => {
            let message = "the answer does not say whether the call succeeded";
            Err(Error::decode("meta.code", message))
        }
    })
}

/// The data of an answer that has to hold some.
pub(crate) fn required<T>(data: Option<T>) -> Result<T, Error> {
    data.ok_or_else(|| Error::decode("data", "the answer succeeded, and holds nothing here"))
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
/// Null and the other spellings of "nothing" stand for an empty list. A list that is missing does
/// not: while paging it would end the list early without a word.
pub(crate) fn confirm_empty(body: &[u8], key: Option<&str>) -> Result<(), Error> {
    let body = std::str::from_utf8(body).unwrap_or_default();
    let data = raw_at_path(body, &["data"]).ok_or_else(|| missing("data"))?;
    match key {
        Some(key) if !is_empty_json(data) && raw_at_path(data, &[key]).is_none() => {
            Err(missing(&format!("data.{key}")))
        }
        _ => Ok(()),
    }
}

/// Whether an answer says with this code that there is nothing, so that its data is not to be read.
pub(crate) fn reports_code(body: &[u8], code: Code) -> bool {
    failure_in(body).is_some_and(|failure| has_code(&failure, code))
}

pub(crate) fn has_code(failure: &Failure, code: Code) -> bool {
    let own = failure.code.as_deref().and_then(|text| text.parse().ok());
    own.map(Code::new) == Some(code)
}

fn missing(path: &str) -> Error {
    Error::decode(path, "the answer succeeded, and this key is missing")
}

#[cfg(test)]
mod tests {
    use super::{confirm_empty, reports_code};
    use crate::Code;

    #[test]
    fn nothing_in_all_spellings_is_an_empty_list() {
        for data in ["null", "[]", "{}", "\"\"", r#"{"items":null}"#] {
            let body = format!(r#"{{"meta":{{"code":200}},"data":{data}}}"#);

            assert!(
                confirm_empty(body.as_bytes(), Some("items")).is_ok(),
                "{data}"
            );
        }
    }

    #[test]
    fn a_missing_list_is_no_empty_list() {
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
    fn the_code_of_nothing_is_told_from_others() {
        let body = br#"{"meta":{"code":4031},"data":"none"}"#;

        assert!(reports_code(body, Code::NOTHING_FOUND));
        assert!(!reports_code(body, Code::NO_CARRIER));
        assert!(!reports_code(br#"{"meta":{"code":200}}"#, Code::SUCCESS));
    }
}
