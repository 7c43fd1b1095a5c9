//! Filters of lists, from typed values.

use tracking_core::UtcTime;
use tracking_http::{Error, checks};

use crate::error::NAME;
use crate::number::check;
use crate::{GetStatusNumberQuery, ListTrackingsQuery};

/// Documented: the filters `numbers` and `orders` take up to 40 values each.
const FILTER_VALUES: usize = 40;

/// Times are sent as Unix seconds, so fractions of a second are cut off.
impl ListTrackingsQuery {
    /// Keeps only trackings with one of these 1 to 40 tracking numbers, whatever their carrier.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for none or more than 40, and for a number
    /// that is empty or holds a comma, which separates them on the wire.
    pub fn tracking_numbers(
        self,
        numbers: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, Error> {
        Ok(self.numbers(joined("numbers", numbers)?))
    }

    /// Keeps only trackings with one of these 1 to 40 order numbers of yours.
    ///
    /// # Errors
    ///
    /// As [`tracking_numbers`](Self::tracking_numbers).
    pub fn order_numbers(
        self,
        orders: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, Error> {
        Ok(self.orders(joined("orders", orders)?))
    }

    /// Keeps only trackings that were updated at this time or later: what an incremental
    /// synchronisation asks for.
    #[must_use]
    pub fn updated_since(self, time: UtcTime) -> Self {
        self.update_time_min(time.as_unix_seconds())
    }

    /// Keeps only trackings that were updated at this time or earlier.
    #[must_use]
    pub fn updated_until(self, time: UtcTime) -> Self {
        self.update_time_max(time.as_unix_seconds())
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        self.validate()?;
        check_joined("numbers", self.numbers.as_deref())?;
        check_joined("orders", self.orders.as_deref())
    }
}

macro_rules! times {
    ($query:ty) => {
        /// Times are sent as Unix seconds, so fractions of a second are cut off.
        impl $query {
            /// Leaves out trackings that were registered before this time.
            #[must_use]
            pub fn created_since(self, time: UtcTime) -> Self {
                self.created_at_min(time.as_unix_seconds())
            }

            /// Leaves out trackings that were registered after this time.
            #[must_use]
            pub fn created_until(self, time: UtcTime) -> Self {
                self.created_at_max(time.as_unix_seconds())
            }

            /// Leaves out trackings whose order was placed before this time.
            #[must_use]
            pub fn ordered_since(self, time: UtcTime) -> Self {
                self.order_created_time_min(time.as_unix_seconds())
            }

            /// Leaves out trackings whose order was placed after this time.
            #[must_use]
            pub fn ordered_until(self, time: UtcTime) -> Self {
                self.order_created_time_max(time.as_unix_seconds())
            }
        }
    };
}

times!(ListTrackingsQuery);
times!(GetStatusNumberQuery);

fn joined(field: &str, values: impl IntoIterator<Item = impl AsRef<str>>) -> Result<String, Error> {
    let mut joined = String::new();
    let mut count = 0;
    for value in values {
        let value = value.as_ref();
        if value.contains(',') {
            let reason = "one value holds a comma, which separates values and cannot be escaped";
            return Err(named(Error::invalid_request(field, reason)));
        }
        if count > 0 {
            joined.push(',');
        }
        joined.push_str(value);
        count += 1;
    }
    checks::count(field, Some(count), 1, FILTER_VALUES).map_err(named)?;
    check_joined(field, Some(&joined)).map_err(named)?;
    Ok(joined)
}

fn check_joined(field: &str, values: Option<&str>) -> Result<(), Error> {
    let Some(values) = values else {
        return Ok(());
    };
    let count = values.split(',').count();
    checks::count(field, Some(count), 1, FILTER_VALUES)?;
    values.split(',').try_for_each(|value| check(field, value))
}

fn named(error: Error) -> Error {
    error.with_provider(NAME)
}

#[cfg(test)]
mod tests {
    use tracking_core::UtcTime;

    use crate::ListTrackingsQuery;

    #[test]
    fn values_are_joined_by_commas() {
        let query = ListTrackingsQuery::new()
            .tracking_numbers(["LX123445678CN", "LX456789123CN"])
            .unwrap();

        assert_eq!(
            query.numbers.as_deref(),
            Some("LX123445678CN,LX456789123CN")
        );
        assert!(query.check().is_ok());
    }

    #[test]
    fn forty_values_are_the_most() {
        let numbers = |count: usize| (0..count).map(|number| format!("RA{number}"));

        assert!(
            ListTrackingsQuery::new()
                .tracking_numbers(numbers(40))
                .is_ok()
        );
        for count in [0, 41] {
            let error = ListTrackingsQuery::new()
                .order_numbers(numbers(count))
                .unwrap_err();

            assert_eq!(error.parameter(), Some("orders"), "{count}");
        }
        let values = numbers(41).collect::<Vec<_>>().join(",");
        assert!(ListTrackingsQuery::new().numbers(values).check().is_err());
    }

    #[test]
    fn empty_values_and_commas_are_refused() {
        for values in [
            vec!["A1", ""],
            vec!["A1", " "],
            vec!["A1,A2"],
            vec!["..", "A1"],
        ] {
            assert!(
                ListTrackingsQuery::new().tracking_numbers(&values).is_err(),
                "{values:?}"
            );
        }
        assert!(ListTrackingsQuery::new().orders("A1,,A2").check().is_err());
    }

    #[test]
    fn times_are_unix_seconds_and_never_negative() {
        let time = UtcTime::from_unix_seconds(1_789_000_000).unwrap();
        let early = UtcTime::from_unix_seconds(-1).unwrap();

        let query = ListTrackingsQuery::new().updated_since(time);

        assert_eq!(query.update_time_min, Some(1_789_000_000));
        assert!(query.check().is_ok());
        assert!(
            ListTrackingsQuery::new()
                .created_since(early)
                .check()
                .is_err()
        );
        assert!(ListTrackingsQuery::new().limit(2001).check().is_err());
        assert!(ListTrackingsQuery::new().limit(0).check().is_err());
    }
}
