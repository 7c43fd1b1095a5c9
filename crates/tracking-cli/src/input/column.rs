//! Which columns of a table hold the tracking numbers and the references.

use std::str::FromStr;

/// A column by its name in the header, or by its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// The name; case, spaces, hyphens and underscores make no difference.
    Name(String),
    /// The place, from 0.
    Place(usize),
}

/// The columns of a table that the user named.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Columns<'a> {
    /// The tracking numbers.
    pub(crate) number: Option<&'a Column>,
    /// The user's own references.
    pub(crate) reference: Option<&'a Column>,
}

impl FromStr for Column {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text.trim(), text.trim().parse::<usize>()) {
            ("", _) => Err("it is empty; give the name or the place of a column".to_owned()),
            (_, Ok(0)) => Err("columns are counted from 1".to_owned()),
            (_, Ok(place)) => Ok(Self::Place(place - 1)),
            (name, Err(_)) => Ok(Self::Name(name.to_owned())),
        }
    }
}

impl Column {
    /// Finds the column in the first row of a table.
    pub(crate) fn place_in(&self, header: &[String]) -> Option<usize> {
        match self {
            Self::Place(place) => Some(*place),
            Self::Name(name) => header.iter().position(|cell| key(cell) == key(name)),
        }
    }
}

/// What shops and carriers write above a column of tracking numbers, without case, spaces and punctuation.
const TITLES: &[&str] = &[
    "tracking",
    "trackingcode",
    "trackingno",
    "trackingnr",
    "trackingnumber",
    "trackingnumbers",
    "paketnummer",
    "sendungsnummer",
];

/// Finds the column whose title says that it holds the tracking numbers, if only one does.
pub(super) fn titled(header: &[String]) -> Option<usize> {
    let is_titled = |cell: &String| {
        let letters = cell.chars().filter(|letter| letter.is_alphanumeric());
        let title: String = letters.flat_map(char::to_lowercase).collect();
        TITLES.contains(&title.as_str())
    };
    let mut places = (0..).zip(header).filter(|(_, cell)| is_titled(cell));
    let (place, _) = places.next()?;
    places.next().is_none().then_some(place)
}

fn key(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_is_named_or_counted_from_1() {
        let header = ["Order".to_owned(), "Tracking Number".to_owned()];

        for (text, expected) in [
            ("2", Some(1)),
            ("tracking_number", Some(1)),
            ("ORDER", Some(0)),
            ("weight", None),
        ] {
            let column: Column = text.parse().unwrap();

            assert_eq!(column.place_in(&header), expected, "{text}");
        }
        assert_eq!(titled(&header), Some(1));
        for text in ["", " ", "0"] {
            assert!(text.parse::<Column>().is_err(), "{text:?}");
        }
    }
}
