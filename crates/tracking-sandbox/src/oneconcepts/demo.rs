//! Which demo parcels belong to one order.

/// The order of the first demo parcel.
pub(crate) const ORDER_NUMBER: &str = "SHOP::1001";

/// External order numbers with their parcels.
const ORDERS: [(&str, &[&str]); 7] = [
    (ORDER_NUMBER, &["RB473128508SG"]),
    ("SHOP::1002", &["LX905174620NL", "1Z84W05R0371946052"]),
    ("SHOP::1003", &["CH/2026/0417-83"]),
    ("SHOP::1004", &["UV601847395CN"]),
    ("SHOP::1005", &["EE290516843JP"]),
    ("SHOP::1006", &["SND-58201-FR"]),
    ("SHOP::1007", &["GR7724810935GB"]),
];

/// The order of a demo parcel; `None` for other parcels.
pub(crate) fn order_number(parcel: &str) -> Option<&'static str> {
    ORDERS
        .iter()
        .find(|(_, parcels)| parcels.contains(&parcel))
        .map(|(order, _)| *order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{DEMO_NUMBER, DEMO_NUMBERS};

    #[test]
    fn every_demo_parcel_has_order() {
        for number in DEMO_NUMBERS {
            assert!(order_number(number).is_some(), "{number}");
        }
        assert_eq!(order_number(DEMO_NUMBER), Some(ORDER_NUMBER));
        assert_eq!(order_number("MADE-UP-1"), None);
    }
}
