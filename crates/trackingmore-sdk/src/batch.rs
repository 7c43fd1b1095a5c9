//! Creating several trackings in one request: item by item.

use std::collections::HashMap;

use tracking_http::Error;

use crate::client::is_created_by_version_two;
use crate::number::check_key;
use crate::{BatchCreateData, BatchCreateResponse, BatchCreateTracking, BatchError, Code};

/// What became of one item of a batch; made by [`BatchCreateData::items`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum BatchItem<'a> {
    /// It was registered.
    Created(&'a crate::CreatedTracking),
    /// It was registered before (4016): nothing to do.
    Existing(&'a BatchError),
    /// It was refused.
    Failed(&'a BatchError),
    /// The response says nothing of it, or nothing that can be read: read the tracking to learn more.
    /// Assumed never to occur.
    Missing,
}

impl BatchCreateData {
    /// Returns what became of each item, in the order of the request, so that none is lost.
    ///
    /// The response has two lists, of the registered and of the refused items; each item of the
    /// request is found in them by its number and carrier. TrackingMore may correct a carrier by
    /// itself, so an item that is not found so is found by its number alone. Of equal items in one
    /// request each takes its own entry.
    pub fn items<'a>(
        &'a self,
        request: &'a [BatchCreateTracking],
    ) -> impl Iterator<Item = (&'a BatchCreateTracking, BatchItem<'a>)> {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, item) in request.iter().enumerate() {
            let same_number = places.entry(folded(&item.tracking_number));
            same_number.or_default().push(place);
        }
        let mut entries: Vec<Entry<'a>> = self.entries().collect();
        let mut found: Vec<Option<BatchItem<'a>>> = vec![None; request.len()];
        // What fits exactly is placed first, so that a looser match does not take it.
        for compare_carrier in [true, false] {
            entries.retain(|entry| {
                let places = places.get(&folded(entry.number.unwrap_or_default()));
                let mut free = places.into_iter().flatten().filter_map(|place| {
                    let carrier = &request.get(*place)?.carrier_code;
                    let fits = !compare_carrier || entry.is_of(carrier);
                    found
                        .get(*place)?
                        .is_none()
                        .then_some(*place)
                        .filter(|_| fits)
                });
                let Some(place) = free.next() else {
                    return true;
                };
                if let Some(found) = found.get_mut(place) {
                    *found = Some(entry.item);
                }
                false
            });
        }
        let missing = |item: Option<BatchItem<'a>>| item.unwrap_or(BatchItem::Missing);
        request.iter().zip(found.into_iter().map(missing))
    }

    /// The refused items that were registered before, which is no failure.
    pub fn existing(&self) -> impl Iterator<Item = &BatchError> {
        self.errors.iter().filter(|error| error.is_existing())
    }

    /// The items that were refused for another reason.
    pub fn failed(&self) -> impl Iterator<Item = &BatchError> {
        self.errors.iter().filter(|error| !error.is_existing())
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let created = self.trackings.iter().map(|tracking| Entry {
            number: tracking.tracking_number.as_deref(),
            carrier: tracking.carrier_code.as_deref(),
            item: BatchItem::Created(tracking),
        });
        let refused = self.errors.iter().map(|error| Entry {
            number: error.tracking_number.as_deref(),
            carrier: error.carrier_code.as_deref(),
            item: if error.is_existing() {
                BatchItem::Existing(error)
            } else {
                BatchItem::Failed(error)
            },
        });
        created.chain(refused)
    }
}

impl BatchError {
    /// The reason, one of the codes of `meta.code`.
    #[must_use]
    pub fn reason(&self) -> Option<Code> {
        self.code.map(Code::new)
    }

    /// Returns true if the item was registered before (4016).
    #[must_use]
    pub fn is_existing(&self) -> bool {
        self.reason() == Some(Code::TRACKING_EXISTS)
    }
}

/// One entry of the response.
struct Entry<'a> {
    number: Option<&'a str>,
    carrier: Option<&'a str>,
    item: BatchItem<'a>,
}

impl Entry<'_> {
    fn is_of(&self, carrier: &str) -> bool {
        self.carrier
            .is_some_and(|own| folded(own) == folded(carrier))
    }
}

/// Numbers and codes compare without case.
fn folded(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

/// Returns true if the response names its entries as version 2 does. Of one that does not the body says
/// whether it is of a later version.
pub(crate) fn is_of_version_two(data: &BatchCreateData) -> bool {
    let mut entries = data.trackings.iter();
    is_something(data) && entries.all(is_created_by_version_two)
}

/// Returns true if a response says anything of any item.
pub(crate) fn has_entries(body: &BatchCreateResponse) -> bool {
    body.data.as_ref().is_some_and(is_something)
}

/// Returns true if the data of a response says anything of any item.
pub(crate) fn is_something(data: &BatchCreateData) -> bool {
    !data.trackings.is_empty() || !data.errors.is_empty()
}

pub(crate) fn check(tracking: &BatchCreateTracking) -> Result<(), Error> {
    check_key(&tracking.carrier_code, &tracking.tracking_number)?;
    tracking.validate()
}

#[cfg(test)]
mod tests {
    use super::BatchItem;
    use crate::{BatchCreateData, BatchCreateTracking};

    fn data(json: &str) -> BatchCreateData {
        serde_json::from_str(json).unwrap()
    }

    fn request(pairs: &[(&str, &str)]) -> Vec<BatchCreateTracking> {
        let create = |(number, carrier): &(&str, &str)| BatchCreateTracking::new(*number, *carrier);
        pairs.iter().map(create).collect()
    }

    fn words(data: &BatchCreateData, request: &[BatchCreateTracking]) -> Vec<&'static str> {
        data.items(request)
            .map(|(_, item)| match item {
                BatchItem::Created(_) => "created",
                BatchItem::Existing(_) => "existing",
                BatchItem::Failed(_) => "failed",
                BatchItem::Missing => "missing",
            })
            .collect()
    }

    #[test]
    fn each_item_is_found_in_the_order_of_the_request() {
        let data = data(
            r#"{"submitted":4,"added":2,
                "trackings":[{"tracking_number":"A3","carrier_code":"ups"},
                             {"tracking_number":"a1","carrier_code":"dhl"}],
                "errors":[{"tracking_number":"A2","carrier_code":"ups","code":4016},
                          {"tracking_number":"A4","carrier_code":"x","code":"4015"}]}"#,
        );
        let request = request(&[("A1", "dhl"), ("A2", "ups"), ("A3", "ups"), ("A4", "x")]);

        let words = words(&data, &request);

        assert_eq!(words, ["created", "existing", "created", "failed"]);
        assert_eq!(data.failed().count(), 1);
        assert_eq!(data.existing().count(), 1);
    }

    #[test]
    fn same_number_at_two_carriers_is_distinguished() {
        let data = data(
            r#"{"trackings":[{"tracking_number":"A1","carrier_code":"ups"}],
                "errors":[{"tracking_number":"A1","carrier_code":"dhl","code":4015}]}"#,
        );

        assert_eq!(
            words(&data, &request(&[("A1", "dhl"), ("A1", "ups")])),
            ["failed", "created"]
        );
    }

    #[test]
    fn equal_items_take_one_entry_each_also_of_a_huge_body() {
        let entry = r#"{"tracking_number":"A1","carrier_code":"ups","code":4016}"#;
        let other = r#"{"tracking_number":"B1","carrier_code":"ups","code":4016}"#;
        let mut entries = vec![other; 20_000];
        entries.push(entry);
        let data = data(&format!(r#"{{"errors":[{}]}}"#, entries.join(",")));

        let words = words(&data, &request(&[("A1", "ups"); 40]));

        assert_eq!(words[0], "existing");
        assert!(words[1..].iter().all(|word| *word == "missing"));
    }

    #[test]
    fn corrected_carrier_and_missing_entry_lose_no_item() {
        let data =
            data(r#"{"trackings":[{"tracking_number":"A1","carrier_code":"usps"}],"errors":null}"#);

        assert_eq!(
            words(&data, &request(&[("A1", "ups"), ("A2", "ups")])),
            ["created", "missing"]
        );
    }
}
