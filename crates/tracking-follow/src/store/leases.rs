//! Leasing due parcels, and writing what came of a look.
//!
//! The lease is a due time in the future: the parcels of a worker that died come due by themselves, by the
//! database's clock. Each lease of a parcel has a number of its own, and only its holder can write.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};
use tracking_core::{Shipment, Target, TrackRequest, UtcTime};

use super::engine::rows;
use super::parcels::{FORMAT, failures, optional_time, options, required_time, shipments};
use super::times::micros;
use super::{Micros, Store, Topic};
use crate::StoreError;
use crate::change::NewChange;
use crate::parcel::{ParcelId, TargetColumns};
use crate::rules::{AccountRules, Allowance};
use crate::summary::Summary;

/// Who leases, and parcels of which account.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    /// The name of the worker.
    pub(crate) owner: String,
    pub(crate) account: i64,
    /// The name of the account, as changes have it.
    pub(crate) name: String,
}

/// What a worker gets.
#[derive(Debug)]
pub(crate) enum Lease {
    Parcels(Vec<Leased>),
    /// Nothing, until a time: the rules of the account do not allow it.
    Closed {
        until: UtcTime,
        wait: Duration,
        reason: &'static str,
    },
}

/// A parcel that a worker has, and what is known of it.
#[derive(Debug)]
pub(crate) struct Leased {
    pub(crate) id: ParcelId,
    /// Distinguishes this lease from all others of the parcel.
    pub(crate) attempt: i64,
    /// How many leases ended without a result, this one included.
    pub(crate) unfinished: i64,
    /// The database's time at the pick.
    pub(crate) now: UtcTime,
    pub(crate) since: UtcTime,
    pub(crate) news_at: Option<UtcTime>,
    pub(crate) failures: u32,
    pub(crate) was_unknown: bool,
    /// The request and the shipments, or why they cannot be read: the other parcels are looked at all the same.
    pub(crate) known: Result<(TrackRequest, Vec<Shipment>), StoreError>,
}

/// What came of a look at a parcel.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) id: ParcelId,
    pub(crate) attempt: i64,
    /// `None` if the parcel was not looked at: it is only given back.
    pub(crate) look: Option<FinishedLook>,
}

#[derive(Debug)]
pub(crate) struct FinishedLook {
    pub(crate) looked_at: UtcTime,
    pub(crate) due_at: Option<UtcTime>,
    pub(crate) news_at: Option<UtcTime>,
    pub(crate) failures: u32,
    /// Of leases, as it shall be counted from now on.
    pub(crate) unfinished: i64,
    pub(crate) was_unknown: bool,
    pub(crate) problem: Option<String>,
    /// The shipments; `None` if they are as before.
    pub(crate) snapshot: Option<Snapshot>,
    pub(crate) changes: Vec<NewChange>,
}

/// Shipments as they are stored.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// As JSON.
    body: Vec<u8>,
    summary: Summary,
}

impl Snapshot {
    /// `None` if they cannot be written as JSON, which no shipment is known to do.
    pub(crate) fn of(shipments: &[Shipment], now: UtcTime) -> Option<Self> {
        Some(Self {
            body: serde_json::to_vec(shipments).ok()?,
            summary: Summary::of(shipments, now),
        })
    }
}

/// What was written of a batch.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) changes: u64,
    /// Results that were dropped, since another worker has the parcel, or it was removed.
    pub(crate) lost: u64,
}

/// The lease of a parcel whose leases end without a result is longer each time, up to so many times.
const LONGEST: i64 = 12;

impl Store {
    /// Leases up to `limit` due parcels of an account, and no more than its rules allow: those first that are due
    /// for longest.
    ///
    /// An account at a time, so that one with many due parcels hides none of another. When it returns, the leases
    /// are committed.
    pub(crate) async fn lease(
        &self,
        holder: Holder,
        limit: usize,
        lease: Duration,
        rules: Option<Arc<AccountRules>>,
    ) -> Result<Lease, StoreError> {
        let pick = self.statement(&format!(
            "WITH due AS MATERIALIZED (\
                 SELECT parcel_id FROM follow_look WHERE account_id = $1 AND due_at <= {{now}} \
                 ORDER BY due_at LIMIT $2 {{lock free}}) \
             UPDATE follow_look SET \
                 due_at = {{now}} + $3 * (1 + {{min}}(unfinished, {LONGEST})), owner = $4, \
                 attempts = attempts + 1, unfinished = unfinished + 1, woken = 0 \
             FROM due WHERE follow_look.parcel_id = due.parcel_id \
             RETURNING follow_look.parcel_id, attempts, unfinished, {{now}}"
        ));
        let mut limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.detached(|store| async move {
            let account = holder.account;
            let mut transaction = store.begin().await?;
            if let Some(rules) = &rules {
                // Counting writes, which an idle worker would do at each poll.
                if rules.has_quota() && !store.has_due(&mut transaction, account).await? {
                    transaction.commit().await?;
                    return Ok(Lease::Parcels(Vec::new()));
                }
                match store.allowance(&mut transaction, account, rules).await? {
                    Allowance::Unlimited => {}
                    Allowance::Looks(looks) => {
                        limit = limit.min(i64::try_from(looks).unwrap_or(i64::MAX));
                    }
                    Allowance::None { until, reason } => {
                        let now = store.now(&mut transaction).await?.time();
                        transaction.commit().await?;
                        let wait = now.and_then(|now| until.since(now)).unwrap_or_default();
                        return Ok(Lease::Closed {
                            until,
                            wait,
                            reason,
                        });
                    }
                }
            }
            let pick = pick
                .bind(account)
                .bind(limit)
                .bind(micros(lease))
                .bind(holder.owner);
            let picked = pick.fetch_all(&mut *transaction).await?;
            if rules.is_some_and(|rules| rules.has_quota()) && !picked.is_empty() {
                store
                    .count_looks(&mut transaction, account, picked.len())
                    .await?;
            }
            let leased = store.read_leased(&mut transaction, &picked).await?;
            transaction.commit().await?;
            Ok(Lease::Parcels(leased))
        })
        .await
    }

    async fn has_due(
        &self,
        transaction: &mut Transaction<'static, Any>,
        account: i64,
    ) -> Result<bool, StoreError> {
        let select = "SELECT 1 FROM follow_look WHERE account_id = $1 AND due_at <= {now} LIMIT 1";
        let select = self.statement(select).bind(account);
        let due = select.fetch_optional(&mut **transaction).await?;
        Ok(due.is_some())
    }

    async fn read_leased(
        &self,
        transaction: &mut Transaction<'static, Any>,
        picked: &[AnyRow],
    ) -> Result<Vec<Leased>, StoreError> {
        if picked.is_empty() {
            return Ok(Vec::new());
        }
        let mut leases: HashMap<i64, (i64, i64, UtcTime)> = HashMap::new();
        for row in picked {
            let lease = (row.try_get(1)?, row.try_get(2)?, required_time(row, 3)?);
            leases.insert(row.try_get(0)?, lease);
        }
        let ids = rows(0, 1, leases.len());
        let mut select = self.statement(&format!(
            "SELECT p.id, p.kind, p.target, p.options, p.since, l.news_at, l.failures, l.was_unknown, \
             s.format, s.body \
             FROM follow_parcel p JOIN follow_look l ON l.parcel_id = p.id \
             LEFT JOIN follow_snapshot s ON s.parcel_id = p.id WHERE p.id IN {ids} ORDER BY p.id"
        ));
        for id in leases.keys() {
            select = select.bind(*id);
        }
        let found = select.fetch_all(&mut **transaction).await?;
        let mut leased = Vec::with_capacity(found.len());
        for row in &found {
            let id: i64 = row.try_get(0)?;
            let Some((attempt, unfinished, now)) = leases.get(&id).copied() else {
                continue;
            };
            leased.push(Leased {
                id: ParcelId(id),
                attempt,
                unfinished,
                now,
                // A time that no worker writes counts as missing.
                since: optional_time(row, 4).ok().flatten().unwrap_or(now),
                news_at: optional_time(row, 5).ok().flatten(),
                failures: failures(row.try_get(6)?),
                was_unknown: row.try_get::<i64, _>(7)? != 0,
                known: request_and_shipments(row),
            });
        }
        Ok(leased)
    }

    /// Writes what came of a batch in one transaction: snapshots, next looks, and at last the numbered changes.
    pub(crate) async fn finish(
        &self,
        holder: Holder,
        leased_at: UtcTime,
        batch: Arc<[Finished]>,
    ) -> Result<Written, StoreError> {
        if batch.is_empty() {
            return Ok(Written::default());
        }
        self.detached(|store| async move { store.finish_now(&holder, leased_at, &batch).await })
            .await
    }

    async fn finish_now(
        &self,
        holder: &Holder,
        leased_at: UtcTime,
        batch: &[Finished],
    ) -> Result<Written, StoreError> {
        let mut transaction = self.begin().await?;
        let held = self
            .lock_held(&mut transaction, &holder.owner, batch)
            .await?;
        let is_held = |it: &&Finished| held.get(&it.id.0) == Some(&it.attempt);
        let (looked, given_back): (Vec<&Finished>, Vec<&Finished>) = batch
            .iter()
            .filter(is_held)
            .partition(|it| it.look.is_some());
        let lost = batch.len() - looked.len() - given_back.len();
        let looked: Vec<(ParcelId, &FinishedLook)> = looked
            .into_iter()
            .filter_map(|it| Some((it.id, it.look.as_ref()?)))
            .collect();
        if !given_back.is_empty() {
            self.give_back(&mut transaction, &given_back).await?;
            self.uncount_looks(
                &mut transaction,
                holder.account,
                given_back.len(),
                leased_at,
            )
            .await?;
        }
        self.write_snapshots(&mut transaction, &looked).await?;
        self.write_looks(&mut transaction, &looked).await?;
        if let Some(last) = looked.iter().map(|(_, look)| look.looked_at).max() {
            self.note_look(&mut transaction, holder.account, last)
                .await?;
        }
        let changes = self.number(&mut transaction, &holder.name, &looked).await?;
        transaction.commit().await?;
        if changes > 0 {
            self.announce(Topic::Changes);
        }
        Ok(Written {
            changes: u64::try_from(changes).unwrap_or_default(),
            lost: u64::try_from(lost).unwrap_or_default(),
        })
    }

    /// Locks the parcels that the worker still has, and returns the numbers of their leases.
    async fn lock_held(
        &self,
        transaction: &mut Transaction<'static, Any>,
        owner: &str,
        batch: &[Finished],
    ) -> Result<HashMap<i64, i64>, StoreError> {
        let ids = rows(1, 1, batch.len());
        let mut select = self.statement(&format!(
            "SELECT parcel_id, attempts FROM follow_look WHERE owner = $1 AND parcel_id IN {ids} \
             ORDER BY parcel_id {{lock}}"
        ));
        select = select.bind(owner.to_owned());
        for finished in batch {
            select = select.bind(finished.id.0);
        }
        let rows = select.fetch_all(&mut **transaction).await?;
        let read = |row: &AnyRow| Ok((row.try_get(0)?, row.try_get(1)?));
        rows.iter().map(read).collect()
    }

    async fn give_back(
        &self,
        transaction: &mut Transaction<'static, Any>,
        batch: &[&Finished],
    ) -> Result<(), StoreError> {
        let ids = rows(0, 1, batch.len());
        let mut update = self.statement(&format!(
            "UPDATE follow_look SET due_at = {{now}}, owner = NULL, \
             unfinished = {{max}}(unfinished - 1, 0) WHERE parcel_id IN {ids}"
        ));
        for finished in batch {
            update = update.bind(finished.id.0);
        }
        update.execute(&mut **transaction).await?;
        Ok(())
    }

    async fn write_snapshots(
        &self,
        transaction: &mut Transaction<'static, Any>,
        looked: &[(ParcelId, &FinishedLook)],
    ) -> Result<(), StoreError> {
        let snapshots: Vec<(i64, &Snapshot)> = looked
            .iter()
            .filter_map(|(id, look)| Some((id.0, look.snapshot.as_ref()?)))
            .collect();
        if snapshots.is_empty() {
            return Ok(());
        }
        let values = rows(0, snapshots.len(), 3);
        let mut upsert = self.statement(&format!(
            "INSERT INTO follow_snapshot (parcel_id, format, body) VALUES {values} \
             ON CONFLICT (parcel_id) DO UPDATE SET format = excluded.format, body = excluded.body"
        ));
        for (id, snapshot) in &snapshots {
            upsert = upsert.bind(*id).bind(FORMAT).bind(snapshot.body.clone());
        }
        upsert.execute(&mut **transaction).await?;
        self.write_summaries(transaction, &snapshots).await
    }

    /// Most looks bring the same status again, and write nothing here.
    async fn write_summaries(
        &self,
        transaction: &mut Transaction<'static, Any>,
        snapshots: &[(i64, &Snapshot)],
    ) -> Result<(), StoreError> {
        let values = rows(0, snapshots.len(), 3);
        let mut update = self.statement(&format!(
            "UPDATE follow_summary SET status = new.column2, attention = new.column3 \
             FROM (VALUES {values}) AS new WHERE follow_summary.parcel_id = new.column1 \
             AND (status <> new.column2 OR attention <> new.column3)"
        ));
        for (id, Snapshot { summary, .. }) in snapshots {
            update = update
                .bind(*id)
                .bind(summary.status.as_str())
                .bind(i64::from(summary.needs_attention));
        }
        update.execute(&mut **transaction).await?;
        Ok(())
    }

    async fn write_looks(
        &self,
        transaction: &mut Transaction<'static, Any>,
        looked: &[(ParcelId, &FinishedLook)],
    ) -> Result<(), StoreError> {
        if looked.is_empty() {
            return Ok(());
        }
        let values = rows(0, looked.len(), 8);
        let mut update = self.statement(&format!(
            "UPDATE follow_look SET \
                 due_at = CASE WHEN woken = 1 THEN {{now}} ELSE looked.column2 END, \
                 owner = NULL, woken = 0, unfinished = looked.column8, \
                 looked_at = looked.column3, news_at = looked.column4, failures = looked.column5, \
                 was_unknown = looked.column6, problem = looked.column7 \
             FROM (VALUES {values}) AS looked WHERE follow_look.parcel_id = looked.column1"
        ));
        let stored = |time: UtcTime| Micros::of(time).0;
        for (id, look) in looked {
            update = update
                .bind(id.0)
                .bind(look.due_at.map(stored))
                .bind(stored(look.looked_at))
                .bind(look.news_at.map(stored))
                .bind(i64::from(look.failures))
                .bind(i64::from(look.was_unknown))
                .bind(look.problem.clone())
                .bind(look.unfinished);
        }
        update.execute(&mut **transaction).await?;
        Ok(())
    }

    /// Numbers the changes. The counter's row is locked until the commit, so this is the last thing before it.
    async fn number(
        &self,
        transaction: &mut Transaction<'static, Any>,
        account: &str,
        looked: &[(ParcelId, &FinishedLook)],
    ) -> Result<usize, StoreError> {
        let changes: Vec<(i64, i64, &Vec<u8>)> = looked
            .iter()
            .flat_map(|(id, look)| {
                let told_at = Micros::of(look.looked_at).0;
                let changes = look.changes.iter();
                changes.map(move |change| (id.0, told_at, &change.0))
            })
            .collect();
        let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
        if count == 0 {
            return Ok(0);
        }
        let counter = "UPDATE follow_counter SET n = n + $1 WHERE name = 'change' RETURNING n";
        let counter = self.statement(counter).bind(count);
        let row = counter.fetch_all(&mut **transaction).await?;
        let row = row
            .first()
            .ok_or_else(|| StoreError::damaged("the counter of changes is not there"))?;
        let mut seq: i64 = row.try_get::<i64, _>(0)? - count;
        for chunk in changes.chunks(CHUNK) {
            let values = rows(0, chunk.len(), 5);
            let mut insert = self.statement(&format!(
                "INSERT INTO follow_change (seq, parcel_id, account, told_at, body) VALUES {values}"
            ));
            for (id, told_at, body) in chunk {
                seq += 1;
                insert = insert
                    .bind(seq)
                    .bind(*id)
                    .bind(account.to_owned())
                    .bind(*told_at)
                    .bind((*body).clone());
            }
            insert.execute(&mut **transaction).await?;
        }
        Ok(changes.len())
    }
}

/// Reads a row of [`Store::read_leased`].
fn request_and_shipments(row: &AnyRow) -> Result<(TrackRequest, Vec<Shipment>), StoreError> {
    let kind: String = row.try_get(1)?;
    let target: Target = TargetColumns::restore(&kind, row.try_get(2)?)?;
    let request = options(&row.try_get::<String, _>(3)?)?.restore(target);
    let shipments = shipments(row.try_get(8)?, row.try_get(9)?)?;
    Ok((request, shipments))
}

/// How many changes one statement writes.
const CHUNK: usize = 1000;
