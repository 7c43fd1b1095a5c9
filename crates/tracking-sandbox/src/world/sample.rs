//! Journeys as they happen to real parcels. All numbers are made up.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::edit::ScanEdit;
use super::parcel::{Leg, Parcel};
use super::scan::{Scan, Step, TimeShape};

/// A journey that a parcel of the sandbox can make, see [`Sandbox::play`](crate::Sandbox::play).
///
/// Its scans and what couriers change about them come as the clock of the sandbox goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SampleJourney {
    /// Announced, accepted, sorted, out for delivery, delivered.
    Happy,
    /// Nobody is at home; the second attempt succeeds.
    SecondAttempt,
    /// Customs hold the parcel and release it.
    Customs,
    /// Two couriers, each with a number.
    TwoLegs,
    /// The recipient refuses the parcel, and it goes back.
    Return,
    /// The courier declares the parcel lost.
    Loss,
    /// A delivery is withdrawn, and the parcel is delivered the next day.
    WrongDelivered,
    /// The courier corrects text and place of a scan.
    EditedScan,
    /// A flight to the west: the local times of the arrival are before those of the departure.
    WestwardFlight,
    /// The courier reports days without times, two scans on one of them.
    DaysOnly,
    /// The second courier and its number are corrected before that courier has the parcel.
    CorrectedCarrier,
    /// The number of a delivered parcel is given to another one, four months later.
    NumberReuse,
}

/// What a courier does about a parcel, beside scanning it.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Gives the number to another parcel.
    Add(Box<Parcel>),
    /// Edits a scan.
    Edit(usize, ScanEdit),
    /// Withdraws a scan.
    Withdraw(usize),
    /// Corrects a leg.
    Correct(usize, Leg),
}

const fn hours(count: u64) -> Duration {
    Duration::from_secs(count * 3600)
}

/// When the second parcel of [`SampleJourney::NumberReuse`] is there.
const REUSED_AFTER: Duration = hours(120 * 24);

impl SampleJourney {
    /// Every journey, in the order of declaration.
    pub const ALL: [Self; 12] = [
        Self::Happy,
        Self::SecondAttempt,
        Self::Customs,
        Self::TwoLegs,
        Self::Return,
        Self::Loss,
        Self::WrongDelivered,
        Self::EditedScan,
        Self::WestwardFlight,
        Self::DaysOnly,
        Self::CorrectedCarrier,
        Self::NumberReuse,
    ];

    /// The name that the control paths know it by, such as `second_attempt`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Happy => "happy",
            Self::SecondAttempt => "second_attempt",
            Self::Customs => "customs",
            Self::TwoLegs => "two_legs",
            Self::Return => "return",
            Self::Loss => "loss",
            Self::WrongDelivered => "wrong_delivered",
            Self::EditedScan => "edited_scan",
            Self::WestwardFlight => "westward_flight",
            Self::DaysOnly => "days_only",
            Self::CorrectedCarrier => "corrected_carrier",
            Self::NumberReuse => "number_reuse",
        }
    }

    /// The code of the courier that has the parcel first, such as `ups`.
    #[must_use]
    pub const fn courier(self) -> &'static str {
        match self {
            Self::Customs => "cn-post",
            Self::TwoLegs | Self::CorrectedCarrier => "sg-post",
            Self::WestwardFlight => "jp-post",
            _ => "ups",
        }
    }

    /// The numbers of a parcel that makes this journey under `number`, in the order of its couriers.
    #[must_use]
    pub fn numbers(self, number: impl Into<String>) -> Vec<String> {
        let parcel = self.parcel(&number.into());
        parcel.legs.into_iter().map(|leg| leg.number).collect()
    }

    /// How long it takes until nothing more happens.
    #[must_use]
    pub fn duration(self) -> Duration {
        match self {
            Self::NumberReuse => REUSED_AFTER + hours(72),
            Self::Customs | Self::TwoLegs | Self::CorrectedCarrier => hours(240),
            _ => hours(96),
        }
    }

    pub(super) fn parcel(self, number: &str) -> Parcel {
        let one = Parcel::new(self.courier(), number);
        match self {
            Self::Happy | Self::EditedScan => berlin(one, &HAPPY),
            Self::SecondAttempt => berlin(one, &SECOND_ATTEMPT),
            Self::Customs => brazil(one),
            Self::TwoLegs => two_legs(one, Leg::new("dhl-germany", format!("{number}-2"))),
            Self::Return => berlin(one, &RETURN),
            Self::Loss => berlin(one, &LOSS),
            Self::WrongDelivered => berlin(one, &WRONG_DELIVERED),
            Self::WestwardFlight => los_angeles(one),
            Self::DaysOnly => days_only(one),
            Self::CorrectedCarrier => two_legs(one, Leg::new("gls", format!("{number}-1"))),
            Self::NumberReuse => berlin(one, &FIRST_USE),
        }
    }

    /// What couriers do about the parcel, and how long after its beginning.
    pub(super) fn acts(self, number: &str) -> Vec<(Duration, Act)> {
        match self {
            Self::WrongDelivered => vec![(hours(34), Act::Withdraw(2))],
            Self::EditedScan => {
                let text = ScanEdit::new().text("Sorted for delivery");
                let place = ScanEdit::new().place("Hannover-Langenhagen");
                vec![
                    (hours(26), Act::Edit(2, text)),
                    (hours(32), Act::Edit(2, place)),
                ]
            }
            Self::CorrectedCarrier => {
                let leg = Leg::new("dhl-germany", format!("{number}-2"));
                vec![(hours(50), Act::Correct(1, leg))]
            }
            Self::NumberReuse => {
                let second = Parcel::new(self.courier(), number);
                vec![(
                    REUSED_AFTER,
                    Act::Add(Box::new(berlin(second, &SECOND_USE))),
                )]
            }
            _ => Vec::new(),
        }
    }
}

/// Hours after the beginning, what happens, and where.
type Scans<const N: usize> = [(u64, Step, &'static str); N];

const HAPPY: Scans<5> = [
    (2, Step::OrderCreated, "Köln"),
    (9, Step::Accepted, "Köln"),
    (21, Step::HubScan, "Hannover"),
    (45, Step::OutForDelivery, "Berlin"),
    (51, Step::Delivered, "Berlin"),
];

const SECOND_ATTEMPT: Scans<5> = [
    (9, Step::Accepted, "Köln"),
    (33, Step::OutForDelivery, "Berlin"),
    (39, Step::AttemptFailed, "Berlin"),
    (57, Step::OutForDelivery, "Berlin"),
    (63, Step::Delivered, "Berlin"),
];

const RETURN: Scans<5> = [
    (9, Step::Accepted, "Köln"),
    (33, Step::OutForDelivery, "Berlin"),
    (39, Step::Refused, "Berlin"),
    (57, Step::Returning, "Berlin"),
    (69, Step::HubScan, "Hannover"),
];

const LOSS: Scans<3> = [
    (9, Step::Accepted, "Köln"),
    (21, Step::HubScan, "Hannover"),
    (81, Step::Lost, "Hannover"),
];

const WRONG_DELIVERED: Scans<5> = [
    (9, Step::Accepted, "Köln"),
    (21, Step::OutForDelivery, "Berlin"),
    (27, Step::Delivered, "Berlin"),
    (45, Step::OutForDelivery, "Berlin"),
    (51, Step::Delivered, "Berlin"),
];

const FIRST_USE: Scans<3> = [
    (9, Step::Accepted, "Köln"),
    (45, Step::OutForDelivery, "Berlin"),
    (51, Step::Delivered, "Berlin"),
];

const SECOND_USE: Scans<3> = [
    (9, Step::Accepted, "Bremen"),
    (33, Step::OutForDelivery, "Leipzig"),
    (39, Step::Delivered, "Leipzig"),
];

fn berlin<const N: usize>(parcel: Parcel, scans: &Scans<N>) -> Parcel {
    let scans = scans.iter().map(|(after, step, place)| {
        Scan::ahead(hours(*after), *step)
            .offset_minutes(60)
            .place(*place)
    });
    scans.fold(parcel.countries("DE", "DE"), Parcel::scan)
}

fn brazil(parcel: Parcel) -> Parcel {
    let china = |after, step, place| {
        Scan::ahead(hours(after), step)
            .offset_minutes(480)
            .place(place)
    };
    let brazil = |after, step, place| {
        Scan::ahead(hours(after), step)
            .offset_minutes(-180)
            .place(place)
    };
    parcel
        .countries("CN", "BR")
        .scan(china(9, Step::Accepted, "Shenzhen"))
        .scan(china(33, Step::DepartedOrigin, "Guangzhou"))
        .scan(brazil(81, Step::CustomsReceived, "Curitiba"))
        .scan(brazil(87, Step::CustomsHeld, "Curitiba"))
        .scan(brazil(159, Step::CustomsCleared, "Curitiba"))
        .scan(brazil(201, Step::OutForDelivery, "Curitiba"))
        .scan(brazil(207, Step::Delivered, "Curitiba"))
}

fn two_legs(parcel: Parcel, second: Leg) -> Parcel {
    let singapore = |after, step, place| {
        Scan::ahead(hours(after), step)
            .offset_minutes(480)
            .place(place)
    };
    let germany = |after, step, place| {
        Scan::ahead(hours(after), step)
            .on_leg(1)
            .offset_minutes(60)
            .place(place)
    };
    parcel
        .leg(second)
        .countries("SG", "DE")
        .scan(singapore(9, Step::Accepted, "Singapore"))
        .scan(singapore(33, Step::DepartedOrigin, "Changi Airport"))
        .scan(germany(81, Step::ArrivedInDestination, "Frankfurt"))
        .scan(germany(105, Step::HubScan, "Köln"))
        .scan(germany(201, Step::OutForDelivery, "Köln"))
        .scan(germany(207, Step::Delivered, "Köln"))
}

/// Ten hours in the air, and seventeen time zones.
fn los_angeles(parcel: Parcel) -> Parcel {
    let japan = |after, step, place| {
        Scan::ahead(hours(after), step)
            .offset_minutes(540)
            .place(place)
    };
    let west = |after, step, place| {
        Scan::ahead(hours(after), step)
            .offset_minutes(-480)
            .place(place)
    };
    parcel
        .countries("JP", "US")
        .scan(japan(9, Step::Accepted, "Tokyo"))
        .scan(japan(21, Step::DepartedOrigin, "Narita"))
        .scan(west(33, Step::ArrivedInDestination, "Los Angeles"))
        .scan(west(57, Step::OutForDelivery, "Los Angeles"))
        .scan(west(63, Step::Delivered, "Los Angeles"))
}

fn days_only(parcel: Parcel) -> Parcel {
    let scan = |after, step, place| {
        Scan::ahead(hours(after), step)
            .shape(TimeShape::DateOnly)
            .place(place)
    };
    parcel
        .countries("FR", "ES")
        .scan(scan(9, Step::Accepted, "Lyon"))
        .scan(scan(33, Step::HubScan, "Lyon"))
        .scan(scan(51, Step::OutForDelivery, "Girona"))
        .scan(scan(57, Step::Delivered, "Girona"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::world::World;

    #[test]
    fn names_are_those_of_the_control_paths() {
        for journey in SampleJourney::ALL {
            let name = serde_json::to_value(journey).unwrap();
            assert_eq!(name, journey.name());
        }
    }

    #[test]
    fn journeys_happen_as_the_clock_goes_on() {
        for journey in SampleJourney::ALL {
            let clock = Clock::starting_at(None);
            let world = World::new(&clock);
            world.play(journey, "MADE-UP-1", &clock).unwrap();
            let seen = |clock: &Clock| {
                world.catch_up(clock.now_millis());
                let parcel = world.find("made-up-1").unwrap();
                (parcel.seen(clock.now_millis(), true).len(), parcel)
            };

            let (before, _) = seen(&clock);
            clock.advance(journey.duration() - hours(1));
            let (nearly, _) = seen(&clock);
            clock.advance(hours(1));
            let (after, parcel) = seen(&clock);
            clock.advance(hours(9_000));
            let (later, _) = seen(&clock);

            assert_eq!(before, 0, "{journey:?}");
            assert!(after >= 3, "{journey:?}");
            assert_eq!((nearly, later), (after, after), "{journey:?}");
            let legs = parcel.legs().iter().map(|leg| leg.number().to_owned());
            let numbers: Vec<_> = legs.collect();
            assert_eq!(numbers.len(), journey.numbers("MADE-UP-1").len());
            assert_eq!(parcel.legs()[0].courier, journey.courier());
        }
    }

    #[test]
    fn number_is_given_to_another_parcel() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);
        world
            .play(SampleJourney::NumberReuse, "MADE-UP-1", &clock)
            .unwrap();
        let first = world.find("MADE-UP-1").unwrap();
        clock.advance(SampleJourney::NumberReuse.duration());
        world.catch_up(clock.now_millis());
        let second = world.find("MADE-UP-1").unwrap();

        let serials = |journey: &crate::world::Journey| {
            let scans = journey.seen(i64::MAX, true).iter();
            scans.map(|scan| scan.serial).collect::<Vec<_>>()
        };
        assert_eq!(serials(&first), [0, 1, 2]);
        assert_eq!(serials(&second), [3, 4, 5]);
        assert_ne!(first.generation(), second.generation());
    }
}
