//! What there is to know of each account, for people and for monitoring.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use tracking_core::UtcTime;

use super::parcels::optional_time;
use super::schema;
use super::{Micros, Store};
use crate::{StoreError, StoreErrorKind};

/// What there is to know of the parcels of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountReport {
    /// Its name, in lower case.
    pub name: String,
    /// All of its parcels.
    pub parcels: u64,
    /// Those that a worker should look at now.
    pub due: u64,
    /// Since when the first of them is due.
    pub due_since: Option<UtcTime>,
    /// Those that nobody looks at any more.
    pub resting: u64,
    /// Those whose last look failed.
    pub failing: u64,
    /// When a parcel of it was last looked at.
    pub looked_at: Option<UtcTime>,
    /// Until when no parcel of it is looked at, because its key is refused or its quota is used up at the provider. If
    /// its [rules](crate::AccountRules) allow nothing now, such as in a quiet hour, it is when a worker checks them again,
    /// at most 15 minutes later; [`pause`](Self::pause) says until when they hold.
    pub paused_until: Option<UtcTime>,
    /// Why it is paused, or was paused last, in one line.
    pub pause: Option<String>,
    /// Why the latest of the failing looks failed, in one line.
    pub problem: Option<String>,
    /// The looks of the last day on which it had a [quota](crate::AccountRules) and parcels that were due.
    pub day: Option<Looks>,
    /// The same of the last such month.
    pub month: Option<Looks>,
}

/// How many parcels were looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Looks {
    /// When the day or month began.
    pub since: UtcTime,
    /// Since then.
    pub looks: u64,
}

impl Store {
    /// Reports on the accounts that have or had parcels, in the order of their names.
    ///
    /// It reads a narrow row of each parcel, so it is for people and for monitoring, not for a loop.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn accounts(&self) -> Result<Vec<AccountReport>, StoreError> {
        let select = self.statement(
            "SELECT a.name, l.parcels, l.due, l.due_since, l.resting, l.failing, l.looked_at, \
                 CASE WHEN a.paused_until > {now} THEN a.paused_until END, a.problem, e.problem, \
                 u.day_begin, u.day_looks, u.month_begin, u.month_looks \
             FROM follow_account a LEFT JOIN follow_usage u ON u.account_id = a.id \
             LEFT JOIN (SELECT account_id, count(*) AS parcels, count(CASE WHEN due_at <= {now} THEN 1 END) AS due, \
                     min(CASE WHEN due_at <= {now} THEN due_at END) AS due_since, \
                     count(CASE WHEN due_at IS NULL THEN 1 END) AS resting, \
                     count(CASE WHEN failures > 0 THEN 1 END) AS failing, max(looked_at) AS looked_at \
                 FROM follow_look GROUP BY account_id) l ON l.account_id = a.id \
             LEFT JOIN (SELECT account_id, problem, row_number() OVER \
                     (PARTITION BY account_id ORDER BY looked_at DESC, parcel_id) AS place \
                 FROM follow_look WHERE failures > 0) e ON e.account_id = a.id AND e.place = 1 \
             ORDER BY a.name",
        );
        self.all(select).await?.iter().map(account).collect()
    }

    /// Checks that the database can be reached and that its tables are those of this version.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](StoreErrorKind::Unavailable) if it cannot be reached now;
    /// [`NewerSchema`](StoreErrorKind::NewerSchema) if a newer version has changed the tables since the store was opened;
    /// [`Damaged`](StoreErrorKind::Damaged) if they are older, such as after a backup was restored.
    pub async fn check(&self) -> Result<(), StoreError> {
        let select = self.statement("SELECT max(version) FROM follow_migration WHERE success");
        let rows = self.all(select).await?;
        let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        let found: Option<i64> = row.try_get(0)?;
        match found.unwrap_or_default().cmp(&schema::newest()) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(StoreError::new(
                StoreErrorKind::NewerSchema,
                "a newer version of this program has changed the tables of the store",
            )),
            std::cmp::Ordering::Less => Err(StoreError::damaged(
                "the tables of the store are older than they were; open it again",
            )),
        }
    }

    /// Returns the database's time.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn time(&self) -> Result<UtcTime, StoreError> {
        let rows = self.all(self.statement("SELECT {now}")).await?;
        let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        let time = Micros(row.try_get(0)?).time();
        time.ok_or_else(|| StoreError::damaged("the time of the database cannot be read"))
    }
}

fn account(row: &AnyRow) -> Result<AccountReport, StoreError> {
    let number = |column: usize| -> Result<u64, StoreError> {
        let stored: Option<i64> = row.try_get(column)?;
        Ok(u64::try_from(stored.unwrap_or_default()).unwrap_or_default())
    };
    let looks = |begin: usize, count: usize| -> Result<Option<Looks>, StoreError> {
        let Some(since) = optional_time(row, begin)? else {
            return Ok(None);
        };
        let looks = number(count)?;
        Ok(Some(Looks { since, looks }))
    };
    Ok(AccountReport {
        name: row.try_get(0)?,
        parcels: number(1)?,
        due: number(2)?,
        due_since: optional_time(row, 3)?,
        resting: number(4)?,
        failing: number(5)?,
        looked_at: optional_time(row, 6)?,
        paused_until: optional_time(row, 7)?,
        pause: row.try_get(8)?,
        problem: row.try_get(9)?,
        day: looks(10, 11)?,
        month: looks(12, 13)?,
    })
}
