//! Completes a shipment: order, keys, limits, and what follows from events, legs and status together.

use std::collections::HashMap;

use crate::kit::EventOrder;
use crate::merge::{Keys, Memory, arrange};
use crate::model::{Conflict, ConflictKind, LegDigest, Revision};
use crate::{
    Completeness, Eta, Event, EventKey, Leg, Precision, Problem, Shipment, Status, StatusReport,
};

impl Shipment {
    /// Completes a shipment whose legs were filled in the order of a response.
    ///
    /// Leaves out events without time, code, text, place and id, as a problem. Then puts every leg in order, oldest first: by the provider's order numbers where every event has
    /// one, else by time where all times can be compared, else by the place in the response, in the
    /// direction that the times support. Then drops and counts copies, gives keys to events without an
    /// id, computes the status of each leg and all computed milestones, and adds the conflicts between
    /// events, legs and shipment. More than [`Shipment::MAX_EVENTS`] events or
    /// [`Shipment::MAX_LEGS`] legs are a problem, and the rest is left out. To be called once, by the
    /// code that reads a provider's response.
    pub fn finish(&mut self, order: EventOrder) {
        self.drop_empty_events();
        for leg in &mut self.legs {
            if order != EventOrder::OldestFirst {
                leg.events.reverse();
            }
            arrange(&mut leg.events);
        }
        self.prepare();
        let conflicts = self.legs.iter().filter_map(Leg::time_order_conflict);
        self.conflicts.extend(conflicts.collect::<Vec<_>>());
        for leg in &mut self.legs {
            leg.compute();
        }
        self.conclude();
    }

    /// An element of which nothing could be read is no event, and its list was not read to its end.
    fn drop_empty_events(&mut self) {
        let mut dropped = Vec::new();
        for leg in &mut self.legs {
            if leg.events.iter().any(Event::is_empty) {
                leg.completeness = Completeness::Partial;
                dropped.extend(leg.events.extract_if(.., |event| event.is_empty()));
            }
        }
        if dropped.is_empty() {
            return;
        }
        // A leg that nothing but such elements made is none.
        let count = self.legs.len();
        let names = |leg: &Leg| leg.number.is_some() || leg.courier.is_some();
        self.legs.retain(|leg| names(leg) || !leg.events.is_empty());
        if self.legs.len() < count {
            self.completeness = Completeness::Partial;
        }
        // Where a field was broken, that is a problem already.
        let first = dropped.into_iter().next();
        if let Some(first) = first.filter(|_| self.problems.is_empty()) {
            let problem = Problem::new("events", "an event without any content is left out");
            self.problems.push(problem.with_raw(first.raw));
        }
    }

    /// Sets a status that follows from the events, after [`Shipment::finish`].
    pub fn derive_status(&mut self, status: StatusReport) {
        self.status = status;
        self.conclude();
    }

    /// Limits legs and events, drops copies, and gives a key of its own to each event.
    pub(crate) fn prepare(&mut self) {
        self.limit();
        for leg in &mut self.legs {
            let courier = || leg.courier.as_ref().map(|courier| courier.code.as_str());
            let name = leg.number.as_deref().or_else(courier).unwrap_or_default();
            let digest = LegDigest::new(name);
            for event in &mut leg.events {
                if event.key.is_unset() {
                    event.key = EventKey::of_content(digest, event);
                }
            }
        }
        let events = || self.legs.iter().flat_map(|leg| &leg.events);
        let mut keys: Vec<&EventKey> = events().map(|event| &event.key).collect();
        keys.sort_unstable();
        let is_repeated = |pair: &[&EventKey]| matches!(pair, [left, right] if left == right);
        if keys.windows(2).any(is_repeated) {
            self.separate_repeated_keys();
        }
    }

    /// Events with one key: copies are dropped and counted, another text of the same time and place is
    /// a revision, and everything else is an event of its own.
    fn separate_repeated_keys(&mut self) {
        let mut keys = Keys::default();
        for leg in &mut self.legs {
            let mut kept: Vec<Event> = Vec::with_capacity(leg.events.len());
            let mut of_key: HashMap<EventKey, Vec<usize>> = HashMap::new();
            for mut event in std::mem::take(&mut leg.events) {
                let places = of_key.entry(event.key.clone()).or_default();
                let mut same = places.iter().copied().filter(|place| {
                    let kept = kept.get(*place);
                    kept.is_some_and(|kept| kept.is_copy_of(&event) || kept.is_edit_of(&event))
                });
                if let Some(kept) = same.next().and_then(|place| kept.get_mut(place)) {
                    if !kept.is_copy_of(&event) {
                        kept.add_revision(Revision::of(&event));
                    }
                    kept.copies = kept.copies.saturating_add(event.copies.max(1));
                    self.duplicates_dropped = self.duplicates_dropped.saturating_add(1);
                    continue;
                }
                places.push(kept.len());
                event.key = keys.give(event.key);
                kept.push(event);
            }
            leg.events = kept;
        }
    }

    /// Leaves out what is more than the limits, the oldest events first.
    pub(crate) fn limit(&mut self) {
        if self.legs.len() > Self::MAX_LEGS {
            self.legs.truncate(Self::MAX_LEGS);
            self.completeness = Completeness::Partial;
            self.add_problem("legs", "there are more than 64 legs; the rest is left out");
        }
        let mut room = Self::MAX_EVENTS;
        if self.legs.iter().map(|leg| leg.events.len()).sum::<usize>() <= room {
            return;
        }
        let count = self.legs.len();
        for (index, leg) in self.legs.iter_mut().enumerate() {
            // A leg may use what the ones before it left of an equal share.
            let share = room / (count - index).max(1);
            let surplus = leg.events.len().saturating_sub(share);
            if surplus > 0 {
                leg.events.drain(..surplus);
                leg.completeness = Completeness::Partial;
            }
            room = room.saturating_sub(leg.events.len());
        }
        let message = "there are more than 2,000 events; the oldest are left out";
        self.add_problem("events", message);
    }

    fn add_problem(&mut self, path: &str, message: &str) {
        let problem = Problem::new(path, message);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Computes again what follows from the events, the status and the legs together.
    pub(crate) fn conclude(&mut self) {
        if self.memory.is_some() {
            for leg in &mut self.legs {
                // A leg without events may have a status of its own, which nothing here can compute.
                let has_own = leg.events.is_empty()
                    && leg
                        .status
                        .as_ref()
                        .is_some_and(|status| !status.follows_from_events());
                if !has_own {
                    leg.compute();
                }
            }
        }
        let status_vs_last_event = self.look_at_events();
        let delivered_after_return = self.delivered_after_return();
        if delivered_after_return.is_some() {
            self.status.precision = self.status.precision.at_best(Precision::Ambiguous);
        }
        let computed = [
            ConflictKind::LegsDisagree,
            ConflictKind::StatusVsLastEvent,
            ConflictKind::DeliveredAfterReturn,
            ConflictKind::EtaWindow,
        ];
        self.conflicts
            .retain(|conflict| !computed.contains(&conflict.kind));
        let conflicts = [
            self.legs_disagree(),
            status_vs_last_event,
            delivered_after_return,
        ];
        self.conflicts.extend(conflicts.into_iter().flatten());
        self.conflicts.extend(self.reversed_etas());
    }

    /// Computes the milestones, and finds out whether the last event contradicts the status.
    fn look_at_events(&mut self) -> Option<Conflict> {
        let mut milestones = std::mem::take(&mut self.milestones);
        let last = if let [leg] = self.legs.as_slice() {
            milestones.computed.clone_from(&leg.milestones.computed);
            leg.last_event()
        } else {
            // Putting the events of several legs in order is done once.
            let events = self.events();
            milestones.compute(events.iter().copied());
            events.into_iter().rev().find(|event| !event.retracted)
        };
        let conflict = last.and_then(|last| self.status_vs_last_event(&last.status));
        self.milestones = milestones;
        conflict
    }

    /// A first leg that never says "delivered" is normal, so only the last one counts.
    fn legs_disagree(&self) -> Option<Conflict> {
        let [_, .., _] = self.legs.as_slice() else {
            return None;
        };
        let last = self.legs.iter().rev().find_map(|leg| leg.status.as_ref())?;
        let is_vague = last.status.is_vague() || self.status.status.is_vague();
        if is_vague || last.is_delivered() == self.status.is_delivered() {
            return None;
        }
        let message = format!(
            "the shipment is {} and its last leg is {}",
            self.status.status, last.status
        );
        Some(Conflict::new(ConflictKind::LegsDisagree, message))
    }

    /// Finds the estimates whose windows end before they begin.
    fn reversed_etas(&self) -> Vec<Conflict> {
        let conflict = |eta: &Eta| {
            let to = eta.to.as_ref().filter(|_| eta.is_reversed())?;
            let message = format!(
                "the estimate `{}` begins at {} and ends before that, at {to}",
                eta.field, eta.from
            );
            Some(Conflict::new(ConflictKind::EtaWindow, message))
        };
        self.current_etas().filter_map(conflict).collect()
    }

    fn delivered_after_return(&self) -> Option<Conflict> {
        let goes_back = |event: &Event| {
            let status = &event.status.status;
            !event.retracted && matches!(status, Status::Returning | Status::Returned)
        };
        let was_returning = || {
            let mut events = self.legs.iter().flat_map(|leg| &leg.events);
            self.memory.as_ref().is_some_and(Memory::was_returning) || events.any(goes_back)
        };
        if !self.status.is_delivered() || !was_returning() {
            return None;
        }
        let message = "delivered after it was on its way back to the sender";
        Some(Conflict::new(ConflictKind::DeliveredAfterReturn, message))
    }

    fn status_vs_last_event(&self, last: &StatusReport) -> Option<Conflict> {
        if !contradict(&self.status, last) {
            return None;
        }
        let message = format!(
            "the shipment is {} and its last event is {}",
            self.status.status, last.status
        );
        Some(Conflict::new(ConflictKind::StatusVsLastEvent, message))
    }
}

/// Returns true if two reports of one provider contradict each other; a vague one contradicts nothing.
fn contradict(left: &StatusReport, right: &StatusReport) -> bool {
    left.status != right.status && !left.status.is_vague() && !right.status.is_vague()
}
