//! Everything that calls change.

use super::ids;
use super::returns::Return;
use super::settings::Settings;
use super::tokens::Tokens;
use super::tours::Tour;
use crate::identity::Identities;

/// The account with what callers did to it.
#[derive(Debug)]
pub(crate) struct State {
    pub(super) settings: Settings,
    pub(super) tokens: Tokens,
    /// Return shipments, in the order of registration.
    pub(super) returns: Vec<Return>,
    /// Tours that callers made, oldest first.
    pub(super) tours: Vec<Tour>,
    /// How many labels were made.
    pub(super) labels: u64,
}

impl State {
    /// The account at the start. One demo parcel is on its way back from a customer.
    pub(super) fn seeded(identities: Identities) -> Self {
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
