//! Which tracker an operation is about.

use tracking_http::{Call, checks};

use crate::generated::operations;
use crate::{SearchBy, TrackerId, TrackerQuery};

/// Names a tracker by Ship24's id or by your own.
///
/// A string is Ship24's id; [`client_tracker_id`](Self::client_tracker_id) makes the client
/// send `searchBy=clientTrackerId`. Ids are opaque: Ship24's samples fail UUID checks.
///
/// ```no_run
/// use ship24_sdk::TrackerRef;
///
/// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
/// client.get_tracker_by_tracker_id("26148317-7502-d3ac-44a9-546d240ac0de").await?;
/// client.get_tracker_by_tracker_id(TrackerRef::client_tracker_id("order-1/2")).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TrackerRef<'a> {
    id: &'a str,
    by_client: bool,
}

impl<'a> TrackerRef<'a> {
    /// Names a tracker by Ship24's id.
    #[must_use]
    pub const fn tracker_id(id: &'a str) -> Self {
        Self {
            id,
            by_client: false,
        }
    }

    /// Names a tracker by the `clientTrackerId` that you gave it. Percent-encoded when sent, so it
    /// may hold any character.
    #[must_use]
    pub const fn client_tracker_id(id: &'a str) -> Self {
        Self {
            id,
            by_client: true,
        }
    }

    /// Puts the id into the path of a call, and into the query what kind of id it is.
    pub(crate) fn apply(self, call: Call<'_>) -> Call<'_> {
        let allowed = operations::TRACKER_ID_LENGTH;
        let length = checks::length("trackerId", Some(self.id), *allowed.start(), *allowed.end());
        let call = call.check(length).path("trackerId", self.id);
        if !self.by_client {
            return call;
        }
        call.query(&TrackerQuery::new().search_by(SearchBy::ClientTrackerId))
    }
}

impl<'a> From<&'a str> for TrackerRef<'a> {
    fn from(id: &'a str) -> Self {
        Self::tracker_id(id)
    }
}

impl<'a> From<&'a String> for TrackerRef<'a> {
    fn from(id: &'a String) -> Self {
        Self::tracker_id(id)
    }
}

impl<'a> From<&'a TrackerId> for TrackerRef<'a> {
    fn from(id: &'a TrackerId) -> Self {
        Self::tracker_id(id.as_str())
    }
}
