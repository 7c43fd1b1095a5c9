//! `Journey`: what happens to a parcel, drawn by lot.

use tracking_core::{
    Event, Leg, LegRole, ProviderId, Shipment, Status, StatusReport, Timestamp, UtcTime,
};

/// Numbers that look random, always the same for one seed (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Lot(u64);

impl Lot {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// At least 0, less than 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Seconds between so many hours.
    pub(super) fn hours(&mut self, from: f64, to: f64) -> i64 {
        ((from + (to - from) * self.share()) * 3600.0) as i64
    }
}

/// What happens to a parcel, from the time at which it is followed, in seconds of Unix time.
#[derive(Clone, Debug)]
pub(super) struct Journey {
    pub(super) begin: i64,
    /// In order of time; the last one is the end.
    pub(super) events: Vec<Happening>,
}

#[derive(Clone, Debug)]
pub(super) struct Happening {
    pub(super) at: i64,
    pub(super) status: Status,
    /// Whether a webhook says so.
    pub(super) is_announced: bool,
}

const DAY: i64 = 24 * 3600;

impl Journey {
    /// Draws one of a parcel as it is usual in Europe: announced within half a day, picked up within a day and a half,
    /// 2 to 6 scans in transit; 3 of 100 wait for customs or the like, 7 of 100 are attempted in vain once, and
    /// 10 of 100 wait in a shop.
    pub(super) fn draw(lot: &mut Lot, begin: i64, webhooks: f64) -> Self {
        let mut at = begin + lot.hours(0.0, 12.0);
        let mut steps = vec![(at, Status::InfoReceived)];
        at += lot.hours(4.0, 36.0);
        steps.push((at, Status::PickedUp));
        let scans = 2 + (lot.share() * 5.0) as usize;
        let is_held = lot.share() < 0.03;
        for scan in 0..scans {
            at += lot.hours(4.0, 30.0);
            steps.push((at, Status::InTransit));
            if is_held && scan == 1 {
                at += lot.hours(2.0, 12.0);
                steps.push((at, Status::Exception));
                at += lot.hours(24.0, 120.0);
                steps.push((at, Status::InTransit));
            }
        }
        at = morning(at) + lot.hours(0.0, 2.0);
        steps.push((at, Status::OutForDelivery));
        let end = lot.share();
        if end < 0.07 {
            steps.push((at + lot.hours(3.0, 9.0), Status::AttemptFailed));
            at = morning(at) + lot.hours(0.0, 2.0);
            steps.push((at, Status::OutForDelivery));
        } else if end < 0.17 {
            at += lot.hours(3.0, 9.0);
            steps.push((at, Status::AvailableForPickup));
            at += lot.hours(12.0, 120.0);
        }
        steps.push((at + lot.hours(2.0, 9.0), Status::Delivered));
        let events = steps.into_iter().map(|(at, status)| Happening {
            at,
            status,
            is_announced: lot.share() < webhooks,
        });
        Self {
            begin,
            events: events.collect(),
        }
    }

    /// How many events have happened.
    pub(super) fn happened(&self, at: i64) -> usize {
        self.events.partition_point(|event| event.at <= at)
    }

    /// Returns true if all of it has happened.
    pub(super) const fn is_over(&self, happened: usize) -> bool {
        happened == self.events.len()
    }

    /// What a provider says after so many events; `None` before the first.
    pub(super) fn shipment(&self, happened: usize) -> Option<Shipment> {
        let last = self.events.get(happened.checked_sub(1)?)?;
        let time = UtcTime::from_unix_seconds(last.at)?;
        let report = StatusReport::new(last.status.clone());
        let mut event = Event::without_id(report.clone());
        event.time = Some(Timestamp::parse(time.to_string()));
        let mut leg = Leg::new(LegRole::Only);
        leg.events.push(event);
        let mut shipment = Shipment::new(ProviderId::new("plan"), "plan", report, time);
        shipment.legs.push(leg);
        Some(shipment)
    }
}

/// 7 o'clock of the next day.
fn morning(at: i64) -> i64 {
    (at.div_euclid(DAY) + 1) * DAY + 7 * 3600
}
