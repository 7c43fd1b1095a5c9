//! Reading the changes backwards, for people.

use super::Store;
use super::outbox::{RECORD, record};
use crate::change::ChangeRecord;
use crate::{ParcelId, StoreError};

impl Store {
    /// Returns up to `limit` changes, the newest first: those below the number `before`, of one parcel or of all.
    ///
    /// An element is an error if that change cannot be read, such as one that a newer version wrote.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn history(
        &self,
        parcel: Option<ParcelId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Result<ChangeRecord, StoreError>>, StoreError> {
        let of_parcel = if parcel.is_some() {
            "AND parcel_id = $3 "
        } else {
            ""
        };
        let select = format!(
            "SELECT {RECORD} FROM follow_change WHERE seq < $1 {of_parcel}ORDER BY seq DESC LIMIT $2"
        );
        let before = before.map_or(i64::MAX, |it| i64::try_from(it).unwrap_or(i64::MAX));
        let mut select = self.statement(&select).bind(before).bind(i64::from(limit));
        if let Some(parcel) = parcel {
            select = select.bind(parcel.as_i64());
        }
        Ok(self.all(select).await?.iter().map(record).collect())
    }
}
