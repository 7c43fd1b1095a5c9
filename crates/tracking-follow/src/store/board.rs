//! Listing, searching and counting parcels, for people.

use sqlx::Row as _;
use tracking_core::Status;
use tracking_core::kit::number_key;

use super::parcels::{COLUMNS, TABLES, account_key, parcel};
use super::{Statement, Store};
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
    /// Of this account.
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

/// Of more parcels than this, a page is read by going through the parcels, and not through all that are found.
const MANY: u32 = 4_000;

/// What follows `WHERE m.parcel_id < $1`, and the values of its parameters, from `$3` on.
struct Conditions {
    text: String,
    values: Values,
}

impl Conditions {
    fn of(query: &ParcelQuery, finds_many: bool) -> Result<Self, StoreError> {
        let mut values = Values::after(2);
        let mut text = String::new();
        let mut and = |condition: String| {
            text.push_str(" AND ");
            text.push_str(&condition);
        };
        if let Some(status) = &query.status {
            and(format!("m.status = {}", values.add(status.as_str())));
        }
        if query.needs_attention {
            and("m.attention = 1".to_owned());
        }
        if let Some(account) = &query.account {
            let account = values.add(&check("account", &account_key(account)?)?);
            and(format!(
                "m.account_id = (SELECT a.id FROM follow_account a WHERE a.name = {account})"
            ));
        }
        if let Some(search) = search_of(query)? {
            let search = Search::new(&search, &mut values);
            and(if finds_many {
                search.holds()
            } else {
                format!("m.parcel_id IN ({})", search.selects().join(" UNION "))
            });
        }
        Ok(Self { text, values })
    }
}

/// The values of parameters.
struct Values {
    used: usize,
    values: Vec<String>,
}

impl Values {
    /// After as many parameters as were `used` before.
    const fn after(used: usize) -> Self {
        Self {
            used,
            values: Vec::new(),
        }
    }

    fn add(&mut self, value: &str) -> String {
        self.values.push(value.to_owned());
        format!("${}", self.used + self.values.len())
    }

    fn bind(self, statement: Statement) -> Statement {
        let bind = |statement: Statement, value| statement.bind(value);
        self.values.into_iter().fold(statement, bind)
    }
}

/// What is searched for, if anything is.
fn search_of(query: &ParcelQuery) -> Result<Option<String>, StoreError> {
    match query.search.as_deref().unwrap_or_default().trim() {
        "" => Ok(None),
        search => check("text", search).map(Some),
    }
}

/// What is true of the parcels that are searched for; each of it has an index.
struct Search {
    tag: String,
    parcel: Vec<String>,
}

impl Search {
    fn new(search: &str, values: &mut Values) -> Self {
        let tag = format!("t.tag = {}", values.add(search));
        // Spaces and such do not count in a number, and do in an id.
        let key = number_key(search);
        let keys = [key.as_str(), search];
        let keys = keys.get(usize::from(key == search || key.is_empty())..);
        let keys = keys.unwrap_or_default().iter();
        let mut parcel: Vec<String> = keys
            .map(|key| begins_with("target_key", key, values))
            .collect();
        // The condition of the index.
        let reference = begins_with("reference", search, values);
        parcel.push(format!("{reference} AND p.reference <> ''"));
        Self { tag, parcel }
    }

    /// Selects the parcels, each part from its index.
    fn selects(&self) -> Vec<String> {
        let tagged = format!("SELECT t.parcel_id FROM follow_tag t WHERE {}", self.tag);
        let parcel = self.parcel.iter();
        let others = parcel.map(|it| format!("SELECT p.id FROM follow_parcel p WHERE {it}"));
        std::iter::once(tagged).chain(others).collect()
    }

    /// The condition for one parcel. A count is read for each parcel by itself, where `EXISTS` might be read for all of them first.
    fn holds(&self) -> String {
        format!(
            "((SELECT count(*) FROM follow_parcel p WHERE p.id = m.parcel_id AND ({})) > 0 \
             OR (SELECT count(*) FROM follow_tag t WHERE t.parcel_id = m.parcel_id AND {}) > 0)",
            self.parcel.join(" OR "),
            self.tag
        )
    }
}

fn begins_with(column: &str, begin: &str, values: &mut Values) -> String {
    let first = values.add(begin);
    // No string that begins like this comes after it with the last letter of all.
    let last = values.add(&format!("{begin}\u{10ffff}"));
    format!("p.{column} {{bytes}} >= {first} AND p.{column} {{bytes}} < {last}")
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
        let finds_many = match search_of(query)? {
            Some(search) => self.finds_many(&search).await?,
            None => false,
        };
        let Conditions { text, values } = Conditions::of(query, finds_many)?;
        // The page is cut from what is narrow, before shipments are read.
        let select = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE p.id IN (\
                 SELECT m.parcel_id FROM follow_summary m WHERE m.parcel_id < $1{text} \
                 ORDER BY m.parcel_id DESC LIMIT $2) \
             ORDER BY p.id DESC"
        );
        let select = self
            .statement(&select)
            .bind(before.map_or(i64::MAX, ParcelId::as_i64))
            .bind(i64::from(limit));
        let select = values.bind(select);
        self.all(select).await?.iter().map(parcel).collect()
    }

    async fn account_id(&self, name: &str) -> Result<Option<i64>, StoreError> {
        let select = self.statement("SELECT id FROM follow_account WHERE name = $1");
        let name = check("account", &account_key(name)?)?;
        let rows = self.all(select.bind(name)).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
    }

    /// Returns true if a search finds so many parcels that it is faster to go through all of them for a page.
    async fn finds_many(&self, search: &str) -> Result<bool, StoreError> {
        let mut values = Values::after(0);
        let search = Search::new(search, &mut values);
        let counts: Vec<String> = search
            .selects()
            .into_iter()
            .map(|it| format!("(SELECT count(*) FROM ({it} LIMIT {MANY}) AS found)"))
            .collect();
        let select = self.statement(&format!("SELECT {}", counts.join(" + ")));
        let rows = self.all(values.bind(select)).await?;
        let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(row.try_get::<i64, _>(0)? >= i64::from(MANY))
    }

    /// Counts the parcels by status, those of one account or of all, in the order of [`Status::ALL`], without the statuses that no
    /// parcel is in. It takes as long however many there are.
    ///
    /// # Errors
    ///
    /// [`Invalid`](crate::StoreErrorKind::Invalid) if no account can have this name.
    pub async fn status_counts(
        &self,
        account: Option<&str>,
    ) -> Result<Vec<StatusCount>, StoreError> {
        let mut tallies = self.tallies().await?;
        if let Some(account) = account {
            let id = self.account_id(account).await?;
            tallies.retain(|it, _| Some(*it) == id);
        }
        let mut counts: Vec<StatusCount> = Vec::new();
        let statuses = tallies.into_values().flat_map(|it| it.statuses);
        for (status, (parcels, need_attention)) in statuses {
            let status = Summary::restore(&status, 0).status;
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
