//! A parcel with all its times fixed.

use super::edit::ScanEdit;
use super::parcel::{EtaWindow, Leg, Parcel};
use super::scan::{Scan, ScanTime, Step, TimeShape};
use crate::clock::{unix_millis, whole_millis};
use crate::error::ParcelError;
use crate::wire_time::{is_writable, logistic};

/// A parcel whose scans have a time, oldest first.
#[derive(Debug, Clone)]
pub(crate) struct Journey {
    parcel: Parcel,
    scans: Vec<JourneyScan>,
    /// Scans that the courier took back.
    withdrawn: Vec<JourneyScan>,
    /// How many scans of earlier parcels had the number; the serial number of the first scan.
    earlier_scans: u32,
    /// What counts as a change because of earlier parcels with the number.
    earlier_changes: u32,
    /// When the courier changed something last, in milliseconds since the Unix epoch.
    changed_at: Option<i64>,
    pub(crate) eta: Option<JourneyWindow>,
    pub(crate) courier_eta: Option<JourneyWindow>,
    pub(crate) predicted_eta: Option<JourneyWindow>,
}

/// A scan at a fixed time.
#[derive(Debug, Clone)]
pub(crate) struct JourneyScan {
    /// Position in the order in which scans were added: stable when older scans arrive late.
    pub(crate) serial: u32,
    /// How often the courier has edited it or reported it again.
    pub(crate) revision: u32,
    /// Milliseconds since the Unix epoch.
    pub(crate) at: i64,
    pub(crate) step: Step,
    pub(crate) leg: usize,
    pub(crate) shape: TimeShape,
    pub(crate) offset_minutes: i32,
    pub(crate) text: String,
    pub(crate) place: Option<String>,
}

impl JourneyScan {
    /// The time as the courier writes it.
    pub(crate) fn time_text(&self) -> String {
        logistic(self.at, self.shape, self.offset_minutes)
    }
}

/// A window of expectation at fixed times, written as on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JourneyWindow {
    pub(crate) from: String,
    pub(crate) to: Option<String>,
}

impl Journey {
    /// Fixes the times of `parcel`, relative to `now`.
    pub(crate) fn plan(mut parcel: Parcel, now: i64) -> Result<Self, ParcelError> {
        if parcel.legs.is_empty() {
            return Err(ParcelError::NoLeg);
        }
        if let Some(leg) = parcel
            .legs
            .iter()
            .position(|leg| leg.number.trim().is_empty())
        {
            return Err(ParcelError::EmptyNumber { leg });
        }
        parcel.legs.iter_mut().for_each(leg_number);
        let mut journey = Self {
            eta: window(parcel.eta.as_ref(), now)?,
            courier_eta: window(parcel.courier_eta.as_ref(), now)?,
            predicted_eta: window(parcel.predicted_eta.as_ref(), now)?,
            scans: Vec::with_capacity(parcel.scans.len()),
            withdrawn: Vec::new(),
            earlier_scans: 0,
            earlier_changes: 0,
            changed_at: None,
            parcel,
        };
        for scan in std::mem::take(&mut journey.parcel.scans) {
            journey.insert(scan, now)?;
        }
        Ok(journey)
    }

    /// The same journey of a parcel that has the number of an earlier one: no scan of it is one of the other.
    pub(crate) fn after(mut self, earlier: &Self) -> Self {
        self.earlier_scans = earlier.earlier_scans.saturating_add(earlier.scan_count());
        self.earlier_changes = earlier.changes_until(i64::MAX).saturating_add(1);
        for scan in &mut self.scans {
            scan.serial = scan.serial.saturating_add(self.earlier_scans);
        }
        self
    }

    /// Another number for each parcel of those that had the number of this one; 0 for the first.
    pub(crate) fn generation(&self) -> u32 {
        self.earlier_changes
    }

    /// When the courier edited, withdrew or repeated a scan last, if that was until `now`.
    pub(crate) fn changed_until(&self, now: i64) -> Option<i64> {
        self.changed_at.filter(|changed| *changed <= now)
    }

    /// The same journey, changed at `now` if it differs from what was known by more than a new scan.
    pub(crate) fn dated(mut self, known: &Self, now: i64) -> Self {
        if self.changes_until(i64::MAX) != known.changes_until(i64::MAX) {
            self.changed_at = Some(now);
        }
        self
    }

    fn scan_count(&self) -> u32 {
        u32::try_from(self.scans.len() + self.withdrawn.len()).unwrap_or(u32::MAX)
    }

    /// The same journey with one more scan.
    pub(crate) fn with_scan(&self, scan: Scan, now: i64) -> Result<Self, ParcelError> {
        let mut journey = self.clone();
        journey.insert(scan, now)?;
        Ok(journey)
    }

    fn insert(&mut self, scan: Scan, now: i64) -> Result<(), ParcelError> {
        let legs = self.parcel.legs.len();
        if scan.leg >= legs {
            return Err(ParcelError::UnknownLeg {
                leg: scan.leg,
                legs,
            });
        }
        let at = instant(scan.time, now)?;
        let serial = self.earlier_scans.saturating_add(self.scan_count());
        let scan = JourneyScan {
            serial,
            revision: 0,
            at,
            step: scan.step,
            leg: scan.leg,
            shape: scan.shape,
            offset_minutes: scan.offset_minutes,
            text: scan.text.unwrap_or_else(|| scan.step.text().to_owned()),
            place: scan.place,
        };
        self.put(scan);
        Ok(())
    }

    /// Puts a scan behind those of its time.
    fn put(&mut self, scan: JourneyScan) {
        let position = self.scans.partition_point(|known| known.at <= scan.at);
        self.scans.insert(position, scan);
    }

    /// The same journey with a scan changed, by its position in the order in which scans were added.
    pub(crate) fn with_edit(
        &self,
        scan: usize,
        edit: ScanEdit,
        now: i64,
    ) -> Result<Self, ParcelError> {
        let mut journey = self.clone();
        let mut scan = journey.take(scan)?;
        let is_plain = scan.text == scan.step.text();
        scan.step = edit.step.unwrap_or(scan.step);
        if is_plain {
            scan.step.text().clone_into(&mut scan.text);
        }
        if let Some(time) = edit.time {
            scan.at = instant(time, now)?;
        }
        scan.shape = edit.shape.unwrap_or(scan.shape);
        scan.offset_minutes = edit.offset_minutes.unwrap_or(scan.offset_minutes);
        scan.text = edit.text.unwrap_or(scan.text);
        scan.place = edit.place.or(scan.place);
        scan.revision += 1;
        journey.put(scan);
        Ok(journey)
    }

    /// The same journey without a scan. What is withdrawn already stays so.
    pub(crate) fn without_scan(&self, scan: usize) -> Result<Self, ParcelError> {
        let mut journey = self.clone();
        let scan = journey.take(scan)?;
        journey.withdrawn.push(scan);
        Ok(journey)
    }

    /// The same journey with a scan reported again, withdrawn before or not.
    pub(crate) fn with_scan_again(&self, scan: usize) -> Result<Self, ParcelError> {
        self.with_edit(scan, ScanEdit::new(), 0)
    }

    /// The same journey with the courier and the number of a leg corrected.
    pub(crate) fn with_leg(&self, position: usize, leg: Leg) -> Result<Self, ParcelError> {
        let mut journey = self.clone();
        let legs = journey.parcel.legs.len();
        let Some(known) = journey.parcel.legs.get_mut(position) else {
            return Err(ParcelError::UnknownLeg {
                leg: position,
                legs,
            });
        };
        if leg.number.trim().is_empty() {
            return Err(ParcelError::EmptyNumber { leg: position });
        }
        *known = leg;
        leg_number(known);
        Ok(journey)
    }

    fn take(&mut self, scan: usize) -> Result<JourneyScan, ParcelError> {
        let first = self.earlier_scans;
        for scans in [&mut self.scans, &mut self.withdrawn] {
            let mut positions = scans.iter().map(|known| (known.serial - first) as usize);
            if let Some(position) = positions.position(|position| position == scan) {
                return Ok(scans.remove(position));
            }
        }
        Err(ParcelError::UnknownScan {
            scan,
            scans: self.scans.len() + self.withdrawn.len(),
        })
    }

    /// Every scan in the order in which they were added, from position 0 on, and whether it is withdrawn.
    pub(crate) fn listed(&self) -> Vec<(&JourneyScan, bool)> {
        let scans = self.scans.iter().map(|scan| (scan, false));
        let withdrawn = self.withdrawn.iter().map(|scan| (scan, true));
        let mut listed: Vec<_> = scans.chain(withdrawn).collect();
        listed.sort_unstable_by_key(|(scan, _)| scan.serial);
        listed
    }

    /// How often the courier has edited, withdrawn or repeated a scan of the time up to `now`.
    pub(crate) fn changes_until(&self, now: i64) -> u32 {
        let edits = self.scans.iter().map(|scan| (scan, 0));
        let withdrawn = self.withdrawn.iter().map(|scan| (scan, 1));
        edits
            .chain(withdrawn)
            .filter(|(scan, _)| scan.at <= now)
            .map(|(scan, more)| scan.revision + more)
            .fold(self.earlier_changes, u32::saturating_add)
    }

    pub(crate) fn legs(&self) -> &[Leg] {
        &self.parcel.legs
    }

    pub(crate) fn parcel(&self) -> &Parcel {
        &self.parcel
    }

    /// What a caller with or without the post code of the destination sees at `now`, oldest first.
    pub(crate) fn seen(&self, now: i64, has_post_code: bool) -> &[JourneyScan] {
        if self.parcel.requires_post_code && !has_post_code {
            return &[];
        }
        self.scans_until(now)
    }

    /// The scans that have happened at `now`, oldest first.
    fn scans_until(&self, now: i64) -> &[JourneyScan] {
        let visible = self.scans.partition_point(|scan| scan.at <= now);
        self.scans.get(..visible).unwrap_or_default()
    }
}

/// Takes the space around the number of a leg away.
fn leg_number(leg: &mut Leg) {
    leg.number = leg.number.trim().to_owned();
}

fn window(window: Option<&EtaWindow>, now: i64) -> Result<Option<JourneyWindow>, ParcelError> {
    let Some(window) = window else {
        return Ok(None);
    };
    let shown =
        |time| instant(time, now).map(|at| logistic(at, window.shape, window.offset_minutes));
    Ok(Some(JourneyWindow {
        from: shown(window.from)?,
        to: window.to.map(shown).transpose()?,
    }))
}

/// Milliseconds since the Unix epoch.
fn instant(time: ScanTime, now: i64) -> Result<i64, ParcelError> {
    let millis = match time {
        ScanTime::Ago(ago) => now.saturating_sub(whole_millis(ago)),
        ScanTime::Ahead(ahead) => now.saturating_add(whole_millis(ahead)),
        ScanTime::At(time) => unix_millis(time),
    };
    if is_writable(millis) {
        Ok(millis)
    } else {
        Err(ParcelError::TimeOutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn scans_are_sorted_and_hidden_until_their_time() {
        let parcel = Parcel::new("us-post", "9400100000")
            .scan(Scan::ahead(HOUR, Step::Delivered))
            .scan(Scan::ago(HOUR, Step::OutForDelivery))
            .scan(Scan::ago(HOUR * 9, Step::Accepted));

        let journey = Journey::plan(parcel, 0).unwrap();

        let now: Vec<_> = journey
            .scans_until(0)
            .iter()
            .map(|scan| scan.step)
            .collect();
        assert_eq!(now, [Step::Accepted, Step::OutForDelivery]);
        assert_eq!(journey.scans_until(3_600_000).len(), 3);
    }

    #[test]
    fn edits_keep_the_position_of_a_scan() {
        let parcel = Parcel::new("us-post", "9400100000")
            .scan(Scan::ago(HOUR * 2, Step::Accepted).place("Reno"))
            .scan(Scan::ago(HOUR, Step::Delivered));
        let journey = Journey::plan(parcel, 0).unwrap();

        let edit = ScanEdit::new()
            .step(Step::HubScan)
            .time(ScanTime::Ago(Duration::ZERO));
        let edited = journey.with_edit(0, edit, 0).unwrap();
        let gone = edited.without_scan(1).unwrap().without_scan(1).unwrap();
        let back = gone.with_scan_again(1).unwrap();

        let scans: Vec<_> = edited
            .scans_until(0)
            .iter()
            .map(|scan| (scan.serial, scan.revision, scan.text.as_str()))
            .collect();
        assert_eq!(
            scans,
            [(1, 0, "Delivered"), (0, 1, "Processed at sorting centre")]
        );
        assert_eq!(edited.scans_until(0)[1].place.as_deref(), Some("Reno"));
        assert_eq!(gone.scans_until(0).len(), 1);
        assert_eq!(
            [&journey, &edited, &gone, &back].map(|it| it.changes_until(0)),
            [0, 1, 2, 2]
        );
        assert_eq!(back.scans_until(0).len(), 2);
        assert_eq!(
            journey.without_scan(2).unwrap_err(),
            ParcelError::UnknownScan { scan: 2, scans: 2 }
        );
    }

    #[test]
    fn scan_of_missing_leg_is_refused() {
        let parcel =
            Parcel::new("us-post", "9400100000").scan(Scan::ago(HOUR, Step::Moved).on_leg(1));

        let error = Journey::plan(parcel, 0).unwrap_err();

        assert_eq!(error, ParcelError::UnknownLeg { leg: 1, legs: 1 });
    }

    #[test]
    fn unwritable_time_is_refused() {
        let parcel = Parcel::new("us-post", "9400100000")
            .scan(Scan::ahead(Duration::from_secs(u64::MAX), Step::Delivered));

        assert_eq!(
            Journey::plan(parcel, 0).unwrap_err(),
            ParcelError::TimeOutOfRange
        );
    }
}
