//! `ShipmentHints`: what a caller knows about a shipment besides its number.

use crate::Date;

/// What a caller knows about a shipment besides its number.
///
/// Numbers of different couriers look alike and are used again, so each hint makes a lookup more
/// certain. Lookups and registrations share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ShipmentHints {
    /// The provider's code of the courier.
    pub courier: Option<String>,
    /// The country of the sender, two letters such as `CN`.
    pub origin_country: Option<String>,
    /// The country of the recipient, two letters such as `DE`.
    pub destination_country: Option<String>,
    /// The post code of the recipient. Some couriers return nothing without it.
    pub destination_post_code: Option<String>,
    /// The day it was shipped, which distinguishes the shipments of a number that is used again.
    pub ship_date: Option<Date>,
}

impl ShipmentHints {
    pub(super) const NONE: Self = Self {
        courier: None,
        origin_country: None,
        destination_country: None,
        destination_post_code: None,
        ship_date: None,
    };
}

/// Declares the setters of the hints for a type that has a field `hints`.
macro_rules! hint_setters {
    ($name:ident) => {
        impl $name {
            /// Sets the provider's code of the courier.
            #[must_use]
            pub fn with_courier(mut self, code: impl Into<String>) -> Self {
                self.hints.courier = Some(code.into());
                self
            }

            /// Sets the country of the sender, two letters.
            #[must_use]
            pub fn with_origin_country(mut self, code: impl Into<String>) -> Self {
                self.hints.origin_country = Some(code.into());
                self
            }

            /// Sets the country of the recipient, two letters.
            #[must_use]
            pub fn with_destination_country(mut self, code: impl Into<String>) -> Self {
                self.hints.destination_country = Some(code.into());
                self
            }

            /// Sets the post code of the recipient.
            #[must_use]
            pub fn with_destination_post_code(mut self, code: impl Into<String>) -> Self {
                self.hints.destination_post_code = Some(code.into());
                self
            }

            /// Sets the day it was shipped.
            #[must_use]
            pub const fn with_ship_date(mut self, date: $crate::Date) -> Self {
                self.hints.ship_date = Some(date);
                self
            }
        }
    };
}

pub(super) use hint_setters;

#[cfg(test)]
mod tests {
    use crate::{Date, Registration, TrackRequest};

    #[test]
    fn registration_of_request_keeps_hints() {
        let date = Date::new(2026, 9, 8).unwrap();
        let request = TrackRequest::number("A1")
            .with_courier("acme")
            .with_origin_country("CN")
            .with_destination_country("DE")
            .with_destination_post_code("10115")
            .with_ship_date(date);

        let registration = Registration::of(&request);

        assert_eq!(registration.number, "A1");
        assert_eq!(registration.hints, request.hints);
        assert_eq!(registration.hints.courier.as_deref(), Some("acme"));
        assert_eq!(registration.hints.origin_country.as_deref(), Some("CN"));
        assert_eq!(
            registration.hints.destination_country.as_deref(),
            Some("DE")
        );
        assert_eq!(
            registration.hints.destination_post_code.as_deref(),
            Some("10115")
        );
        assert_eq!(registration.hints.ship_date, Some(date));
    }
}
