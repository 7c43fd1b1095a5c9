//! A response of any content, and a transport that returns it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use tracking_http::{BoxFuture, SendLimits, Transport, TransportError};
use tracking_testkit::{Reply, Sdk};

use crate::input::Input;
use crate::sdks::known;

/// Statuses that one byte chooses: successes are the likeliest.
const STATUSES: [u16; 32] = [
    200, 200, 200, 200, 200, 201, 200, 201, 204, 202, 206, 101, 301, 307, 400, 401, 402, 403, 404,
    405, 408, 409, 410, 415, 422, 425, 429, 500, 502, 503, 520, 999,
];

/// Divides the headers from the body, and one header from the next.
const END: u8 = b'\n';

/// A response as an input describes it: a byte for the status, lines with headers, an empty line, the body.
pub(crate) fn arriving(mut input: Input<'_>) -> Response<Bytes> {
    let status = *input.choice(&STATUSES);
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    loop {
        let line = input.until(END);
        if line.is_empty() {
            break;
        }
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let name = HeaderName::from_bytes(parts.next().unwrap_or_default());
        let value = HeaderValue::from_bytes(parts.next().unwrap_or_default().trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            response.headers_mut().append(name, value);
        }
    }
    *response.body_mut() = Bytes::copy_from_slice(input.rest());
    response
}

/// The input that describes a reply.
pub(crate) fn described<S>(reply: &Reply<S>) -> Vec<u8> {
    let place = STATUSES.iter().position(|status| *status == reply.status);
    let mut input = vec![u8::try_from(place.unwrap_or_default()).unwrap()];
    for (name, value) in &reply.headers {
        input.extend(format!("{name}: {value}\n").bytes());
    }
    input.push(END);
    input.extend(&reply.body);
    input
}

/// Returns the same response each time, and counts. Requests for a token have a response of their own.
#[derive(Debug)]
pub(crate) struct Same {
    response: Response<Bytes>,
    login: Option<(&'static str, Response<Bytes>)>,
    sent: AtomicU32,
    logins: AtomicU32,
}

impl Same {
    /// A transport with a response for all but requests for a token.
    pub(crate) fn new<S: Sdk>(response: Response<Bytes>) -> Arc<Self> {
        let login = known::<S>().login.as_ref();
        Self::with_login(response, login.map(|(path, reply)| (*path, whole(reply))))
    }

    /// A transport with a response for requests for a token too.
    pub(crate) fn with_login(
        response: Response<Bytes>,
        login: Option<(&'static str, Response<Bytes>)>,
    ) -> Arc<Self> {
        Arc::new(Self {
            response,
            login,
            sent: AtomicU32::new(0),
            logins: AtomicU32::new(0),
        })
    }

    /// How many requests there were, without those for a token.
    pub(crate) fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// How many tokens were requested.
    pub(crate) fn logins(&self) -> u32 {
        self.logins.load(Ordering::Relaxed)
    }
}

impl Transport for Same {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let path = request.uri().path();
        let login = self.login.as_ref().filter(|(end, _)| path.ends_with(end));
        let (count, response) = match login {
            Some((_, login)) => (&self.logins, login),
            None => (&self.sent, &self.response),
        };
        count.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { Ok(response.clone()) })
    }
}

/// The response of a reply.
pub(crate) fn whole<S>(reply: &Reply<S>) -> Response<Bytes> {
    arriving(Input::new(&described(reply)))
}
