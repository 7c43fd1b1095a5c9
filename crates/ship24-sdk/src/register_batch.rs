//! Several registrations in one call.

use tracking_core::kit::{DistinctItems, is_same_number};
use tracking_core::{Error, ErrorKind, Registered, Registration};

use crate::client::check_create;
use crate::error::NAME;
use crate::provider::{registered, tracker_to_register};
use crate::status_table::PROVIDER;
use crate::{BulkItem, BulkItemStatus, Client, CreateTracker, ErrorItem};

type Results = Vec<Result<Registered, Error>>;

impl Client {
    /// Registers several numbers, at most [`MAX_BATCH`](crate::track_batch::MAX_BATCH).
    pub(crate) async fn register_several(&self, registrations: Vec<Registration>) -> Results {
        let tracker = |registration: &Registration| {
            let tracker = tracker_to_register(registration);
            check_create(&tracker).map_err(|error| error.with_provider(NAME))?;
            Ok(tracker)
        };
        // Documented: equal items of one request are merged.
        let trackers = DistinctItems::new(registrations.iter().map(tracker), PartialEq::eq);
        let created = match trackers.items() {
            [] => Vec::new(),
            trackers => self.create_all(trackers).await,
        };
        trackers.results(&created, unsettled)
    }

    async fn create_all(&self, trackers: &[CreateTracker]) -> Results {
        let items = match self.bulk_create_trackers(trackers).await {
            Ok(response) => response.into_inner().data,
            Err(error) => {
                let error = Error::from(error);
                return trackers.iter().map(|_| Err(error.clone())).collect();
            }
        };
        let trackers = trackers.iter().enumerate();
        let result = |(place, tracker): (usize, &CreateTracker)| {
            let item = item_of(&items, place, tracker).ok_or_else(unsettled)?;
            result_of(item, tracker)
        };
        trackers.map(result).collect()
    }
}

/// The item at the same place if it is about this number, else the only one that is.
fn item_of<'a>(
    items: &'a [BulkItem],
    place: usize,
    tracker: &CreateTracker,
) -> Option<&'a BulkItem> {
    let is_meant = |item: &&BulkItem| {
        number_of(item).is_some_and(|number| is_same_number(number, &tracker.tracking_number))
    };
    let own = items.get(place).filter(is_meant);
    own.or_else(|| {
        let mut meant = items.iter().filter(is_meant);
        meant.next().filter(|_| meant.next().is_none())
    })
}

/// The number that was sent, or that of the tracker.
fn number_of(item: &BulkItem) -> Option<&str> {
    let sent = item.input_data.as_ref();
    let sent = sent.and_then(|it| it.tracking_number.as_deref());
    let own = item.tracker.as_ref();
    sent.or_else(|| own.and_then(|it| it.tracking_number.as_deref()))
}

fn result_of(item: &BulkItem, sent: &CreateTracker) -> Result<Registered, Error> {
    let is_new = match item.item_status {
        Some(BulkItemStatus::Created) => true,
        Some(BulkItemStatus::Existing) => false,
        _ => return Err(refusal(&item.errors)),
    };
    let tracker = item.tracker.clone().unwrap_or_default();
    let mut registered = registered(tracker, sent.tracking_number.clone());
    registered.created = Some(is_new);
    Ok(registered)
}

/// The error of an item that was refused. Its message repeats what was sent, and a code that is not known may be
/// any string, so neither is shown.
fn refusal(errors: &[ErrorItem]) -> Error {
    let codes = || errors.iter().filter_map(|error| error.code.as_ref());
    if let Some((kind, code)) = codes().find_map(|code| Some((code.kind()?, code))) {
        let message = format!("Ship24 did not register the number: {code}");
        return Error::new(kind, PROVIDER, message);
    }
    if codes().next().is_none() {
        return unsettled();
    }
    let message = "Ship24 did not register the number, for a reason that this version does not know: \
                   `bulk_create_trackers` returns its code";
    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
}

/// The error of a number of which the response says nothing.
fn unsettled() -> Error {
    let message = "the response does not say what became of this number; registering it again creates no \
                   second tracker";
    Error::new(ErrorKind::Decode, PROVIDER, message)
}
