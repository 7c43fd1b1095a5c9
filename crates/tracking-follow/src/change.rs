//! A change in the outbox.

use serde::{Deserialize, Serialize};
use tracking_core::merge::Change;
use tracking_core::{Shipment, UtcTime};

use crate::{ParcelId, StoreError};

/// A change of a parcel, as the outbox has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangeRecord {
    /// Its number, from 1: in the order of the commits, without gaps, never used again. Use it to recognise a
    /// change that comes twice.
    pub seq: u64,
    /// The parcel, which may have been removed since.
    pub parcel: ParcelId,
    /// The name of the account that looked.
    pub account: String,
    /// When the look was that brought it.
    pub time: UtcTime,
    /// The name of the provider.
    pub provider: String,
    /// The tracking number, as the provider writes it.
    pub number: String,
    /// The client's own reference at the provider.
    pub reference: Option<String>,
    /// The status of the shipment after the change, in snake case.
    pub status: String,
    /// What all changes of the look mean for a customer, if they mean something.
    pub headline: Option<String>,
    /// The change as a sentence.
    pub text: String,
    /// The change.
    pub change: Change,
}

/// What of a change is stored as JSON.
#[derive(Serialize, Deserialize)]
struct Body<'a> {
    provider: String,
    number: String,
    #[serde(default)]
    reference: Option<String>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    headline: Option<String>,
    change: std::borrow::Cow<'a, Change>,
}

/// A change on its way into the outbox: the JSON.
#[derive(Debug)]
pub(crate) struct NewChange(pub(crate) Vec<u8>);

impl NewChange {
    /// `None` if it cannot be written as JSON, which no change is known to do.
    pub(crate) fn of(shipment: &Shipment, headline: Option<&str>, change: &Change) -> Option<Self> {
        let body = Body {
            provider: shipment.provider.to_string(),
            number: shipment.number.clone(),
            reference: shipment.reference.clone(),
            status: shipment.status.status.as_str().to_owned(),
            headline: headline.map(str::to_owned),
            change: std::borrow::Cow::Borrowed(change),
        };
        serde_json::to_vec(&body).ok().map(Self)
    }
}

impl ChangeRecord {
    pub(crate) fn restore(
        seq: u64,
        parcel: ParcelId,
        account: String,
        time: UtcTime,
        body: &[u8],
    ) -> Result<Self, StoreError> {
        let body: Body<'_> = serde_json::from_slice(body).map_err(|_| {
            StoreError::damaged(format!("change {seq} cannot be read by this version"))
        })?;
        Ok(Self {
            seq,
            parcel,
            account,
            time,
            provider: body.provider,
            number: body.number,
            reference: body.reference,
            status: body.status,
            headline: body.headline,
            text: body.change.to_string(),
            change: body.change.into_owned(),
        })
    }
}
