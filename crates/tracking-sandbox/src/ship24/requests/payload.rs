//! What creates a tracker, and what changes one.

use jiff::civil::Date;

/// Courier codes as they were sent: the API takes a string or a list, and gives back what it got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CourierCodes {
    pub(crate) codes: Vec<String>,
    pub(crate) as_string: bool,
}

impl CourierCodes {
    /// Returns true if both name the same couriers; the order is taken to mean nothing.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        self.codes.len() == other.codes.len()
            && self.codes.iter().all(|code| other.codes.contains(code))
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.codes.iter().any(|code| other.codes.contains(code))
    }
}

/// What creates a tracker, and by what two of them are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Payload {
    /// Upper-cased.
    pub(crate) tracking_number: String,
    pub(crate) client_tracker_id: Option<String>,
    pub(crate) shipment_reference: Option<String>,
    /// Two letters, whatever was sent.
    pub(crate) origin_country: Option<String>,
    pub(crate) destination_country: Option<String>,
    pub(crate) post_code: Option<String>,
    /// Only the day counts.
    pub(crate) shipping_day: Option<Date>,
    pub(crate) courier_codes: CourierCodes,
    pub(crate) courier_name: Option<String>,
    pub(crate) tracking_url: Option<String>,
    pub(crate) restrict_to_couriers: bool,
}

impl Payload {
    /// Returns true if a repeat of `self` finds the tracker made from `other`. Title, order number and
    /// recipient do not count.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        self.tracking_number == other.tracking_number
            && self.shipment_reference == other.shipment_reference
            && self.origin_country == other.origin_country
            && self.destination_country == other.destination_country
            && self.post_code == other.post_code
            && self.shipping_day == other.shipping_day
            && self.courier_codes.equals(&other.courier_codes)
            && self.courier_name == other.courier_name
            && self.tracking_url == other.tracking_url
            && self.restrict_to_couriers == other.restrict_to_couriers
    }
}

/// What an update asks for; `None` where it names none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Update {
    pub(crate) is_subscribed: Option<bool>,
    pub(crate) courier_codes: Option<CourierCodes>,
    pub(crate) origin_country: Option<String>,
    pub(crate) destination_country: Option<String>,
    pub(crate) post_code: Option<String>,
    pub(crate) shipping_day: Option<Date>,
    pub(crate) courier_name: Option<String>,
    pub(crate) tracking_url: Option<String>,
    pub(crate) recipient_name: Option<String>,
}
