//! How many parcels there are: added up by what each write adds, so that nobody has to count them.

use std::collections::BTreeMap;

use sqlx::Row as _;
use sqlx::any::AnyRow;
use sqlx::{Any, Transaction};
use tracking_core::UtcTime;

use super::engine::rows;
use super::parcels::optional_time;
use super::times::Micros;
use super::{Statement, Store};
use crate::StoreError;

/// How many rows are added up before they are merged. With fewer a reader has no use of it.
const MANY: i64 = 500;

/// How many rows one statement adds.
const CHUNK: usize = 500;

const COLUMNS: &str = "account_id, status, parcels, attention, resting, looked_at";

/// What there is of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// The parcels in each status, and those that need attention, by the name of the status.
    pub(super) statuses: BTreeMap<String, (u64, u64)>,
    pub(super) resting: u64,
    pub(super) looked_at: Option<UtcTime>,
}

impl Store {
    /// The tallies of the accounts, by their ids.
    pub(super) async fn tallies(&self) -> Result<BTreeMap<i64, Tally>, StoreError> {
        let select = self.statement(
            "SELECT account_id, status, CAST(sum(parcels) AS BIGINT), CAST(sum(attention) AS BIGINT), \
             CAST(sum(resting) AS BIGINT), max(looked_at) FROM follow_tally GROUP BY account_id, status",
        );
        let mut tallies: BTreeMap<i64, Tally> = BTreeMap::new();
        for row in &self.all(select).await? {
            let number = |column: usize| -> Result<u64, StoreError> {
                Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
            };
            let tally = tallies.entry(row.try_get(0)?).or_default();
            let (parcels, attention) = (number(2)?, number(3)?);
            if parcels > 0 {
                let status: String = row.try_get(1)?;
                tally.statuses.insert(status, (parcels, attention));
            }
            tally.resting += number(4)?;
            tally.looked_at = tally.looked_at.max(optional_time(row, 5)?);
        }
        Ok(tallies)
    }

    /// Notes that parcels of an account were looked at.
    pub(super) async fn note_look(
        &self,
        transaction: &mut Transaction<'static, Any>,
        account: i64,
        looked_at: UtcTime,
    ) -> Result<(), StoreError> {
        let insert = "INSERT INTO follow_tally (account_id, status, looked_at) VALUES ($1, '', $2)";
        let insert = self.statement(insert).bind(account);
        let insert = insert.bind(Micros::of(looked_at).0);
        insert.execute(&mut **transaction).await?;
        Ok(())
    }

    /// Merges the rows that writes have added, if they are many. Several processes can do it at once: each row is merged by
    /// the one that deletes it.
    pub(crate) async fn merge_tallies(&self) -> Result<(), StoreError> {
        let count = self.all(self.statement("SELECT count(*) FROM follow_tally"));
        let count = count.await?;
        let count: i64 = count.first().ok_or(sqlx::Error::RowNotFound)?.try_get(0)?;
        if count <= MANY {
            return Ok(());
        }
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let delete = format!("DELETE FROM follow_tally RETURNING {COLUMNS}");
            let deleted = store.statement(&delete);
            let mut merged: BTreeMap<(i64, String), Row> = BTreeMap::new();
            for row in &deleted.fetch_all(&mut *transaction).await? {
                let key = (row.try_get(0)?, row.try_get(1)?);
                merged.entry(key).or_default().add(row)?;
            }
            merged.retain(|_, row| *row != Row::default());
            let merged: Vec<_> = merged.into_iter().collect();
            for chunk in merged.chunks(CHUNK) {
                let values = rows(0, chunk.len(), 6);
                let insert = format!("INSERT INTO follow_tally ({COLUMNS}) VALUES {values}");
                let bind =
                    |statement: Statement, ((account, status), row): &((i64, String), Row)| {
                        let statement = statement.bind(*account).bind(status.clone());
                        row.bind(statement)
                    };
                let insert = chunk.iter().fold(store.statement(&insert), bind);
                insert.execute(&mut *transaction).await?;
            }
            Ok(transaction.commit().await?)
        })
        .await
    }
}

/// A row, without what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Row {
    parcels: i64,
    attention: i64,
    resting: i64,
    looked_at: Option<i64>,
}

impl Row {
    fn add(&mut self, row: &AnyRow) -> Result<(), StoreError> {
        self.parcels += row.try_get::<i64, _>(2)?;
        self.attention += row.try_get::<i64, _>(3)?;
        self.resting += row.try_get::<i64, _>(4)?;
        self.looked_at = self.looked_at.max(row.try_get(5)?);
        Ok(())
    }

    fn bind(&self, statement: Statement) -> Statement {
        statement
            .bind(self.parcels)
            .bind(self.attention)
            .bind(self.resting)
            .bind(self.looked_at)
    }
}
