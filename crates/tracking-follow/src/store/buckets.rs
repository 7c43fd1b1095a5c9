//! The next free time of a rate class, over all processes.

use std::time::Duration;

use sqlx::Row as _;

use super::Store;
use super::times::micros;
use crate::StoreError;
use crate::limiter::Slot;

impl Store {
    /// Takes the next free time of a bucket, if the caller can wait for it.
    pub(crate) async fn take_slot(
        &self,
        credential: u64,
        class: &str,
        spacing: Duration,
        max_wait: Option<Duration>,
    ) -> Result<Slot, StoreError> {
        let class = class.to_owned();
        let max_wait = max_wait.map_or(i64::MAX / 2, micros);
        let take = self.statement(
            "INSERT INTO follow_bucket AS own (credential, class, free_at, paused_until) \
             VALUES ($1, $2, {clock} + $3, 0) \
             ON CONFLICT (credential, class) DO UPDATE SET \
                 free_at = {max}(own.free_at, own.paused_until, {clock}) + $3 \
             WHERE {max}(own.free_at, own.paused_until) - {clock} <= $4 \
             RETURNING free_at - $3 - {clock}",
        );
        let take = take
            .bind(credential.cast_signed())
            .bind(class.clone())
            .bind(micros(spacing))
            .bind(max_wait);
        let look = self.statement(
            "SELECT {max}(free_at, paused_until) - {clock} FROM follow_bucket WHERE credential = $1 AND class = $2",
        );
        let look = look.bind(credential.cast_signed()).bind(class);
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let taken = take.fetch_all(&mut *transaction).await?;
            let slot = match taken.first() {
                Some(row) => Slot::At {
                    wait: wait(row.try_get(0)?),
                },
                None => {
                    let row = look.fetch_one(&mut *transaction).await?;
                    Slot::TooLate {
                        wait: wait(row.try_get(0)?),
                    }
                }
            };
            transaction.commit().await?;
            Ok(slot)
        })
        .await
    }

    /// Returns true if the bucket is paused now.
    pub(crate) async fn is_paused(&self, credential: u64, class: &str) -> Result<bool, StoreError> {
        let select = "SELECT 1 FROM follow_bucket WHERE credential = $1 AND class = $2 AND paused_until > {clock}";
        let select = self.statement(select);
        let select = select.bind(credential.cast_signed()).bind(class.to_owned());
        Ok(!self.all(select).await?.is_empty())
    }

    /// Closes a bucket for this time, unless it is closed for longer.
    pub(crate) async fn pause_bucket(
        &self,
        credential: u64,
        class: &str,
        wait: Duration,
    ) -> Result<(), StoreError> {
        let pause = self.statement(
            "INSERT INTO follow_bucket AS own (credential, class, free_at, paused_until) \
             VALUES ($1, $2, 0, {clock} + $3) \
             ON CONFLICT (credential, class) DO UPDATE SET \
                 paused_until = {max}(own.paused_until, excluded.paused_until)",
        );
        let pause = pause
            .bind(credential.cast_signed())
            .bind(class.to_owned())
            .bind(micros(wait));
        self.write_one(pause).await.map(drop)
    }
}

/// A wait that is over is none.
fn wait(micros: i64) -> Duration {
    Duration::from_micros(u64::try_from(micros).unwrap_or_default())
}
