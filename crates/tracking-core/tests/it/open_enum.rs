//! Open enums as another crate declares them: without any import.

use std::collections::HashMap;

tracking_core::kit::open_enum! {
    /// A milestone.
    pub enum Milestone {
        /// Nothing yet.
        Pending = "pending",
        /// Moving.
        InTransit = "in_transit",
    }
}

#[test]
fn record_with_invented_value_is_read_and_written_unchanged() {
    let json = r#"{"status":"beamed_up"}"#;

    let record: HashMap<String, Milestone> = serde_json::from_str(json).unwrap();

    assert!(record["status"].is_unknown());
    assert_eq!(serde_json::to_string(&record).unwrap(), json);
}

#[test]
fn values_can_be_keys_of_maps() {
    let counts: HashMap<Milestone, u32> =
        serde_json::from_str(r#"{"pending":1,"other":2}"#).unwrap();

    assert_eq!(counts[&Milestone::Pending], 1);
    assert_eq!(counts[&Milestone::from("other")], 2);
}

#[test]
fn match_needs_arm_for_what_is_unknown() {
    let reported = match Milestone::from("in_transit") {
        Milestone::Pending => "nothing yet".to_owned(),
        Milestone::InTransit => "moving".to_owned(),
        Milestone::Unknown(value) => value.as_str().to_owned(),
    };

    assert_eq!(reported, "moving");
}

#[test]
fn escaped_strings_are_compared_unescaped() {
    let value: Milestone = serde_json::from_str(r#""in\u005ftransit""#).unwrap();

    assert_eq!(value, Milestone::InTransit);
}
