//! The response to a call, in the form that it requests.

use bytes::Bytes;
use http::header::{HOST, LINK};
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use crate::oneconcepts::bodies::hydra;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::media_type::Format;
use crate::oneconcepts::settings::Settings;
use crate::server::{Call, Reply};

/// The page that browsers get.
const PAGE: &[u8] = b"<!DOCTYPE html>\n<title>Sandbox</title>\n<div id=\"swagger-ui\"></div>\n";

/// Writes `body`, which is JSON-LD, in the requested form.
pub(crate) fn write(
    call: &Call<'_>,
    status: StatusCode,
    mut body: Value,
    settings: &Settings,
) -> Result<Reply, Refusal> {
    let format = Format::requested(call.headers)?;
    if let Some(origin) = origin(call) {
        hydra::set_vocabulary_origin(&mut body, &origin);
    }
    if let Some(origin) = &settings.next_link_origin {
        hydra::set_next_link_origin(&mut body, origin);
    }
    if !settings.assumptions.nulls {
        hydra::drop_nulls(&mut body);
    }
    let bytes = match format {
        Format::Html => Bytes::from_static(PAGE),
        Format::Json => hydra::plain(body).to_string().into(),
        Format::JsonLd => {
            if !settings.assumptions.hydra_prefix {
                hydra::drop_prefix(&mut body);
            }
            body.to_string().into()
        }
    };
    let reply = Reply::new(status, format.content_type(), bytes);
    Ok(with_documentation_link(reply, call))
}

/// Adds the header by which clients of the framework find the documentation of the API.
pub(crate) fn with_documentation_link(reply: Reply, call: &Call<'_>) -> Reply {
    let link = origin(call).and_then(|origin| {
        let link = format!(
            "<{origin}{}>; rel=\"http://www.w3.org/ns/hydra/core#apiDocumentation\"",
            hydra::DOCUMENTATION
        );
        HeaderValue::from_str(&link).ok()
    });
    match link {
        Some(link) => reply.with_header(LINK, link),
        None => reply,
    }
}

/// The origin that the caller reached the sandbox by.
fn origin(call: &Call<'_>) -> Option<String> {
    let host = call.headers.get(HOST)?.to_str().ok()?;
    Some(format!("http://{host}"))
}
