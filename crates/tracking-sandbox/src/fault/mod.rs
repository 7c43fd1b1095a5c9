//! Faults on demand: what can go wrong between a client and a provider, one request at a time.

mod body;
mod mutate;
mod queue;
mod string_form;

use std::time::Duration;

pub(crate) use body::{huge, truncated};
pub(crate) use mutate::{Keys, mutate};
pub(crate) use queue::FaultQueue;
pub use queue::Faults;
pub use string_form::FaultParseError;

/// Something that goes wrong with one request.
///
/// Faults before processing (`Reset`, the errors, `SlowDown`) leave the state of the sandbox as it
/// was; all others change the response to a request that was carried out. Each fault has a string form
/// (`Display`, `FromStr`) for the header `x-sandbox-fault` and for the control paths.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The request is carried out, the response comes late. Real time. String form: `delay=MILLISECONDS`.
    Delay(Duration),
    /// The request is carried out, the response never comes. String form: `hang`.
    Hang,
    /// The connection is reset before the request is carried out. String form: `reset`.
    Reset,
    /// The request is carried out, then the connection is reset. String form: `lost-response`.
    LostResponse,
    /// The head announces the whole body, the connection ends after half of it. String form: `truncate`.
    Truncate,
    /// The JSON response calls itself `text/html`. String form: `wrong-content-type`.
    WrongContentType,
    /// An error of the server in the provider's JSON form. String form: `json-error=STATUS`.
    JsonError(u16),
    /// An error of the provider inside HTTP 200, by the provider's own number for it; providers
    /// without such numbers take it for an error of the server. String form: `error-in-200=CODE`.
    ErrorIn200(u16),
    /// An error page of a proxy. String form: `html-error=STATUS`.
    HtmlError(u16),
    /// An error without a body. String form: `empty-error=STATUS`.
    EmptyError(u16),
    /// 429 in the provider's form, with this value in `Retry-After`: seconds or an HTTP date.
    /// String form: `slow-down=RETRY_AFTER`.
    SlowDown(String),
    /// The body stops in the middle of the JSON, the head agrees with it. String form: `malformed-json`.
    MalformedJson,
    /// A success without a body. String form: `empty-body`.
    EmptyBody,
    /// A valid JSON body of at least this many bytes. String form: `huge-body=BYTES`.
    HugeBody(u64),
    /// Every value of an open vocabulary (statuses, sources) becomes one that is documented nowhere. Ship24's codes
    /// of couriers stay: another code is another courier.
    /// String form: `unknown-enum`.
    UnknownEnum,
    /// Every object has a field that is documented nowhere. String form: `unknown-field`.
    UnknownField,
    /// Every string, number and boolean is null; objects and arrays stay. String form: `nulls`.
    Nulls,
    /// Every number is a string. String form: `number-as-string`.
    NumberAsString,
    /// Every string with a whole number is a number. String form: `string-as-number`.
    StringAsNumber,
    /// A key is left out, wherever it occurs. String form: `without-key=NAME`.
    WithoutKey(String),
    /// A key is null, wherever it occurs. String form: `null-key=NAME`.
    NullKey(String),
    /// The response is as it would have been this long ago on the clock of the sandbox, edits since then undone; what
    /// callers did since then stays. 1concepts leaves edits as they are. Calls that show nothing of parcels are as ever.
    /// String form: `stale=SECONDS`.
    Stale(Duration),
    /// What happened to a parcel is missing: its list of events is empty, exporto's four dates are null, an order of
    /// 1concepts has no trackings. String form: `no-events`.
    NoEvents,
    /// The first event that the response shows is a number, the first date of exporto an object. String form:
    /// `broken-event`.
    BrokenEvent,
    /// The value of a key, where it first occurs and is not null, is of a type that the key never has. String form:
    /// `broken-key=NAME`.
    BrokenKey(String),
}
