//! Whether a response is about what was requested.

use super::non_blank;
use crate::provider::is_same_number;
use crate::{Error, ErrorKind, Problem, ProviderId, Shipment, Target};

/// Returns true if a shipment may be the requested one.
///
/// A number counts in any [spelling](super::is_same_number), also as one of the
/// [linked numbers](Shipment::linked_numbers); those of legs and events do not, which are often other
/// carriers' numbers. Case does not count in an id. A shipment that lacks what was requested may
/// be it.
#[must_use]
pub fn is_asked_for(target: &Target, shipment: &Shipment) -> bool {
    match target {
        Target::Number(number) => {
            let mut known = shipment.linked_numbers.iter().chain([&shipment.number]);
            let is_nameless = non_blank(Some(&shipment.number)).is_none();
            is_nameless || known.any(|known| is_same_number(known, number))
        }
        Target::Id(id) => {
            let own = non_blank(shipment.id.as_deref());
            own.is_none_or(|own| own.trim().eq_ignore_ascii_case(id.trim()))
        }
        Target::Reference(reference) => {
            let own = non_blank(shipment.reference.as_deref());
            own.is_none_or(|own| own.trim() == reference.trim())
        }
    }
}

/// Keeps the shipments of a lookup's response that [may be what was requested](is_asked_for), and
/// [names](name_as_asked) the nameless ones. How many others there were is a problem of the first.
///
/// # Errors
///
/// Kind [`WrongShipment`](ErrorKind::WrongShipment) when the response holds only others.
pub fn retain_asked_for(
    provider: ProviderId,
    target: &Target,
    shipments: &mut Vec<Shipment>,
) -> Result<(), Error> {
    let all = shipments.len();
    shipments.retain(|shipment| is_asked_for(target, shipment));
    let others = all - shipments.len();
    for shipment in shipments.iter_mut() {
        name_as_asked(target, shipment);
    }
    match shipments.first_mut() {
        Some(first) if others > 0 => {
            let message = format!("left out {others} shipments that were not asked for");
            first.problems.push(Problem::new("", message));
        }
        None if others > 0 => return Err(wrong_shipment(provider, others)),
        _ => {}
    }
    Ok(())
}

/// Gives a shipment without number, id and reference the one that it was requested by: a response
/// whose names cannot be read is still about that parcel.
pub fn name_as_asked(target: &Target, shipment: &mut Shipment) {
    if !shipment.is_nameless() {
        return;
    }
    match target {
        Target::Number(number) => shipment.number.clone_from(number),
        Target::Id(id) => shipment.id = Some(id.clone()),
        Target::Reference(reference) => shipment.reference = Some(reference.clone()),
    }
}

/// Creates the error for a response that holds only shipments that were not asked for.
#[must_use]
pub fn wrong_shipment(provider: impl Into<ProviderId>, others: usize) -> Error {
    let message = if others == 1 {
        "the response is about another shipment than the requested one; send the request again, \
         and look for a cache or a proxy that mixes responses up"
            .to_owned()
    } else {
        format!(
            "the response holds {others} others and nothing of what was requested: the server seems to \
             ignore what was requested"
        )
    };
    Error::new(ErrorKind::WrongShipment, provider, message)
}

#[cfg(test)]
mod tests {
    use super::{is_asked_for, retain_asked_for};
    use crate::{
        ErrorKind, Leg, LegRole, ProviderId, Shipment, Status, StatusReport, Target, UtcTime,
    };

    const PROVIDER: ProviderId = ProviderId::new("acme");

    fn shipment(number: &str) -> Shipment {
        let status = StatusReport::new(Status::InTransit);
        Shipment::new(PROVIDER, number, status, UtcTime::now())
    }

    fn number(number: &str) -> Target {
        Target::Number(number.to_owned())
    }

    #[test]
    fn number_is_that_of_the_shipment_or_a_linked_one() {
        let mut parcel = shipment("AB123456789DE");
        parcel.linked_numbers = vec!["QX7".to_owned()];
        let mut leg = Leg::new(LegRole::Only);
        leg.number = Some("LEG-1".to_owned());
        parcel.legs.push(leg);

        for asked in ["ab 123456789-de", "QX7"] {
            assert!(is_asked_for(&number(asked), &parcel), "{asked}");
        }
        for asked in ["AB123456788DE", "LEG-1", ""] {
            assert!(!is_asked_for(&number(asked), &parcel), "{asked}");
        }
        assert!(is_asked_for(&number("AB1"), &shipment(" ")));
    }

    #[test]
    fn id_and_reference_count_where_the_shipment_has_them() {
        let (id, reference) = (
            Target::Id("T-1".to_owned()),
            Target::Reference("o-1".to_owned()),
        );
        let mut parcel = shipment("AB1");

        assert!(is_asked_for(&id, &parcel) && is_asked_for(&reference, &parcel));
        parcel.id = Some("t-1".to_owned());
        parcel.reference = Some(" o-1".to_owned());
        assert!(is_asked_for(&id, &parcel) && is_asked_for(&reference, &parcel));
        parcel.id = Some("t-2".to_owned());
        parcel.reference = Some("O-1".to_owned());
        assert!(!is_asked_for(&id, &parcel) && !is_asked_for(&reference, &parcel));
    }

    #[test]
    fn others_are_counted_and_nothing_but_others_is_an_error() {
        let keep = |mut shipments: Vec<Shipment>| {
            retain_asked_for(PROVIDER, &number("AB1"), &mut shipments).map(|()| shipments)
        };

        let kept = keep(vec![shipment("AB2"), shipment("ab1"), shipment("AB3")]).unwrap();
        assert_eq!(kept.len(), 1);
        assert!(kept[0].problems[0].message.contains("left out 2"));
        assert!(keep(vec![shipment("AB1")]).unwrap()[0].problems.is_empty());
        assert!(keep(Vec::new()).unwrap().is_empty());
        for (others, expected) in [(1, "another shipment"), (3, "holds 3 others")] {
            let error = keep(vec![shipment("AB2"); others]).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::WrongShipment);
            assert!(error.message().contains(expected), "{error}");
            assert!(!error.to_string().contains("AB"), "{error}");
            assert!(!error.is_retryable());
        }
    }

    #[test]
    fn nameless_shipment_is_named_as_it_was_requested() {
        let targets = [
            number("AB1"),
            Target::Id("T-1".to_owned()),
            Target::Reference("o-1".to_owned()),
        ];
        for target in targets {
            let mut shipments = vec![shipment("")];

            retain_asked_for(PROVIDER, &target, &mut shipments).unwrap();

            let found = &shipments[0];
            let names = [
                Some(found.number.as_str()),
                found.id.as_deref(),
                found.reference.as_deref(),
            ];
            let names = names.into_iter().flatten().filter(|name| !name.is_empty());
            assert_eq!(names.collect::<Vec<_>>(), [target.as_str()]);
        }
        let mut shipments = vec![shipment("AB1")];
        retain_asked_for(PROVIDER, &Target::Id("T-1".to_owned()), &mut shipments).unwrap();
        assert_eq!(shipments[0].id, None);
    }
}
