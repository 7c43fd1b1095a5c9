//! Orders: made for the parcels of the world, or by callers.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::oneconcepts::tracking::Tracking;

/// The known keys of an order that hold a string of the caller.
pub(crate) const CALLER_STRINGS: [&str; 12] = [
    "externalUserNumber",
    "externalProgrammeNumber",
    "externalCampaignCode",
    "externalCatalogueCode",
    "externalCatalogueName",
    "recipientCompany",
    "recipientName",
    "recipientFirstName",
    "recipientStreet",
    "recipientHouseNumber",
    "recipientAnnex",
    "recipientZip",
];

/// An order of the account.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) id: u64,
    pub(crate) external_number: String,
    /// The values of [`CALLER_STRINGS`].
    pub(crate) caller_strings: Map<String, Value>,
    /// How many parcels belong to it, with a tracking or without.
    pub(crate) parcels: usize,
    /// Its trackings, the oldest first.
    pub(crate) trackings: Vec<u64>,
    pub(crate) complete: bool,
    /// True if the order was made for a parcel and not by a caller; it goes away with its last parcel.
    pub(crate) automatic: bool,
}

/// The status of an order. Only the last two are documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderStatus {
    New,
    Shipped,
    Complete,
}

impl OrderStatus {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Shipped => "shipped",
            Self::Complete => "complete",
        }
    }
}

impl Order {
    /// Shipped once each parcel has a tracking that can be seen.
    pub(crate) fn status(&self, trackings: &[&Tracking]) -> OrderStatus {
        if self.complete {
            OrderStatus::Complete
        } else if self.parcels > 0 && trackings.len() == self.parcels {
            OrderStatus::Shipped
        } else {
            OrderStatus::New
        }
    }
}

/// All orders, found by id and by external number.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    by_id: BTreeMap<u64, Order>,
    made: u64,
}

impl Orders {
    /// Makes an order without parcels.
    pub(crate) fn add(&mut self, external_number: impl Into<String>) -> &mut Order {
        self.made += 1;
        let id = self.made;
        self.by_id.entry(id).or_insert(Order {
            id,
            external_number: external_number.into(),
            caller_strings: Map::new(),
            parcels: 0,
            trackings: Vec::new(),
            complete: false,
            automatic: false,
        })
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Order> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Order> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn find(&self, external_number: &str) -> Option<&Order> {
        self.all()
            .find(|order| order.external_number == external_number)
    }

    /// The id of the order with this number; it is made if there is none.
    pub(crate) fn find_or_add(&mut self, external_number: &str, automatic: bool) -> u64 {
        if let Some(known) = self.find(external_number).map(|order| order.id) {
            return known;
        }
        let order = self.add(external_number);
        order.automatic = automatic;
        order.id
    }

    /// How many orders have ever been made.
    pub(crate) fn made(&self) -> u64 {
        self.made
    }

    pub(crate) fn remove(&mut self, id: u64) {
        self.by_id.remove(&id);
    }

    /// The order made first comes first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Order> {
        self.by_id.values()
    }
}
