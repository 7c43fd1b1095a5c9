//! What a user who merges each observation gets reported.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tracking_core::merge::{Change, ChangeKind, Fact, Update, merge};
use tracking_core::{Event, Leg, Shipment, Status, Timestamp};

use crate::caller::INVENTED;

/// The stored shipments of a user, and all that merging reported.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    /// The parcel that is followed is the last one; those before had its number.
    known: Vec<Shipment>,
    /// The statuses of each parcel in their order.
    pub(crate) statuses: Vec<Vec<Status>>,
    /// The kinds of all changes in their order.
    pub(crate) kinds: Vec<ChangeKind>,
    /// How often each fact beside the status was reported.
    facts: BTreeMap<String, usize>,
}

impl Reports {
    /// Merges an observation into what is stored of its parcel.
    pub(crate) fn observe(&mut self, update: Update) {
        let known = self
            .known
            .iter()
            .rposition(|known| known.is_same_shipment(update.shipment()));
        let before = known.map(|position| self.known.remove(position));
        let merged = merge(before, update);
        if merged.is_first {
            self.known.extend(merged.replaced.map(|known| *known));
            self.begin(Some(&merged.shipment));
        }
        for change in &merged.changes {
            self.kinds.push(change.kind());
            self.change(change, &merged.shipment.linked_numbers);
        }
        self.known.push(merged.shipment);
    }

    /// Begins with what is known of a parcel when it is seen for the first time; nothing if its number is unknown.
    pub(crate) fn begin(&mut self, first: Option<&Shipment>) {
        let status = first.map(|shipment| shipment.status.status.clone());
        self.statuses.push(status.into_iter().collect());
        for event in first
            .iter()
            .flat_map(|it| &it.legs)
            .flat_map(|leg| &leg.events)
        {
            self.report(&event_fact(event));
        }
    }

    /// Takes a change that is reported, and the linked numbers that are known after it.
    pub(crate) fn change(&mut self, change: &Change, linked_numbers: &[String]) {
        match change {
            Change::StatusChanged { to, .. } | Change::Reopened { to, .. } => {
                let statuses = self.statuses.last_mut().unwrap();
                // What could not be read at first is no other status.
                let was_unread = statuses.pop_if(|last| last.is_unmapped()).is_some();
                if !(was_unread && statuses.last() == Some(to)) {
                    statuses.push(to.clone());
                }
            }
            Change::Revised { event, before, .. } => {
                let mut partial = (**event).clone();
                partial.description.clone_from(&before.description);
                partial.location.clone_from(&before.location);
                let was_unread = before.code.as_deref() == Some(INVENTED);
                if was_unread {
                    let unmapped = serde_json::json!({ "unmapped": INVENTED });
                    partial.status.status = serde_json::from_value(unmapped).unwrap();
                }
                let is_completed = was_unread
                    || partial.description.is_none() && event.description.is_some()
                    || partial.location.is_none() && event.location.is_some();
                if is_completed {
                    // What could not be read at first is no other fact.
                    self.facts.remove(&self.numbered(&event_fact(&partial)));
                }
                self.report(&event_fact(event));
            }
            Change::Added { event, .. }
            | Change::Late {
                event: Some(event), ..
            } => self.report(&event_fact(event)),
            Change::Retracted { event, .. } => self.report(&format!("retracted {}", shown(event))),
            Change::Restored { event, .. } => self.report(&format!("restored {}", shown(event))),
            // A corrected number is one more.
            Change::FactChanged {
                fact: fact @ Fact::LinkedNumbers,
                ..
            } => self.report(&format!("{} {fact} {linked_numbers:?}", change.kind(),)),
            other => self.report(&format!("{} {other}", other.kind())),
        }
    }

    fn report(&mut self, fact: &str) {
        let fact = self.numbered(fact);
        *self.facts.entry(fact).or_default() += 1;
    }

    /// Two parcels may have equal facts.
    fn numbered(&self, fact: &str) -> String {
        format!("{fact} #{}", self.statuses.len())
    }

    /// The facts of a kind, and how often each was reported.
    pub(crate) fn facts<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, usize)> {
        let facts = self.facts.iter();
        facts
            .filter(move |(fact, _)| fact.split(' ').next() == Some(kind))
            .map(|(fact, count)| (fact.as_str(), *count))
    }

    /// How often facts of a kind were reported.
    pub(crate) fn count(&self, kind: &str) -> usize {
        self.facts(kind).map(|(_, count)| count).sum()
    }

    /// What is stored of the parcel that is followed.
    pub(crate) fn last(&self) -> &Shipment {
        self.known.last().unwrap()
    }
}

/// What a person sees of an event.
pub(crate) fn shown(event: &Event) -> String {
    let time = event.time.as_ref().map_or("no time", Timestamp::text);
    let mut text = format!("{time} {}", event.status.status);
    for part in [&event.description, &event.location].into_iter().flatten() {
        let _ = write!(text, ", {part}");
    }
    text
}

fn event_fact(event: &Event) -> String {
    format!("event {}", shown(event))
}

/// The events of a leg that are not retracted, in their order.
pub(crate) fn shown_events(leg: &Leg) -> Vec<String> {
    let events = leg.events.iter();
    events.filter(|event| !event.retracted).map(shown).collect()
}
