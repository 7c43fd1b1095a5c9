//! Pages of couriers. 1concepts sends names and numbers, so that clients can build links themselves.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that never have a meaning in an address.
const NUMBER: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What freight has in the place of a number.
const PLACEHOLDER: &str = "_";

/// Where the number goes in an address.
const SLOT: &str = "{number}";

/// Names of couriers and the addresses of their pages for one parcel.
///
/// `DHL` is the only name that 1concepts documents. Assumed: the other couriers of German shops are
/// named as they name themselves, and their pages are where public shop software links to; no
/// courier promises that its addresses stay.
const PAGES: [(&str, &str); 6] = [
    (
        "dhl",
        "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode={number}",
    ),
    (
        "dpd",
        "https://tracking.dpd.de/status/de_DE/parcel/{number}",
    ),
    ("fedex", "https://www.fedex.com/fedextrack/?trknbr={number}"),
    (
        "gls",
        "https://gls-group.com/DE/de/paketverfolgung?match={number}",
    ),
    (
        "hermes",
        "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#{number}",
    ),
    ("ups", "https://www.ups.com/track?tracknum={number}"),
];

/// Builds the address of a courier's page for a number, which can be clicked.
///
/// `None` for a courier whose page is not known, and where there is no number: an empty one, or the
/// underscore that freight has. The courier's name is compared without case and spaces; the number
/// is percent-encoded.
///
/// Assumed: 1concepts documents `DHL` only; `DPD`, `FedEx`, `GLS`, `Hermes` and `UPS` are
/// taken to be named so. [`with_tracking_page`](crate::ClientBuilder::with_tracking_page) adds and
/// replaces pages for the shipments of a client.
///
/// ```
/// use oneconcepts_sdk::tracking_url;
///
/// let page = tracking_url("DHL", "00340434161094000017").unwrap_or_default();
///
/// assert!(page.ends_with("?piececode=00340434161094000017"));
/// assert_eq!(tracking_url("Bulk carrier", "_"), None);
/// ```
#[must_use]
pub fn tracking_url(courier: &str, number: &str) -> Option<String> {
    let (_, page) = PAGES.iter().find(|(name, _)| is_same(name, courier))?;
    page_of(page, number)
}

/// Pages that a user added; they come before the known ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct TrackingPages(Vec<(String, String)>);

impl TrackingPages {
    pub(crate) fn add(&mut self, courier: String, page: String) {
        self.0.push((courier, page));
    }

    /// The first page that is no address, has no place for a number, or whose courier has no name.
    pub(crate) fn unusable(&self) -> Option<&str> {
        let is_usable = |courier: &str, page: &str| {
            let is_address = page.starts_with("https://") || page.starts_with("http://");
            is_address
                && page.contains(SLOT)
                && page.chars().all(|letter| letter.is_ascii_graphic())
                && letters(courier).next().is_some()
        };
        let mut pages = self.0.iter();
        let unusable = pages.find(|(courier, page)| !is_usable(courier, page))?;
        Some(&unusable.1)
    }

    pub(crate) fn address(&self, courier: &str, number: &str) -> Option<String> {
        match self.0.iter().rev().find(|(name, _)| is_same(name, courier)) {
            Some((_, page)) => page_of(page, number),
            None => tracking_url(courier, number),
        }
    }
}

/// Returns true if there is a number at all.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text != PLACEHOLDER
}

fn page_of(page: &str, number: &str) -> Option<String> {
    let encoded = || utf8_percent_encode(number.trim(), NUMBER).to_string();
    is_number(number).then(|| page.replace(SLOT, &encoded()))
}

fn is_same(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// A courier's name without case, spaces and punctuation.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_courier_has_a_page_with_the_number() {
        for (name, _) in PAGES {
            let page = tracking_url(name, "AB 1/2?#&").unwrap();

            assert!(page.starts_with("https://"), "{page}");
            assert!(page.ends_with("AB%201%2F2%3F%23%26"), "{page}");
        }
    }

    #[test]
    fn names_match_without_case_and_spaces() {
        for name in ["DHL", "dhl", " Dhl ", "D-H-L"] {
            assert!(tracking_url(name, "1").is_some(), "{name}");
        }
    }

    #[test]
    fn freight_unknown_couriers_and_missing_numbers_have_none() {
        for (courier, number) in [
            ("Bulk carrier", "_"),
            ("Bulk carrier", "123"),
            ("DHL", "_"),
            ("DHL", " _ "),
            ("DHL", ""),
            ("DHL", " "),
            ("DHL Freight", "1"),
            ("", "1"),
        ] {
            assert_eq!(tracking_url(courier, number), None, "{courier} {number}");
        }
    }

    #[test]
    fn added_pages_replace_known_ones() {
        let mut pages = TrackingPages::default();
        pages.add(
            "dhl".to_owned(),
            "https://shop.example/?n={number}".to_owned(),
        );
        pages.add("Own".to_owned(), "https://own.example/{number}".to_owned());

        assert_eq!(
            pages.address("DHL", "a/b").as_deref(),
            Some("https://shop.example/?n=a%2Fb")
        );
        assert_eq!(
            pages.address("own", "1").as_deref(),
            Some("https://own.example/1")
        );
        assert_eq!(pages.address("own", "_"), None);
        assert!(pages.address("DPD", "1").is_some());
        assert_eq!(pages.unusable(), None);
    }

    #[test]
    fn pages_without_a_place_for_the_number_are_unusable() {
        for page in [
            "https://own.example/",
            "own.example/{number}",
            "https://own example/{number}",
        ] {
            let mut pages = TrackingPages::default();
            pages.add("Own".to_owned(), page.to_owned());

            assert_eq!(pages.unusable(), Some(page));
        }
    }
}
