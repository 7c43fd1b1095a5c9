//! What kind of object a response is: nearly any object can be read as a record without anything in it.

use serde::de::DeserializeOwned;
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

/// A record that is read as far as it fits.
pub(crate) trait Record: DeserializeOwned + Default + PartialEq {
    /// What it is called in problems.
    const KIND: &'static str;

    /// Returns true if the object is a record of this kind: it is named, and does not say that it is
    /// something else.
    fn is_record(&self) -> bool;

    /// Returns true if the object has a key of this kind, and does not say that it is something else. Enough
    /// for a member of a list, which may lack its name.
    fn has_content(&self) -> bool;
}

impl Record for Tracking {
    const KIND: &'static str = "tracking";

    fn is_record(&self) -> bool {
        let is_named = self.iri.is_some() || self.id.is_some() || self.tracking_id.is_some();
        is_named && may_be_record(self.resource_type.as_ref())
    }

    fn has_content(&self) -> bool {
        let has_value = self.courier.is_some()
            || self.status.is_some()
            || self.created_at.is_some()
            || self.order.is_some();
        self.is_record() || has_value && may_be_record(self.resource_type.as_ref())
    }
}

impl Record for Order {
    const KIND: &'static str = "order";

    fn is_record(&self) -> bool {
        let is_named =
            self.iri.is_some() || self.id.is_some() || self.external_order_number.is_some();
        is_named && may_be_record(self.resource_type.as_ref())
    }

    fn has_content(&self) -> bool {
        let has_value = self.status.is_some() || self.trackings.is_some();
        self.is_record() || has_value && may_be_record(self.resource_type.as_ref())
    }
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
            let tracking: Tracking = serde_json::from_value(object.clone()).unwrap();
            let order: Order = serde_json::from_value(object.clone()).unwrap();

            assert_eq!(tracking.is_record(), is_record, "{object}");
            assert_eq!(order.is_record(), is_record, "{object}");
        }
    }

    #[test]
    fn members_of_lists_need_one_key_of_their_kind() {
        for (object, has_content) in [
            (json!({"status": "shipped"}), true),
            (json!({"@id": "/x/1"}), true),
            (json!({}), false),
            (json!({"colour": "red"}), false),
            (json!({"@type": "Tracking"}), false),
            (json!({"@type": "hydra:Error", "status": 404}), false),
        ] {
            let tracking: Tracking = serde_json::from_value(object.clone()).unwrap();
            let order: Order = serde_json::from_value(object.clone()).unwrap();

            assert_eq!(tracking.has_content(), has_content, "{object}");
            assert_eq!(order.has_content(), has_content, "{object}");
        }
    }
}
