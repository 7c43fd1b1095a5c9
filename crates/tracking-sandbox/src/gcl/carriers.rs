//! The shipping methods of the account, and how carriers are named.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A shipping method that the account may use. The methods are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Method {
    pub(crate) carrier_uid: &'static str,
    pub(crate) carrier_name: &'static str,
    pub(crate) uid: &'static str,
    pub(crate) name: &'static str,
    base_cents: u64,
    cents_per_kilogram: u64,
    /// Days in transit, at least and at most.
    pub(crate) days: (u32, u32),
    pub(crate) padding_days: u32,
}

/// One brand has two carriers here, as the provider's examples have `dhl` and `dhl_express`.
pub(crate) const METHODS: [Method; 5] = [
    Method {
        carrier_uid: "dhl",
        carrier_name: "DHL",
        uid: "dhl_parcel_connect",
        name: "DHL Parcel Connect",
        base_cents: 415,
        cents_per_kilogram: 96,
        days: (3, 6),
        padding_days: 0,
    },
    Method {
        carrier_uid: "ups",
        carrier_name: "UPS",
        uid: "ups_access_point",
        name: "UPS Access Point",
        base_cents: 388,
        cents_per_kilogram: 121,
        days: (2, 4),
        padding_days: 0,
    },
    Method {
        carrier_uid: "dpd",
        carrier_name: "DPD",
        uid: "dpd_classic",
        name: "DPD Classic",
        base_cents: 402,
        cents_per_kilogram: 88,
        days: (2, 5),
        padding_days: 1,
    },
    Method {
        carrier_uid: "dhl_express",
        carrier_name: "DHL Express",
        uid: "dhl_express_noon",
        name: "DHL Express Noon",
        base_cents: 1_740,
        cents_per_kilogram: 260,
        days: (1, 2),
        padding_days: 0,
    },
    Method {
        carrier_uid: "ups",
        carrier_name: "UPS",
        uid: "ups_express_saver",
        name: "UPS Express Saver",
        base_cents: 1_695,
        cents_per_kilogram: 312,
        days: (1, 1),
        padding_days: 0,
    },
];

impl Method {
    /// Returns true if it is a method of one or two days.
    pub(crate) const fn is_express(&self) -> bool {
        self.days.1 <= 2
    }

    /// What a shipment of this weight costs, in hundredths of the currency of the request.
    pub(crate) const fn cents(&self, grams: u64, abroad: bool) -> u64 {
        let weight = self
            .cents_per_kilogram
            .saturating_mul(grams)
            .div_ceil(1_000);
        let cents = self.base_cents.saturating_add(weight);
        if abroad {
            cents.saturating_add(cents / 2)
        } else {
            cents
        }
    }

    /// The courier as the parcels of the sandbox name it.
    pub(crate) fn courier(&self) -> String {
        self.carrier_uid.replace('_', "-")
    }
}

/// The `carrierUid` of a courier of the sandbox: `sg_post` for `sg-post`.
pub(crate) fn uid(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect()
}

/// The `carrierName` of a courier of the sandbox: `SG Post` for `sg-post`.
pub(crate) fn name(courier: &str) -> String {
    let parts: Vec<_> = courier.split(['-', '_', ' ']).map(capitalised).collect();
    parts.join(" ")
}

/// Up to three letters are an abbreviation.
fn capitalised(part: &str) -> String {
    if part.chars().count() <= 3 {
        return part.to_uppercase();
    }
    let mut letters = part.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The carrier's page for people. As in the documented example the number is behind `#`, and
/// a `?` comes after that, so that normalising the address would damage it.
pub(crate) fn tracking_url(courier: &str, number: &str) -> String {
    let host = uid(courier).replace('_', "-");
    let number = utf8_percent_encode(number, NON_ALPHANUMERIC);
    format!("https://{host}.carrier.example/en/tracking.html#/results?id={number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_are_named_after_couriers() {
        assert_eq!(
            (uid("sg-post"), name("sg-post")),
            pair("sg_post", "SG Post")
        );
        assert_eq!(
            (uid("dhl-express"), name("dhl-express")),
            pair("dhl_express", "DHL Express")
        );
        assert_eq!(uid("Registered Parcel"), "registered_parcel");
    }

    fn pair(uid: &str, name: &str) -> (String, String) {
        (uid.to_owned(), name.to_owned())
    }

    #[test]
    fn number_with_slash_stays_one_number_in_address() {
        let url = tracking_url("ch-post", "CH/1");

        assert!(url.ends_with("#/results?id=CH%2F1"), "{url}");
    }

    #[test]
    fn names_of_methods_follow_from_courier_like_all_others() {
        for method in METHODS {
            assert_eq!(uid(&method.courier()), method.carrier_uid);
            assert_eq!(name(&method.courier()), method.carrier_name);
        }
    }
}
