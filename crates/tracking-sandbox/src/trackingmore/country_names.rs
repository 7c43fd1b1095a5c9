//! English names of countries, as responses show them.

/// Some names differ from the usual ones, as those of the provider do.
const NAMES: [(&str, &str); 24] = [
    ("AT", "Austria"),
    ("AU", "Australia"),
    ("BE", "Belgium"),
    ("BR", "Brazil"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("CN", "China"),
    ("DE", "Germany"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("IE", "Ireland"),
    ("IN", "India"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("KR", "Korea, South"),
    ("NL", "Netherlands"),
    ("NZ", "New Zealand"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("RU", "Russian Federation"),
    ("SE", "Sweden"),
    ("SG", "Singapore"),
    ("US", "United States"),
];

/// The name of a country; none when the sandbox has no name for it.
pub(crate) fn name(code: &str) -> Option<&'static str> {
    let mut names = NAMES.iter();
    names
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(_, name)| *name)
}

/// Code and name of a country that is given by either.
pub(crate) fn find(country: &str) -> Option<(&'static str, &'static str)> {
    NAMES.into_iter().find(|(code, name)| {
        code.eq_ignore_ascii_case(country.trim()) || name.eq_ignore_ascii_case(country.trim())
    })
}
