//! Which accounts may be looked up now, and how many of their parcels were in this day and month.

use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};
use tracking_core::UtcTime;

use super::times::micros;
use super::{Micros, Store};
use crate::StoreError;
use crate::rules::{AccountRules, Allowance, Used};

impl Store {
    /// Names the accounts that have parcels and are not paused.
    pub(crate) async fn open_accounts(&self) -> Result<Vec<(i64, String)>, StoreError> {
        let select = "SELECT id, name FROM follow_account WHERE paused_until <= {now} ORDER BY id";
        let rows = self.all(self.statement(select)).await?;
        let read = |row: &AnyRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.iter().map(read).collect()
    }

    /// Lets an account rest, because its key is refused or its quota used up.
    pub(crate) async fn pause(
        &self,
        account: i64,
        wait: Duration,
        problem: String,
    ) -> Result<(), StoreError> {
        let update = self.statement(
            "UPDATE follow_account SET paused_until = {max}(paused_until, {now} + $2), problem = $3 WHERE id = $1",
        );
        let update = update.bind(account).bind(micros(wait)).bind(problem);
        self.write_one(update).await.map(drop)
    }

    /// How many parcels the rules allow now. Until the end of the transaction nobody else counts.
    pub(super) async fn allowance(
        &self,
        transaction: &mut Transaction<'static, Any>,
        account: i64,
        rules: &AccountRules,
    ) -> Result<Allowance, StoreError> {
        let outside = || StoreError::damaged("the database's time is outside of the calendar");
        let now = self.now(transaction).await?.time().ok_or_else(outside)?;
        if !rules.has_quota() {
            return Ok(rules.allowance(now, Used::default()));
        }
        let periods = rules.periods(now).ok_or_else(outside)?;
        // A period that began earlier is over.
        let upsert = self.statement(
            "INSERT INTO follow_usage AS own (account_id, day_begin, day_looks, month_begin, month_looks) \
             VALUES ($1, $2, 0, $3, 0) ON CONFLICT (account_id) DO UPDATE SET \
                 day_looks = CASE WHEN own.day_begin < excluded.day_begin THEN 0 ELSE own.day_looks END, \
                 day_begin = {max}(own.day_begin, excluded.day_begin), \
                 month_looks = CASE WHEN own.month_begin < excluded.month_begin THEN 0 ELSE own.month_looks END, \
                 month_begin = {max}(own.month_begin, excluded.month_begin) \
             RETURNING day_looks, month_looks",
        );
        let upsert = upsert
            .bind(account)
            .bind(Micros::of(periods.day).0)
            .bind(Micros::of(periods.month).0);
        let row = upsert.fetch_one(&mut **transaction).await?;
        let count = |column: usize| -> Result<u64, StoreError> {
            Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
        };
        let used = Used {
            day: count(0)?,
            month: count(1)?,
        };
        Ok(rules.allowance(now, used))
    }

    /// Counts parcels that a worker takes.
    pub(super) async fn count_looks(
        &self,
        transaction: &mut Transaction<'static, Any>,
        account: i64,
        looks: usize,
    ) -> Result<(), StoreError> {
        let update = self.statement(
            "UPDATE follow_usage SET day_looks = day_looks + $2, month_looks = month_looks + $2 \
             WHERE account_id = $1",
        );
        let looks = i64::try_from(looks).unwrap_or(i64::MAX);
        let update = update.bind(account).bind(looks);
        update.execute(&mut **transaction).await?;
        Ok(())
    }

    /// Takes back parcels that were counted at this time and not looked up. What was counted in an earlier period
    /// does not count any more.
    pub(super) async fn uncount_looks(
        &self,
        transaction: &mut Transaction<'static, Any>,
        account: i64,
        looks: usize,
        counted_at: UtcTime,
    ) -> Result<(), StoreError> {
        let update = self.statement(
            "UPDATE follow_usage SET \
                 day_looks = CASE WHEN day_begin <= $3 THEN {max}(day_looks - $2, 0) ELSE day_looks END, \
                 month_looks = CASE WHEN month_begin <= $3 THEN {max}(month_looks - $2, 0) ELSE month_looks END \
             WHERE account_id = $1",
        );
        let looks = i64::try_from(looks).unwrap_or(i64::MAX);
        let update = update
            .bind(account)
            .bind(looks)
            .bind(Micros::of(counted_at).0);
        update.execute(&mut **transaction).await?;
        Ok(())
    }
}
