//! Who lays generated code out, and how files are compared where nothing can.

use std::path::Path;

use anyhow::Result;

use super::{rustfmt, tokens};

/// What gives generated code its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "a task runner has no callers elsewhere"
)]
pub enum Formatter {
    /// The `rustfmt` of the toolchain, with the settings of the workspace.
    Rustfmt,
    /// Nothing: code stays as it was put together, and comparisons look at tokens and comments only.
    None,
}

impl Formatter {
    /// [`Formatter::Rustfmt`] where that component is installed.
    #[must_use]
    pub fn installed() -> Self {
        if rustfmt::is_installed() {
            Self::Rustfmt
        } else {
            Self::None
        }
    }

    /// Lays out one generated file; `settings` is the folder of `rustfmt.toml`.
    ///
    /// # Errors
    /// When rustfmt is missing (the message says how to install it) or refuses the source.
    pub fn format(self, settings: &Path, name: &str, text: &str) -> Result<String> {
        match self {
            Self::Rustfmt => rustfmt::format(settings, name, text),
            Self::None => Ok(text.to_owned()),
        }
    }

    /// What of a file counts when it is compared with another one: all of it, or all but the layout.
    ///
    /// What is not Rust counts as it is, so that it differs from everything generated.
    #[must_use]
    pub fn comparable(self, text: &str) -> String {
        let text = text.replace("\r\n", "\n");
        match self {
            Self::Rustfmt => text,
            Self::None => tokens::without_layout(&text).unwrap_or(text),
        }
    }
}
