//! The step that proves who sends a request.

use bytes::Bytes;
use http::{Request, StatusCode};

use super::outgoing::Outgoing;
use crate::auth::Attached;
use crate::client::Client;
use crate::error::Error;

/// Adds the proof, for which a token may have to be fetched.
///
/// It comes after all other headers, so that nothing the caller adds can replace it.
pub(super) async fn attach(
    client: &Client,
    call: &Outgoing,
    request: &mut Request<Bytes>,
) -> Result<Attached, Error> {
    let headers = request.headers_mut();
    client.credentials.attach(&call.uri, headers).await
}

/// Returns true if the call failed because of its token and a new one may help.
pub(super) fn renews_after(client: &Client, error: &Error, attached: Option<&Attached>) -> bool {
    error.status() == Some(StatusCode::UNAUTHORIZED)
        && attached.is_some_and(|token| client.credentials.renews_after_refusal(token))
}
