//! What there is to know of each account, for people and for monitoring.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use tracking_core::UtcTime;

use super::parcels::optional_time;
use super::schema;
use super::tallies::Tally;
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
    /// It counts the parcels that are due or failing, and no others, so it takes as long however many there are.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn accounts(&self) -> Result<Vec<AccountReport>, StoreError> {
        // Each of these selects reads what it counts from an index, so that only what is due or failing costs time.
        let select = self.statement(
            "SELECT a.name, \
                 (SELECT count(*) FROM follow_look l WHERE l.account_id = a.id AND l.due_at <= {now}), \
                 (SELECT min(due_at) FROM follow_look l WHERE l.account_id = a.id AND l.due_at <= {now}), \
                 (SELECT count(*) FROM follow_look l WHERE l.account_id = a.id AND l.failures > 0), \
                 (SELECT l.problem FROM follow_look l WHERE l.account_id = a.id AND l.failures > 0 \
                     ORDER BY l.looked_at DESC LIMIT 1), \
                 CASE WHEN a.paused_until > {now} THEN a.paused_until END, a.problem, \
                 u.day_begin, u.day_looks, u.month_begin, u.month_looks, a.id \
             FROM follow_account a LEFT JOIN follow_usage u ON u.account_id = a.id ORDER BY a.name",
        );
        let (rows, mut tallies) = tokio::try_join!(self.all(select), self.tallies())?;
        let read = |row: &AnyRow| {
            let tally = tallies.remove(&row.try_get(11)?);
            account(row, &tally.unwrap_or_default())
        };
        rows.iter().map(read).collect()
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

fn account(row: &AnyRow, tally: &Tally) -> Result<AccountReport, StoreError> {
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
        parcels: tally.statuses.values().map(|(parcels, _)| parcels).sum(),
        due: number(1)?,
        due_since: optional_time(row, 2)?,
        resting: tally.resting,
        failing: number(3)?,
        looked_at: tally.looked_at,
        problem: row.try_get(4)?,
        paused_until: optional_time(row, 5)?,
        pause: row.try_get(6)?,
        day: looks(7, 8)?,
        month: looks(9, 10)?,
    })
}
