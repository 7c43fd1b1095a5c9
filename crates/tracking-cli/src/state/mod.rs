//! What the program remembers between its runs.

mod bucket;
mod files;
mod limits;

use std::path::PathBuf;

use etcetera::BaseStrategy;

pub(crate) use files::{Durability, Lock, make_folder, read, replace};
pub(crate) use limits::SavedLimits;

/// The folder of the user for what programs remember; `None` if this system has no such place.
pub(crate) fn folder() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let base = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(base.join("tracking"))
}
