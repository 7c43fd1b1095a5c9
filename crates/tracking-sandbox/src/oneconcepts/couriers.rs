//! What the provider calls a courier.

/// The name for freight without tracking.
pub(crate) const BULK_CARRIER: &str = "Bulk carrier";

/// The placeholder for the number of freight.
pub(crate) const NO_NUMBER: &str = "_";

/// Only the first of these names is documented; the others follow its manner.
const NAMES: [(&str, &str); 14] = [
    ("dhl", "DHL"),
    ("dhl-germany", "DHL"),
    ("bulk-carrier", BULK_CARRIER),
    ("palletways", BULK_CARRIER),
    ("ch-post", "Swiss Post"),
    ("cn-post", "China Post"),
    ("dpd", "DPD"),
    ("fr-post", "La Poste"),
    ("gls", "GLS"),
    ("jp-post", "Japan Post"),
    ("nl-post", "PostNL"),
    ("sg-post", "Singapore Post"),
    ("ups", "UPS"),
    ("us-post", "USPS"),
];

/// The name for the courier of a leg; a courier that is not known keeps its code.
pub(crate) fn name(code: &str) -> &str {
    NAMES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courier_without_name_keeps_code() {
        assert_eq!(name("dhl-germany"), "DHL");
        assert_eq!(name("palletways"), BULK_CARRIER);
        assert_eq!(name("somebody-else"), "somebody-else");
    }
}
