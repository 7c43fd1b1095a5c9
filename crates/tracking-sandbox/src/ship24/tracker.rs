//! Trackers: what the account follows.

use std::collections::HashMap;

use super::requests::payload::Payload;
use super::webhooks::message::{Attempt, Message};
use crate::server::Page;

/// One tracker.
#[derive(Debug, Clone)]
pub(crate) struct Tracker {
    pub(crate) id: String,
    /// Position in the order of creation.
    pub(crate) serial: usize,
    pub(crate) payload: Payload,
    pub(crate) created_at: i64,
    pub(crate) is_subscribed: bool,
    /// When the subscription ended: results do not change from then on.
    pub(crate) archived_at: Option<i64>,
    /// Every webhook message of the tracker, oldest first.
    pub(crate) messages: Vec<Message>,
    /// Every attempt to deliver one, oldest first.
    pub(crate) attempts: Vec<Attempt>,
}

impl Tracker {
    pub(crate) fn number(&self) -> &str {
        &self.payload.tracking_number
    }

    pub(crate) fn client_id(&self) -> Option<&str> {
        self.payload.client_tracker_id.as_deref()
    }

    /// Until when the tracker sees what happens.
    pub(crate) fn sees_until(&self, now: i64) -> i64 {
        self.archived_at.map_or(now, |archived| archived.min(now))
    }
}

/// How a path names a tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SearchBy {
    TrackerId,
    ClientTrackerId,
}

/// All trackers of the account, with the indexes that calls need.
#[derive(Debug, Default)]
pub(crate) struct Trackers {
    /// In order of creation; the clock may go back, so this is not always the order in time.
    trackers: Vec<Tracker>,
    by_id: HashMap<String, usize>,
    by_number: HashMap<String, Vec<usize>>,
    by_client_id: HashMap<String, Vec<usize>>,
    /// Oldest first by `created_at`, then by creation.
    by_time: Vec<usize>,
}

impl Trackers {
    pub(crate) fn len(&self) -> usize {
        self.trackers.len()
    }

    pub(crate) fn get(&self, serial: usize) -> Option<&Tracker> {
        self.trackers.get(serial)
    }

    pub(crate) fn get_mut(&mut self, serial: usize) -> Option<&mut Tracker> {
        self.trackers.get_mut(serial)
    }

    /// Adds a tracker and returns its serial number.
    pub(crate) fn add(&mut self, id: String, payload: Payload, created_at: i64) -> usize {
        let serial = self.trackers.len();
        self.by_id.insert(id.clone(), serial);
        self.by_number
            .entry(payload.tracking_number.clone())
            .or_default()
            .push(serial);
        if let Some(client_id) = &payload.client_tracker_id {
            self.by_client_id
                .entry(client_id.clone())
                .or_default()
                .push(serial);
        }
        let older = |known: &usize| {
            self.trackers
                .get(*known)
                .is_some_and(|tracker| tracker.created_at <= created_at)
        };
        let position = self.by_time.partition_point(older);
        self.by_time.insert(position, serial);
        self.trackers.push(Tracker {
            id,
            serial,
            payload,
            created_at,
            is_subscribed: true,
            archived_at: None,
            messages: Vec::new(),
            attempts: Vec::new(),
        });
        serial
    }

    /// The tracker that a path names. A client's id names its subscribed tracker, else the
    /// newest one that had it.
    pub(crate) fn find(&self, by: SearchBy, id: &str) -> Option<usize> {
        match by {
            SearchBy::TrackerId => self.by_id.get(id).copied(),
            SearchBy::ClientTrackerId => self
                .subscribed_with_client_id(id)
                .or_else(|| self.by_client_id.get(id)?.last().copied()),
        }
    }

    /// The subscribed tracker that holds a client's id.
    pub(crate) fn subscribed_with_client_id(&self, id: &str) -> Option<usize> {
        self.by_client_id
            .get(id)?
            .iter()
            .copied()
            .find(|serial| self.is_subscribed(*serial))
    }

    /// All trackers of a number, oldest first. The number is upper-case.
    pub(crate) fn with_number(&self, number: &str) -> &[usize] {
        self.by_number.get(number).map_or(&[], Vec::as_slice)
    }

    /// The subscribed trackers of a number, oldest first.
    pub(crate) fn subscribed_with_number(&self, number: &str) -> impl Iterator<Item = &Tracker> {
        self.with_number(number)
            .iter()
            .filter_map(|serial| self.get(*serial))
            .filter(|tracker| tracker.is_subscribed)
    }

    /// One page in the order of time.
    pub(crate) fn page(&self, page: Page, newest_first: bool) -> Vec<&Tracker> {
        let serials = self.by_time.iter();
        let shown = |serials: &mut dyn Iterator<Item = &usize>| {
            serials
                .skip(page.skip())
                .take(page.limit)
                .filter_map(|serial| self.get(*serial))
                .collect()
        };
        if newest_first {
            shown(&mut serials.rev())
        } else {
            shown(&mut { serials })
        }
    }

    fn is_subscribed(&self, serial: usize) -> bool {
        self.get(serial)
            .is_some_and(|tracker| tracker.is_subscribed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(number: &str, client_id: Option<&str>) -> Payload {
        Payload {
            tracking_number: number.to_owned(),
            client_tracker_id: client_id.map(str::to_owned),
            ..Payload::default()
        }
    }

    #[test]
    fn pages_follow_time_even_when_the_clock_went_back() {
        let mut trackers = Trackers::default();
        for (id, created_at) in [("a", 10), ("b", 30), ("c", 20), ("d", 20)] {
            trackers.add(id.to_owned(), payload("AB12345", None), created_at);
        }

        let ids = |page: Vec<&Tracker>| -> String {
            page.iter().map(|tracker| tracker.id.as_str()).collect()
        };

        let page = |number, limit| Page { number, limit };

        assert_eq!(ids(trackers.page(page(1, 10), false)), "acdb");
        assert_eq!(ids(trackers.page(page(2, 2), true)), "ca");
        assert_eq!(ids(trackers.page(page(3, 2), false)), "");
    }

    #[test]
    fn clients_id_names_subscribed_tracker() {
        let mut trackers = Trackers::default();
        let first = trackers.add("a".to_owned(), payload("AB12345", Some("mine")), 1);
        trackers.get_mut(first).unwrap().is_subscribed = false;
        assert_eq!(
            trackers.find(SearchBy::ClientTrackerId, "mine"),
            Some(first)
        );

        let second = trackers.add("b".to_owned(), payload("AB12345", Some("mine")), 2);

        assert_eq!(
            trackers.find(SearchBy::ClientTrackerId, "mine"),
            Some(second)
        );
    }
}
