//! Faults on demand: what can go wrong between a client and a provider, one request at a time.

mod body;
mod mutate;
mod queue;
mod text;

use std::time::Duration;

pub(crate) use body::{huge, truncated};
pub(crate) use mutate::mutate;
pub(crate) use queue::FaultQueue;
pub use queue::Faults;
pub use text::FaultParseError;

/// Something that goes wrong with one request.
///
/// Faults before processing (`Reset`, the errors, `SlowDown`) leave the state of the sandbox as it
/// was; all others change the answer to a request that was carried out. Each fault has a text form
/// (`Display`, `FromStr`) for the header `x-sandbox-fault` and for the control paths.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The request is carried out, the answer comes late. Real time. Text: `delay=MILLISECONDS`.
    Delay(Duration),
    /// The request is carried out, the answer never comes. Text: `hang`.
    Hang,
    /// The connection is reset before the request is carried out. Text: `reset`.
    Reset,
    /// The request is carried out, then the connection is reset. Text: `lost-answer`.
    LostAnswer,
    /// The head announces the whole body, the connection ends after half of it. Text: `truncate`.
    Truncate,
    /// The JSON answer calls itself `text/html`. Text: `wrong-content-type`.
    WrongContentType,
    /// An error of the server in the provider's JSON form. Text: `json-error=STATUS`.
    JsonError(u16),
    /// An error of the provider inside HTTP 200, by the provider's own number for it; providers
    /// without such numbers take it for an error of the server. Text: `error-in-success=CODE`.
    ErrorInSuccess(u16),
    /// An error page of a proxy. Text: `html-error=STATUS`.
    HtmlError(u16),
    /// An error without a body. Text: `empty-error=STATUS`.
    EmptyError(u16),
    /// 429 in the provider's form, with this text in `Retry-After`: seconds or an HTTP date.
    /// Text: `slow-down=RETRY_AFTER`.
    SlowDown(String),
    /// The body stops in the middle of the JSON, the head agrees with it. Text: `malformed-json`.
    MalformedJson,
    /// A success without a body. Text: `empty-body`.
    EmptyBody,
    /// A valid JSON body of at least this many bytes. Text: `huge-body=BYTES`.
    HugeBody(u64),
    /// Every value of an open vocabulary (statuses, sources) becomes one that nobody has heard of.
    /// Text: `unknown-enum`.
    UnknownEnum,
    /// Every object has a field that nobody has heard of. Text: `unknown-field`.
    UnknownField,
    /// Every text, number and truth value is null; objects and arrays stay. Text: `nulls`.
    Nulls,
    /// Every number is a text. Text: `number-as-text`.
    NumberAsText,
    /// Every text that reads as a whole number is a number. Text: `text-as-number`.
    TextAsNumber,
    /// A key is left out, wherever it occurs. Text: `without-key=NAME`.
    WithoutKey(String),
    /// A key is null, wherever it occurs. Text: `null-key=NAME`.
    NullKey(String),
}
