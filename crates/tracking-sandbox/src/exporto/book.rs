//! The shipments of the account at one moment: the parcels of the world and what callers
//! registered.

use std::collections::BTreeMap;

use super::facts::{Facts, Moment};
use super::ids::{self, ShipmentIds};
use super::returns::Return;
use super::shipment::{Direction, Shipment};
use super::state::State;
use crate::sandbox::Core;
use crate::wire_time::compact_day;
use crate::world::{Journey, Leg};

/// Looks the account up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Book<'a> {
    pub(super) core: &'a Core,
    pub(super) state: &'a State,
    pub(super) now: i64,
}

/// The order that a parcel came from.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) outbound: Option<String>,
}

impl Book<'_> {
    /// Parcels in the order of their first numbers, then returns as they were registered.
    pub(super) fn shipments(&self) -> Vec<Shipment> {
        let parcels = self.core.world.parcels();
        let outbound = parcels.iter().filter_map(|journey| self.outbound(journey));
        let inbound = self.state.returns.iter().map(|known| self.inbound(known));
        outbound.chain(inbound).collect()
    }

    pub(super) fn shipment(&self, id: &str) -> Option<Shipment> {
        if let Some(known) = self
            .state
            .returns
            .iter()
            .find(|known| known.shipment_id == id)
        {
            return Some(self.inbound(known));
        }
        let journey = self.core.world.find(ids::number_of(id)?)?;
        self.outbound(&journey).filter(|shipment| shipment.id == id)
    }

    /// What the account calls the parcel with this number.
    pub(super) fn ids(&self, number: &str) -> Option<ShipmentIds> {
        let journey = self.core.world.find(number)?;
        let first = first_number(&journey)?;
        let shipment = self.of(&journey)?;
        let tour = self
            .tours()
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
    pub(super) fn order(&self, wanted: &OrderKey) -> Option<Order> {
        let parcels = self.core.world.parcels();
        let journey = parcels.iter().find(|journey| {
            first_number(journey).is_some_and(|number| match wanted {
                OrderKey::Id(id) => ids::order_id(self.core.identities, number) == *id,
                OrderKey::CustomerFacingId(id) => ids::customer_facing_id(number) == *id,
            })
        })?;
        let shipment = self.of(journey)?;
        Some(Order {
            id: shipment.order_id,
            outbound: shipment.outbound,
        })
    }

    /// Tours by their ids, oldest first: one per day on which parcels were processed, and those
    /// that callers made.
    pub(super) fn tours(&self) -> BTreeMap<String, Vec<String>> {
        let mut tours: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for shipment in self.shipments() {
            if let Some(day) = shipment.processed_on {
                tours.entry(day).or_default().push(shipment.id);
            }
        }
        for tour in &self.state.tours {
            tours.insert(tour.id.clone(), tour.shipments.clone());
        }
        tours
    }

    /// The shipment that a parcel is.
    fn of(&self, journey: &Journey) -> Option<Shipment> {
        match self.return_with(journey) {
            Some(known) => Some(self.inbound(known)),
            None => self.outbound(journey),
        }
    }

    /// The parcel as a shipment to a customer; none when it was registered as a return.
    fn outbound(&self, journey: &Journey) -> Option<Shipment> {
        if self.return_with(journey).is_some() {
            return None;
        }
        let number = first_number(journey)?;
        let id = ids::shipment_id(number);
        let mut facts = self.facts(journey);
        let closing = self.state.tours.iter().find(|tour| tour.holds(&id));
        let closed = closing.map(|tour| Moment {
            at: tour.closed_at,
            offset_minutes: 0,
        });
        let mut processed_on = facts.processed.map(|moment| compact_day(moment.at));
        if let Some(closed) = closed
            && facts.processed.is_none_or(|known| closed.at < known.at)
        {
            facts.processed = Some(closed);
            processed_on = None;
        }
        Some(Shipment {
            order_id: ids::order_id(self.core.identities, number),
            direction: Direction::Outbound,
            outbound: journey.legs().last().map(|leg| leg.number().to_owned()),
            inbound: None,
            domestic: None,
            facts,
            articles: (1..=journey.legs().len())
                .map(|article| format!("ART-{article:03}"))
                .collect(),
            processed_on,
            id,
        })
    }

    fn inbound(&self, known: &Return) -> Shipment {
        let journey = self.core.world.find(&known.inbound);
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
            facts: journey
                .as_deref()
                .map(|journey| self.facts(journey))
                .unwrap_or_default(),
            articles: known.articles.clone(),
            processed_on: None,
        }
    }

    /// The provider knows the address of each order, so it needs no post code to ask a courier.
    fn facts(&self, journey: &Journey) -> Facts {
        let last_leg = journey.legs().len().saturating_sub(1);
        Facts::of(journey.seen(self.now, true), last_leg)
    }

    fn return_with(&self, journey: &Journey) -> Option<&Return> {
        let has = |leg: &Leg, known: &Return| leg.number().eq_ignore_ascii_case(&known.inbound);
        self.state
            .returns
            .iter()
            .find(|known| journey.legs().iter().any(|leg| has(leg, known)))
    }
}

/// How a caller names an order.
#[derive(Debug)]
pub(super) enum OrderKey {
    Id(String),
    CustomerFacingId(String),
}

fn first_number(journey: &Journey) -> Option<&str> {
    journey.legs().first().map(Leg::number)
}
