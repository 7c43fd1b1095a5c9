//! The couriers that a number may belong to, and which of them knows it.

use std::error::Error as _;

use tracking_core::{
    Courier, CourierCandidate, Error, Evidence, Outcome, Problem, Shipment, Status, TrackRequest,
};

use crate::empty::reported;
use crate::{Client, Code, DetectCarrier};

/// How many couriers a lookup tries. A try may cost quota, and a detection rarely names more.
const MOST_TRIED: usize = 3;

/// How a courier is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Try {
    /// Registers the number there, then reads what is stored.
    Register,
    /// Asks the courier now.
    Realtime,
}

impl Client {
    /// The couriers that a number may belong to, in the order of the response.
    pub(crate) async fn candidates(&self, number: &str) -> Result<Vec<CourierCandidate>, Error> {
        let response = self.detect_carrier(&DetectCarrier::new(number)).await?;
        let candidates = response.into_inner().into_iter().filter_map(|carrier| {
            let courier = courier(carrier.code, carrier.name)?;
            Some(CourierCandidate::new(courier, Evidence::Provider))
        });
        Ok(candidates.collect())
    }

    /// The first courier of a detection. Assumed: the likeliest.
    pub(crate) async fn first_courier(&self, number: &str) -> Result<Option<String>, Error> {
        let candidates = self.candidates(number).await?;
        let first = candidates.into_iter().next();
        Ok(first.map(|candidate| candidate.courier.code))
    }

    /// Detects the couriers of a number and tries them, until one knows it or the bound is reached.
    /// Without permission to register only the first is tried, since each try may cost quota.
    pub(crate) async fn try_candidates(
        &self,
        way: Try,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Outcome, Error> {
        let candidates = self.candidates(number).await?;
        let mut couriers: Vec<String> = Vec::new();
        for candidate in candidates {
            // Each is tried once, since a try may cost quota.
            if !couriers.contains(&candidate.courier.code) {
                couriers.push(candidate.courier.code);
            }
        }
        let most = if request.register { MOST_TRIED } else { 1 };
        let mut tries = Tries::default();
        for (place, courier) in couriers.iter().take(most).enumerate() {
            let result = match way {
                Try::Register => self.register_and_read(courier, number, request).await,
                Try::Realtime => self.ask(courier, number, request).await,
            };
            let untried = couriers.get(place + 1..).unwrap_or_default();
            match result {
                Ok(Outcome::Found(found)) if is_unknown(&found) => tries.keep(courier, found),
                Ok(Outcome::Found(found)) => {
                    return Ok(Outcome::Found(tries.noted(courier, found, untried)));
                }
                Ok(Outcome::NotFound) => tries.not_found.push(courier.clone()),
                Ok(Outcome::NoCourier) => tries.refused.push(courier.clone()),
                Err(error) if is_courier_refused(&error) => tries.refused.push(courier.clone()),
                Ok(outcome) => return Ok(tries.or(outcome, untried)),
                Err(error) => return tries.or_error(error, couriers.get(place..)),
            }
        }
        let untried = couriers.get(most..).unwrap_or_default();
        Ok(tries.end(untried))
    }
}

/// What came of the couriers that do not know the number.
#[derive(Debug, Default)]
struct Tries {
    /// The first of those that have a tracking of the number without any news, and the tracking.
    kept: Option<(String, Vec<Shipment>)>,
    /// The others that have one.
    without_news: Vec<String>,
    /// Those that have none.
    not_found: Vec<String>,
    /// Those that TrackingMore refused for this number; nothing was registered there.
    refused: Vec<String>,
}

impl Tries {
    fn keep(&mut self, courier: &str, found: Vec<Shipment>) {
        if self.kept.is_none() {
            self.kept = Some((courier.to_owned(), found));
        } else {
            self.without_news.push(courier.to_owned());
        }
    }

    /// The shipments of a courier, with a note about the others.
    fn noted(
        &self,
        courier: &str,
        mut shipments: Vec<Shipment>,
        untried: &[String],
    ) -> Vec<Shipment> {
        let kept = self.kept.iter().map(|(courier, _)| courier);
        let unknown = kept
            .filter(|kept| *kept != courier)
            .chain(&self.without_news)
            .chain(&self.not_found)
            .chain(&self.refused);
        let unknown: Vec<&str> = unknown.map(String::as_str).collect();
        let mut others = String::new();
        if !unknown.is_empty() {
            others.push_str(&format!("; not known to {}", unknown.join(", ")));
        }
        if !untried.is_empty() {
            others.push_str(&format!("; not tried: {}", untried.join(", ")));
        }
        if !others.is_empty() {
            let message = format!("several couriers may have this number: tried {courier}{others}");
            let note = Problem::of_lookup(message);
            for shipment in &mut shipments {
                shipment.problems.push(note.clone());
            }
        }
        shipments
    }

    /// An outcome that ends the tries, unless an earlier courier has a tracking.
    fn or(mut self, outcome: Outcome, untried: &[String]) -> Outcome {
        match self.kept.take() {
            Some((courier, kept)) => Outcome::Found(self.noted(&courier, kept, untried)),
            None => outcome,
        }
    }

    /// An error that ends the tries. What was registered before it used quota, so it is returned.
    fn or_error(mut self, error: Error, untried: Option<&[String]>) -> Result<Outcome, Error> {
        let Some((courier, mut kept)) = self.kept.take() else {
            return Err(error);
        };
        for shipment in &mut kept {
            let problem = Problem::of_failed_request("couriers", &error);
            shipment.problems.push(problem);
        }
        let untried = untried.unwrap_or_default();
        Ok(Outcome::Found(self.noted(&courier, kept, untried)))
    }

    /// What to say when no courier knows the number.
    fn end(self, untried: &[String]) -> Outcome {
        if self.kept.is_some() {
            return self.or(Outcome::NotFound, untried);
        }
        match (&*self.not_found, &*self.refused, untried) {
            ([], _, []) => Outcome::NoCourier,
            ([_], [], []) => Outcome::NotFound,
            _ => {
                let tried = [self.not_found, self.refused].concat();
                Outcome::unknown_to_couriers(tried, untried.to_vec())
            }
        }
    }
}

/// Returns true if the courier has nothing about the number (documented: `notfound`). A number that
/// nobody has asked for yet is pending, and not unknown.
fn is_unknown(shipments: &[Shipment]) -> bool {
    let mut all = shipments.iter();
    all.all(|it| it.status.status == Status::NotFound && it.last_event().is_none())
}

/// Returns true if TrackingMore takes no number of this courier.
fn is_courier_refused(error: &Error) -> bool {
    let cause = error.source().and_then(|it| it.downcast_ref());
    cause.and_then(Code::of) == Some(Code::CARRIER_INVALID)
}

/// A courier of a list or of a detection; none where it has no code.
pub(crate) fn courier(code: Option<String>, name: Option<String>) -> Option<Courier> {
    let mut courier = Courier::new(reported(code)?);
    courier.name = reported(name);
    Some(courier)
}
