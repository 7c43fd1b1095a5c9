//! `Detail`: the finer meaning of a status.

crate::kit::open_enum! {
    /// The finer meaning of a status, where the provider reports it.
    ///
    /// The set is open: it grows with the providers. The wire value is the name in snake case.
    pub enum Detail {
        /// Arrived at a sorting centre or another facility of the network.
        ArrivedAtHub = "arrived_at_hub",
        /// Left a sorting centre or another facility of the network.
        DepartedHub = "departed_hub",
        /// Sent on its way from one facility to the next.
        Dispatched = "dispatched",
        /// Arrived at the depot that will deliver it.
        AtDeliveryDepot = "at_delivery_depot",
        /// Left the country it was sent from.
        DepartedOriginCountry = "departed_origin_country",
        /// Arrived in the country of the recipient.
        ArrivedInDestinationCountry = "arrived_in_destination_country",
        /// Handed over to another carrier for the next part of the way.
        HandedToPartner = "handed_to_partner",
        /// First scan in the carrier's hands.
        AcceptanceScan = "acceptance_scan",
        /// Handed over to the carrier, or fetched by it.
        HandedToCarrier = "handed_to_carrier",
        /// The order or the label was announced to the carrier.
        OrderDeclared = "order_declared",
        /// Announced, and waits for the carrier to fetch it.
        AwaitingPickup = "awaiting_pickup",
        /// Processed by a forwarder before the carrier of the last mile has it.
        Processed = "processed",
        /// A customs declaration was made.
        CustomsDeclared = "customs_declared",
        /// Presented to customs; clearance has begun.
        CustomsStarted = "customs_started",
        /// Released by customs.
        CustomsCleared = "customs_cleared",
        /// Held by customs.
        CustomsHold = "customs_hold",
        /// Customs waits for papers or data; somebody has to act.
        CustomsNeedsInformation = "customs_needs_information",
        /// Customs refused the import or the export.
        CustomsRejected = "customs_rejected",
        /// Sent to another address than the first one.
        Redirected = "redirected",
        /// An earlier problem is solved.
        ProblemResolved = "problem_resolved",
        /// The recipient was asked to choose how to receive it.
        DeliveryOptionsOffered = "delivery_options_offered",
        /// The recipient has chosen how to receive it.
        DeliveryOptionsChosen = "delivery_options_chosen",
        /// The carrier contacted the recipient.
        RecipientContacted = "recipient_contacted",
        /// A time of delivery was agreed.
        AppointmentScheduled = "appointment_scheduled",
        /// Nobody was there to receive it.
        NotHome = "not_home",
        /// The business of the recipient was closed.
        BusinessClosed = "business_closed",
        /// The recipient could not be reached.
        RecipientNotReached = "recipient_not_reached",
        /// The address is wrong or incomplete.
        BadAddress = "bad_address",
        /// The recipient has moved.
        RecipientMoved = "recipient_moved",
        /// The recipient refused it.
        Refused = "refused",
        /// Nobody collected it in time.
        NotCollected = "not_collected",
        /// Collected by the recipient at a counter, a shop or a locker.
        CollectedByRecipient = "collected_by_recipient",
        /// Handed over against a signature.
        Signed = "signed",
        /// Handed over against cash.
        CashCollected = "cash_collected",
        /// Left with a neighbour, in a safe place, or in a locker at the door.
        NeighbourOrSafePlace = "neighbour_or_safe_place",
        /// Later than planned.
        Delayed = "delayed",
        /// Held until somebody pays; somebody has to act.
        HeldForPayment = "held_for_payment",
        /// The carrier does not transport it.
        RejectedByCarrier = "rejected_by_carrier",
        /// Sent the wrong way.
        Missorted = "missorted",
        /// Damaged.
        Damaged = "damaged",
        /// Lost. Makes an exception terminal.
        Lost = "lost",
        /// Destroyed or disposed of. Makes an exception terminal.
        Destroyed = "destroyed",
        /// Lost, damaged or destroyed: the provider does not say which.
        LostOrDamaged = "lost_or_damaged",
        /// Under way for far too long.
        Overdue = "overdue",
        /// A problem during delivery that is not reported in detail.
        DeliveryProblem = "delivery_problem",
        /// The number does not look like one of this carrier.
        FormatDoubtful = "format_doubtful",
        /// The carrier says that the number is not one of its own.
        CarrierDisowns = "carrier_disowns",
        /// Cancelled before the carrier had it.
        CancelledBeforePickup = "cancelled_before_pickup",
        /// No news for a long time.
        NoUpdates = "no_updates",
    }
}

#[cfg(test)]
mod tests {
    use super::Detail;

    #[test]
    fn all_details_of_the_model_are_present() {
        assert_eq!(Detail::KNOWN.len(), 49);
    }

    #[test]
    fn names_are_snake_case() {
        assert_eq!(
            Detail::CustomsNeedsInformation.as_str(),
            "customs_needs_information"
        );
    }
}
