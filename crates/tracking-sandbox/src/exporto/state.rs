//! Everything that calls change.

use crate::exporto::auth::Tokens;
use crate::exporto::ids;
use crate::exporto::returns::Return;
use crate::exporto::settings::Settings;
use crate::exporto::tours::Tour;
use crate::identity::Identities;

/// The account with what callers did to it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) tokens: Tokens,
    /// Return shipments, in the order of registration.
    pub(crate) returns: Vec<Return>,
    /// Tours that callers made, oldest first.
    pub(crate) tours: Vec<Tour>,
    /// How many labels were made.
    pub(crate) labels: u64,
}

impl State {
    /// The account at the start. One demo parcel is on its way back from a customer.
    pub(crate) fn new(identities: Identities) -> Self {
        let number = ids::RETURNED_NUMBER;
        Self {
            settings: Settings::default(),
            tokens: Tokens::default(),
            returns: vec![Return {
                shipment_id: format!("R-{number}"),
                order_id: ids::order_id(identities, number),
                outbound: Some("LX884120375BE".to_owned()),
                inbound: number.to_owned(),
                articles: vec!["ART-001".to_owned()],
            }],
            tours: Vec::new(),
            labels: 0,
        }
    }
}
