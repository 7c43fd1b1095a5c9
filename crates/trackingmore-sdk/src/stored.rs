//! What the account has: a shipment, and the carrier that it is registered with.

use tracking_core::kit::{has_content, is_asked_for, wrong_shipment};
use tracking_core::{Error, ErrorKind, Shipment, Target, TrackRequest, UtcTime};
use tracking_http::json::partial::Partial;

use crate::empty::reported;
use crate::envelope::confirm_empty;
use crate::error::code_in;
use crate::mapping::shipment;
use crate::page_end::PageEnd;
use crate::partial::{PartialTrackings, read_trackings, trackings_of};
use crate::status_table::PROVIDER;
use crate::{Client, ListTrackingsQuery, Tracking};

/// The most trackings that a page can hold (documented).
pub(crate) const MOST_ITEMS: i64 = 2000;

/// A tracking of the account.
#[derive(Clone, Debug)]
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

    /// Returns true if it is one that was named. Unlike elsewhere, one without a number or a reference is
    /// none: a list that nobody filtered may be full of them.
    pub(crate) fn is_meant(&self, target: &Target) -> bool {
        let is_known = match target {
            Target::Number(_) => !self.shipment.number.is_empty(),
            _ => self.shipment.reference.is_some(),
        };
        is_known && is_asked_for(target, &self.shipment)
    }

    pub(crate) fn has_content(&self) -> bool {
        has_content(&self.shipment)
    }
}

impl Client {
    /// Reads a page of the account's trackings, each as far as possible.
    pub(crate) async fn page(&self, query: &ListTrackingsQuery) -> Result<PartialTrackings, Error> {
        match self.list_trackings(query).await {
            Ok(response) => {
                let (data, response) = response.into_parts();
                let end = PageEnd::new(&data, data.items.len());
                Ok(trackings_of(data.items, end, &response)?)
            }
            Err(error) => Ok(recovered(error)?),
        }
    }

    /// Reads what the account has for a filter, in the language that is requested; all at once, and
    /// nothing that was not asked for.
    ///
    /// # Errors
    ///
    /// Kind `WrongShipment` when there are only others, because something dropped the filter. What was
    /// asked for may be registered all the same.
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
                let read = trackings_of(data.items, PageEnd::default(), &response)?;
                let unread = response.problems().first();
                let unread = unread.or(read.list.problems.first()).cloned();
                let stored = response.try_map(|()| {
                    let stored = self.store(read)?;
                    let is_meant = |it: &Stored| it.is_meant(&request.target);
                    match unread {
                        // What was requested may be what could not be read, so it must not be
                        // registered.
                        Some(problem) if !stored.iter().any(is_meant) => {
                            Err(tracking_http::Error::decode(problem.path, problem.message))
                        }
                        _ => Ok(stored),
                    }
                })?;
                meant(stored.into_inner(), &request.target)
            }
            Err(error) => {
                let stored = self.recovered_results(error.clone())?;
                // As above.
                let stored = meant(stored, &request.target)?;
                if stored.is_empty() {
                    return Err(error.into());
                }
                Ok(stored)
            }
        }
    }

    /// Maps what was read.
    ///
    /// # Errors
    ///
    /// Kind `Decode` when there is nothing because nothing could be read.
    pub(crate) fn store(
        &self,
        read: PartialTrackings,
    ) -> Result<Vec<Stored>, tracking_http::Error> {
        let trackings = read.list.into_elements()?.into_iter();
        Ok(trackings.map(|tracking| self.store_one(tracking)).collect())
    }

    pub(crate) fn store_one(&self, tracking: Partial<Tracking>) -> Stored {
        Stored {
            carrier: reported(tracking.value.carrier_code.clone()),
            shipment: self.map(tracking),
        }
    }

    pub(crate) fn map(&self, tracking: Partial<Tracking>) -> Shipment {
        shipment(tracking, UtcTime::now(), &self.unmapped)
    }

    /// What can be read of the results of what was requested; the error when nothing is reported
    /// of it.
    pub(crate) fn recovered_results(
        &self,
        error: tracking_http::Error,
    ) -> Result<Vec<Stored>, tracking_http::Error> {
        match self.store(recovered(error.clone())?) {
            Ok(stored) if stored.iter().any(Stored::has_content) => Ok(stored),
            _ => Err(error),
        }
    }
}

/// What can be read of a response that succeeded, and may have used quota; else the error.
fn recovered(error: tracking_http::Error) -> Result<PartialTrackings, tracking_http::Error> {
    if error.kind() == ErrorKind::Decode
        && let Some(body) = error.body()
        && code_in(body).is_some()
        && let Ok(read) = read_trackings(body)
        && (!read.list.is_empty() || confirm_empty(body, Some("items")).is_ok())
    {
        return Ok(read);
    }
    Err(error)
}

/// Keeps what was asked for.
fn meant(mut stored: Vec<Stored>, target: &Target) -> Result<Vec<Stored>, Error> {
    let is_other = |stored: &&Stored| !is_asked_for(target, &stored.shipment);
    let others = stored.iter().filter(is_other).count();
    stored.retain(|stored| stored.is_meant(target));
    if stored.is_empty() && others > 0 {
        return Err(wrong_shipment(PROVIDER, others));
    }
    Ok(stored)
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
        "the account has {} trackings for this, under {}; name the courier",
        several.len(),
        carriers.join(", ")
    );
    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
}
