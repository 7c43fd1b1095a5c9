//! Trackings: what the account follows, each by its carrier and number.

use std::collections::{BTreeMap, HashMap};

use super::statuses::Status;

/// What the account itself says about a tracking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Details {
    pub(crate) title: Option<String>,
    pub(crate) logistics_channel: Option<String>,
    pub(crate) customer_name: Option<String>,
    pub(crate) customer_email: Option<String>,
    pub(crate) customer_phone: Option<String>,
    pub(crate) order_id: Option<String>,
    pub(crate) order_create_time: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) destination_code: Option<String>,
    pub(crate) postal_code: Option<String>,
}

/// One tracking.
#[derive(Debug, Clone)]
pub(crate) struct Tracking {
    pub(crate) id: String,
    /// Position in the order of creation.
    pub(crate) serial: u64,
    pub(crate) carrier: String,
    pub(crate) number: String,
    pub(crate) details: Details,
    pub(crate) created_at: i64,
    /// When the account changed it.
    pub(crate) changed_at: Option<i64>,
    pub(crate) archived: bool,
    /// A status that the account set by hand.
    pub(crate) manual: Option<Status>,
    /// When the account gave up on updates: the tracking does not change from then on.
    pub(crate) stopped_at: Option<i64>,
    /// When the carrier was asked last by a realtime call.
    pub(crate) asked_at: Option<i64>,
    /// What webhooks have announced.
    pub(crate) announced: Announced,
}

/// How much of a tracking webhooks are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) scans: usize,
    /// How often the carrier changed, withdrew or repeated a scan.
    pub(crate) changes: u32,
}

impl Announced {
    /// Returns true if there is something that `known` is not about. Where that is nothing, only a scan is something.
    pub(crate) const fn exceeds(self, known: Self) -> bool {
        self.scans > known.scans || (self.changes > known.changes && known.scans > 0)
    }
}

impl Tracking {
    pub(crate) fn new(id: String, carrier: String, number: String, created_at: i64) -> Self {
        Self {
            id,
            serial: 0,
            carrier,
            number,
            details: Details::default(),
            created_at,
            changed_at: None,
            archived: false,
            manual: None,
            stopped_at: None,
            asked_at: None,
            announced: Announced::default(),
        }
    }
}

/// All trackings of the account.
#[derive(Debug, Default)]
pub(crate) struct Trackings {
    by_serial: BTreeMap<u64, Tracking>,
    by_key: HashMap<String, u64>,
    created: u64,
}

impl Trackings {
    pub(crate) fn len(&self) -> usize {
        self.by_serial.len()
    }

    /// How many have ever been created.
    pub(crate) fn created(&self) -> u64 {
        self.created
    }

    pub(crate) fn get(&self, serial: u64) -> Option<&Tracking> {
        self.by_serial.get(&serial)
    }

    pub(crate) fn get_mut(&mut self, serial: u64) -> Option<&mut Tracking> {
        self.by_serial.get_mut(&serial)
    }

    /// All, the one created last first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Tracking> {
        self.by_serial.values().rev()
    }

    /// All serial numbers, in the order of creation.
    pub(crate) fn serials(&self) -> Vec<u64> {
        self.by_serial.keys().copied().collect()
    }

    /// The tracking of a carrier and number; letter case does not matter.
    pub(crate) fn find(&self, carrier: &str, number: &str) -> Option<u64> {
        self.by_key.get(&key(carrier, number)).copied()
    }

    /// Adds a tracking and returns its serial number.
    pub(crate) fn add(&mut self, mut tracking: Tracking) -> u64 {
        let serial = self.created;
        self.created += 1;
        tracking.serial = serial;
        self.by_key
            .insert(key(&tracking.carrier, &tracking.number), serial);
        self.by_serial.insert(serial, tracking);
        serial
    }

    pub(crate) fn remove(&mut self, serial: u64) -> Option<Tracking> {
        let tracking = self.by_serial.remove(&serial)?;
        self.by_key
            .remove(&key(&tracking.carrier, &tracking.number));
        Some(tracking)
    }

    /// Gives a tracking another carrier; what was known about it belongs to the old one.
    pub(crate) fn change_carrier(&mut self, serial: u64, carrier: &str) {
        let Some(tracking) = self.by_serial.get_mut(&serial) else {
            return;
        };
        self.by_key
            .remove(&key(&tracking.carrier, &tracking.number));
        carrier.clone_into(&mut tracking.carrier);
        tracking.announced = Announced::default();
        self.by_key.insert(key(carrier, &tracking.number), serial);
    }
}

/// No carrier code has a slash, so that no two pairs share a key.
fn key(carrier: &str, number: &str) -> String {
    format!(
        "{}/{}",
        carrier.to_ascii_lowercase(),
        number.to_ascii_uppercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracking(carrier: &str, number: &str) -> Tracking {
        Tracking::new(String::new(), carrier.to_owned(), number.to_owned(), 0)
    }

    #[test]
    fn same_number_at_other_carrier_is_other_tracking() {
        let mut trackings = Trackings::default();

        let ups = trackings.add(tracking("ups", "AB12345"));
        let dhl = trackings.add(tracking("dhl", "AB12345"));

        assert_eq!(trackings.find("UPS", "ab12345"), Some(ups));
        assert_eq!(trackings.find("dhl", "AB12345"), Some(dhl));
        assert_eq!(trackings.find("usps", "AB12345"), None);
    }

    #[test]
    fn changed_carrier_frees_old_pair_and_removal_frees_both() {
        let mut trackings = Trackings::default();
        let serial = trackings.add(tracking("ups", "AB12345"));

        trackings.change_carrier(serial, "dhl");

        assert_eq!(trackings.find("ups", "AB12345"), None);
        assert_eq!(trackings.find("dhl", "AB12345"), Some(serial));
        assert!(trackings.remove(serial).is_some());
        assert_eq!(trackings.find("dhl", "AB12345"), None);
        assert_eq!((trackings.len(), trackings.created()), (0, 1));
    }
}
