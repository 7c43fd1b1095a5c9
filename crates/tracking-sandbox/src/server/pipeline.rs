//! The way of one request: read it, decide about faults, ask the provider, write it down.

use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, Request, StatusCode};

use super::endpoint::{Call, Endpoint};
use super::listener::ResetConnection;
use super::provider::Provider;
use super::reply::Reply;
use super::request_log::RecordedRequest;
use crate::fault::{self, Fault};
use crate::sandbox::Core;

/// The header with which a caller asks for a fault on its own request.
const FAULT_HEADER: &str = "x-sandbox-fault";

/// Larger request bodies are refused with 413.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// Adds the endpoints and control paths of `provider` to `router`.
pub(crate) fn mount<P: Provider>(router: Router, core: &Arc<Core>, provider: &Arc<P>) -> Router {
    let base = format!("/{}{}", provider.name(), provider.base_path());
    let mut own = Router::new();
    for endpoint in provider.endpoints() {
        let Ok(method) = MethodFilter::try_from(endpoint.method.clone()) else {
            continue;
        };
        own = own.route(
            &format!("{base}{}", endpoint.path),
            on(method, handler(core, provider, Target::Endpoint(endpoint))),
        );
    }
    let not_found = handler(core, provider, Target::Missing(StatusCode::NOT_FOUND));
    let not_allowed = handler(
        core,
        provider,
        Target::Missing(StatusCode::METHOD_NOT_ALLOWED),
    );
    let root = format!("/{}", provider.name());
    own = own
        .route(&root, axum::routing::any(not_found.clone()))
        .route(&format!("{root}/{{*rest}}"), axum::routing::any(not_found))
        .method_not_allowed_fallback(not_allowed);
    router.merge(own).nest(
        &format!("/_sandbox/{}", provider.name()),
        Arc::clone(provider).control(),
    )
}

/// Where a request arrived.
#[derive(Debug)]
enum Target<P: Provider> {
    Endpoint(&'static Endpoint<P>),
    /// No endpoint, or one with another method.
    Missing(StatusCode),
}

// Derived copies would ask for `P: Copy`, though only a reference to it is held.
impl<P: Provider> Clone for Target<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Provider> Copy for Target<P> {}

impl<P: Provider> Target<P> {
    fn id(self) -> Option<&'static str> {
        match self {
            Self::Endpoint(endpoint) => Some(endpoint.operation),
            Self::Missing(_) => None,
        }
    }
}

fn handler<P: Provider>(
    core: &Arc<Core>,
    provider: &Arc<P>,
    target: Target<P>,
) -> impl Fn(Request<Body>) -> std::pin::Pin<Box<dyn Future<Output = Response> + Send>>
+ Clone
+ Send
+ Sync
+ 'static {
    let core = Arc::clone(core);
    let provider = Arc::clone(provider);
    move |request| {
        let core = Arc::clone(&core);
        let provider = Arc::clone(&provider);
        Box::pin(async move { serve(&core, &*provider, target, request).await })
    }
}

async fn serve<P: Provider>(
    core: &Core,
    provider: &P,
    target: Target<P>,
    request: Request<Body>,
) -> Response {
    core.traffic
        .arrived(provider.name(), target.id(), Instant::now());
    let (mut parts, body) = request.into_parts();
    let params = path_params(&mut parts).await;
    let body = to_bytes(body, MAX_BODY).await;
    let fault = match parts.headers.get(FAULT_HEADER) {
        None => Ok(core.faults.take(provider.name(), target.id())),
        Some(value) => value
            .to_str()
            .map_err(|_| "the fault is not a string".to_owned())
            .and_then(|fault| {
                Fault::from_str(fault)
                    .map(Some)
                    .map_err(|error| error.to_string())
            }),
    };
    let outcome = match (&fault, &body, &params) {
        (Err(reason), _, _) => Outcome::plain(Reply::text(
            StatusCode::BAD_REQUEST,
            format!("{FAULT_HEADER}: {reason}"),
        )),
        (_, Err(_), _) => Outcome::plain(provider.no_endpoint(StatusCode::PAYLOAD_TOO_LARGE)),
        (_, _, None) => Outcome::plain(provider.no_endpoint(StatusCode::BAD_REQUEST)),
        (Ok(fault), Ok(body), Some(params)) => {
            let call = Call {
                params,
                query: parts.uri.query().unwrap_or_default(),
                headers: &parts.headers,
                body,
                age: match fault {
                    Some(Fault::Stale(age)) => *age,
                    _ => Duration::ZERO,
                },
            };
            carry_out(provider, target, &call, fault.as_ref())
        }
    };
    let status = (!outcome.resets).then(|| outcome.reply.status.as_u16());
    core.traffic.responded(provider.name(), target.id(), status);
    core.requests.record(RecordedRequest {
        provider: provider.name(),
        operation: target.id(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        method: parts.method,
        headers: parts.headers,
        body: body.unwrap_or_default(),
        status,
    });
    outcome.respond(provider, fault.ok().flatten()).await
}

/// Path parameters, percent-decoded; none when one of them is not UTF-8.
async fn path_params(parts: &mut http::request::Parts) -> Option<Vec<(String, String)>> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    Some(
        params
            .iter()
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
    )
}

/// What happens to a request: a response, or the end of the connection.
struct Outcome {
    reply: Reply,
    resets: bool,
}

impl Outcome {
    fn plain(reply: Reply) -> Self {
        Self {
            reply,
            resets: false,
        }
    }

    async fn respond<P: Provider>(self, provider: &P, fault: Option<Fault>) -> Response {
        let mut reply = self.reply;
        if let Some(hold) = reply.hold.take() {
            tokio::time::sleep(hold.delay).await;
            drop(hold.release);
        }
        if self.resets {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(ResetConnection);
            return response;
        }
        match fault {
            Some(Fault::Delay(delay)) => tokio::time::sleep(delay).await,
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::Truncate) => {
                let body = fault::truncated(&reply.body);
                return into_response(reply, Some(body));
            }
            Some(Fault::HugeBody(bytes)) => return into_response(reply, Some(fault::huge(bytes))),
            Some(Fault::WrongContentType) => {
                reply.headers.insert(CONTENT_TYPE, HTML);
            }
            Some(Fault::MalformedJson) => {
                reply.body = reply
                    .body
                    .slice(..reply.body.len().saturating_sub(1) * 2 / 3);
            }
            Some(Fault::EmptyBody) => reply.body = Bytes::new(),
            Some(fault) => {
                if let Some(body) = fault::mutate(&reply.body, &fault, provider.keys()) {
                    reply.body = body.into();
                }
            }
            None => {}
        }
        into_response(reply, None)
    }
}

const HTML: HeaderValue = HeaderValue::from_static("text/html");

fn carry_out<P: Provider>(
    provider: &P,
    target: Target<P>,
    call: &Call<'_>,
    fault: Option<&Fault>,
) -> Outcome {
    let instead = match fault {
        Some(Fault::Reset) => {
            return Outcome {
                reply: Reply::empty(StatusCode::OK),
                resets: true,
            };
        }
        Some(Fault::JsonError(status)) => Some(provider.server_error(status_code(*status))),
        Some(Fault::HtmlError(status)) => Some(error_page(status_code(*status))),
        Some(Fault::EmptyError(status)) => Some(Reply::empty(status_code(*status))),
        Some(Fault::ErrorIn200(code)) => Some(provider.error_in_200(*code)),
        Some(Fault::SlowDown(retry_after)) => Some(slow_down(provider, retry_after)),
        _ => None,
    };
    let mut reply = match (instead, target) {
        (Some(reply), _) => reply,
        (None, Target::Endpoint(endpoint)) => provider.respond(endpoint, call),
        (None, Target::Missing(status)) => provider.no_endpoint(status),
    };
    provider.finish(&mut reply);
    Outcome {
        reply,
        resets: matches!(fault, Some(Fault::LostResponse)),
    }
}

fn slow_down<P: Provider>(provider: &P, retry_after: &str) -> Reply {
    let mut reply = provider.slow_down();
    if let Ok(value) = HeaderValue::from_str(retry_after) {
        reply.headers.insert(RETRY_AFTER, value);
    }
    reply
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The page of a proxy before the provider.
fn error_page(status: StatusCode) -> Reply {
    let page = format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1>\
         </center>\r\n<hr><center>sandbox proxy</center>\r\n</body>\r\n</html>\r\n"
    );
    Reply::new(status, HTML, page.into())
}

fn into_response(reply: Reply, body: Option<Body>) -> Response {
    let mut response = Response::new(body.unwrap_or_else(|| Body::from(reply.body)));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}
