//! Where the store is: the address as the driver reads it.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf, absolute};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Engine;
use crate::{StoreError, StoreErrorKind};

/// A database.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) engine: Engine,
    /// As the driver reads it. It may hold a password.
    pub(super) url: String,
    /// The file of SQLite.
    file: Option<PathBuf>,
}

impl Address {
    /// Creates the file, if it is a new one, so that others cannot read it: it will hold the secrets of consumers. SQLite
    /// gives the files beside it the same permissions, and would leave this one to the umask.
    ///
    /// A failure is left to the driver, which reports what is wrong with the file.
    pub(super) fn create_file(&self) {
        if let Some(file) = &self.file {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt as _;
                options.mode(0o600);
            }
            let _ = options.open(file);
        }
    }
}

/// Reads an address.
pub(super) fn parse(address: &str) -> Result<Address, StoreError> {
    let address = address.trim();
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok(Address {
            engine: Engine::Postgres,
            url: address.to_owned(),
            file: None,
        });
    }
    let Some(path) = address.strip_prefix("sqlite:") else {
        return Err(refused("it does not begin with sqlite: or postgres://"));
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(refused("it names no file"));
    }
    // Absolute, since a relative one would mean another file after a change of the folder.
    let file = absolute(Path::new(path)).map_err(|_| refused("its path cannot be used"))?;
    let path = file
        .to_str()
        .ok_or_else(|| refused("its path is not Unicode"))?;
    // The driver decodes it, so that `?`, `#` and `%` can be part of a name.
    let path = utf8_percent_encode(path, NON_ALPHANUMERIC);
    Ok(Address {
        engine: Engine::Sqlite,
        url: format!("sqlite:{path}?mode=rwc"),
        file: Some(file),
    })
}

fn refused(reason: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::Address,
        format!("the address of the store cannot be used: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_other_shapes_are_refused_and_not_shown() {
        for address in [
            "",
            "follow.db",
            "mysql://user:secret@host/db",
            "sqlite:",
            "sqlite://",
            "sqlite::memory:",
        ] {
            let error = parse(address).unwrap_err();
            assert_eq!(error.kind(), StoreErrorKind::Address, "{address}");
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn path_keeps_its_special_letters() {
        let address = parse("sqlite:/a b/c?d#e%20.db").unwrap();

        assert_eq!(address.engine, Engine::Sqlite);
        assert_eq!(
            address.url,
            "sqlite:%2Fa%20b%2Fc%3Fd%23e%2520%2Edb?mode=rwc"
        );
    }
}
