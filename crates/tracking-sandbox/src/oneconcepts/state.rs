//! Everything that calls change, and how it follows the world.

use std::collections::HashMap;

use crate::oneconcepts::auth::Tokens;
use crate::oneconcepts::catalogue::Catalogue;
use crate::oneconcepts::demo;
use crate::oneconcepts::order::{Order, Orders};
use crate::oneconcepts::settings::Settings;
use crate::oneconcepts::tracking::{Tracking, Trackings, upload_time};
use crate::snapshot::Snapshot;

/// The account with its orders.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) tokens: Tokens,
    pub(crate) catalogue: Catalogue,
    pub(crate) orders: Orders,
    pub(crate) trackings: Trackings,
    /// The parcels of the world by their first number, in upper case.
    parcels: HashMap<String, PackedParcel>,
    /// The first numbers of parcels that have no tracking yet.
    waiting: Vec<String>,
    /// How many parcels of the world have been taken over.
    taken_over: usize,
    /// The version of the world and the time of the last look at it.
    followed: Option<(u64, i64)>,
}

/// A parcel and what became of it here.
#[derive(Debug, Clone, Copy)]
struct PackedParcel {
    order: u64,
    tracking: Option<u64>,
}

impl State {
    /// The account at the start, before it has followed the world.
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings::default(),
            tokens: Tokens::default(),
            catalogue: Catalogue::default(),
            orders: Orders::default(),
            trackings: Trackings::default(),
            parcels: HashMap::new(),
            waiting: Vec::new(),
            taken_over: 0,
            followed: None,
        }
    }

    /// Takes over what happened in the world: new parcels get an order, parcels that the courier
    /// got before an upload get a tracking.
    pub(crate) fn follow(&mut self, snapshot: &Snapshot<'_>) {
        // It goes through all parcels, which is too slow for each request of a clock that is stopped.
        let followed = Some((snapshot.core.world.version(), snapshot.now));
        if self.followed == followed {
            return;
        }
        self.followed = followed;
        let added = snapshot.core.world.added_after(self.taken_over);
        self.taken_over += added.len();
        for number in added {
            self.take_over(number.to_uppercase());
        }
        self.upload(snapshot);
        self.correct(snapshot);
    }

    /// Takes over what couriers changed about parcels that were uploaded: courier, number, the time of the upload. A record
    /// whose scan the courier withdrew is gone until the scan comes again. All of it is assumed.
    fn correct(&mut self, snapshot: &Snapshot<'_>) {
        for (number, parcel) in &self.parcels {
            let journey = snapshot.journey(number);
            let tracking = parcel.tracking.and_then(|id| self.trackings.get_mut(id));
            let (Some(journey), Some(tracking)) = (journey, tracking) else {
                continue;
            };
            let Some(leg) = journey.legs().first() else {
                continue;
            };
            leg.courier.clone_into(&mut tracking.courier);
            leg.number().clone_into(&mut tracking.number);
            if journey.changes_until(i64::MAX) > 0 {
                tracking.created_at = upload_time(&journey, snapshot.now).unwrap_or(i64::MAX);
            }
        }
    }

    fn take_over(&mut self, number: String) {
        if let Some(known) = self.parcels.get_mut(&number) {
            // The parcel was added again: what was uploaded about the old one is gone.
            let Some(tracking) = known.tracking.take() else {
                return;
            };
            if let Some(order) = self.orders.get_mut(known.order) {
                order.trackings.retain(|id| *id != tracking);
            }
            self.trackings.remove(tracking);
        } else {
            let external_number = demo::order_number(&number).unwrap_or(&number);
            let order = self.orders.find_or_add(external_number, true);
            if let Some(order) = self.orders.get_mut(order) {
                order.parcels += 1;
            }
            let parcel = PackedParcel {
                order,
                tracking: None,
            };
            self.parcels.insert(number.clone(), parcel);
        }
        self.waiting.push(number);
    }

    fn upload(&mut self, snapshot: &Snapshot<'_>) {
        let mut due = Vec::new();
        self.waiting.retain(|number| {
            let journey = snapshot.journey(number);
            let upload = journey.and_then(|it| Some((upload_time(&it, snapshot.now)?, it)));
            let is_due = upload.is_some();
            due.extend(upload.map(|(time, journey)| (time, number.clone(), journey)));
            !is_due
        });
        // Parcels of one upload keep the order in which they waited.
        due.sort_by_key(|(time, ..)| *time);
        for (time, number, journey) in due {
            let Some(parcel) = self.parcels.get_mut(&number) else {
                continue;
            };
            let Some(leg) = journey.legs().first() else {
                continue;
            };
            let id = self
                .trackings
                .add(parcel.order, &leg.courier, leg.number(), time);
            parcel.tracking = Some(id);
            if let Some(order) = self.orders.get_mut(parcel.order) {
                order.trackings.push(id);
            }
        }
    }

    /// Puts the parcel with this first number into an order; false when there is no such parcel.
    pub(crate) fn pack(&mut self, external_number: &str, parcel: &str) -> bool {
        let target = self.orders.find_or_add(external_number, false);
        let Some(packed) = self.parcels.get_mut(&parcel.to_uppercase()) else {
            return false;
        };
        let old = std::mem::replace(&mut packed.order, target);
        let tracking = packed.tracking;
        if let Some(order) = self.orders.get_mut(old) {
            order.parcels -= 1;
            order.trackings.retain(|id| Some(*id) != tracking);
            if order.automatic && order.parcels == 0 && old != target {
                self.orders.remove(old);
            }
        }
        if let Some(order) = self.orders.get_mut(target) {
            order.automatic = false;
            order.parcels += 1;
            order.trackings.extend(tracking);
            order.trackings.sort_unstable();
        }
        if let Some(tracking) = tracking.and_then(|id| self.trackings.get_mut(id)) {
            tracking.order = target;
        }
        true
    }

    /// Adds a shipped order with one tracking that no parcel of the world belongs to.
    pub(crate) fn add_shipped(&mut self, external_number: String, number: &str, created_at: i64) {
        let order = self.orders.add(external_number);
        order.parcels = 1;
        let id = order.id;
        let tracking = self.trackings.add(id, "dhl", number, created_at);
        if let Some(order) = self.orders.get_mut(id) {
            order.trackings.push(tracking);
        }
    }

    /// The trackings that can be seen at `now`, the oldest first.
    pub(crate) fn seen_trackings(&self, now: i64) -> impl Iterator<Item = &Tracking> {
        self.trackings
            .all()
            .filter(move |tracking| tracking.created_at <= now)
    }

    /// Those of one order.
    pub(crate) fn trackings_of(&self, order: &Order, now: i64) -> Vec<&Tracking> {
        order
            .trackings
            .iter()
            .filter_map(|id| self.trackings.get(*id))
            .filter(|tracking| tracking.created_at <= now)
            .collect()
    }
}
