//! Listing, searching and counting parcels, for people.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use tracking_core::Status;
use tracking_core::kit::number_key;

use super::Store;
use super::parcels::{COLUMNS, TABLES, account_key, parcel};
use crate::StoreError;
use crate::parcel::{Parcel, ParcelId, check};
use crate::summary::Summary;

/// Which parcels to list: those for which all of it is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParcelQuery {
    /// In this status, one of [`Status::ALL`]; see [`Parcel::status`].
    pub status: Option<Status>,
    /// Only those that [need attention](Parcel::needs_attention).
    pub needs_attention: bool,
    /// Of this account. With nothing else to search by, those of the other accounts are read too.
    pub account: Option<String>,
    /// Whose number (in any spelling), id or reference begins with this string, or that have it as a tag.
    pub search: Option<String>,
}

/// How many parcels are in a status.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusCount {
    /// The status, one of [`Status::ALL`]; see [`Parcel::status`].
    pub status: Status,
    /// All of them.
    pub parcels: u64,
    /// Those of them that [need attention](Parcel::needs_attention).
    pub need_attention: u64,
}

/// What follows `WHERE m.parcel_id < $1`, and the values of its parameters, from `$3` on.
#[derive(Default)]
struct Conditions {
    text: String,
    values: Vec<String>,
}

impl Conditions {
    fn of(query: &ParcelQuery) -> Result<Self, StoreError> {
        let mut conditions = Self::default();
        if let Some(status) = &query.status {
            let status = conditions.parameter(status.as_str());
            conditions.and(&format!("m.status = {status}"));
        }
        if query.needs_attention {
            conditions.and("m.attention = 1");
        }
        if let Some(account) = &query.account {
            let account = conditions.parameter(&account_key(account)?);
            conditions.and(&format!(
                "m.parcel_id IN (SELECT p.id FROM follow_parcel p \
                 JOIN follow_account a ON a.id = p.account_id WHERE a.name = {account})"
            ));
        }
        let search = query.search.as_deref().unwrap_or_default().trim();
        if !search.is_empty() {
            let found = conditions.found_by(&check("text", search)?);
            conditions.and(&format!("m.parcel_id IN ({found})"));
        }
        Ok(conditions)
    }

    /// Selects the parcels of a number, id, reference or tag; each part has an index.
    fn found_by(&mut self, search: &str) -> String {
        let mut selects = vec![format!(
            "SELECT parcel_id FROM follow_tag WHERE tag = {}",
            self.parameter(search)
        )];
        // Spaces and such do not count in a number, and do in an id.
        let key = number_key(search);
        let keys = [key.as_str(), search];
        let keys = keys.get(usize::from(key == search || key.is_empty())..);
        for key in keys.unwrap_or_default() {
            selects.push(self.begins_with("target_key", key));
        }
        // The condition of the index.
        let by_reference = self.begins_with("reference", search);
        selects.push(format!("{by_reference} AND reference <> ''"));
        selects.join(" UNION ")
    }

    fn begins_with(&mut self, column: &str, begin: &str) -> String {
        let first = self.parameter(begin);
        // No string that begins like this comes after it with the last letter of all.
        let last = self.parameter(&format!("{begin}\u{10ffff}"));
        format!(
            "SELECT id FROM follow_parcel WHERE {column} {{bytes}} >= {first} AND {column} {{bytes}} < {last}"
        )
    }

    fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }

    fn parameter(&mut self, value: &str) -> String {
        self.values.push(value.to_owned());
        format!("${}", self.values.len() + 2)
    }
}

impl Store {
    /// Returns up to `limit` parcels of a query, the newest first: those with ids below `before`.
    ///
    /// # Errors
    ///
    /// [`Invalid`](crate::StoreErrorKind::Invalid) if no parcel can have this account or text;
    /// [`Damaged`](crate::StoreErrorKind::Damaged) if what is stored of one cannot be read.
    pub async fn list(
        &self,
        query: &ParcelQuery,
        before: Option<ParcelId>,
        limit: u32,
    ) -> Result<Vec<Parcel>, StoreError> {
        let Conditions { text, values } = Conditions::of(query)?;
        // The page is cut from what is narrow, before shipments are read.
        let select = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE p.id IN (\
                 SELECT m.parcel_id FROM follow_summary m WHERE m.parcel_id < $1{text} \
                 ORDER BY m.parcel_id DESC LIMIT $2) \
             ORDER BY p.id DESC"
        );
        let mut select = self
            .statement(&select)
            .bind(before.map_or(i64::MAX, ParcelId::as_i64))
            .bind(i64::from(limit));
        for value in values {
            select = select.bind(value);
        }
        self.all(select).await?.iter().map(parcel).collect()
    }

    /// Counts the parcels by status, in the order of [`Status::ALL`], without the statuses that no parcel is in.
    ///
    /// It reads a narrow row of each parcel, so it is for people and for monitoring, not for a loop.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn status_counts(&self) -> Result<Vec<StatusCount>, StoreError> {
        let select = "SELECT status, count(*), count(CASE WHEN attention = 1 THEN 1 END) \
                      FROM follow_summary GROUP BY status";
        let number = |row: &AnyRow, column: usize| -> Result<u64, StoreError> {
            Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
        };
        let mut counts: Vec<StatusCount> = Vec::new();
        for row in &self.all(self.statement(select)).await? {
            let status = Summary::restore(&row.try_get::<String, _>(0)?, 0).status;
            let (parcels, need_attention) = (number(row, 1)?, number(row, 2)?);
            // Several names of a later version are all unknown here.
            match counts.iter_mut().find(|it| it.status == status) {
                Some(count) => {
                    count.parcels += parcels;
                    count.need_attention += need_attention;
                }
                None => counts.push(StatusCount {
                    status,
                    parcels,
                    need_attention,
                }),
            }
        }
        counts.sort_by(|left, right| left.status.cmp(&right.status));
        Ok(counts)
    }
}
