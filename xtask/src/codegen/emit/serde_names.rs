//! Names on the wire: one `rename_all` for the type, and a `rename` for each exception.

use crate::codegen::names::Casing;

/// The casing of a type's names and what it does not cover.
#[derive(Clone, Copy, Debug)]
pub(super) struct WireNames(Casing);

impl WireNames {
    /// Of fields.
    pub(super) fn of_fields(pairs: &[(&str, &str)]) -> Self {
        Self(Casing::best(
            pairs,
            &[Casing::Same, Casing::Camel, Casing::Pascal, Casing::Kebab],
        ))
    }

    /// Of the variants of an enum.
    pub(super) fn of_variants(pairs: &[(&str, &str)]) -> Self {
        Self(Casing::best(
            pairs,
            &[Casing::Same, Casing::Camel, Casing::Snake, Casing::Kebab],
        ))
    }

    /// The argument for the type; nothing when names stay as they are.
    pub(super) fn for_type(self) -> Option<String> {
        self.0
            .serde_name()
            .map(|casing| format!("rename_all = \"{casing}\""))
    }

    /// The argument for one name; nothing when the casing covers it.
    pub(super) fn for_name(self, rust: &str, wire: &str) -> Option<String> {
        (self.0.apply(rust) != wire).then(|| format!("rename = {wire:?}"))
    }
}
