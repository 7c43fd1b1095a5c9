//! Which store is meant.

use crate::config::{Config, Environment, FOLLOW_STORE, FOLLOW_STORE_VARIABLE};
use crate::problem::Problem;
use crate::providers;
use crate::state;

/// The address: of the option, of the environment, of the configuration file, or a file in the user's folder, which is
/// created.
pub(crate) fn address(
    option: Option<&str>,
    environment: Environment<'_>,
) -> Result<String, Problem> {
    if let Some(option) = option {
        // Everybody on the machine sees the arguments of a program.
        if has_password(option) {
            let message = "--store must not have a password";
            return Err(Problem::new("usage", message).with_hint(format!(
                "set {FOLLOW_STORE_VARIABLE}, or {FOLLOW_STORE} in the configuration file, to the address with the password"
            )));
        }
        return Ok(option.to_owned());
    }
    let config = Config::load(environment, &providers::known_settings())
        .map_err(|error| Problem::new("configuration", error.to_string()))?;
    if let Some((address, _)) = config.follow_store(environment) {
        return Ok(address);
    }
    let folder = state::folder().ok_or_else(|| {
        let message = "this system has no folder for the store";
        Problem::new("configuration", message).with_hint("name a store with --store")
    })?;
    state::make_folder(&folder).map_err(|error| {
        let message = format!("cannot create {}: {error}", folder.display());
        Problem::new("configuration", message).with_hint("name a store with --store")
    })?;
    Ok(format!("sqlite:{}", folder.join("follow.db").display()))
}

/// Returns true if other machines may use the store too.
pub(crate) fn is_shared(address: &str) -> bool {
    address.trim_start().starts_with("postgres")
}

fn has_password(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else {
        return false;
    };
    if !scheme.trim().starts_with("postgres") {
        return false;
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').map(|(user, _)| user);
    user.is_some_and(|user| user.contains(':')) || rest.contains("password=")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PATH_VARIABLE;

    #[test]
    fn password_of_argument_is_refused_and_not_shown() {
        for address in [
            "postgres://user:secret@host/db",
            "postgresql://user:secret@host",
            "postgres:///db?host=/tmp&password=secret",
        ] {
            let problem = address_of(Some(address), "").unwrap_err();
            assert!(!format!("{problem:?}").contains("secret"));
        }
    }

    #[test]
    fn option_comes_before_the_environment_and_the_file() {
        let file = "sqlite:a.db";
        assert_eq!(address_of(Some(file), "sqlite:b.db").unwrap(), file);
        for address in ["sqlite:b.db", "postgres://user:secret@host/db"] {
            assert_eq!(address_of(None, address).unwrap(), address);
        }
        assert_eq!(address_of(None, " ").unwrap(), "sqlite:of-the-file.db");
        let open = "postgres://user@host:5432/db";
        assert_eq!(address_of(Some(open), "").unwrap(), open);
    }

    /// The address with this option, this variable, and a file that names another one.
    fn address_of(option: Option<&str>, variable: &str) -> Result<String, Problem> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "follow_store = 'sqlite:of-the-file.db'").unwrap();
        let path = path.to_str().unwrap().to_owned();
        let environment = |name: &str| match name {
            FOLLOW_STORE_VARIABLE => Some(variable.to_owned()),
            PATH_VARIABLE => Some(path.clone()),
            _ => None,
        };
        address(option, &environment)
    }
}
