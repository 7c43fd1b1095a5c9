//! `StatusTable`: a provider's wire values as rows of data, and the rules that apply them.

mod check;
mod fields;
mod mapping;
mod row;
mod table;
mod unmapped;
mod wire_value;

pub use check::TableError;
pub use fields::Fields;
pub use row::{Family, Source, StatusRow};
pub use table::{Mapped, StatusTable};
pub use unmapped::{UnmappedCounter, UnmappedField};
