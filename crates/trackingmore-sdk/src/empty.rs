//! How a PHP back end spells "nothing".

/// Returns true if a JSON value is null, `[]`, `{}` or `""`.
pub(crate) fn is_empty_json(json: &str) -> bool {
    // Anything longer holds something, or more spaces than a machine writes.
    json.len() <= 4 && {
        let bare: String = json.split_ascii_whitespace().collect();
        matches!(bare.as_str(), "null" | "[]" | "{}" | "\"\"")
    }
}

/// Returns true if a string reports something: not if it is empty, white space or, as in responses of
/// 2017, the string `null`.
pub(crate) fn is_reported(value: &str) -> bool {
    !matches!(value.trim(), "" | "null")
}

/// The string, if it reports something.
pub(crate) fn reported(value: Option<String>) -> Option<String> {
    value.filter(|value| is_reported(value))
}
