//! The carrier products that the account may use.

use serde::Serialize;

/// A carrier product. Its number fixes carrier and direction of a label.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LabelMethod {
    /// In upper case, unlike the type of a shipment.
    direction: &'static str,
    pub(crate) carrier_name: &'static str,
    pub(crate) method_id: u64,
    name: &'static str,
    /// True if the response to a label of this method has the carrier and a tracking address.
    #[serde(skip)]
    pub(crate) names_carrier: bool,
}

const METHODS: [LabelMethod; 3] = [
    LabelMethod {
        direction: "OUTBOUND",
        carrier_name: "DHL",
        method_id: 311,
        name: "DHL Paket",
        names_carrier: true,
    },
    LabelMethod {
        direction: "OUTBOUND",
        carrier_name: "PostNord",
        method_id: 327,
        name: "MyPack Home",
        names_carrier: false,
    },
    LabelMethod {
        direction: "INBOUND",
        carrier_name: "PostNord",
        method_id: 342,
        name: "Return Drop Off",
        names_carrier: true,
    },
];

/// The methods of an account with label methods, or without.
pub(crate) const fn offered(has_methods: bool) -> &'static [LabelMethod] {
    if has_methods { &METHODS } else { &[] }
}

/// The method with this number.
pub(crate) fn find(has_methods: bool, id: u64) -> Option<LabelMethod> {
    let methods = offered(has_methods).iter();
    methods.copied().find(|method| method.method_id == id)
}
