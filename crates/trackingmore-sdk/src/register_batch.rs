//! Several registrations in one call.

use futures_util::future::join_all;
use tracking_core::kit::DistinctItems;
use tracking_core::{Error, ErrorKind, ProviderSet, Registered, Registration, Target};

use crate::batch;
use crate::registration::{check_fields, created_now, to_create_in_batch};
use crate::status_table::PROVIDER;
use crate::track_batch::{Found, Group, is_same_item, not_registered};
use crate::{BatchCreateTracking, BatchItem, Client};

type Results = Vec<Result<Registered, Error>>;

impl Client {
    /// Registers several numbers, at most [`MAX_BATCH`](crate::track_batch::MAX_BATCH).
    pub(crate) async fn register_several(&self, registrations: Vec<Registration>) -> Results {
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

    /// The courier of each, which is detected where it is not named, a few at once. After a refused key or a used-up
    /// quota nothing more is detected.
    async fn couriers_of(&self, registrations: &[Registration]) -> Vec<Result<String, Error>> {
        let mut couriers: Vec<Result<String, Error>> = Vec::with_capacity(registrations.len());
        for part in registrations.chunks(ProviderSet::DEFAULT_CONCURRENCY) {
            let refusal = couriers.iter().find_map(refusal_of);
            let courier = |registration: &Registration| {
                let checked = check_fields(registration, None);
                let named = registration.hints.courier.clone();
                let (number, refusal) = (registration.number.clone(), refusal.clone());
                async move {
                    checked?;
                    match (named, refusal) {
                        (Some(courier), _) => Ok(courier),
                        (None, Some(refusal)) => Err(refusal),
                        (None, None) => self.likeliest_courier(&number).await,
                    }
                }
            };
            couriers.extend(join_all(part.iter().map(courier)).await);
        }
        couriers
    }

    async fn create_all(&self, items: &[BatchCreateTracking]) -> Results {
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

/// The error of what need not be sent any more, if the key is refused or the quota is used up.
fn refusal_of(courier: &Result<String, Error>) -> Option<Error> {
    let error = courier.as_ref().err()?;
    let is_final = matches!(
        error.kind(),
        ErrorKind::Authentication | ErrorKind::QuotaExhausted
    );
    is_final.then(|| error.for_request_not_sent())
}

/// The error of a number of which the response says nothing.
fn unsettled() -> Error {
    let message =
        "the response does not say what became of this number; registering it again is safe";
    Error::new(ErrorKind::Decode, PROVIDER, message)
}
