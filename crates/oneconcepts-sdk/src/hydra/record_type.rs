//! What kind of object a response is: nearly any object can be read as a record without anything in it.

use serde_json::Value;

use crate::{Order, Tracking};

/// The types of envelopes and errors, with the prefix of most releases of the framework left out.
const NO_RECORDS: [&str; 5] = [
    "Collection",
    "PagedCollection",
    "PartialCollectionView",
    "Error",
    "ConstraintViolationList",
];

/// Returns true if an object is a tracking: it is named, and does not say that it is something else.
pub(crate) fn is_tracking(tracking: &Tracking) -> bool {
    let is_named =
        tracking.iri.is_some() || tracking.id.is_some() || tracking.tracking_id.is_some();
    is_named && may_be_record(tracking.resource_type.as_ref())
}

/// Returns true if an object is an order: it is named, and does not say that it is something else.
pub(crate) fn is_order(order: &Order) -> bool {
    let is_named =
        order.iri.is_some() || order.id.is_some() || order.external_order_number.is_some();
    is_named && may_be_record(order.resource_type.as_ref())
}

/// Returns true if a type, or one of several, is not that of an envelope or an error. How a record names its
/// own type is left to the provider.
pub(crate) fn may_be_record(resource_type: Option<&Value>) -> bool {
    let names = match resource_type {
        Some(Value::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    !names.iter().filter_map(Value::as_str).any(|name| {
        let name = name.strip_prefix("hydra:").unwrap_or(name);
        NO_RECORDS.contains(&name)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_are_named_and_of_no_other_kind() {
        for (object, is_record) in [
            (json!({"@id": "/t/1"}), true),
            (json!({"id": 1, "@type": "Tracking"}), true),
            (json!({"id": 1, "@type": "Consignment"}), true),
            (json!({"id": 1, "@type": 7}), true),
            (json!({}), false),
            (json!({"@type": "Tracking"}), false),
            (json!({"@id": "/t", "@type": "hydra:Collection"}), false),
            (json!({"@id": "/t", "@type": "Collection"}), false),
            (
                json!({"@id": "/e", "@type": ["hydra:Error", "Gone"]}),
                false,
            ),
            (
                json!({"@id": "/e", "@type": "ConstraintViolationList"}),
                false,
            ),
        ] {
            let tracking = serde_json::from_value(object.clone()).unwrap();
            let order = serde_json::from_value(object.clone()).unwrap();

            assert_eq!(is_tracking(&tracking), is_record, "{object}");
            assert_eq!(is_order(&order), is_record, "{object}");
        }
    }
}
