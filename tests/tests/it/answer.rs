//! What a call brought, whatever its type.

use bytes::Bytes;
use tracking_http::Response;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    /// Paths in the body that the SDK's types do not read.
    pub(crate) unmodelled: Vec<String>,
}

impl<T> From<Response<T>> for Answer {
    fn from(response: Response<T>) -> Self {
        Self {
            status: response.status().as_u16(),
            unmodelled: response.unmodelled(),
            body: response.into_parts().1.body().clone(),
        }
    }
}
