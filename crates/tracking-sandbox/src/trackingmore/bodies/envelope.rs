//! `{"meta": {…}, "data": …}`, around every response.

use http::StatusCode;
use serde::Serialize;

use super::php_json;
use crate::server::{JSON, Reply};
use crate::trackingmore::codes::describe;

/// `[]`: what an error carries for data, and a success without content.
pub(crate) const NOTHING: [(); 0] = [];

#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
pub(crate) struct Meta {
    code: u16,
    #[serde(rename = "type")]
    kind: Option<&'static str>,
    message: Option<&'static str>,
}

impl Meta {
    pub(crate) fn new(code: u16) -> Self {
        let (kind, message) = describe(code);
        Self {
            code,
            kind: Some(kind),
            message: Some(message),
        }
    }
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    meta: Meta,
    data: &'a T,
}

/// A success.
pub(crate) fn success(data: &impl Serialize) -> Reply {
    reply(200, data)
}

/// A response by code, inside HTTP 200.
pub(crate) fn reply(code: u16, data: &impl Serialize) -> Reply {
    wrap(Meta::new(code), data)
}

/// A success with a message of its own.
pub(crate) fn success_saying(message: &'static str, data: &impl Serialize) -> Reply {
    let meta = Meta {
        message: Some(message),
        ..Meta::new(200)
    };
    wrap(meta, data)
}

/// A success whose `meta` holds the code and nothing else.
pub(crate) fn bare_success(data: &impl Serialize) -> Reply {
    let meta = Meta {
        code: 200,
        kind: None,
        message: None,
    };
    wrap(meta, data)
}

fn wrap(meta: Meta, data: &impl Serialize) -> Reply {
    let body = php_json::to_vec(&Envelope { meta, data });
    Reply::new(StatusCode::OK, JSON, body.into())
}
