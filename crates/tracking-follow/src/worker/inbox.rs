//! Processes webhook messages: which parcels do they name?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::warn;
use tracking_core::webhook::WebhookDelivery;
use tracking_core::{Error, Provider as _, Shipment, Target};

use super::{Round, Worker};
use crate::StoreError;
use crate::parcel::TargetColumns;
use crate::store::{SettledMessage, TakenMessage};

/// How often a message is begun that is never settled: reading it may end the process.
const MOST_ATTEMPTS: i64 = 5;

impl Worker {
    /// Processes the messages that wait, until there are none or the worker is to stop.
    pub(super) async fn process_messages(&self, stop: &AtomicBool) -> Result<Round, StoreError> {
        let mut done = Round::default();
        let accounts = self.providers.iter();
        let accounts: Vec<String> = accounts.map(|it| it.name().to_ascii_lowercase()).collect();
        while !stop.load(Ordering::Relaxed) && self.store.has_messages(&accounts).await? {
            let taken = self.store.take_messages(&accounts).await?;
            let mut settled = Vec::with_capacity(taken.len());
            for message in taken {
                let shipments = self.shipments_of(&message).await?;
                if let Err(problem) = &shipments {
                    warn!(account = message.account, message = %message.id, problem, "a message is set aside");
                }
                settled.push(SettledMessage { message, shipments });
            }
            if settled.is_empty() {
                // Another worker was faster.
                break;
            }
            done.messages += u64::try_from(settled.len()).unwrap_or(u64::MAX);
            self.store.settle_messages(settled).await?;
        }
        Ok(done)
    }

    /// Deletes what was kept for long enough, and merges what was written down to be added up.
    pub(super) async fn prune(&self) -> Result<(), StoreError> {
        let retention = self.settings.retention;
        self.store.merge_tallies().await?;
        self.store.forget_messages(retention).await?;
        self.store.prune(retention).await.map(drop)
    }

    /// By which targets each shipment of a message may be followed, or why it cannot be read.
    async fn shipments_of(
        &self,
        message: &TakenMessage,
    ) -> Result<Result<Vec<Vec<TargetColumns>>, String>, StoreError> {
        if message.attempts > MOST_ATTEMPTS {
            let problem =
                format!("it was begun {MOST_ATTEMPTS} times, and the program ended each time");
            return Ok(Err(problem));
        }
        let Some(body) = self.store.body_of(message.id).await? else {
            return Ok(Err("its body is not there any more".to_owned()));
        };
        let read = catch_unwind(AssertUnwindSafe(|| self.read(message, &body)));
        Ok(match read {
            Ok(Ok(delivery)) if delivery.items.is_empty() => {
                Err("nothing of a parcel is in it".to_owned())
            }
            Ok(Ok(delivery)) => Ok(delivery.shipments().map(targets).collect()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the provider's adapter panicked".to_owned()),
        })
    }

    fn read(&self, message: &TakenMessage, body: &[u8]) -> Result<WebhookDelivery, Error> {
        let account = self.providers.get(&message.account)?;
        account.read_webhook(body, message.proof)
    }
}

/// What of a shipment cannot be a target is left out, such as an empty number.
fn targets(shipment: &Shipment) -> Vec<TargetColumns> {
    let number = Some(Target::Number(shipment.number.clone()));
    let id = shipment.id.clone().map(Target::Id);
    let reference = shipment.reference.clone().map(Target::Reference);
    let targets = [number, id, reference].into_iter().flatten();
    targets
        .filter_map(|it| TargetColumns::of(&it).ok())
        .collect()
}
