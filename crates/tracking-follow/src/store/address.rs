//! Where the store is: the address as the driver reads it.

use std::path::{Path, absolute};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Engine;
use crate::{StoreError, StoreErrorKind};

/// Reads an address. What is returned may hold a password.
pub(super) fn parse(address: &str) -> Result<(Engine, String), StoreError> {
    let address = address.trim();
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok((Engine::Postgres, address.to_owned()));
    }
    let Some(path) = address.strip_prefix("sqlite:") else {
        return Err(refused("it does not begin with sqlite: or postgres://"));
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(refused("it names no file"));
    }
    // Absolute, since a relative one would mean another file after a change of the folder.
    let path = absolute(Path::new(path)).map_err(|_| refused("its path cannot be used"))?;
    let path = path
        .to_str()
        .ok_or_else(|| refused("its path is not Unicode"))?;
    // The driver decodes it, so that `?`, `#` and `%` can be part of a name.
    let path = utf8_percent_encode(path, NON_ALPHANUMERIC);
    Ok((Engine::Sqlite, format!("sqlite:{path}?mode=rwc")))
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
        let (engine, address) = parse("sqlite:/a b/c?d#e%20.db").unwrap();

        assert_eq!(engine, Engine::Sqlite);
        assert_eq!(address, "sqlite:%2Fa%20b%2Fc%3Fd%23e%2520%2Edb?mode=rwc");
    }
}
