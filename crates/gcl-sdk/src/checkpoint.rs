//! What a checkpoint's fields mean once their oddities are out of the way.

use tracking_core::Timestamp;
use tracking_core::kit::non_blank;

use crate::status_table::STATUS_TABLE;
use crate::{CheckPoint, ExpectedDeliveryDate, StatusUid};

impl CheckPoint {
    /// The day of delivery that was expected at this checkpoint.
    ///
    /// `None` for the empty string that GCL sends when the day is unknown (shown in its example). A
    /// string that is no date is kept as [`Timestamp::Unparsed`].
    #[must_use]
    pub fn expected_delivery(&self) -> Option<Timestamp> {
        let date = self.expected_delivery_date.as_ref();
        non_blank(date).map(ExpectedDeliveryDate::timestamp)
    }
}

impl StatusUid {
    /// The value of the provider's table that this spelling means.
    ///
    /// Seven of the ten spellings are assumed, so others that may be meant are understood as well:
    /// `shipment_exception` is [`ShippingException`](Self::ShippingException). Case, spaces, `-` and
    /// `_` do not count. `None` for a string that means nothing to this version.
    ///
    /// ```
    /// use gcl_sdk::StatusUid;
    ///
    /// let status = StatusUid::from("Attempt-Failed");
    /// assert_eq!(status.canonical(), Some(StatusUid::FailedAttempt));
    /// assert_eq!(status.as_str(), "Attempt-Failed");
    /// ```
    #[must_use]
    pub fn canonical(&self) -> Option<Self> {
        let row = STATUS_TABLE.find("statusUid", self.as_str().trim())?;
        Self::known(row.wire_value()?)
    }
}
