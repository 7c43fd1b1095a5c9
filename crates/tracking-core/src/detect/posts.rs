//! The posts that give out S10 numbers, by their country.

use std::borrow::Cow;

use super::couriers::{self, CourierCodes, KnownCourier};

/// The country codes at the end of S10 numbers: those of ISO 3166-1 without eight territories that have
/// no post of their own (AQ, BV, EH, GS, HM, IO, TF, UM). Assumed for the smaller ones.
const COUNTRIES: [&str; 241] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT",
    "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR",
    "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "ER",
    "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI",
    "GL", "GM", "GN", "GP", "GQ", "GR", "GT", "GU", "GW", "GY", "HK", "HN", "HR", "HT", "HU", "ID",
    "IE", "IL", "IM", "IN", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI",
    "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU",
    "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ",
    "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL",
    "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR",
    "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG",
    "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC",
    "TD", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG",
    "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM",
    "ZW",
];

/// Ship24 has several posts in these countries, none of which is named after the country.
const SEVERAL_POSTS: [&str; 2] = ["AD", "BA"];

/// Returns the country of a code at the end of an S10 number.
pub(super) fn country(code: &[u8]) -> Option<&'static str> {
    let place = COUNTRIES.binary_search_by(|known| known.as_bytes().cmp(code));
    place.ok().and_then(|place| COUNTRIES.get(place)).copied()
}

/// Returns the post of a country: a courier of the table, or one of which only Ship24's code is known.
///
/// Ship24 names posts by the country, such as `ch-post`, in 237 of these countries (documented in its
/// list of couriers).
pub(super) fn post_of(country: &'static str) -> KnownCourier {
    let code = format!("{}-post", country.to_ascii_lowercase());
    if let Some(listed) = couriers::by_ship24_code(&code) {
        return listed.clone();
    }
    let code = (!SEVERAL_POSTS.contains(&country)).then_some(Cow::Owned(code));
    KnownCourier {
        name: Cow::Owned(format!("Post of {country}")),
        country: Some(country),
        codes: CourierCodes {
            ship24: code,
            ..CourierCodes::NONE
        },
        names_agree: true,
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, country, post_of};

    #[test]
    fn countries_are_in_order() {
        assert!(COUNTRIES.is_sorted_by(|one, other| one < other));
        for code in COUNTRIES {
            assert_eq!(country(code.as_bytes()), Some(code));
        }
        for code in ["XX", "YP", "JB", "UK", "", "D", "DEU"] {
            assert_eq!(country(code.as_bytes()), None, "{code}");
        }
    }

    #[test]
    fn posts_have_the_code_of_their_country_at_ship24() {
        for (country, name, ship24, trackingmore) in [
            ("GB", "Royal Mail", Some("gb-post"), Some("royal-mail")),
            ("US", "USPS", Some("us-post"), Some("usps")),
            ("JE", "Post of JE", Some("je-post"), None),
            ("AD", "Post of AD", None, None),
            ("BA", "Post of BA", None, None),
        ] {
            let post = post_of(country);

            assert_eq!(post.name, name);
            assert_eq!(post.country, Some(country));
            assert_eq!(post.codes.ship24.as_deref(), ship24);
            assert_eq!(post.codes.trackingmore.as_deref(), trackingmore);
        }
        let coded = COUNTRIES
            .iter()
            .filter(|it| post_of(it).codes.ship24.is_some());
        assert_eq!(coded.count(), 239);
    }
}
