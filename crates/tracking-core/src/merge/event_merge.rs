//! Two events of one event made into one.

use crate::{Event, Revision};

/// Keeps `event` and adds what only `other` knows: its text as a revision, and missing fields.
pub(super) fn with_history(mut event: Event, other: Event) -> Event {
    for revision in other.revisions {
        event.add_revision(revision);
    }
    if is_reworded(event.description.as_deref(), other.description.as_deref()) {
        let earlier = other.description.clone().map(Revision::new);
        earlier
            .into_iter()
            .for_each(|revision| event.add_revision(revision));
    }
    event.description = event.description.or(other.description);
    event.time = event.time.or(other.time);
    event.location = event.location.or(other.location);
    event.courier = event.courier.or(other.courier);
    event.source = event.source.or(other.source);
    event.signed_by = event.signed_by.or(other.signed_by);
    event.order = event.order.or(other.order);
    event.copies = event.copies.max(other.copies);
    event
}

/// Whether both strings exist and differ in more than case and white space, which event keys
/// ignore too.
pub(super) fn is_reworded(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => {
            let words = |text: &str| -> Vec<String> {
                text.split_whitespace().map(str::to_lowercase).collect()
            };
            left != right && words(left) != words(right)
        }
        _ => false,
    }
}
