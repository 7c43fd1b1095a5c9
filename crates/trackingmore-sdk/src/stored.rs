//! What the account has: a shipment, and the carrier that it is registered with.

use bytes::Bytes;
use tracking_core::{Error, ErrorKind, Shipment, Target, TrackRequest, UtcTime};

use crate::empty::reported;
use crate::envelope::confirm_empty;
use crate::error::code_in;
use crate::mapping::shipment;
use crate::page_end::PageEnd;
use crate::partial::{ReadTracking, read_trackings, with_raws};
use crate::status_table::PROVIDER;
use crate::{Client, ListTrackingsQuery, Tracking};

/// The most trackings that a page can hold (documented).
const MOST_ITEMS: i64 = 2000;

/// A tracking of the account.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) shipment: Shipment,
    /// The carrier that names it together with its number: the `carrier_code` of the tracking. Those
    /// of its legs may be others.
    pub(crate) carrier: Option<String>,
}

impl Stored {
    /// The carrier to name in a call.
    pub(crate) fn key(&self) -> Result<&str, Error> {
        self.carrier.as_deref().ok_or_else(|| {
            let message = "the account's tracking names no carrier";
            Error::new(ErrorKind::Decode, PROVIDER, message)
        })
    }

    /// Returns true if it is one that was named, should a gateway drop the filter. Spaces, hyphens and
    /// case of numbers do not count.
    pub(crate) fn is_meant(&self, target: &Target) -> bool {
        let bare = |number: &str| {
            let kept = number.chars().filter(|letter| letter.is_alphanumeric());
            kept.collect::<String>().to_ascii_uppercase()
        };
        match target {
            Target::Number(number) => bare(&self.shipment.number) == bare(number),
            Target::Reference(reference) => self
                .shipment
                .reference
                .as_ref()
                .is_some_and(|own| own.trim() == reference.trim()),
            _ => false,
        }
    }

    /// Returns true if anything of it could be read: its number, a status of its own, or an event.
    pub(crate) fn has_content(&self) -> bool {
        !self.shipment.number.is_empty()
            || self.shipment.status.raw.main.is_some()
            || self.shipment.legs.iter().any(|leg| !leg.events.is_empty())
    }
}

impl Client {
    /// Reads a page of the account's trackings; those that cannot be read as a whole are read piece
    /// by piece.
    pub(crate) async fn page(
        &self,
        query: &ListTrackingsQuery,
    ) -> Result<(Vec<Shipment>, PageEnd), Error> {
        match self.list_trackings(query).await {
            Ok(response) => {
                let (data, response) = response.into_parts();
                let end = PageEnd::of(&data);
                Ok((shipments(self.map(data.items, response.body())), end))
            }
            Err(error) => {
                let (stored, body) = self.recovered(error)?;
                let end = PageEnd::of_body(&body, stored.len());
                Ok((shipments(stored), end))
            }
        }
    }

    /// Reads what the account has for a filter, in the language that is asked for; all at once, and
    /// nothing that was not asked for.
    pub(crate) async fn stored(
        &self,
        mut query: ListTrackingsQuery,
        request: &TrackRequest,
    ) -> Result<Vec<Stored>, Error> {
        query.lang.clone_from(&request.language);
        query.limit = Some(MOST_ITEMS);
        match self.list_trackings(&query).await {
            Ok(response) => {
                let (data, response) = response.into_parts();
                let mut stored = self.map(data.items, response.body());
                stored.retain(|stored| stored.is_meant(&request.target));
                Ok(stored)
            }
            Err(error) => {
                let mut stored = self.recovered_results(error.clone())?;
                stored.retain(|stored| stored.is_meant(&request.target));
                // What was asked for may be what could not be read, so it must not be registered.
                if stored.is_empty() {
                    return Err(error.into());
                }
                Ok(stored)
            }
        }
    }

    pub(crate) fn map(&self, trackings: Vec<Tracking>, body: &Bytes) -> Vec<Stored> {
        let read = with_raws(trackings, body);
        read.into_iter().map(|read| self.store(read)).collect()
    }

    fn store(&self, read: ReadTracking) -> Stored {
        let carrier = reported(read.tracking.carrier_code.clone());
        let shipment = self.map_one(read);
        Stored { shipment, carrier }
    }

    pub(crate) fn map_one(&self, read: ReadTracking) -> Shipment {
        let ReadTracking {
            tracking,
            raw,
            problems,
        } = read;
        let unmapped = self.unmapped_counter();
        shipment(tracking, &raw, problems, UtcTime::now(), unmapped)
    }

    /// What can be read of a response that succeeded, and may have used quota; else the error.
    fn recovered(
        &self,
        error: tracking_http::Error,
    ) -> Result<(Vec<Stored>, Bytes), tracking_http::Error> {
        if error.kind() == ErrorKind::Decode
            && let Some(body) = error.body().cloned()
            && code_in(&body).is_some()
            && let Ok(read) = read_trackings(&body)
            && (!read.is_empty() || confirm_empty(&body, Some("items")).is_ok())
        {
            let stored = read.into_iter().map(|read| self.store(read)).collect();
            return Ok((stored, body));
        }
        Err(error)
    }

    /// The same for the results of what was asked for; the error when nothing is reported of it.
    pub(crate) fn recovered_results(
        &self,
        error: tracking_http::Error,
    ) -> Result<Vec<Stored>, tracking_http::Error> {
        let (stored, _) = self.recovered(error.clone())?;
        if stored.iter().any(Stored::has_content) {
            return Ok(stored);
        }
        Err(error)
    }
}

pub(crate) fn shipments(stored: Vec<Stored>) -> Vec<Shipment> {
    stored.into_iter().map(|stored| stored.shipment).collect()
}

pub(crate) fn ambiguous(several: &[Stored]) -> Error {
    let carriers: Vec<&str> = several
        .iter()
        .filter_map(|stored| stored.carrier.as_deref())
        .collect();
    let message = format!(
        "the account has {} trackings for this, under {}; name the courier, or call the client's own \
         method with it",
        several.len(),
        carriers.join(", ")
    );
    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
}
