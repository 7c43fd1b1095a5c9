//! `Reason`: why something went wrong.

crate::kit::open_enum! {
    /// Why something went wrong, kept apart from what is true now.
    ///
    /// The set is open and has six groups: the text before the dot says who or what is the cause.
    pub enum Reason {
        /// The carrier lost it.
        CarrierLost = "carrier.lost",
        /// The carrier damaged it.
        CarrierDamaged = "carrier.damaged",
        /// The carrier sent it the wrong way.
        CarrierMissorted = "carrier.missorted",
        /// The carrier is late.
        CarrierLate = "carrier.late",
        /// The sender cancelled it.
        SenderCancelled = "sender.cancelled",
        /// The sender gave wrong or incomplete data.
        SenderIncorrectData = "sender.incorrect_data",
        /// The recipient refused it.
        RecipientRefused = "recipient.refused",
        /// Nobody was at home.
        RecipientNotHome = "recipient.not_home",
        /// The recipient could not be reached.
        RecipientNotReached = "recipient.not_reached",
        /// The recipient's business was closed.
        RecipientClosed = "recipient.closed",
        /// The recipient's address is wrong.
        RecipientIncorrectAddress = "recipient.incorrect_address",
        /// The recipient has moved.
        RecipientMoved = "recipient.moved",
        /// The recipient did not collect it.
        RecipientNotCollected = "recipient.not_collected",
        /// The recipient has to pay first.
        RecipientPaymentDue = "recipient.payment_due",
        /// Customs take longer than usual.
        CustomsDelay = "customs.delay",
        /// Papers for customs are wrong or missing.
        CustomsDocuments = "customs.documents",
        /// Duties or taxes are due.
        CustomsPayment = "customs.payment",
        /// The goods may not be imported or exported.
        CustomsProhibited = "customs.prohibited",
        /// Customs refused it.
        CustomsRejected = "customs.rejected",
        /// Customs, without a closer reason.
        CustomsUnspecified = "customs.unspecified",
        /// The weather.
        Weather = "weather",
        /// A security check or a security problem.
        OtherSecurity = "other.security",
        /// Something else, or not reported.
        OtherUnspecified = "other.unspecified",
    }
}

impl Reason {
    /// Returns the group: `carrier`, `sender`, `recipient`, `customs`, `weather` or `other`.
    ///
    /// For a reason that is not known it is the text before the first dot.
    #[must_use]
    pub fn group(&self) -> &str {
        let text = self.as_str();
        text.split_once('.').map_or(text, |(group, _)| group)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Reason;

    #[test]
    fn reasons_form_six_groups() {
        let groups: BTreeSet<&str> = Reason::KNOWN.iter().map(Reason::group).collect();

        assert_eq!(Reason::KNOWN.len(), 23);
        assert_eq!(
            groups,
            BTreeSet::from([
                "carrier",
                "customs",
                "other",
                "recipient",
                "sender",
                "weather"
            ])
        );
    }
}
