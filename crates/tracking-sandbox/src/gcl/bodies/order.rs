//! The response to a new shipping order.

use serde::Serialize;

/// Only the beginning is documented, up to `packageReferenceId` of the first package.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrderBody {
    pub(crate) order_id: String,
    pub(crate) order_reference_id: String,
    pub(crate) shipping_method: MethodBody,
    pub(crate) packages: Vec<PackageBody>,
}

/// The method that was chosen, without the tier that was requested.
#[derive(Debug, Serialize)]
pub(crate) struct MethodBody {
    /// The name of the carrier, unlike the `carrier` of the request and of all other responses.
    pub(crate) carrier: &'static str,
    pub(crate) uid: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PackageBody {
    pub(crate) package_reference_id: String,
    #[serde(flatten)]
    pub(crate) label: Option<Label>,
}

/// What the documentation promises in prose. The names of the keys are assumed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Label {
    pub(crate) tracking_number: String,
    pub(crate) tracking_url: String,
    pub(crate) label_url: String,
}
