//! The provider's name, its capabilities, and what its `Debug` shows.

use super::report::Report;
use super::{Cases, shows_no_secret};
use crate::Provider;

pub(super) fn check(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    let (first, second) = (provider.id(), provider.id());
    let result = if first == second {
        Ok(())
    } else {
        Err(format!("first `{first}`, then `{second}`"))
    };
    report.demand("id_is_stable", "id", result);

    let name = first.as_str();
    let is_plain = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit());
    let result = if is_plain {
        Ok(())
    } else {
        Err(format!("`{name}` is not made of a-z and 0-9"))
    };
    report.demand("id_is_a_plain_name", "id", result);

    let result = if provider.capabilities() == provider.capabilities() {
        Ok(())
    } else {
        Err("two calls returned different ids".to_owned())
    };
    report.demand("capabilities_are_stable", "capabilities", result);

    if cases.secrets.is_empty() {
        report.skip("debug_shows_no_secret", "the cases name no secret");
    } else {
        let shown = [format!("{provider:?}"), format!("{provider:#?}")];
        report.demand(
            "debug_shows_no_secret",
            "provider",
            shows_no_secret(&shown, cases),
        );
    }
}
