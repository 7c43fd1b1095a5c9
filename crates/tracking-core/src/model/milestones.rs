//! `Milestones`: when each status was reached for the first time.

use std::collections::BTreeMap;

use serde::de::Deserializer;
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::map;
use crate::{Event, Status, Timestamp};

/// When each status was reached for the first time: as the provider claims, and as the events say.
///
/// The two are kept apart because claimed milestones can be wrong by weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Milestones {
    /// What the provider states.
    #[serde(with = "by_name", default)]
    pub claimed: BTreeMap<Status, Timestamp>,
    /// The time of the first event per status.
    #[serde(with = "by_name", default)]
    pub computed: BTreeMap<Status, Timestamp>,
}

impl Milestones {
    /// Creates empty milestones.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            claimed: BTreeMap::new(),
            computed: BTreeMap::new(),
        }
    }

    /// Fills `computed` from events that are ordered oldest first.
    ///
    /// Events without a time, retracted events, and events whose status is unknown or unmapped
    /// do not count.
    pub fn compute<'a>(&mut self, events: impl IntoIterator<Item = &'a Event>) {
        self.computed.clear();
        for event in events {
            let status = &event.status.status;
            if event.retracted || matches!(status, Status::Unknown | Status::Unmapped(_)) {
                continue;
            }
            if let Some(time) = &event.time
                && !self.computed.contains_key(status)
            {
                self.computed.insert(status.clone(), time.clone());
            }
        }
    }

    /// Returns true if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claimed.is_empty() && self.computed.is_empty()
    }
}

/// Stores a map by status under the canonical names.
mod by_name {
    use super::{BTreeMap, Deserializer, SerializeMap, Serializer, Status, Timestamp, map};

    pub(super) fn serialize<S: Serializer>(
        times: &BTreeMap<Status, Timestamp>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let named = || {
            let times = times.iter();
            times.filter_map(|(status, time)| Some((name(status)?, time)))
        };
        let mut map = serializer.serialize_map(Some(named().count()))?;
        for (name, time) in named() {
            map.serialize_entry(name, time)?;
        }
        map.end()
    }

    /// Returns the name that is read as this status again: that of a status which a later version stored too. `None`
    /// for an unmapped value that is the name of another status.
    fn name(status: &Status) -> Option<&str> {
        let Status::Unmapped(value) = status else {
            return Some(status.as_str());
        };
        let name = value.as_str();
        name.parse::<Status>().is_err().then_some(name)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Status, Timestamp>, D::Error> {
        // An entry without a time says nothing.
        map(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Milestones;
    use crate::{Event, EventKey, Status, StatusReport, Timestamp};

    fn event(status: Status, time: &str) -> Event {
        let mut event = Event::new(EventKey::from_provider_id(time), StatusReport::new(status));
        event.time = Some(Timestamp::parse(time));
        event
    }

    #[test]
    fn first_event_of_each_status_counts() {
        let events = [
            event(Status::InfoReceived, "2025-12-01"),
            event(Status::InTransit, "2025-12-02"),
            event(Status::InTransit, "2025-12-03"),
            event(Status::Unknown, "2025-12-04"),
        ];
        let mut milestones = Milestones::new();

        milestones.compute(&events);

        let strings: Vec<(&str, &str)> = milestones
            .computed
            .iter()
            .map(|(status, time)| (status.as_str(), time.text()))
            .collect();
        assert_eq!(
            strings,
            [
                ("info_received", "2025-12-01"),
                ("in_transit", "2025-12-02")
            ]
        );
    }

    #[test]
    fn retracted_event_does_not_count() {
        let mut retracted = event(Status::Delivered, "2025-12-01");
        retracted.retracted = true;
        let mut milestones = Milestones::new();

        milestones.compute(&[retracted]);

        assert!(milestones.is_empty());
    }

    #[test]
    fn serde_restores_the_names() {
        let mut milestones = Milestones::new();
        milestones
            .claimed
            .insert(Status::Delivered, Timestamp::parse("2025-12-01"));

        let json = serde_json::to_value(&milestones).unwrap();

        assert_eq!(json["claimed"]["delivered"]["text"], "2025-12-01");
        assert_eq!(
            serde_json::from_value::<Milestones>(json).unwrap(),
            milestones
        );
    }
}
