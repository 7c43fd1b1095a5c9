//! `cargo xtask drift`: what a provider's published description has that ours has not, and the other way round.
//!
//! Operations are matched by method and path, everything below them by its position: names of schemas, prose and order do
//! not count. Servers of one path, headers of responses, limits and examples are not compared.

mod compare;
mod description;
mod difference;
mod security;
mod server;
mod shape;

use anyhow::Result;

pub use difference::{Change, Difference, Drift, What};

use crate::spec::Spec;
use description::Description;

/// Compares a provider's published description with ours.
///
/// # Errors
/// When one of them is no OpenAPI description of version 2 or 3, or refers to something outside of its file.
pub fn compare(ours: &Spec, theirs: &Spec) -> Result<Drift> {
    let differences = compare::compare(&Description::read(ours)?, &Description::read(theirs)?);
    Ok(Drift::new(differences))
}
