//! Adding, reading and removing parcels.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::value::RawValue;
use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};
use tracking_core::{Shipment, Status, Target, UtcTime};

use super::engine::rows;
use super::{Micros, Statement, Store, Topic};
use crate::parcel::{
    Added, Counts, NewParcel, Options, Parcel, ParcelId, TargetColumns, check, invalid,
};
use crate::summary::Summary;
use crate::{StoreError, StoreErrorKind};

/// How many parcels one statement adds.
const CHUNK: usize = 500;

/// The format of a snapshot that this version writes: a JSON list of shipments.
pub(super) const FORMAT: i64 = 1;

/// What distinguishes a parcel: account, kind, key, reference.
type Key = (i64, String, String, String);

/// What is looked up: account, kind, key.
type Subject = (i64, String, String);

/// The other columns of a new parcel, and the positions at which it was given.
struct NewRow {
    target: String,
    options: String,
    tags: String,
    places: Vec<usize>,
}

/// A parcel that is added.
struct Tagged<'a> {
    id: i64,
    account: i64,
    is_new: bool,
    /// As they are stored.
    tags: &'a str,
}

/// What [`parcel`] reads.
pub(super) const COLUMNS: &str = "p.id, a.name, p.kind, p.target, p.reference, p.options, p.tags, p.since, \
     l.looked_at, l.due_at, l.news_at, l.owner, l.attempts, l.failures, l.problem, s.format, s.body, \
     m.status, m.attention";
/// Where [`COLUMNS`] are.
pub(super) const TABLES: &str = "follow_parcel p \
     JOIN follow_account a ON a.id = p.account_id \
     JOIN follow_look l ON l.parcel_id = p.id \
     JOIN follow_summary m ON m.parcel_id = p.id \
     LEFT JOIN follow_snapshot s ON s.parcel_id = p.id";

impl Store {
    /// Follows a parcel from now on. One that is followed already gets the new options and tags.
    ///
    /// Account, target and reference distinguish parcels. Without a reference, the parcel of this account and target that
    /// is there is meant, whatever its reference; if there are several, the first.
    ///
    /// # Errors
    ///
    /// [`Invalid`](StoreErrorKind::Invalid) if it has no account or number, or a string that cannot be
    /// stored: the letter NUL, or more than 500 bytes.
    pub async fn add(&self, parcel: NewParcel) -> Result<Added, StoreError> {
        let added = self.add_all(vec![parcel]).await?;
        added
            .first()
            .copied()
            .ok_or_else(|| StoreError::damaged("a parcel that was added is not there"))
    }

    /// Follows many parcels from now on, all or none of them, and returns one result for each, in their order.
    ///
    /// # Errors
    ///
    /// As [`Store::add`], for the first parcel that cannot be stored.
    pub async fn add_all(&self, parcels: Vec<NewParcel>) -> Result<Vec<Added>, StoreError> {
        self.detached(|store| async move { store.add_now(&parcels).await })
            .await
    }

    async fn add_now(&self, parcels: &[NewParcel]) -> Result<Vec<Added>, StoreError> {
        let mut transaction = self.begin().await?;
        let accounts = self.accounts_of(&mut transaction, parcels).await?;
        let now = self.now(&mut transaction).await?;
        let rows = parcels.iter().map(|parcel| new_row(parcel, &accounts));
        let mut rows: Vec<(Key, NewRow)> = rows.collect::<Result<_, _>>()?;
        self.name_references(&mut transaction, &mut rows).await?;
        // In the order of the keys, so that two importers wait for each other and never both.
        let mut new: BTreeMap<Key, NewRow> = BTreeMap::new();
        for (place, (key, row)) in rows.into_iter().enumerate() {
            let entry = new.entry(key).or_insert(NewRow {
                places: Vec::new(),
                ..row
            });
            entry.places.push(place);
        }
        let mut added: Vec<Option<Added>> = vec![None; parcels.len()];
        let new: Vec<(Key, NewRow)> = new.into_iter().collect();
        for chunk in new.chunks(CHUNK) {
            self.add_chunk(&mut transaction, chunk, now, &mut added)
                .await?;
        }
        transaction.commit().await?;
        self.announce(Topic::Work);
        let added: Option<Vec<Added>> = added.into_iter().collect();
        added.ok_or_else(|| StoreError::damaged("a parcel that was added is not there"))
    }

    /// Gives parcels without a reference that of the parcel with the same account and target, which is in the store or
    /// was added before.
    async fn name_references(
        &self,
        transaction: &mut Transaction<'static, Any>,
        rows: &mut [(Key, NewRow)],
    ) -> Result<(), StoreError> {
        let open = rows
            .iter()
            .filter(|((.., reference), _)| reference.is_empty());
        let open: BTreeSet<Subject> = open.map(|(key, _)| subject(key)).collect();
        let open: Vec<Subject> = open.into_iter().collect();
        let mut first: HashMap<Subject, String> = HashMap::new();
        for chunk in open.chunks(CHUNK) {
            self.find_references(transaction, chunk, &mut first).await?;
        }
        for (key, _) in rows {
            let reference = first.entry(subject(key)).or_insert_with(|| key.3.clone());
            if key.3.is_empty() {
                key.3.clone_from(reference);
            }
        }
        Ok(())
    }

    /// Finds the references of parcels in the store: none if a parcel has none, else that of the first.
    async fn find_references(
        &self,
        transaction: &mut Transaction<'static, Any>,
        subjects: &[Subject],
        first: &mut HashMap<Subject, String>,
    ) -> Result<(), StoreError> {
        let values = rows(0, subjects.len(), 3);
        // SQLite reads all parcels for `IN (VALUES …)`, and uses the index for this.
        let mut select = self.statement(&format!(
            "SELECT p.account_id, p.kind, p.target_key, p.reference \
             FROM (VALUES {values}) v CROSS JOIN follow_parcel p \
             WHERE p.account_id = v.column1 AND p.kind = v.column2 AND p.target_key = v.column3 \
             ORDER BY CASE WHEN p.reference = '' THEN 0 ELSE 1 END, p.id"
        ));
        for (account, kind, key) in subjects {
            select = select.bind(*account).bind(kind.as_str()).bind(key.as_str());
        }
        for row in select.fetch_all(&mut **transaction).await? {
            let subject = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            first.entry(subject).or_insert(row.try_get(3)?);
        }
        Ok(())
    }

    async fn add_chunk(
        &self,
        transaction: &mut Transaction<'static, Any>,
        chunk: &[(Key, NewRow)],
        now: Micros,
        added: &mut [Option<Added>],
    ) -> Result<(), StoreError> {
        let values = rows(0, chunk.len(), 8);
        let mut insert = self.statement(&format!(
            "INSERT INTO follow_parcel \
             (account_id, kind, target_key, reference, target, options, tags, since) VALUES {values} \
             ON CONFLICT (account_id, kind, target_key, reference) \
             DO UPDATE SET options = excluded.options, tags = excluded.tags \
             RETURNING id, account_id, kind, target_key, reference"
        ));
        for ((account, kind, key, reference), row) in chunk {
            insert = insert
                .bind(*account)
                .bind(kind.as_str())
                .bind(key.as_str())
                .bind(reference.as_str())
                .bind(row.target.as_str())
                .bind(row.options.as_str())
                .bind(row.tags.as_str())
                .bind(now.0);
        }
        let mut ids: HashMap<Key, i64> = HashMap::new();
        for row in insert.fetch_all(&mut **transaction).await? {
            let key = (
                row.try_get(1)?,
                row.try_get(2)?,
                row.try_get(3)?,
                row.try_get(4)?,
            );
            ids.insert(key, row.try_get(0)?);
        }
        // Which of them are new is known by the look, which every parcel has.
        let values = rows(0, ids.len(), 3);
        let mut looks = self.statement(&format!(
            "INSERT INTO follow_look (parcel_id, account_id, due_at) VALUES {values} \
             ON CONFLICT (parcel_id) DO NOTHING RETURNING parcel_id"
        ));
        for ((account, ..), id) in &ids {
            looks = looks.bind(*id).bind(*account).bind(now.0);
        }
        let mut is_new: HashMap<i64, bool> = ids.values().map(|id| (*id, false)).collect();
        for row in looks.fetch_all(&mut **transaction).await? {
            is_new.insert(row.try_get(0)?, true);
        }
        let known = chunk.iter().filter_map(|(key, row)| {
            let id = *ids.get(key)?;
            Some(Tagged {
                id,
                account: key.0,
                is_new: is_new.get(&id).copied().unwrap_or_default(),
                tags: &row.tags,
            })
        });
        let (new, old): (Vec<Tagged<'_>>, Vec<_>) = known.partition(|it| it.is_new);
        self.add_summaries(transaction, &new).await?;
        self.remove_tags(transaction, &old).await?;
        self.add_tags(transaction, new.into_iter().chain(old))
            .await?;
        for (key, row) in chunk {
            let Some(id) = ids.get(key) else { continue };
            let mut is_new = is_new.get(id).copied().unwrap_or_default();
            for place in &row.places {
                if let Some(slot) = added.get_mut(*place) {
                    *slot = Some(Added {
                        id: ParcelId(*id),
                        is_new,
                    });
                }
                is_new = false;
            }
        }
        Ok(())
    }

    async fn add_summaries(
        &self,
        transaction: &mut Transaction<'static, Any>,
        new: &[Tagged<'_>],
    ) -> Result<(), StoreError> {
        if new.is_empty() {
            return Ok(());
        }
        let values = rows(0, new.len(), 4);
        let mut insert = self.statement(&format!(
            "INSERT INTO follow_summary (parcel_id, status, attention, account_id) VALUES {values}"
        ));
        for Tagged { id, account, .. } in new {
            insert = insert
                .bind(*id)
                .bind(Status::Pending.as_str())
                .bind(0_i64)
                .bind(*account);
        }
        insert.execute(&mut **transaction).await?;
        Ok(())
    }

    async fn remove_tags(
        &self,
        transaction: &mut Transaction<'static, Any>,
        old: &[Tagged<'_>],
    ) -> Result<(), StoreError> {
        if old.is_empty() {
            return Ok(());
        }
        let ids = rows(0, 1, old.len());
        let delete = format!("DELETE FROM follow_tag WHERE parcel_id IN {ids}");
        let mut delete = self.statement(&delete);
        for Tagged { id, .. } in old {
            delete = delete.bind(*id);
        }
        delete.execute(&mut **transaction).await?;
        Ok(())
    }

    async fn add_tags<'t>(
        &self,
        transaction: &mut Transaction<'static, Any>,
        tagged: impl Iterator<Item = Tagged<'t>>,
    ) -> Result<(), StoreError> {
        let mut all: Vec<(i64, String)> = Vec::new();
        for parcel in tagged {
            let tags = tags(parcel.tags)?.into_iter();
            all.extend(tags.map(|tag| (parcel.id, tag)));
        }
        for chunk in all.chunks(CHUNK) {
            let values = rows(0, chunk.len(), 2);
            let mut insert = self.statement(&format!(
                "INSERT INTO follow_tag (parcel_id, tag) VALUES {values} ON CONFLICT (tag, parcel_id) DO NOTHING"
            ));
            for (id, tag) in chunk {
                insert = insert.bind(*id).bind(tag.clone());
            }
            insert.execute(&mut **transaction).await?;
        }
        Ok(())
    }

    /// The ids of the accounts, which are created if they are not there.
    async fn accounts_of(
        &self,
        transaction: &mut Transaction<'static, Any>,
        parcels: &[NewParcel],
    ) -> Result<BTreeMap<String, i64>, StoreError> {
        let names = parcels.iter().map(|parcel| account_key(&parcel.account));
        let mut accounts: BTreeMap<String, i64> = BTreeMap::new();
        for name in names {
            accounts.insert(check("account", &name?)?, 0);
        }
        for (name, id) in &mut accounts {
            let insert =
                "INSERT INTO follow_account (name) VALUES ($1) ON CONFLICT (name) DO NOTHING";
            self.statement(insert)
                .bind(name.as_str())
                .execute(&mut **transaction)
                .await?;
            let select = self.statement("SELECT id FROM follow_account WHERE name = $1");
            let row = select
                .bind(name.as_str())
                .fetch_one(&mut **transaction)
                .await?;
            *id = row.try_get(0)?;
        }
        Ok(accounts)
    }

    /// Returns a parcel, or `None` if there is none of this id.
    ///
    /// # Errors
    ///
    /// [`Damaged`](StoreErrorKind::Damaged) if what is stored of it cannot be read.
    pub async fn parcel(&self, id: ParcelId) -> Result<Option<Parcel>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.id = $1");
        let rows = self.all(self.statement(&select).bind(id.0)).await?;
        rows.first().map(parcel).transpose()
    }

    /// Returns up to `limit` parcels in the order of their ids, those after `after`.
    ///
    /// # Errors
    ///
    /// [`Damaged`](StoreErrorKind::Damaged) if what is stored of one cannot be read.
    pub async fn parcels(
        &self,
        after: Option<ParcelId>,
        limit: u32,
    ) -> Result<Vec<Parcel>, StoreError> {
        let select =
            format!("SELECT {COLUMNS} FROM {TABLES} WHERE p.id > $1 ORDER BY p.id LIMIT $2");
        let after = after.map_or(0, |id| id.0);
        let select = self.statement(&select).bind(after).bind(i64::from(limit));
        self.all(select).await?.iter().map(parcel).collect()
    }

    /// Returns the parcels that are followed by this number, id or reference, whatever the spelling of the number: those
    /// of one account, or of all of them. They are several if the client gave them references of its own.
    ///
    /// # Errors
    ///
    /// [`Invalid`](StoreErrorKind::Invalid) if no parcel can have this target or account, such as an empty one.
    pub async fn find(
        &self,
        account: Option<&str>,
        target: &Target,
    ) -> Result<Vec<ParcelId>, StoreError> {
        let TargetColumns { kind, key, .. } = TargetColumns::of(target)?;
        let select = self.statement(
            "SELECT p.id FROM follow_parcel p JOIN follow_account a ON a.id = p.account_id \
             WHERE ($1 = '' OR a.name = $1) AND p.kind = $2 AND p.target_key = $3 ORDER BY p.id",
        );
        let account = account.map_or_else(|| Ok(String::new()), account_key)?;
        let select = select.bind(account).bind(kind).bind(key);
        let read = |row: &AnyRow| Ok(ParcelId(row.try_get(0)?));
        self.all(select).await?.iter().map(read).collect()
    }

    /// Stops following a parcel and forgets what is known of it. The changes that it brought stay in the outbox.
    ///
    /// Returns false if there is no such parcel. A look that a worker has begun is dropped.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn remove(&self, id: ParcelId) -> Result<bool, StoreError> {
        let delete = self.statement("DELETE FROM follow_parcel WHERE id = $1");
        Ok(self.write_one(delete.bind(id.0)).await? > 0)
    }

    /// Makes a parcel due now, such as when a message says that it changed, also one that rests. One that a worker
    /// has is due again as soon as that look is over.
    ///
    /// Returns false if there is no such parcel.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn look_now(&self, id: ParcelId) -> Result<bool, StoreError> {
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let woken = store.wake(&mut transaction, &[id.0]).await?;
            transaction.commit().await?;
            store.announce(Topic::Work);
            Ok(woken > 0)
        })
        .await
    }

    /// Makes parcels due, and returns how many there are. Their rows are locked in the order of the ids, as a worker
    /// does, so that the two wait for each other and never both.
    pub(super) async fn wake(
        &self,
        transaction: &mut Transaction<'static, Any>,
        sorted: &[i64],
    ) -> Result<u64, StoreError> {
        let mut woken = 0;
        for chunk in sorted.chunks(CHUNK) {
            let ids = rows(0, 1, chunk.len());
            let bound = |statement| {
                let bind = |statement: Statement, id: &i64| statement.bind(*id);
                chunk.iter().fold(statement, bind)
            };
            let lock = self.statement(&format!(
                "SELECT parcel_id FROM follow_look WHERE parcel_id IN {ids} ORDER BY parcel_id {{lock}}"
            ));
            bound(lock).fetch_all(&mut **transaction).await?;
            let update = self.statement(&format!(
                "UPDATE follow_look SET \
                 woken = CASE WHEN owner IS NULL THEN 0 ELSE 1 END, \
                 due_at = CASE WHEN owner IS NULL THEN {{min}}(coalesce(due_at, {{now}}), {{now}}) ELSE due_at END \
                 WHERE parcel_id IN {ids}"
            ));
            let done = bound(update).execute(&mut **transaction).await?;
            woken += done.rows_affected();
        }
        Ok(woken)
    }

    /// Counts the parcels. It reads all of them, so it is for people, not for a loop.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let count = |condition: &str| format!("count(CASE WHEN {condition} THEN 1 END)");
        let select = format!(
            "SELECT count(*), {}, {}, {}, {}, (SELECT count(*) FROM follow_change), \
             (SELECT count(*) FROM follow_inbox WHERE state = 'waiting'), \
             (SELECT count(*) FROM follow_inbox WHERE state = 'aside'), \
             (SELECT n FROM follow_counter WHERE follow_counter.name = 'change') FROM follow_look",
            count("due_at <= {now}"),
            count("owner IS NOT NULL AND due_at > {now}"),
            count("due_at IS NULL"),
            count("failures > 0"),
        );
        let rows = self.all(self.statement(&select)).await?;
        let number = |column: usize| -> Result<u64, StoreError> {
            let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
            Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
        };
        Ok(Counts {
            parcels: number(0)?,
            due: number(1)?,
            leased: number(2)?,
            resting: number(3)?,
            failing: number(4)?,
            changes: number(5)?,
            last_change: number(8)?,
            messages_waiting: number(6)?,
            messages_aside: number(7)?,
        })
    }
}

/// The same for all spellings of the name.
pub(super) fn account_key(name: &str) -> Result<String, StoreError> {
    let name = name.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Err(invalid("it names no account"));
    }
    Ok(name)
}

fn new_row(
    parcel: &NewParcel,
    accounts: &BTreeMap<String, i64>,
) -> Result<(Key, NewRow), StoreError> {
    let account = accounts.get(&account_key(&parcel.account)?).copied();
    let TargetColumns { kind, target, key } = TargetColumns::of(&parcel.request.target)?;
    let reference = parcel.reference.as_deref().unwrap_or_default().trim();
    let reference = check("reference", reference)?;
    for tag in &parcel.tags {
        check("tag", tag)?;
    }
    let written = (
        serde_json::to_string(&Options::of(&parcel.request)),
        serde_json::to_string(&parcel.tags),
    );
    let (Ok(options), Ok(tags)) = written else {
        return Err(invalid("its options cannot be written as JSON"));
    };
    let row = NewRow {
        target,
        options,
        tags,
        places: Vec::new(),
    };
    Ok((
        (account.unwrap_or_default(), kind.to_owned(), key, reference),
        row,
    ))
}

fn subject((account, kind, key, _): &Key) -> Subject {
    (*account, kind.clone(), key.clone())
}

fn tags(stored: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(stored)
        .map_err(|_| StoreError::damaged("the tags of a parcel cannot be read"))
}

pub(super) fn parcel(row: &AnyRow) -> Result<Parcel, StoreError> {
    let kind: String = row.try_get(2)?;
    let target = TargetColumns::restore(&kind, row.try_get(3)?)?;
    let reference: String = row.try_get(4)?;
    let since = required_time(row, 7)?;
    let summary = Summary::restore(&row.try_get::<String, _>(17)?, row.try_get(18)?);
    Ok(Parcel {
        id: ParcelId(row.try_get(0)?),
        account: row.try_get(1)?,
        request: options(&row.try_get::<String, _>(5)?)?.restore(target),
        reference: Some(reference).filter(|it| !it.is_empty()),
        tags: tags(&row.try_get::<String, _>(6)?)?,
        since,
        looked_at: optional_time(row, 8)?,
        due_at: optional_time(row, 9)?,
        news_at: optional_time(row, 10)?,
        worker: row.try_get(11)?,
        attempts: u64::try_from(row.try_get::<i64, _>(12)?).unwrap_or_default(),
        failures: failures(row.try_get(13)?),
        problem: row.try_get(14)?,
        shipments: shipments(row.try_get(15)?, row.try_get(16)?)?,
        status: summary.status,
        needs_attention: summary.needs_attention,
    })
}

pub(super) fn failures(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

pub(super) fn options(stored: &str) -> Result<Options, StoreError> {
    serde_json::from_str(stored)
        .map_err(|_| StoreError::damaged("the options of a parcel cannot be read"))
}

pub(super) fn required_time(row: &AnyRow, column: usize) -> Result<UtcTime, StoreError> {
    let time = optional_time(row, column)?;
    time.ok_or_else(|| StoreError::damaged("a time of a parcel is missing"))
}

pub(super) fn optional_time(row: &AnyRow, column: usize) -> Result<Option<UtcTime>, StoreError> {
    let stored: Option<i64> = row.try_get(column)?;
    let read = |stored| {
        let time = Micros(stored).time();
        time.ok_or_else(|| StoreError::damaged("a time of a parcel is outside of the calendar"))
    };
    stored.map(read).transpose()
}

/// Reads the shipments of a snapshot, which a parcel has after its first look.
pub(super) fn shipments(
    format: Option<i64>,
    body: Option<Vec<u8>>,
) -> Result<Vec<Shipment>, StoreError> {
    let (Some(format), Some(body)) = (format, body) else {
        return Ok(Vec::new());
    };
    if format != FORMAT {
        let message = format!("a newer version of this program wrote a shipment (format {format})");
        return Err(StoreError::new(StoreErrorKind::NewerSchema, message));
    }
    let stored: Vec<&RawValue> = serde_json::from_slice(&body)
        .map_err(|_| StoreError::damaged("a stored list of shipments cannot be read"))?;
    let read = |stored: &&RawValue| {
        Shipment::from_json(stored.get().as_bytes()).map_err(|error| {
            StoreError::damaged(format!("a stored shipment cannot be read: {error}"))
        })
    };
    stored.iter().map(read).collect()
}
