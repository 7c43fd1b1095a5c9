//! `GET /label/methods`: which carrier products the account may use.

use http::StatusCode;
use serde::Serialize;

use super::module::ExportoModule;
use crate::module::Call;
use crate::reply::Reply;

/// A carrier product. Its number fixes carrier and direction of a label.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LabelMethod {
    /// In upper case, unlike the type of a shipment.
    direction: &'static str,
    pub(super) carrier_name: &'static str,
    pub(super) method_id: u64,
    name: &'static str,
    /// Whether a label of this method tells its carrier and where to follow it.
    #[serde(skip)]
    pub(super) is_talkative: bool,
}

const METHODS: [LabelMethod; 3] = [
    LabelMethod {
        direction: "OUTBOUND",
        carrier_name: "DHL",
        method_id: 311,
        name: "DHL Paket",
        is_talkative: true,
    },
    LabelMethod {
        direction: "OUTBOUND",
        carrier_name: "PostNord",
        method_id: 327,
        name: "MyPack Home",
        is_talkative: false,
    },
    LabelMethod {
        direction: "INBOUND",
        carrier_name: "PostNord",
        method_id: 342,
        name: "Return Drop Off",
        is_talkative: true,
    },
];

pub(super) fn list(module: &ExportoModule, _call: &Call<'_>) -> Reply {
    Reply::json(
        StatusCode::OK,
        &offered(module.state().settings.label_methods),
    )
}

/// The methods of an account that has some, or has none.
const fn offered(has_methods: bool) -> &'static [LabelMethod] {
    if has_methods { &METHODS } else { &[] }
}

/// The method with this number.
pub(super) fn find(has_methods: bool, id: u64) -> Option<LabelMethod> {
    let methods = offered(has_methods).iter();
    methods.copied().find(|method| method.method_id == id)
}
