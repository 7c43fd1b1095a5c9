//! What a shipment looks like on the screen.

use textwrap::core::display_width;
use tracking_core::model::{Conflict, ConflictKind};
use tracking_core::{
    Courier, Detail, Leg, LegRole, Precision, Problem, RawStatus, Reason, Status, StatusReport,
};

use super::render;
use crate::render::samples::{self, plain};

#[test]
fn journey_reads_oldest_first() {
    let shipment = samples::two_legs();

    let text = render(&shipment, "Acme", None, None);

    assert_eq!(
        plain(&text),
        "\
RA123456789CN at Acme
● Out for delivery
  CN → DE · expected 2026-03-02 12:00 to 16:00 +01:00 (courier)

  China Post (cn-post)
  ○ 2026-02-20 09:14         Info received
  ○ 2026-02-21 18:40         Picked up         已收寄 · 深圳

  dhl · 00340434161094042557
  ○ 2026-03-01 04:11 +01:00  In transit        Arrived in the country of destination and handed \
         over to customs · Frankfurt am Main, DE
  ● 2026-03-02 08:15 +01:00  Out for delivery  With the courier · Leipzig, DE
"
    );
}

#[test]
fn narrow_window_wraps_beside_status() {
    let text = render(&samples::two_legs(), "Acme", None, Some(80));

    let expected = "\
  ○ 2026-03-01 04:11 +01:00  In transit        Arrived in the country of
  │                                            destination and handed over to
  │                                            customs · Frankfurt am Main, DE
";
    assert!(plain(&text).contains(expected), "{}", plain(&text));
}

#[test]
fn very_narrow_window_puts_text_below_status() {
    let text = render(&samples::two_legs(), "Acme", None, Some(50));

    let expected = "\
  ○ 2026-03-01 04:11 +01:00  In transit
  │ Arrived in the country of destination and
  │ handed over to customs · Frankfurt am Main, DE
";
    assert!(plain(&text).contains(expected), "{}", plain(&text));
}

#[test]
fn lines_fit_the_window() {
    for width in [50, 60, 80, 100, 120] {
        let text = plain(&render(&samples::two_legs(), "Acme", None, Some(width)));

        for line in text.lines() {
            assert!(display_width(line) <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end(), "{width}");
        }
    }
}

#[test]
fn parcel_without_events_says_so() {
    let shipment = samples::with_status(Status::Pending);

    let text = plain(&render(&shipment, "Acme", None, None));

    assert_eq!(
        text,
        "RA123456789CN at Acme\n● Pending\n\n  No events so far.\n"
    );
}

#[test]
fn parcel_without_events_shows_courier_and_page() {
    let mut shipment = samples::with_status(Status::PickedUp);
    let mut leg = Leg::new(LegRole::Only);
    leg.courier = Some(Courier::new("DHL"));
    shipment.legs.push(leg);
    shipment.tracking_url = Some("https://courier.example/RA123456789CN".to_owned());

    let text = plain(&render(&shipment, "Acme", None, Some(30)));

    assert_eq!(
        text,
        "RA123456789CN at Acme\n● Picked up\n  https://courier.example/RA123456789CN\n\n  DHL\n  No events so far.\n"
    );
}

#[test]
fn detail_and_reason_follow_status() {
    let mut shipment = samples::with_status(Status::Exception);
    shipment.status.detail = Some(Detail::BadAddress);
    shipment.status.reason = Some(Reason::RecipientIncorrectAddress);

    let text = plain(&render(&shipment, "Acme", None, None));

    assert!(
        text.contains("● Exception · Bad address · recipient: incorrect address\n"),
        "{text}"
    );
}

#[test]
fn doubts_become_notes() {
    let mut shipment = samples::with_status(Status::Pending);
    shipment.status.precision = Precision::Ambiguous;
    shipment.status.raw = RawStatus::new("pending".to_owned());
    shipment.provider_gave_up = Some(true);
    shipment.conflicts = vec![Conflict::new(ConflictKind::TimeOrder, "two times disagree")];
    shipment.problems = vec![Problem::new("events[3].time", "is a number")];

    let text = plain(&render(&shipment, "Acme", None, None));

    for note in [
        "  ! Acme uses \"pending\" for more than one state; the most cautious one is shown.\n",
        "  ! Acme no longer follows this parcel.\n",
        "  ! Contradiction: two times disagree\n",
        "  ! A part of the response could not be read: events[3].time: is a number\n",
    ] {
        assert!(text.contains(note), "{note}{text}");
    }
}

#[test]
fn unmapped_status_shows_raw_value() {
    let mut shipment = samples::with_status(Status::Pending);
    let status = serde_json::from_str(r#"{"unmapped":"tele\u001bported"}"#).unwrap();
    shipment.status = StatusReport::new(status);

    let text = plain(&render(&shipment, "Acme", None, None));

    assert!(text.contains("● Unmapped\n"), "{text}");
    assert!(
        text.contains(r#"sent the status "tele\u{1b}ported""#),
        "{text}"
    );
}

#[test]
fn withdrawn_event_stays_visible() {
    let mut shipment = samples::two_legs();
    let event = shipment.legs[1].events.last_mut().unwrap();
    event.retracted = true;

    let text = plain(&render(&shipment, "Acme", None, None));

    assert!(
        text.contains(
            "  ○ 2026-03-02 08:15 +01:00  Out for delivery  With the courier (withdrawn)"
        ),
        "{text}"
    );
    assert!(text.contains("  ● 2026-03-01 04:11 +01:00"), "{text}");
}

#[test]
fn event_shows_status_once() {
    let mut shipment = samples::with_status(Status::Delivered);
    let mut leg = tracking_core::Leg::new(tracking_core::LegRole::Only);
    leg.events = vec![samples::event(
        "2026-03-02",
        Status::Delivered,
        "DELIVERED",
        "Leipzig, DE",
    )];
    shipment.legs = vec![leg];

    let text = plain(&render(&shipment, "Acme", None, None));

    assert!(
        text.contains("  ● 2026-03-02  Delivered  Leipzig, DE\n"),
        "{text}"
    );
}

#[test]
fn control_characters_are_replaced() {
    let mut shipment = samples::two_legs();
    shipment.number = "RA\u{1b}[2J1".to_owned();
    for event in shipment.legs.iter_mut().flat_map(|leg| &mut leg.events) {
        event.description = Some("\u{1b}]0;title\u{7}Delivered\r\nfake line".to_owned());
        event.location = Some("\u{202e}Leipzig".to_owned());
    }

    let text = plain(&render(&shipment, "Acme", None, Some(120)));

    assert!(
        !text
            .chars()
            .any(|letter| letter.is_control() && letter != '\n')
    );
    assert!(!text.contains('\u{202e}'));
    assert!(!text.contains("\nfake line"));
}

#[test]
fn freight_without_number_shows_courier() {
    let mut shipment = samples::with_status(Status::PickedUp);
    shipment.number = String::new();
    let mut leg = Leg::new(LegRole::Only);
    leg.courier = Some(Courier::new("Bulk carrier"));
    shipment.legs = vec![leg];

    let text = plain(&render(&shipment, "Acme", None, None));

    assert!(
        text.starts_with("Bulk carrier (no number) at Acme\n"),
        "{text}"
    );
}

#[test]
fn shipment_without_number_and_courier_says_so() {
    let mut shipment = samples::with_status(Status::PickedUp);
    shipment.number = " ".to_owned();
    shipment.legs.clear();

    let text = plain(&render(&shipment, "Acme", None, None));

    assert!(text.starts_with("(no number) at Acme\n"), "{text}");
}
