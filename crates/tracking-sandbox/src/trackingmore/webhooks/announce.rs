//! What webhooks are made about.

use super::message::Webhook;
use crate::snapshot::Snapshot;
use crate::trackingmore::state::State;
use crate::trackingmore::view::extent;

impl State {
    /// Queues a message if a tracking has scans that no message was made about, or if the carrier changed or withdrew
    /// some; assumed of the latter two. However much is new, one message carries the whole tracking.
    pub(crate) fn announce(&mut self, serial: u64, snapshot: &Snapshot<'_>) {
        let Some(tracking) = self.trackings.get(serial) else {
            return;
        };
        let seen = self.with_view(tracking, snapshot, extent);
        let Some(tracking) = self.trackings.get_mut(serial) else {
            return;
        };
        if !seen.exceeds(tracking.announced) {
            return;
        }
        tracking.announced = seen;
        if self.settings.webhooks.url.is_none() {
            return;
        }
        let at = snapshot.now;
        for _ in 0..if self.settings.webhooks.duplicates {
            2
        } else {
            1
        } {
            self.queue.push(Webhook { serial, at }, at);
        }
    }

    /// [`Self::announce`] for every tracking.
    pub(crate) fn announce_all(&mut self, snapshot: &Snapshot<'_>) {
        for serial in self.trackings.serials() {
            self.announce(serial, snapshot);
        }
    }
}
