//! Webhook messages: keeping them, leasing them to a worker, and writing what came of them.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};
use tracking_core::webhook::WebhookProof;

use super::engine::rows;
use super::parcels::{account_key, required_time};
use super::times::micros;
use super::{Store, Topic};
use crate::StoreError;
use crate::inbox::{
    InboxMessage, MessageCounts, MessageId, MessageState, NewMessage, proof_of_name,
};
use crate::parcel::TargetColumns;

/// For how long a worker has messages; reading one takes milliseconds.
const LEASE: Duration = Duration::from_secs(60);
/// How many messages one transaction settles.
const BATCH: i64 = 100;
/// How many rows of parameters one statement has.
const CHUNK: usize = 1000;

/// A message that a worker has.
#[derive(Debug)]
pub(crate) struct TakenMessage {
    pub(crate) id: MessageId,
    pub(crate) account: String,
    pub(crate) proof: WebhookProof,
    /// How often it was taken, this time included; distinguishes this lease from the others.
    pub(crate) attempts: i64,
}

/// What came of a message.
#[derive(Debug)]
pub(crate) struct SettledMessage {
    pub(crate) message: TakenMessage,
    /// For each of its shipments the targets by which it may be followed, or why they cannot be read.
    pub(crate) shipments: Result<Vec<Vec<TargetColumns>>, String>,
}

impl Store {
    /// Keeps a message, and returns false if it is a repeat of one that is there.
    pub(crate) async fn keep_message(&self, message: NewMessage) -> Result<bool, StoreError> {
        let state = match message.problem {
            None => MessageState::Waiting,
            Some(_) => MessageState::Aside,
        };
        let insert = self.statement(
            "INSERT INTO follow_inbox \
             (account, received_at, proof, dedupe_key, state, problem, body, due_at, settled_at) \
             VALUES ($1, {now}, $2, $3, $4, $5, $6, \
                 CASE WHEN $4 = 'waiting' THEN {now} END, CASE WHEN $4 <> 'waiting' THEN {now} END) \
             ON CONFLICT (dedupe_key) DO NOTHING",
        );
        let key = message.dedupe_key.map(|key| key.as_str().to_owned());
        let insert = insert
            .bind(account_key(&message.account)?)
            .bind(message.proof.as_str())
            .bind(key)
            .bind(state.as_str())
            // PostgreSQL stores no NUL in a string.
            .bind(message.problem.map(|it| it.replace('\0', "")))
            .bind(message.body);
        let is_kept = self.write_one(insert).await? > 0;
        if is_kept {
            self.announce(Topic::Work);
        }
        Ok(is_kept)
    }

    /// Takes messages that wait, those first that wait for longest. When it returns, the leases are committed.
    ///
    /// One that was taken before and not settled comes alone, after the others: it may have ended the process.
    pub(crate) async fn take_messages(
        &self,
        accounts: &[String],
    ) -> Result<Vec<TakenMessage>, StoreError> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        let among = rows(2, 1, accounts.len());
        let take = |attempts: &str, limit: i64| {
            let take = self.statement(&format!(
                "WITH due AS MATERIALIZED (\
                     SELECT id FROM follow_inbox WHERE account IN {among} AND due_at <= {{now}} \
                     AND attempts {attempts} ORDER BY due_at LIMIT $1 {{lock free}}) \
                 UPDATE follow_inbox SET due_at = {{now}} + $2, attempts = attempts + 1 \
                 FROM due WHERE follow_inbox.id = due.id \
                 RETURNING follow_inbox.id, account, proof, attempts"
            ));
            let take = take.bind(limit).bind(micros(LEASE));
            accounts
                .iter()
                .fold(take, |take, account| take.bind(account.clone()))
        };
        let takes = [take("= 0", BATCH), take("> 0", 1)];
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let mut taken = Vec::new();
            for take in takes {
                taken = take.fetch_all(&mut *transaction).await?;
                if !taken.is_empty() {
                    break;
                }
            }
            transaction.commit().await?;
            taken.iter().map(taken_message).collect()
        })
        .await
    }

    /// Returns true if one of the messages of these accounts waits. Unlike [`Store::take_messages`] it locks nothing.
    pub(crate) async fn has_messages(&self, accounts: &[String]) -> Result<bool, StoreError> {
        if accounts.is_empty() {
            return Ok(false);
        }
        let among = rows(0, 1, accounts.len());
        let select = self.statement(&format!(
            "SELECT 1 FROM follow_inbox WHERE account IN {among} AND due_at <= {{now}} LIMIT 1"
        ));
        let select = accounts
            .iter()
            .fold(select, |select, account| select.bind(account.clone()));
        Ok(!self.all(select).await?.is_empty())
    }

    /// The body of a message; `None` if it is done or deleted.
    pub(crate) async fn body_of(&self, id: MessageId) -> Result<Option<Vec<u8>>, StoreError> {
        let select = self.statement("SELECT body FROM follow_inbox WHERE id = $1");
        let rows = self.all(select.bind(id.0)).await?;
        Ok(match rows.first() {
            Some(row) => row.try_get(0)?,
            None => None,
        })
    }

    /// Makes the parcels due that messages name, and says what came of each message, in one transaction.
    pub(crate) async fn settle_messages(
        &self,
        messages: Vec<SettledMessage>,
    ) -> Result<(), StoreError> {
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let followed = store.followed(&mut transaction, &messages).await?;
            let parcels: BTreeSet<i64> = followed.iter().map(|it| it.2).collect();
            let parcels: Vec<i64> = parcels.into_iter().collect();
            store.wake(&mut transaction, &parcels).await?;
            let named: BTreeSet<(usize, usize)> = followed.iter().map(|it| (it.0, it.1)).collect();
            store.settle(&mut transaction, &messages, &named).await?;
            Ok(transaction.commit().await?)
        })
        .await
    }

    /// Which shipments of which messages are followed: message, shipment, parcel.
    async fn followed(
        &self,
        transaction: &mut Transaction<'static, Any>,
        messages: &[SettledMessage],
    ) -> Result<Vec<(usize, usize, i64)>, StoreError> {
        let mut names: Vec<(usize, usize, &str, &TargetColumns)> = Vec::new();
        for (message, settled) in messages.iter().enumerate() {
            let shipments = settled.shipments.iter().flatten().enumerate();
            for (shipment, targets) in shipments {
                let account = settled.message.account.as_str();
                names.extend(targets.iter().map(|it| (message, shipment, account, it)));
            }
        }
        let mut followed = Vec::new();
        for chunk in names.chunks(CHUNK) {
            let values = rows(0, chunk.len(), 4);
            let mut select = self.statement(&format!(
                "SELECT named.column1, p.id FROM (VALUES {values}) AS named \
                 JOIN follow_account a ON a.name = named.column2 \
                 JOIN follow_parcel p ON p.account_id = a.id AND p.kind = named.column3 AND p.target_key = named.column4"
            ));
            for (place, (_, _, account, target)) in (0_i64..).zip(chunk) {
                select = select
                    .bind(place)
                    .bind((*account).to_owned())
                    .bind(target.kind)
                    .bind(target.key.clone());
            }
            for row in select.fetch_all(&mut **transaction).await? {
                let place = usize::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default();
                if let Some((message, shipment, ..)) = chunk.get(place) {
                    followed.push((*message, *shipment, row.try_get(1)?));
                }
            }
        }
        Ok(followed)
    }

    async fn settle(
        &self,
        transaction: &mut Transaction<'static, Any>,
        messages: &[SettledMessage],
        followed: &BTreeSet<(usize, usize)>,
    ) -> Result<(), StoreError> {
        for (first, chunk) in (0..).step_by(CHUNK).zip(messages.chunks(CHUNK)) {
            let values = rows(0, chunk.len(), 4);
            let mut update = self.statement(&format!(
                "UPDATE follow_inbox SET state = settled.column3, problem = settled.column4, \
                     due_at = NULL, settled_at = {{now}}, \
                     body = CASE WHEN settled.column3 = 'done' THEN NULL ELSE body END \
                 FROM (VALUES {values}) AS settled \
                 WHERE follow_inbox.id = settled.column1 AND attempts = settled.column2 AND state = 'waiting'"
            ));
            for (place, settled) in (first..).zip(chunk) {
                let count = |shipments: &Vec<_>| {
                    let followed = followed.range((place, 0)..(place + 1, 0)).count();
                    (followed, shipments.len())
                };
                let (state, problem) = match settled.shipments.as_ref().map(count) {
                    Err(problem) => (MessageState::Aside, Some(problem.replace('\0', ""))),
                    Ok((followed, all)) if followed == all => (MessageState::Done, None),
                    Ok((0, _)) => (MessageState::Aside, Some(NOT_FOLLOWED.to_owned())),
                    Ok((followed, all)) => {
                        let problem =
                            format!("{} of {all} shipments are not followed", all - followed);
                        (MessageState::Done, Some(problem))
                    }
                };
                update = update
                    .bind(settled.message.id.0)
                    .bind(settled.message.attempts)
                    .bind(state.as_str())
                    .bind(problem);
            }
            update.execute(&mut **transaction).await?;
        }
        Ok(())
    }

    /// Deletes the messages that have been done or set aside for this time.
    pub(crate) async fn forget_messages(&self, retention: Duration) -> Result<u64, StoreError> {
        let select = "SELECT 1 FROM follow_inbox WHERE settled_at <= {now} - $1 LIMIT 1";
        let select = self.statement(select).bind(micros(retention));
        if self.all(select).await?.is_empty() {
            return Ok(0);
        }
        let delete = "DELETE FROM follow_inbox WHERE settled_at <= {now} - $1";
        let delete = self.statement(delete).bind(micros(retention));
        self.write_one(delete).await
    }

    /// Returns up to `limit` messages of a state in the order of their ids, those after `after`.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn messages(
        &self,
        state: MessageState,
        after: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<InboxMessage>, StoreError> {
        let select = self.statement(
            "SELECT id, account, received_at, state, attempts, problem, CAST(coalesce(length(body), 0) AS BIGINT) \
             FROM follow_inbox WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3",
        );
        let select = select
            .bind(state.as_str())
            .bind(after.map_or(0, |id| id.0))
            .bind(i64::from(limit));
        self.all(select).await?.iter().map(message).collect()
    }

    /// Counts the messages that wait to be processed, and those that are set aside.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn message_counts(&self) -> Result<MessageCounts, StoreError> {
        let select = "SELECT (SELECT count(*) FROM follow_inbox WHERE state = 'waiting'), \
                      (SELECT count(*) FROM follow_inbox WHERE state = 'aside')";
        let rows = self.all(self.statement(select)).await?;
        let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        let number = |column: usize| -> Result<u64, StoreError> {
            Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
        };
        Ok(MessageCounts {
            waiting: number(0)?,
            aside: number(1)?,
        })
    }

    /// Has a message processed again that is set aside, such as after its parcel was added, or after an update of this
    /// program that can read it.
    ///
    /// Returns false if no message of this id is set aside.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn retry_message(&self, id: MessageId) -> Result<bool, StoreError> {
        let update = self.statement(&format!("{RETRY} AND id = $1")).bind(id.0);
        let is_retried = self.write_one(update).await? > 0;
        self.announce(Topic::Work);
        Ok(is_retried)
    }

    /// Has all messages processed again that are set aside, and returns how many.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn retry_messages(&self) -> Result<u64, StoreError> {
        let retried = self.write_one(self.statement(RETRY)).await?;
        self.announce(Topic::Work);
        Ok(retried)
    }
}

const NOT_FOLLOWED: &str = "no parcel of the account has the number, id or reference that it names";

const RETRY: &str = "UPDATE follow_inbox SET state = 'waiting', due_at = {now}, attempts = 0, problem = NULL, \
     settled_at = NULL WHERE state = 'aside'";

fn taken_message(row: &AnyRow) -> Result<TakenMessage, StoreError> {
    Ok(TakenMessage {
        id: MessageId(row.try_get(0)?),
        account: row.try_get(1)?,
        proof: proof_of_name(&row.try_get::<String, _>(2)?),
        attempts: row.try_get(3)?,
    })
}

fn message(row: &AnyRow) -> Result<InboxMessage, StoreError> {
    let count = |column: usize| -> Result<u64, StoreError> {
        Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
    };
    let state: String = row.try_get(3)?;
    let unknown = || StoreError::damaged("a message has an unknown state");
    Ok(InboxMessage {
        id: MessageId(row.try_get(0)?),
        account: row.try_get(1)?,
        received_at: required_time(row, 2)?,
        state: MessageState::of_name(&state).ok_or_else(unknown)?,
        attempts: count(4)?,
        problem: row.try_get(5)?,
        bytes: count(6)?,
    })
}
