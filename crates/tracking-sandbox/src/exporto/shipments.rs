//! The shipments, orders and tours of the account at one point in time: the parcels of the world
//! and what callers registered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::exporto::ids::{self, ShipmentIds};
use crate::exporto::milestones::{LocalTime, Milestones};
use crate::exporto::returns::Return;
use crate::exporto::shipment::{Direction, Shipment};
use crate::exporto::state::State;
use crate::snapshot::Snapshot;
use crate::wire_time::compact_day;
use crate::world::{Journey, Leg};

/// The order that a parcel came from.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) outbound: Option<String>,
}

impl State {
    /// Parcels in the order of their first numbers, then returns as they were registered.
    pub(crate) fn shipments(&self, snapshot: &Snapshot<'_>) -> Vec<Shipment> {
        self.shipments_of(&snapshot.parcels(), snapshot)
    }

    /// Those among which one with this number is, if there is one.
    pub(crate) fn shipments_with(&self, number: &str, snapshot: &Snapshot<'_>) -> Vec<Shipment> {
        self.shipments_of(&snapshot.parcels_with(number), snapshot)
    }

    fn shipments_of(&self, parcels: &[Arc<Journey>], snapshot: &Snapshot<'_>) -> Vec<Shipment> {
        let outbound = parcels
            .iter()
            .filter_map(|journey| self.outbound(journey, snapshot));
        let inbound = self
            .returns
            .iter()
            .map(|known| self.inbound(known, snapshot));
        outbound.chain(inbound).collect()
    }

    pub(crate) fn shipment(&self, id: &str, snapshot: &Snapshot<'_>) -> Option<Shipment> {
        if let Some(known) = self.returns.iter().find(|known| known.shipment_id == id) {
            return Some(self.inbound(known, snapshot));
        }
        let journey = snapshot.journey(ids::number_of(id)?)?;
        self.outbound(&journey, snapshot)
            .filter(|shipment| shipment.id == id)
    }

    /// What the account calls the parcel with this number.
    pub(crate) fn ids(&self, number: &str, snapshot: &Snapshot<'_>) -> Option<ShipmentIds> {
        let journey = snapshot.journey(number)?;
        let first = first_number(&journey)?;
        let shipment = self.shipment_of(&journey, snapshot)?;
        let tour = self
            .tours(snapshot)
            .into_iter()
            .find(|(_, shipments)| shipments.contains(&shipment.id));
        Some(ShipmentIds {
            order_id: shipment.order_id,
            customer_facing_id: ids::customer_facing_id(first),
            tracking_number: match shipment.direction {
                Direction::Outbound => shipment.outbound?,
                Direction::Inbound => shipment.inbound?,
            },
            tour_id: tour.map(|(id, _)| id),
            shipment_id: shipment.id,
        })
    }

    /// The order with this id, or with this number for the customer.
    pub(crate) fn order(&self, key: &OrderKey, snapshot: &Snapshot<'_>) -> Option<Order> {
        let parcels = snapshot.parcels();
        let journey = parcels.iter().find(|journey| {
            first_number(journey).is_some_and(|number| match key {
                OrderKey::Id(id) => ids::order_id(snapshot.core.identities, number) == *id,
                OrderKey::CustomerFacingId(id) => ids::customer_facing_id(number) == *id,
            })
        })?;
        let shipment = self.shipment_of(journey, snapshot)?;
        Some(Order {
            id: shipment.order_id,
            outbound: shipment.outbound,
        })
    }

    /// Tours by their ids, oldest first: one per day on which parcels were processed, and those
    /// that callers made.
    pub(crate) fn tours(&self, snapshot: &Snapshot<'_>) -> BTreeMap<String, Vec<String>> {
        let mut tours: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for shipment in self.shipments(snapshot) {
            if let Some(day) = shipment.processed_on {
                tours.entry(day).or_default().push(shipment.id);
            }
        }
        for tour in &self.tours {
            tours.insert(tour.id.clone(), tour.shipments.clone());
        }
        tours
    }

    /// The shipment that a parcel is.
    fn shipment_of(&self, journey: &Journey, snapshot: &Snapshot<'_>) -> Option<Shipment> {
        match self.return_with(journey) {
            Some(known) => Some(self.inbound(known, snapshot)),
            None => self.outbound(journey, snapshot),
        }
    }

    /// The parcel as a shipment to a customer; `None` when it was registered as a return.
    fn outbound(&self, journey: &Journey, snapshot: &Snapshot<'_>) -> Option<Shipment> {
        if self.return_with(journey).is_some() {
            return None;
        }
        let number = first_number(journey)?;
        let id = ids::shipment_id(number, journey.generation());
        let mut milestones = self.milestones(journey, snapshot);
        let closing = self.tours.iter().find(|tour| tour.holds(&id));
        let closed = closing.map(|tour| LocalTime {
            at: tour.closed_at,
            offset_minutes: 0,
        });
        let mut processed_on = milestones.processed.map(|time| compact_day(time.at));
        if let Some(closed) = closed
            && milestones
                .processed
                .is_none_or(|known| closed.at < known.at)
        {
            milestones.processed = Some(closed);
            processed_on = None;
        }
        Some(Shipment {
            order_id: ids::order_id(snapshot.core.identities, number),
            direction: Direction::Outbound,
            outbound: journey.legs().last().map(|leg| leg.number().to_owned()),
            inbound: None,
            domestic: None,
            milestones,
            articles: (1..=journey.legs().len())
                .map(|article| format!("ART-{article:03}"))
                .collect(),
            processed_on,
            id,
        })
    }

    fn inbound(&self, known: &Return, snapshot: &Snapshot<'_>) -> Shipment {
        let journey = snapshot.journey(&known.inbound);
        let home_leg = journey
            .as_deref()
            .and_then(|journey| journey.legs().get(1..)?.last());
        Shipment {
            id: known.shipment_id.clone(),
            order_id: known.order_id.clone(),
            direction: Direction::Inbound,
            outbound: known.outbound.clone(),
            inbound: Some(known.inbound.clone()),
            domestic: home_leg.map(|leg| leg.number().to_owned()),
            milestones: journey
                .as_deref()
                .map(|journey| self.milestones(journey, snapshot))
                .unwrap_or_default(),
            articles: known.articles.clone(),
            processed_on: None,
        }
    }

    /// The provider knows the address of each order, so it needs no post code to ask a courier.
    fn milestones(&self, journey: &Journey, snapshot: &Snapshot<'_>) -> Milestones {
        let last_leg = journey.legs().len().saturating_sub(1);
        Milestones::of(journey.seen(snapshot.now, true), last_leg)
    }

    fn return_with(&self, journey: &Journey) -> Option<&Return> {
        let has = |leg: &Leg, known: &Return| leg.number().eq_ignore_ascii_case(&known.inbound);
        self.returns
            .iter()
            .find(|known| journey.legs().iter().any(|leg| has(leg, known)))
    }
}

/// How a caller names an order.
#[derive(Debug)]
pub(crate) enum OrderKey {
    Id(String),
    CustomerFacingId(String),
}

fn first_number(journey: &Journey) -> Option<&str> {
    journey.legs().first().map(Leg::number)
}
