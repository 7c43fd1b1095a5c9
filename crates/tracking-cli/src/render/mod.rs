//! What the results look like: for people as timelines and tables, for programs as JSON.

pub(crate) mod csv;
pub(crate) mod grid;
pub(crate) mod json;
pub(crate) mod labels;
pub(crate) mod list;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod style;
pub(crate) mod table;
pub(crate) mod time;
pub(crate) mod timeline;
pub(crate) mod wrap;
