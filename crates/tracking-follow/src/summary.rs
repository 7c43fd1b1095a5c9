//! What is stored of shipments to count and to search parcels.

use tracking_core::model::AttentionLimits;
use tracking_core::{Shipment, Status, UtcTime};

/// The shipments of a parcel in one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) status: Status,
    pub(crate) needs_attention: bool,
}

impl Summary {
    /// Of several shipments, the status of the first that needs attention, or else of the first that is under way.
    pub(crate) fn of(shipments: &[Shipment], now: UtcTime) -> Self {
        let limits = AttentionLimits::new(now);
        let urgent = shipments.iter().find(|it| it.needs_attention(&limits));
        let under_way = || shipments.iter().find(|it| !it.is_terminal());
        let shown = urgent.or_else(under_way).or(shipments.first());
        let status = match shown.map(|it| &it.status.status) {
            None => Status::NotFound,
            Some(Status::Unmapped(_)) => Status::Unknown,
            Some(status) => status.clone(),
        };
        Self {
            status,
            needs_attention: urgent.is_some(),
        }
    }

    /// The status of a stored name; one of a later version is unknown.
    pub(crate) fn restore(status: &str, attention: i64) -> Self {
        Self {
            status: status.parse().unwrap_or(Status::Unknown),
            needs_attention: attention != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use tracking_core::{ProviderId, StatusReport};

    use super::*;

    fn summary(statuses: &[Status]) -> Summary {
        let now = UtcTime::from_unix_seconds(1_772_442_000).unwrap();
        let shipment = |status: &Status| {
            let report = StatusReport::new(status.clone());
            Shipment::new(ProviderId::new("memory"), "RA1", report, now)
        };
        let shipments: Vec<Shipment> = statuses.iter().map(shipment).collect();
        Summary::of(&shipments, now)
    }

    #[test]
    fn several_shipments_show_the_one_that_matters() {
        use Status::{Delivered, Exception, InTransit, NotFound};

        for (statuses, status, needs_attention) in [
            (vec![], NotFound, false),
            (vec![Delivered], Delivered, false),
            (vec![Delivered, InTransit], InTransit, false),
            (vec![InTransit, Exception], Exception, true),
        ] {
            let expected = Summary {
                status,
                needs_attention,
            };
            assert_eq!(summary(&statuses), expected, "{statuses:?}");
        }
    }

    #[test]
    fn status_of_a_later_version_is_unknown() {
        assert_eq!(Summary::restore("teleported", 1).status, Status::Unknown);
        assert_eq!(Summary::restore("delivered", 0).status, Status::Delivered);
    }

    #[test]
    fn value_that_is_not_mapped_counts_as_unknown() {
        let unmapped: Status = serde_json::from_str(r#"{"unmapped":"teleported"}"#).unwrap();
        assert_eq!(summary(&[unmapped]).status, Status::Unknown);
    }
}
