//! Which fields hold secrets or personal data, by their names.

/// What a field holds that is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A key, password or token.
    Secret,
    /// Something about a person.
    Personal,
}

/// Names that end in this hold a secret.
const SECRETS: &[&str] = &[
    "accesskey",
    "apikey",
    "authorization",
    "password",
    "secret",
    "token",
];

/// Names that end in this hold personal data.
const PERSONAL_ENDS: &[&str] = &[
    "addressline1",
    "addressline2",
    "addressline3",
    "email",
    "emailaddress",
    "fax",
    "firstname",
    "fullname",
    "housenumber",
    "lastname",
    "mobile",
    "phone",
    "phonenumber",
    "postalcode",
    "postcode",
    "signature",
    "signedby",
    // TrackingMore's spelling.
    "singedby",
    "street",
    "surname",
    "telephone",
    "vatnumber",
    "australianbusinessnumber",
    "eorinumber",
    "iossnumber",
    "pcccnumber",
    "zip",
    "zipcode",
];

/// Fields that hold personal data, with all that is below them. After a dot comes a field below another.
const PERSONAL: &[&str] = &[
    "address",
    "addresses",
    "billingaddress",
    "comment",
    "consignee",
    "contactname",
    // Ship24's proofs of delivery.
    "content.downloadurl",
    "content.text",
    "customer",
    "customername",
    "deliveryaddress",
    "label",
    "line1",
    "line2",
    "line3",
    "person",
    "receiver",
    "receivername",
    "recipient",
    "recipientannex",
    "recipientcompany",
    "recipientname",
    "sender",
    "sendername",
    "shippingaddress",
    "trackingaccountnumber",
];

/// Parts of an address that are no secret elsewhere: a parcel that passes a city does not name anybody.
const PLACES: &[&str] = &[
    "city",
    "country",
    "countrycode",
    "province",
    "region",
    "state",
    "subdivision",
    "suburb",
];

/// A name as it is compared: letters and digits in lower case.
pub(super) fn normal(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The parts of a rule, between its dots.
pub(super) fn rule(text: &str) -> Vec<String> {
    text.split('.').map(normal).collect()
}

/// What is in the field at the end of this path, whose names are [`normal`].
pub(super) fn sort_of(path: &[String], own_rules: &[Vec<String>]) -> Option<Sort> {
    let name = path.last()?.as_str();
    if SECRETS.iter().any(|end| name.ends_with(end)) {
        return Some(Sort::Secret);
    }
    let fits = |rule: &str| {
        let mut names = path.iter().rev();
        rule.rsplit('.')
            .all(|part| names.next().is_some_and(|name| name == part))
    };
    let is_personal = PERSONAL_ENDS.iter().any(|end| name.ends_with(end))
        || PERSONAL.iter().any(|rule| fits(rule))
        || own_rules.iter().any(|rule| path.ends_with(rule));
    is_personal.then_some(Sort::Personal)
}

/// Returns true if what is in the field names a place rather than a person.
pub(super) fn is_place(path: &[String]) -> bool {
    path.last()
        .is_some_and(|name| PLACES.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(path: &str) -> Option<Sort> {
        sort_of(&rule(path), &[rule("gift_note"), rule("shop.owner")])
    }

    #[test]
    fn spelling_of_a_name_does_not_matter() {
        for name in ["apiKey", "api_key", "API-Key", "access_token", "Password"] {
            assert_eq!(sort(name), Some(Sort::Secret), "{name}");
        }
        for name in ["customer_email", "recipientFirstName", "Phone", "postCode"] {
            assert_eq!(sort(name), Some(Sort::Personal), "{name}");
        }
    }

    #[test]
    fn rule_with_a_dot_needs_both_names() {
        assert_eq!(sort("proofOfDelivery.content.text"), Some(Sort::Personal));
        assert_eq!(sort("content"), None);
        assert_eq!(sort("text"), None);
        assert_eq!(sort("data.shop.owner"), Some(Sort::Personal));
        assert_eq!(sort("shop.name"), None);
        assert_eq!(sort("giftNote"), Some(Sort::Personal));
    }

    #[test]
    fn fields_of_parcels_stay() {
        for name in [
            "trackingNumber",
            "token_type",
            "status",
            "courier.name",
            "location",
            "statusLabel",
            "expires_in",
        ] {
            assert_eq!(sort(name), None, "{name}");
        }
    }
}
