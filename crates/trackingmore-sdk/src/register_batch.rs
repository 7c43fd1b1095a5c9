//! Several registrations in one call.

use std::collections::HashMap;

use tracking_core::kit::{DistinctItems, number_key, read_parts};
use tracking_core::{Error, ErrorKind, ProviderSet, Registered, Registration, Target};

use crate::batch;
use crate::registration::{check_fields, created_now, to_create_in_batch};
use crate::status_table::PROVIDER;
use crate::track_batch::{Found, Group, is_same_item, not_registered};
use crate::{BatchCreateTracking, BatchItem, Client, check_tracking_number};

type Results<T> = Vec<Result<T, Error>>;

impl Client {
    /// Registers several numbers, at most [`MAX_BATCH`](crate::track_batch::MAX_BATCH).
    pub(crate) async fn register_several(
        &self,
        registrations: Vec<Registration>,
    ) -> Results<Registered> {
        let couriers = self.couriers_of(&registrations).await;
        let item = |(registration, courier): (&Registration, Result<String, Error>)| {
            let item = to_create_in_batch(registration, &courier?, &None);
            batch::check(&item)?;
            Ok(item)
        };
        let items = registrations.iter().zip(couriers).map(item);
        let items = DistinctItems::new(items, is_same_item);
        let created = match items.items() {
            [] => Vec::new(),
            items => self.create_all(items).await,
        };
        items.results(&created, unsettled)
    }

    /// The courier of each, which is detected where it is not named: once for each number, since a detection may use
    /// quota. After an error that would hit the others too nothing more is detected.
    async fn couriers_of(&self, registrations: &[Registration]) -> Results<String> {
        let checked = |registration: &Registration| {
            check_tracking_number(&registration.number)?;
            check_fields(registration, None)?;
            Ok(registration.hints.courier.clone())
        };
        let named: Results<Option<String>> = registrations.iter().map(checked).collect();
        let mut numbers: Vec<String> = Vec::new();
        let mut detections = Vec::new();
        for (registration, named) in registrations.iter().zip(&named) {
            let number = number_key(&registration.number);
            if matches!(named, Ok(None)) && !numbers.contains(&number) {
                numbers.push(number);
                detections.push(self.likeliest_courier(&registration.number));
            }
        }
        let detected = read_parts(detections, ProviderSet::DEFAULT_CONCURRENCY).await;
        let detected: HashMap<String, Result<String, Error>> =
            numbers.into_iter().zip(detected).collect();
        let courier = |(registration, named): (&Registration, Result<Option<String>, Error>)| {
            let detected = || detected.get(&number_key(&registration.number)).cloned();
            match named? {
                Some(courier) => Ok(courier),
                None => detected().unwrap_or_else(|| Err(unsettled())),
            }
        };
        registrations.iter().zip(named).map(courier).collect()
    }

    async fn create_all(&self, items: &[BatchCreateTracking]) -> Results<Registered> {
        let response = match self.batch_create_trackings(items).await {
            Ok(response) => response,
            Err(error) => {
                let error = Error::from(error);
                return items.iter().map(|_| Err(error.clone())).collect();
            }
        };
        // After a repeat it is unknown which attempt registered it.
        let is_first = response.attempts() == 1;
        let data = response.into_inner();
        let existing = data.items(items);
        let existing = existing.filter(|(_, item)| matches!(item, BatchItem::Existing(_)));
        let existing: Vec<Target> = existing
            .map(|(sent, _)| Target::Number(sent.tracking_number.clone()))
            .collect();
        // They exist. That they cannot be read now changes nothing about that.
        let found = match existing.as_slice() {
            [] => Found::default(),
            existing => {
                let targets = existing.iter().collect();
                let found = self.find_targets(&Group::of_numbers(), targets).await;
                found.unwrap_or_default()
            }
        };
        let result = |(sent, item): (&BatchCreateTracking, BatchItem<'_>)| match item {
            BatchItem::Created(created) => {
                Ok(created_now(created.clone(), sent.tracking_number.clone()))
            }
            BatchItem::Existing(_) => {
                let mut registered = Registered::new(PROVIDER, sent.tracking_number.as_str());
                let target = Target::Number(sent.tracking_number.clone());
                let stored = found.of(&target, Some(&sent.carrier_code));
                if let Some(stored) = stored.unwrap_or_default().into_iter().next() {
                    registered.id = stored.shipment.id;
                    registered.reference = stored.shipment.reference;
                }
                registered.created = is_first.then_some(false);
                Ok(registered)
            }
            BatchItem::Failed(refused) => Err(not_registered(refused)),
            BatchItem::Missing => Err(unsettled()),
        };
        data.items(items).map(result).collect()
    }
}

/// The error of a number of which the response says nothing.
fn unsettled() -> Error {
    let message =
        "the response does not say what became of this number; registering it again is safe";
    Error::new(ErrorKind::Decode, PROVIDER, message)
}
