//! Several lookups: those that may register are registered in one call first.

use tracking_core::kit::Batch;
use tracking_core::{Error, ErrorKind, Outcome, Registration, Target, TrackRequest};

use crate::client::check_create;
use crate::provider::tracker_to_register;
use crate::{Client, CreateTracker};

/// The most trackers that one call creates (documented).
pub(crate) const MAX_BATCH: usize = 100;

impl Client {
    /// Looks up several requests.
    pub(crate) async fn track_several(
        &self,
        requests: Vec<TrackRequest>,
    ) -> Vec<Result<Outcome, Error>> {
        let mut batch = Batch::new(requests);
        let trackers = trackers(&batch);
        for trackers in trackers.chunks(MAX_BATCH) {
            // For one alone it would be a call more.
            if trackers.len() > 1
                && let Err(error) = self.register_all(trackers).await
            {
                for (place, _) in trackers {
                    batch.settle(*place, Err(error.clone()));
                }
                if matches!(
                    error.kind(),
                    ErrorKind::Authentication | ErrorKind::QuotaExhausted
                ) {
                    break;
                }
            }
        }
        // Documented: a repeat with the same options finds the tracker that exists. What was refused for one of
        // them, its own lookup says.
        batch.finish(self).await
    }

    async fn register_all(&self, trackers: &[(usize, CreateTracker)]) -> Result<(), Error> {
        let trackers: Vec<CreateTracker> = trackers.iter().map(|(_, it)| it.clone()).collect();
        match self.bulk_create_trackers(&trackers).await {
            // It succeeded and may have used quota, whatever of the response cannot be read.
            Err(error) if !error.is_decode() => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// What the requests of a batch may register, with their places. What cannot be sent is left out: its own
/// lookup says what is wrong.
fn trackers(batch: &Batch) -> Vec<(usize, CreateTracker)> {
    let open = batch.open().filter_map(|(place, request)| {
        let may_register = request.register && matches!(request.target, Target::Number(_));
        let tracker = may_register.then(|| tracker_to_register(&Registration::of(request)))?;
        check_create(&tracker).ok()?;
        Some((place, tracker))
    });
    open.collect()
}
