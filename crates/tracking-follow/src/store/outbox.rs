//! Reading the changes, and who has read how far.

use std::time::Duration;

use futures_util::stream::{self, Stream};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::parcels::required_time;
use super::times::micros;
use super::{Store, Topic, Waiting};
use crate::change::ChangeRecord;
use crate::parcel::check;
use crate::{ParcelId, StoreError};

/// How many changes a stream reads at once.
const PAGE: u32 = 100;

impl Store {
    /// Returns up to `limit` changes after the number `after`, in their order.
    ///
    /// Whoever reads on after the last number that it has seen misses none, whatever other processes write: numbers
    /// are given in the order of the commits.
    ///
    /// # Errors
    ///
    /// [`Damaged`](crate::StoreErrorKind::Damaged) if the first of them cannot be read, such as one that a newer version
    /// wrote; the message has its number, after which reading can go on. Those before one that cannot be read are
    /// returned.
    pub async fn changes(&self, after: u64, limit: u32) -> Result<Vec<ChangeRecord>, StoreError> {
        let select =
            format!("SELECT {RECORD} FROM follow_change WHERE seq > $1 ORDER BY seq LIMIT $2");
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let select = self.statement(&select).bind(after).bind(i64::from(limit));
        let mut records = Vec::new();
        for row in &self.all(select).await? {
            match record(row) {
                Ok(record) => records.push(record),
                Err(error) if records.is_empty() => return Err(error),
                Err(_) => break,
            }
        }
        Ok(records)
    }

    /// Returns the number of the last change that was written; 0 if there was none.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn last_change(&self) -> Result<u64, StoreError> {
        let select = "SELECT n FROM follow_counter WHERE follow_counter.name = 'change'";
        let rows = self.all(self.statement(select)).await?;
        let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default())
    }

    /// Returns the number of the last change that was deleted from the outbox; 0 if none was. Who reads on after a lower
    /// number misses some, unless it is a [consumer](Self::consumer): changes are kept for these.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn last_deleted_change(&self) -> Result<u64, StoreError> {
        let select = self.statement(
            "SELECT coalesce((SELECT min(seq) - 1 FROM follow_change), \
             (SELECT n FROM follow_counter WHERE follow_counter.name = 'change'))",
        );
        let rows = self.all(select).await?;
        let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default())
    }

    /// Returns the consumer of this name. A new one begins with the oldest change that is there.
    ///
    /// # Errors
    ///
    /// [`Invalid`](crate::StoreErrorKind::Invalid) if the name cannot be stored.
    pub async fn consumer(&self, name: &str) -> Result<Consumer, StoreError> {
        let name = check("consumer", name)?;
        let insert = "INSERT INTO follow_consumer (name, position) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING";
        self.write_one(self.statement(insert).bind(name.clone()))
            .await?;
        Ok(Consumer {
            store: self.clone(),
            name,
        })
    }

    /// Deletes the changes that are older than `retention` and that every consumer has acknowledged, and returns how
    /// many. Without a consumer it deletes none. Nobody waits for a consumer that was
    /// [disabled](crate::ConsumerReport::disabled_at).
    ///
    /// A [`Worker`](crate::Worker) does it by itself, once a minute.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn prune(&self, retention: Duration) -> Result<u64, StoreError> {
        // The oldest one shows whether there is anything to delete, without reading the others.
        let oldest = "SELECT 1 FROM (SELECT told_at FROM follow_change ORDER BY seq LIMIT 1) AS oldest \
                      WHERE told_at <= {now} - $1";
        let oldest = self.statement(oldest).bind(micros(retention));
        if self.all(oldest).await?.is_empty() {
            return Ok(0);
        }
        let delete = self.statement(
            "DELETE FROM follow_change WHERE told_at <= {now} - $1 AND seq <= (\
                 SELECT coalesce(min(CASE WHEN disabled_at IS NULL THEN position END), max(counter.n)) \
                 FROM follow_consumer JOIN follow_counter AS counter ON counter.name = 'change')",
        );
        self.write_one(delete.bind(micros(retention))).await
    }
}

/// A reader of the changes that has a name, and whose position the store keeps.
///
/// It is given each change at least once: what it has not acknowledged when it ends comes again, with the same
/// number.
#[derive(Clone, Debug)]
pub struct Consumer {
    store: Store,
    name: String,
}

impl Consumer {
    /// Returns its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the number of the last change that it acknowledged; 0 if there is none.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn position(&self) -> Result<u64, StoreError> {
        let select = self
            .store
            .statement("SELECT position FROM follow_consumer WHERE name = $1");
        let rows = self.store.all(select.bind(self.name.clone())).await?;
        let position = rows
            .first()
            .map(|row| row.try_get::<i64, _>(0))
            .transpose()?;
        Ok(u64::try_from(position.unwrap_or_default()).unwrap_or_default())
    }

    /// Acknowledges all changes up to this number. A lower number than before changes nothing.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn acknowledge(&self, seq: u64) -> Result<(), StoreError> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let update = "UPDATE follow_consumer SET position = {max}(position, $2) WHERE name = $1";
        let update = self.store.statement(update);
        let update = update.bind(self.name.clone()).bind(seq);
        self.store.write_one(update).await.map(drop)
    }

    /// Streams the changes after the position, one after the other, and waits for new ones: it asks each `poll`, and earlier
    /// if it hears of some.
    ///
    /// The stream acknowledges nothing: call [`Consumer::acknowledge`] when a change is dealt with. After an error it
    /// goes on at the same place.
    pub fn stream(
        &self,
        poll: Duration,
    ) -> impl Stream<Item = Result<ChangeRecord, StoreError>> + Send + 'static {
        let state = Reading {
            consumer: self.clone(),
            position: None,
            page: Vec::new().into_iter(),
            waiting: None,
        };
        stream::unfold(state, move |mut state| async move {
            let next = state.next(poll).await;
            Some((next, state))
        })
    }
}

struct Reading {
    consumer: Consumer,
    position: Option<u64>,
    page: std::vec::IntoIter<ChangeRecord>,
    /// Once it has read all that there was.
    waiting: Option<Waiting>,
}

impl Reading {
    async fn next(&mut self, poll: Duration) -> Result<ChangeRecord, StoreError> {
        loop {
            if let Some(record) = self.page.next() {
                self.position = Some(record.seq);
                return Ok(record);
            }
            let position = match self.position {
                Some(position) => position,
                None => self.consumer.position().await?,
            };
            self.position = Some(position);
            let page = self.consumer.store.changes(position, PAGE).await?;
            if page.is_empty() {
                // What is written from now on wakes it, if it was not read below.
                let store = &self.consumer.store;
                match &mut self.waiting {
                    Some(waiting) => {
                        let _ = tokio::time::timeout(poll, waiting.changed()).await;
                    }
                    waiting => *waiting = Some(store.wait_for(Topic::Changes)),
                }
            }
            self.page = page.into_iter();
        }
    }
}

/// What [`record`] reads.
pub(super) const RECORD: &str = "seq, parcel_id, account, told_at, body";

pub(super) fn record(row: &AnyRow) -> Result<ChangeRecord, StoreError> {
    let seq = u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default();
    let body: Vec<u8> = row.try_get(4)?;
    ChangeRecord::restore(
        seq,
        ParcelId(row.try_get(1)?),
        row.try_get(2)?,
        required_time(row, 3)?,
        &body,
    )
}
