//! The paths of the tour operations. The real ones were never published.

use serde::{Deserialize, Serialize};

use crate::exporto::endpoints::{CREATE_TOUR, LIST_TOUR_SHIPMENTS, LIST_TOURS};

/// The paths of the tour operations, below the base URL. Other paths return 404.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TourPaths {
    /// `tour`, `tour/{tourId}/shipment` and `POST tour`, in the style of the known paths.
    #[default]
    Assumed,
    /// `tours`, `tours/{tourId}/shipments` and `POST tours`.
    Plural,
    /// `tour/list`, `tour/{tourId}` and `POST tour/create`.
    Verbs,
}

impl TourPaths {
    /// The path of an operation.
    const fn path_of(self, operation: TourOperation) -> &'static str {
        match (self, operation) {
            (Self::Assumed, TourOperation::List | TourOperation::Create) => "/tour",
            (Self::Assumed, TourOperation::Shipments) => "/tour/{tourId}/shipment",
            (Self::Plural, TourOperation::List | TourOperation::Create) => "/tours",
            (Self::Plural, TourOperation::Shipments) => "/tours/{tourId}/shipments",
            (Self::Verbs, TourOperation::List) => "/tour/list",
            (Self::Verbs, TourOperation::Shipments) => "/tour/{tourId}",
            (Self::Verbs, TourOperation::Create) => "/tour/create",
        }
    }

    /// Returns true if the operation is on `path`. Operations that are not about tours always are.
    pub(crate) fn include(self, operation: &str, path: &str) -> bool {
        let operation = match operation {
            LIST_TOURS => TourOperation::List,
            LIST_TOUR_SHIPMENTS => TourOperation::Shipments,
            CREATE_TOUR => TourOperation::Create,
            _ => return true,
        };
        self.path_of(operation) == path
    }
}

#[derive(Debug, Clone, Copy)]
enum TourOperation {
    List,
    Shipments,
    Create,
}

#[cfg(test)]
mod tests {
    use super::super::endpoints::ENDPOINTS;
    use super::*;

    #[test]
    fn each_operation_has_one_path_per_spelling() {
        for paths in [TourPaths::Assumed, TourPaths::Plural, TourPaths::Verbs] {
            let open: Vec<_> = ENDPOINTS
                .iter()
                .filter(|endpoint| paths.include(endpoint.operation, endpoint.path))
                .map(|endpoint| endpoint.operation)
                .collect();

            assert_eq!(open.len(), 9, "{paths:?}: {open:?}");
        }
    }
}
