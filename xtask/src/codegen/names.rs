//! Rust names for the names of a spec.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use crate::yaml::{Value, string};

/// Words that cannot be field or method names.
const KEYWORDS: [&str; 40] = [
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut",
    "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
    "unsafe", "use", "where", "while", "yield",
];

/// `bulk-create-trackers` → `BulkCreateTrackers`.
pub(crate) fn type_name(name: &str) -> String {
    name.to_pascal_case()
}

/// `create-tracker` → `CREATE_TRACKER`.
pub(crate) fn constant_name(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// `trackingNumber` → `tracking_number`; a keyword gets an underscore, `type` → `type_`.
pub(crate) fn field_name(name: &str) -> String {
    let snake = name.to_snake_case();
    if KEYWORDS.contains(&snake.as_str()) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// The field of a property or parameter: as its description says, or else by its wire name. A wire name such as
/// `@id` gives no good one, and may give the same as another.
pub(crate) fn field_name_of(wire: &str, described: &Value) -> String {
    string(described, "x-field-name").map_or_else(|| field_name(wire), str::to_owned)
}

/// `info_received` → `InfoReceived`, `text/plain` → `TextPlain`.
pub(crate) fn variant_name(value: &str) -> String {
    value.to_pascal_case()
}

/// A way of writing all fields of a type on the wire, as serde names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    Same,
    Camel,
    Pascal,
    Kebab,
    Snake,
}

impl Casing {
    /// The casing that leaves the fewest names, pairs of Rust and wire, to be renamed one by one.
    pub(crate) fn best(pairs: &[(&str, &str)], all: &[Self]) -> Self {
        let misses = |casing: Self| {
            let missed = pairs
                .iter()
                .filter(|(rust, wire)| casing.apply(rust) != **wire);
            missed.count()
        };
        let best = all.iter().copied().min_by_key(|casing| misses(*casing));
        best.unwrap_or(Self::Same)
    }

    /// What serde's `rename_all` makes of a Rust name, a field or a variant.
    pub(crate) fn apply(self, rust: &str) -> String {
        let pascal: String = if rust.starts_with(|first: char| first.is_ascii_uppercase()) {
            rust.to_owned()
        } else {
            rust.split('_').map(capitalised).collect()
        };
        match self {
            Self::Same => rust.to_owned(),
            Self::Pascal => pascal,
            Self::Camel => {
                let mut letters = pascal.chars();
                let first = letters.next().map(|letter| letter.to_ascii_lowercase());
                first.into_iter().chain(letters).collect()
            }
            Self::Snake => separated(&pascal, rust, '_'),
            Self::Kebab => separated(&pascal, rust, '-'),
        }
    }

    /// The argument of `rename_all`; nothing when names stay as they are.
    pub(crate) fn serde_name(self) -> Option<&'static str> {
        match self {
            Self::Same => None,
            Self::Camel => Some("camelCase"),
            Self::Pascal => Some("PascalCase"),
            Self::Kebab => Some("kebab-case"),
            Self::Snake => Some("snake_case"),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Snake or kebab case: of a field by its underscores, of a variant by its capitals.
fn separated(pascal: &str, rust: &str, separator: char) -> String {
    if pascal != rust {
        return rust.replace('_', &separator.to_string());
    }
    let mut name = String::new();
    for (index, letter) in pascal.chars().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            name.push(separator);
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casing_follows_serde() {
        assert_eq!(Casing::Camel.apply("tracker_id"), "trackerId");
        assert_eq!(Casing::Camel.apply("TrackerId"), "trackerId");
        assert_eq!(Casing::Kebab.apply("tracker_id"), "tracker-id");
        assert_eq!(Casing::Snake.apply("InfoReceived"), "info_received");
        assert_eq!(Casing::Pascal.apply("tracker_id"), "TrackerId");
    }

    #[test]
    fn best_casing_has_the_fewest_exceptions() {
        let pairs = [
            ("tracker_id", "trackerId"),
            ("created_at", "createdAt"),
            ("type_", "type"),
        ];

        let best = Casing::best(&pairs, &[Casing::Same, Casing::Camel]);

        assert_eq!(best, Casing::Camel);
    }

    #[test]
    fn keywords_get_an_underscore() {
        assert_eq!(field_name("type"), "type_");
        assert_eq!(field_name("trackingNumber"), "tracking_number");
    }
}
