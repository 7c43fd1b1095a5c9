//! Strings with a type of their own: identifiers and date-times.

use std::fmt::Write as _;

use super::comment;
use crate::codegen::model::{Timestamp, TypeModel};

/// One declaration, and the reading of a date-time.
pub(super) fn declaration(found: &TypeModel, timestamp: Option<Timestamp>, body: &mut String) {
    let name = &found.name;
    body.push_str("tracking_core::kit::string_type! {\n");
    body.push_str(&comment(&found.docs, 4));
    let _ = writeln!(body, "    pub struct {name};\n}}");

    let (docs, reading) = match timestamp {
        None => return,
        Some(Timestamp::Logistic) => (
            "Parses the string and keeps how much it says about its zone.",
            "parse",
        ),
        Some(Timestamp::Local) => (
            "Parses the string as local time; a `Z` makes no instant of it, a numeric offset does.",
            "parse_local_documented",
        ),
        Some(Timestamp::Utc) => (
            "Parses the string as an instant, because the provider documents UTC.",
            "parse_utc_documented",
        ),
    };
    let _ = writeln!(
        body,
        "\nimpl {name} {{
            /// {docs}
            #[must_use]
            pub fn timestamp(&self) -> Timestamp {{
                Timestamp::{reading}(self.as_str())
            }}
        }}"
    );
}
