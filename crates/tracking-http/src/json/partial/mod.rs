//! Reads as much as possible of JSON that does not fit as a whole.
//!
//! ```
//! use serde::Deserialize;
//! use tracking_http::json::lenient;
//! use tracking_http::json::partial::Partial;
//!
//! #[derive(Default, PartialEq, Deserialize)]
//! struct Parcels {
//!     #[serde(default, deserialize_with = "lenient::list")]
//!     parcels: Vec<Parcel>,
//! }
//!
//! #[derive(Default, PartialEq, Deserialize)]
//! struct Parcel {
//!     #[serde(default, deserialize_with = "lenient::text")]
//!     number: Option<String>,
//!     #[serde(default, deserialize_with = "lenient::text")]
//!     city: Option<String>,
//! }
//!
//! # fn main() -> Result<(), tracking_http::Error> {
//! let body = br#"{"parcels": [{"number": "A1", "city": {}}, {"colour": "red"}]}"#;
//!
//! let mut response = Partial::<Parcels>::from_body(&body.as_slice().into())?;
//! let parcels = response.take_list(&["parcels"], |response| std::mem::take(&mut response.parcels));
//!
//! // A field that does not fit costs that field.
//! assert_eq!(parcels.len(), 1);
//! assert_eq!(parcels[0].value.number.as_deref(), Some("A1"));
//! assert_eq!(parcels[0].problems[0].path, "parcels[0].city");
//! assert_eq!(parcels[0].problems[0].message, "expected a string, found an object");
//! // An element that is none of its kind is a problem and no element.
//! assert_eq!(response.problems[0].path, "parcels[1]");
//! # Ok(())
//! # }
//! ```

mod list;
mod take_list;
mod value;

pub use list::PartialList;
pub use value::{Partial, with_valid_strings};

pub use super::recovery::MAX_PROBLEMS;
