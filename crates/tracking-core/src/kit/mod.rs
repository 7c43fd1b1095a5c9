//! For authors of an SDK: what turns a provider's wire format into the model.
//!
//! Code that only tracks shipments does not need it.

mod asked_for;
mod batch;
mod content;
mod dated;
mod distinct_items;
mod json_path;
mod non_blank;
mod open_enum;
mod page_number;
mod parts;
mod repeat_guard;
mod scalar_string;
mod short_string;
mod status_table;
mod string_type;

pub use crate::model::leg::EventOrder;
pub use crate::model::raw_list::RawList;
pub use crate::provider::{BoxFuture, is_same_number, number_key};
pub use asked_for::{is_asked_for, name_as_asked, retain_asked_for, wrong_shipment};
pub use batch::Batch;
pub use content::has_content;
pub use dated::dated;
pub use distinct_items::DistinctItems;
pub use json_path::{
    count_elements, first_elements, first_key, has_path, numbered_elements, raw_at_path,
    raw_elements,
};
pub use non_blank::non_blank;
pub use open_enum::UnknownValue;
#[doc(inline)]
pub use open_enum::open_enum;
pub use page_number::page_number;
pub use parts::read_parts;
pub use repeat_guard::{Repeat, RepeatGuard, fingerprint};
pub use scalar_string::{
    deserialize_optional_scalar_string, deserialize_scalar_string, float_to_string,
};
pub use status_table::{
    Family, Fields, Mapped, Source, StatusRow, StatusTable, TableError, UnmappedCounter,
    UnmappedField,
};
#[doc(inline)]
pub use string_type::string_type;

// For the code that `open_enum!` and `string_type!` expand to.
#[doc(hidden)]
pub use open_enum::unknown_value;
#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use short_string::ShortString;
