//! Consumers that are sent the changes: who has which lease, what was delivered, what could not be.

use std::time::Duration;

use sqlx::Row as _;
use sqlx::any::AnyRow;
use tracing::warn;
use tracking_core::UtcTime;

use super::outbox::record;
use super::parcels::{optional_time, required_time};
use super::times::micros;
use super::{Store, Topic};
use crate::parcel::check;
use crate::sender::{ConsumerReport, DeadLetter, WebhookSecret, WebhookTarget};
use crate::{Consumer, StoreError, StoreErrorKind};

/// For how long a sender has a consumer: longer than sending one change takes.
const LEASE: Duration = Duration::from_secs(60);

/// A consumer that a sender has.
#[derive(Debug)]
pub(crate) struct TakenConsumer {
    pub(crate) name: String,
    pub(crate) target: WebhookTarget,
    pub(crate) position: u64,
    pub(crate) failures: u32,
    /// The database's time at the pick.
    pub(crate) now: UtcTime,
    /// The number of the last change at the pick.
    pub(crate) last: u64,
}

/// What came of sending the change after the position of a consumer.
#[derive(Debug)]
pub(crate) enum Delivery {
    Done {
        seq: u64,
    },
    /// It is sent again after this time, unless nothing was delivered for so long that the consumer is disabled.
    Again {
        problem: String,
        wait: Duration,
        disable_after: Duration,
    },
    /// It becomes a dead letter, and the next one is the one to send.
    Dead {
        problem: String,
        disable_after: Duration,
    },
    /// As `Again`, after a dead letter: it does not count as an attempt to deliver the change after the position.
    Paused {
        problem: String,
        wait: Duration,
        disable_after: Duration,
    },
    /// A dead letter was received, so that the consumer does not fail any more; the lease goes on.
    Resent,
    /// A dead letter was not received once more, and is one again; the lease goes on.
    None,
    /// Nothing more is sent during this lease.
    Released,
}

impl Store {
    /// Adds a consumer that a [`Sender`](crate::Sender) sends the changes to as webhooks. A new one is sent everything
    /// that is in the outbox. One that is there gets the new target, goes on where it was, and is enabled.
    ///
    /// The secret is stored as it is, since messages are signed with it.
    ///
    /// # Errors
    ///
    /// [`Invalid`](crate::StoreErrorKind::Invalid) if the name or the address cannot be stored.
    pub async fn add_webhook(
        &self,
        name: &str,
        target: &WebhookTarget,
    ) -> Result<Consumer, StoreError> {
        let url = check("address", target.url())?;
        let consumer = self.consumer(name).await?;
        let update = self.statement(&format!(
            "UPDATE follow_consumer SET url = $2, secret = $3, {ENABLED} WHERE name = $1"
        ));
        let update = update.bind(name.to_owned()).bind(url);
        self.write_one(update.bind(target.secret().reveal()))
            .await?;
        self.announce(Topic::Changes);
        Ok(consumer)
    }

    /// Lists the consumers, those that read and those that are sent changes, by name.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn consumers(&self) -> Result<Vec<ConsumerReport>, StoreError> {
        let select = self.statement(
            "SELECT name, url, secret, position, failures, failing_since, send_at, problem, disabled_at, \
             (SELECT n FROM follow_counter WHERE follow_counter.name = 'change'), coalesce(d.letters, 0) \
             FROM follow_consumer c LEFT JOIN (SELECT consumer, count(*) AS letters FROM follow_dead_letter \
                 GROUP BY consumer) d ON d.consumer = c.name ORDER BY name",
        );
        self.all(select).await?.iter().map(report).collect()
    }

    /// Removes a consumer and its dead letters, so that the outbox is kept for it no more.
    ///
    /// Returns false if there is none of this name.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn remove_consumer(&self, name: &str) -> Result<bool, StoreError> {
        let delete = self.statement("DELETE FROM follow_consumer WHERE name = $1");
        Ok(self.write_one(delete.bind(name.to_owned())).await? > 0)
    }

    /// Sends to a consumer now, without waiting for the next attempt, also to one that was disabled.
    ///
    /// Returns false if changes are sent to none of this name.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn enable_consumer(&self, name: &str) -> Result<bool, StoreError> {
        let update = self.statement(&format!(
            "UPDATE follow_consumer SET {ENABLED} WHERE name = $1 AND url IS NOT NULL"
        ));
        let is_enabled = self.write_one(update.bind(name.to_owned())).await? > 0;
        self.announce(Topic::Changes);
        Ok(is_enabled)
    }

    /// Returns up to `limit` changes that could not be delivered to a consumer, those after the number `after`.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn dead_letters(
        &self,
        consumer: &str,
        after: u64,
        limit: u32,
    ) -> Result<Vec<DeadLetter>, StoreError> {
        let select = self.statement(&format!(
            "{LETTERS} WHERE consumer = $1 AND seq > $2 ORDER BY seq LIMIT $3"
        ));
        let select = select
            .bind(consumer.to_owned())
            .bind(stored(after))
            .bind(i64::from(limit));
        self.all(select).await?.iter().map(dead_letter).collect()
    }

    /// Sends dead letters of a consumer once more: that of this number, or all of them. They come after later changes,
    /// with the same number and id as before.
    ///
    /// Returns how many they are.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn resend(&self, consumer: &str, seq: Option<u64>) -> Result<u64, StoreError> {
        let update = self.statement(
            "UPDATE follow_dead_letter SET resend = 1 WHERE consumer = $1 AND ($2 = 0 OR seq = $2)",
        );
        let seq = match seq {
            Some(0) => return Ok(0),
            seq => stored(seq.unwrap_or_default()),
        };
        let update = update.bind(consumer.to_owned()).bind(seq);
        let resent = self.write_one(update).await?;
        self.announce(Topic::Changes);
        Ok(resent)
    }

    /// Counts the consumers with something to send now. Unlike [`Store::take_consumer`] it locks nothing.
    pub(crate) async fn due_consumers(&self) -> Result<u64, StoreError> {
        let select = self.statement(&format!(
            "SELECT count(*) FROM follow_consumer c WHERE {DUE}"
        ));
        let rows = self.all(select).await?;
        rows.first().map_or(Ok(0), |row| number(row, 0))
    }

    /// Takes a consumer with something to send. When it returns, the lease is committed.
    ///
    /// One whose address or secret cannot be read is disabled, and the next one taken.
    pub(crate) async fn take_consumer(
        &self,
        owner: &str,
    ) -> Result<Option<TakenConsumer>, StoreError> {
        let take = format!(
            "WITH due AS MATERIALIZED (\
                 SELECT c.name FROM follow_consumer c WHERE {DUE} ORDER BY c.send_at LIMIT 1 {{lock free}}) \
             UPDATE follow_consumer SET owner = $1, send_at = {{now}} + $2 \
             FROM due WHERE follow_consumer.name = due.name \
             RETURNING follow_consumer.name, url, secret, position, failures, {{now}}, \
                 (SELECT n FROM follow_counter WHERE follow_counter.name = 'change')"
        );
        let owner = owner.to_owned();
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            loop {
                let take = store.statement(&take).bind(owner.clone());
                let taken = take.bind(micros(LEASE)).fetch_all(&mut *transaction).await?;
                let Some(row) = taken.first() else {
                    transaction.commit().await?;
                    return Ok(None);
                };
                let error = match target(row) {
                    Ok(Some(target)) => {
                        transaction.commit().await?;
                        return taken_consumer(row, target).map(Some);
                    }
                    Ok(None) => unreadable(),
                    Err(error) if error.kind() == StoreErrorKind::Damaged => error,
                    Err(error) => return Err(error),
                };
                let name: String = row.try_get(0)?;
                warn!(consumer = name, %error, "the consumer is disabled");
                let disable = "UPDATE follow_consumer SET disabled_at = {now}, problem = $2, owner = NULL \
                               WHERE name = $1";
                let disable = store.statement(disable).bind(name).bind(error.to_string());
                disable.execute(&mut *transaction).await?;
            }
        })
        .await
    }

    /// Writes what came of sending a change. Returns false if another sender has the consumer, or it was removed.
    pub(crate) async fn delivered(
        &self,
        owner: &str,
        consumer: &str,
        delivery: Delivery,
    ) -> Result<bool, StoreError> {
        let update = |assignments: &str| {
            let update = format!(
                "UPDATE follow_consumer SET {assignments} WHERE name = $1 AND owner = $2 AND disabled_at IS NULL"
            );
            let update = self.statement(&update);
            update.bind(consumer.to_owned()).bind(owner.to_owned())
        };
        let statements = match delivery {
            Delivery::Done { seq } => {
                let update = update(
                    "position = {max}(position, $3), send_at = {now} + $4, failures = 0, \
                     failing_since = NULL, problem = NULL",
                );
                vec![update.bind(stored(seq)).bind(micros(LEASE))]
            }
            Delivery::Again {
                problem,
                wait,
                disable_after,
            } => {
                let update = update(&format!(
                    "failures = failures + 1, owner = NULL, send_at = {{now}} + $5, {FAILED}"
                ));
                let update = update.bind(problem).bind(micros(disable_after));
                vec![update.bind(micros(wait))]
            }
            Delivery::Paused {
                problem,
                wait,
                disable_after,
            } => {
                let update = update(&format!("owner = NULL, send_at = {{now}} + $5, {FAILED}"));
                let update = update.bind(problem).bind(micros(disable_after));
                vec![update.bind(micros(wait))]
            }
            Delivery::Dead {
                problem,
                disable_after,
            } => {
                let insert = self.statement(
                    "INSERT INTO follow_dead_letter \
                     (consumer, seq, parcel_id, account, told_at, body, failed_at, problem) \
                     SELECT c.name, f.seq, f.parcel_id, f.account, f.told_at, f.body, {now}, $3 \
                     FROM follow_consumer c JOIN follow_change f ON f.seq = \
                         (SELECT min(n.seq) FROM follow_change n WHERE n.seq > c.position) \
                     WHERE c.name = $1 AND c.owner = $2 ON CONFLICT (consumer, seq) DO NOTHING",
                );
                let insert = insert.bind(consumer.to_owned()).bind(owner.to_owned());
                let update = update(&format!(
                    "failures = 0, send_at = {{now}} + $5, position = coalesce(\
                     (SELECT min(f.seq) FROM follow_change f WHERE f.seq > position), position), {FAILED}"
                ));
                let update = update.bind(problem.clone()).bind(micros(disable_after));
                vec![insert.bind(problem), update.bind(micros(LEASE))]
            }
            Delivery::Resent => {
                let update = update("send_at = {now} + $3, failing_since = NULL, problem = NULL");
                vec![update.bind(micros(LEASE))]
            }
            Delivery::None => vec![update("send_at = {now} + $3").bind(micros(LEASE))],
            Delivery::Released => vec![update("owner = NULL, send_at = {now}")],
        };
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let mut changed = 0;
            for statement in statements {
                changed = statement.execute(&mut *transaction).await?.rows_affected();
            }
            transaction.commit().await?;
            Ok(changed > 0)
        })
        .await
    }

    /// Up to `limit` dead letters of a consumer that shall be sent once more.
    pub(crate) async fn resent(
        &self,
        consumer: &str,
        limit: u32,
    ) -> Result<Vec<DeadLetter>, StoreError> {
        let select = self.statement(&format!(
            "{LETTERS} WHERE consumer = $1 AND resend = 1 ORDER BY seq LIMIT $2"
        ));
        let select = select.bind(consumer.to_owned()).bind(i64::from(limit));
        self.all(select).await?.iter().map(dead_letter).collect()
    }

    /// Writes what came of sending a dead letter once more.
    pub(crate) async fn resend_ended(
        &self,
        consumer: &str,
        seq: u64,
        problem: Option<String>,
    ) -> Result<(), StoreError> {
        let statement = match &problem {
            None => "DELETE FROM follow_dead_letter WHERE consumer = $1 AND seq = $2",
            Some(_) => {
                "UPDATE follow_dead_letter SET resend = 0, failed_at = {now}, problem = $3 \
                 WHERE consumer = $1 AND seq = $2"
            }
        };
        let statement = self.statement(statement);
        let statement = statement.bind(consumer.to_owned()).bind(stored(seq));
        let statement = match problem {
            None => statement,
            Some(problem) => statement.bind(problem),
        };
        self.write_one(statement).await.map(drop)
    }
}

/// The columns of a consumer that has no failures.
const ENABLED: &str = "disabled_at = NULL, failures = 0, failing_since = NULL, problem = NULL, owner = NULL, send_at = 0";

/// The columns of a consumer after a failure: the problem is `$3`, and `$4` the time after which it is disabled, 0 for at
/// once. Otherwise one failure is not enough: since an earlier change became a dead letter there may have been nothing to
/// deliver.
const FAILED: &str = "problem = $3, failing_since = coalesce(failing_since, {now}), \
     disabled_at = CASE WHEN $4 = 0 OR failures > 0 AND coalesce(failing_since, {now}) <= {now} - $4 THEN {now} END";

/// The condition for a consumer `c` with something to send.
const DUE: &str = "c.url IS NOT NULL AND c.disabled_at IS NULL AND c.send_at <= {now} AND (\
     c.position < (SELECT n FROM follow_counter WHERE follow_counter.name = 'change') \
     OR EXISTS (SELECT 1 FROM follow_dead_letter d WHERE d.consumer = c.name AND d.resend = 1))";

const LETTERS: &str = "SELECT seq, parcel_id, account, told_at, body, failed_at, problem, resend FROM follow_dead_letter";

fn stored(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn number(row: &AnyRow, column: usize) -> Result<u64, StoreError> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
}

fn target(row: &AnyRow) -> Result<Option<WebhookTarget>, StoreError> {
    let url: Option<String> = row.try_get(1)?;
    let secret: Option<String> = row.try_get(2)?;
    let Some(url) = url else {
        return Ok(None);
    };
    let secret = secret.ok_or_else(unreadable)?;
    let secret = WebhookSecret::parse(&secret).map_err(|_| unreadable())?;
    let target = WebhookTarget::new(&url, secret).map_err(|_| unreadable())?;
    Ok(Some(target))
}

fn unreadable() -> StoreError {
    StoreError::damaged("the address or the secret of the consumer cannot be read")
}

fn taken_consumer(row: &AnyRow, target: WebhookTarget) -> Result<TakenConsumer, StoreError> {
    Ok(TakenConsumer {
        name: row.try_get(0)?,
        target,
        position: number(row, 3)?,
        failures: u32::try_from(number(row, 4)?).unwrap_or(u32::MAX),
        now: required_time(row, 5)?,
        last: number(row, 6)?,
    })
}

fn report(row: &AnyRow) -> Result<ConsumerReport, StoreError> {
    let (target, unreadable) = match target(row) {
        Ok(target) => (target, None),
        Err(error) if error.kind() == StoreErrorKind::Damaged => (None, Some(error.to_string())),
        Err(error) => return Err(error),
    };
    let problem: Option<String> = row.try_get(7)?;
    // A time that no sender writes counts as missing.
    let time = |column: usize| optional_time(row, column).ok().flatten();
    let position = number(row, 3)?;
    Ok(ConsumerReport {
        name: row.try_get(0)?,
        origin: target.as_ref().map(|it| it.origin().to_owned()),
        position,
        behind: number(row, 9)?.saturating_sub(position),
        failures: u32::try_from(number(row, 4)?).unwrap_or(u32::MAX),
        failing_since: time(5),
        send_at: time(6).filter(|_| target.is_some()),
        problem: unreadable.or(problem),
        disabled_at: time(8),
        dead_letters: number(row, 10)?,
    })
}

fn dead_letter(row: &AnyRow) -> Result<DeadLetter, StoreError> {
    Ok(DeadLetter {
        seq: number(row, 0)?,
        failed_at: required_time(row, 5)?,
        problem: row.try_get(6)?,
        is_resent: row.try_get::<i64, _>(7)? != 0,
        change: record(row).ok(),
    })
}
