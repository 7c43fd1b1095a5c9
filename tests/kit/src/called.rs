//! What a call returned, whatever its type.

use std::fmt::Debug;

use tracking_http::Response;

use crate::printed::printed;

/// What a call returned, whatever its type.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Called {
    /// The HTTP status.
    pub status: u16,
    /// How often the request was sent.
    pub attempts: u32,
    /// Paths in the body that the types of the SDK do not read.
    pub unmodelled: Vec<String>,
    /// JSON paths of what did not fit and was left out.
    pub problems: Vec<String>,
    /// What was read, without the response around it.
    pub value: String,
    /// What was read, in both of its debug forms.
    pub printed: String,
}

impl<T: Debug> From<Response<T>> for Called {
    fn from(response: Response<T>) -> Self {
        Self {
            status: response.http_status().as_u16(),
            attempts: response.attempts(),
            unmodelled: response.unmodelled(),
            problems: response
                .problems()
                .iter()
                .map(|it| it.path.clone())
                .collect(),
            value: format!("{:?}", *response),
            printed: printed(&response),
        }
    }
}
