//! The codes in `meta`.

/// Type and message that go with a code. The wording of most messages is not known.
pub(crate) fn describe(code: u16) -> (&'static str, &'static str) {
    match code {
        200 => ("Success", "Success"),
        201 => (
            "Created",
            "The request was successful and a resource was created.",
        ),
        202 => ("Bad Request", "The request is over the limit."),
        401 => ("Unauthorized", "Authentication failed or not permitted."),
        402 => ("Payment Required", "Payment is required."),
        403 => ("Forbidden", "Access is prohibited."),
        404 => ("Not Found", "The page does not exist."),
        405 => ("Method Not Allowed", "The method is not allowed."),
        409 => ("Conflict", "The request is in conflict with another one."),
        429 => (
            "Too Many Requests",
            "The API is paused for this account, please wait 120 seconds.",
        ),
        // The table of codes leaves this type empty.
        500 => ("", "Server error."),
        503 => ("Service Unavailable", "The service is unavailable."),
        4001 => ("Unauthorized", "Invalid API key."),
        4002 => ("Unauthorized", "The API key has been deleted."),
        4012 => ("Bad Request", "The request is invalid or lacks parameters."),
        4013 => ("Bad Request", "The tracking number is required."),
        4014 => ("Bad Request", "The tracking number is invalid."),
        4015 => ("Bad Request", "The carrier code is invalid."),
        4016 => ("Bad Request", "Tracking already exists."),
        4017 => ("Bad Request", "The tracking does not exist."),
        4018 => (
            "Bad Request",
            "Customer service must activate this feature first.",
        ),
        4019 => ("Bad Request", "The balance of the account is insufficient."),
        4020 => ("Bad Request", "Too many items in one call."),
        4021 => ("Bad Request", "The remaining quota is too small."),
        4031 => ("No Content", "Nothing was found, create the number first."),
        4032 => ("No Content", "No courier could be detected."),
        // The type disagrees with the meaning, in the provider's own table.
        4033 => ("No Content", "The value of status is invalid."),
        _ => ("Error", "Error."),
    }
}
