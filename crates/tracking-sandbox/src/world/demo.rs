//! The parcels that every sandbox knows. All numbers are made up.

use std::time::Duration;

use super::parcel::{DeliveryProof, EtaWindow, Leg, Parcel, Recipient};
use super::scan::{Scan, ScanTime, Step, TimeShape};

/// Two couriers, out for delivery, delivered four hours later.
pub(crate) const DEMO_NUMBER: &str = "RB473128508SG";

/// One number of each demo parcel.
pub(crate) const DEMO_NUMBERS: [&str; 8] = [
    DEMO_NUMBER,
    "LX905174620NL",
    "1Z84W05R0371946052",
    "CH/2026/0417-83",
    "UV601847395CN",
    "EE290516843JP",
    "SND-58201-FR",
    "GR7724810935GB",
];

const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

const fn hours(count: u64) -> Duration {
    minutes(count * 60)
}

pub(super) fn parcels() -> Vec<Parcel> {
    vec![
        two_couriers(),
        delivered(),
        failed_attempt(),
        ready_for_collection(),
        held_by_customs(),
        going_back(),
        announced(),
        needs_post_code(),
    ]
}

/// Singapore Post to DHL: all shapes of time, events without code, one category without code.
fn two_couriers() -> Parcel {
    let singapore = |ago, step, place: &str| Scan::ago(ago, step).offset_minutes(480).place(place);
    let germany = |ago, step, place: &str| {
        Scan::ago(ago, step)
            .on_leg(1)
            .offset_minutes(60)
            .shape(TimeShape::Offset)
            .place(place)
    };
    Parcel::new("sg-post", DEMO_NUMBER)
        .leg(Leg::new("dhl-germany", "JJD014200007361948250"))
        .countries("SG", "DE")
        .service("Registered Parcel")
        .signed_by("P. Beispiel")
        .recipient(Recipient {
            post_code: Some("50667".to_owned()),
            city: Some("Köln".to_owned()),
            ..Recipient::default()
        })
        .eta(EtaWindow::at(ScanTime::Ahead(hours(9))).offset_minutes(60))
        .courier_eta(
            EtaWindow::between(ScanTime::Ahead(hours(3)), ScanTime::Ahead(hours(6)))
                .offset_minutes(60),
        )
        .predicted_eta(
            EtaWindow::between(ScanTime::Ahead(hours(3)), ScanTime::Ahead(hours(5)))
                .shape(TimeShape::Offset)
                .offset_minutes(60),
        )
        .proof(DeliveryProof::document(
            "application/pdf",
            "https://files.example/pod/1.pdf",
        ))
        .scan(
            Scan::ago(hours(150), Step::OrderCreated)
                .offset_minutes(480)
                .shape(TimeShape::DateOnly),
        )
        .scan(singapore(hours(131), Step::Accepted, "Singapore"))
        .scan(singapore(
            hours(122),
            Step::HubScan,
            "Singapore Mail Centre",
        ))
        .scan(singapore(minutes(6_905), Step::Moved, "Changi Airport"))
        .scan(singapore(
            minutes(6_721),
            Step::DepartedOrigin,
            "Changi Airport",
        ))
        .scan(
            Scan::ago(hours(70), Step::ArrivedInDestination)
                .on_leg(1)
                .shape(TimeShape::Utc)
                .place("Frankfurt"),
        )
        .scan(germany(
            hours(66),
            Step::CustomsReceived,
            "Frankfurt Flughafen",
        ))
        .scan(germany(
            minutes(2_890),
            Step::CustomsCleared,
            "Frankfurt Flughafen",
        ))
        .scan(
            germany(hours(26), Step::HubScan, "Köln West")
                .text("Die Sendung wurde im Paketzentrum bearbeitet"),
        )
        .scan(
            germany(minutes(95), Step::OutForDelivery, "Köln")
                .text("Die Sendung wurde in das Zustellfahrzeug geladen"),
        )
        .scan(
            Scan::ahead(hours(4), Step::Delivered)
                .on_leg(1)
                .offset_minutes(60)
                .shape(TimeShape::Offset)
                .place("Köln")
                .text("Die Sendung wurde zugestellt"),
        )
}

fn delivered() -> Parcel {
    Parcel::new("nl-post", "LX905174620NL")
        .countries("NL", "BE")
        .signed_by("A. Voorbeeld")
        .eta(EtaWindow::at(ScanTime::Ago(hours(45))).shape(TimeShape::UtcMillis))
        .proof(DeliveryProof::text("Left with A. Voorbeeld"))
        .scan(Scan::ago(hours(120), Step::OrderCreated).offset_minutes(60))
        .scan(
            Scan::ago(hours(98), Step::Accepted)
                .offset_minutes(60)
                .place("Utrecht"),
        )
        .scan(
            Scan::ago(hours(75), Step::HubScan)
                .offset_minutes(60)
                .place("Brussel"),
        )
        .scan(
            Scan::ago(hours(51), Step::OutForDelivery)
                .offset_minutes(60)
                .place("Gent"),
        )
        .scan(
            Scan::ago(hours(47), Step::Delivered)
                .offset_minutes(60)
                .place("Gent"),
        )
}

fn failed_attempt() -> Parcel {
    Parcel::new("ups", "1Z84W05R0371946052")
        .countries("US", "US")
        .service("Ground")
        .scan(Scan::ago(hours(90), Step::OrderCreated).offset_minutes(-300))
        .scan(
            Scan::ago(hours(80), Step::Accepted)
                .offset_minutes(-300)
                .place("Newark, NJ, US"),
        )
        .scan(
            Scan::ago(hours(30), Step::OutForDelivery)
                .offset_minutes(-360)
                .place("Austin, TX"),
        )
        .scan(
            Scan::ago(hours(20), Step::AttemptFailed)
                .offset_minutes(-360)
                .place("Austin, TX"),
        )
}

fn ready_for_collection() -> Parcel {
    Parcel::new("ch-post", "CH/2026/0417-83")
        .countries("CH", "CH")
        .scan(
            Scan::ago(hours(60), Step::Accepted)
                .offset_minutes(60)
                .place("Bern"),
        )
        .scan(Scan::ago(hours(40), Step::DeliveryProposed).offset_minutes(60))
        .scan(Scan::ago(hours(39), Step::DeliveryDecided).offset_minutes(60))
        .scan(
            Scan::ago(hours(14), Step::AvailableForPickup)
                .offset_minutes(60)
                .place("Luzern 2"),
        )
}

fn held_by_customs() -> Parcel {
    Parcel::new("cn-post", "UV601847395CN")
        .countries("CN", "BR")
        .scan(
            Scan::ago(hours(400), Step::Accepted)
                .offset_minutes(480)
                .place("Shenzhen"),
        )
        .scan(
            Scan::ago(hours(380), Step::DepartedOrigin)
                .offset_minutes(480)
                .place("Guangzhou"),
        )
        .scan(
            Scan::ago(hours(200), Step::CustomsHeld)
                .offset_minutes(-180)
                .place("Curitiba"),
        )
}

fn going_back() -> Parcel {
    Parcel::new("jp-post", "EE290516843JP")
        .countries("JP", "AU")
        .scan(
            Scan::ago(hours(300), Step::Accepted)
                .offset_minutes(540)
                .place("Osaka"),
        )
        .scan(
            Scan::ago(hours(150), Step::Refused)
                .offset_minutes(600)
                .place("Sydney"),
        )
        .scan(
            Scan::ago(hours(149), Step::Returning)
                .offset_minutes(600)
                .place("Sydney"),
        )
}

fn announced() -> Parcel {
    Parcel::new("fr-post", "SND-58201-FR")
        .countries("FR", "ES")
        .scan(Scan::ago(hours(7), Step::OrderCreated).offset_minutes(60))
}

fn needs_post_code() -> Parcel {
    Parcel::new("palletways", "GR7724810935GB")
        .countries("GB", "IE")
        .requires_post_code()
        .scan(Scan::ago(hours(55), Step::Accepted).place("Lichfield"))
        .scan(Scan::ago(hours(9), Step::OutForDelivery).place("Cork"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_demo_number_belongs_to_one_parcel() {
        let parcels = parcels();

        for number in DEMO_NUMBERS {
            let found = parcels
                .iter()
                .filter(|parcel| parcel.legs.iter().any(|leg| leg.number() == number));
            assert_eq!(found.count(), 1, "{number}");
        }
        assert_eq!(parcels.len(), DEMO_NUMBERS.len());
    }
}
