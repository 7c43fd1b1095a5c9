//! One number: where to look for it, and what the responses mean.

use tracking_core::kit::{raw_at_path, retain_asked_for};
use tracking_core::{
    Error, ErrorKind, Outcome, Problem, RawJson, Registration, Shipment, Target, TrackRequest,
    UtcTime,
};

use crate::candidates::Try;
use crate::empty::reported;
use crate::mapping::created;
use crate::page_end::PageEnd;
use crate::partial::{read_trackings, trackings_of, whole_tracking};
use crate::registration::{compact, to_create};
use crate::status_table::PROVIDER;
use crate::stored::{Stored, ambiguous, shipments};
use crate::{Client, Code, ListTrackingsQuery, RealtimeTracking, Response};

/// What couriers may need beside the number (documented for registrations and realtime queries).
const EXTRA_FIELDS: [&str; 5] = [
    "tracking_postal_code",
    "tracking_ship_date",
    "tracking_account_number",
    "specialNumberDestination",
    "tracking_destination_country",
];

impl Client {
    /// A number at a known courier.
    pub(crate) async fn track_at(
        &self,
        courier: &str,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Outcome, Error> {
        match self.read(courier, number, request).await {
            Ok(shipments) => about(number, Outcome::Found(shipments)),
            Err(error) if !is_not_registered(&error) => outcome_of(error),
            Err(_) if request.register => self.register_and_read(courier, number, request).await,
            Err(_) => Ok(Outcome::NotRegistered),
        }
    }

    /// A number whose courier is not known.
    pub(crate) async fn track_anywhere(
        &self,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Outcome, Error> {
        let query = ListTrackingsQuery::new().tracking_numbers([number])?;
        let stored = self.stored(query, request).await?;
        if !stored.is_empty() {
            return Ok(Outcome::Found(shipments(stored)));
        }
        if !request.register {
            return Ok(Outcome::NotRegistered);
        }
        self.try_candidates(Try::Register, number, request).await
    }

    /// Finds the courier of a number and asks it now.
    pub(crate) async fn ask_courier(
        &self,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Outcome, Error> {
        let courier = match &request.hints.courier {
            Some(courier) => courier.clone(),
            None => {
                let query = ListTrackingsQuery::new().tracking_numbers([number])?;
                let stored = self.stored(query, request).await?;
                match stored.as_slice() {
                    [] => return self.try_candidates(Try::Realtime, number, request).await,
                    [only] => only.key()?.to_owned(),
                    several => return Err(ambiguous(several)),
                }
            }
        };
        self.ask(&courier, number, request).await
    }

    /// Asks a courier now. Costs quota, so it happens only on request.
    pub(crate) async fn ask(
        &self,
        courier: &str,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Outcome, Error> {
        let mut question = RealtimeTracking::new(number, courier);
        question.destination_code = request.hints.destination_country.clone();
        question.special_number_destination = request.hints.destination_country.clone();
        question.tracking_postal_code = request.hints.destination_post_code.clone();
        question.tracking_ship_date = request.hints.ship_date.map(compact);
        question.lang = request.language.clone();
        let outcome = match self.realtime_tracking(&question).await {
            Ok(response) => {
                let (data, response) = response.into_parts();
                let read = trackings_of(data.items, PageEnd::default(), &response)?;
                let items = response.try_map(|()| self.store(read))?;
                Ok(Outcome::from_shipments(shipments(items.into_inner())))
            }
            Err(error) => match Code::of(&error) {
                // The courier was asked, so it does not depend on a registration.
                Some(Code::NOTHING_FOUND | Code::NO_SUCH_TRACKING) => Ok(Outcome::NotFound),
                _ if error.kind() == ErrorKind::Decode => {
                    Ok(Outcome::Found(shipments(self.recovered_results(error)?)))
                }
                _ => outcome_of(error),
            },
        };
        about(number, outcome?)
    }

    /// Registers a number, then reads it once: TrackingMore may know it already from others.
    pub(crate) async fn register_and_read(
        &self,
        courier: &str,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Outcome, Error> {
        let mut registration = Registration::of(request);
        number.clone_into(&mut registration.number);
        let mut tracking = to_create(&registration, courier);
        tracking.lang = request.language.clone();
        let response = match self.create_tracking(&tracking).await {
            Ok(response) => response,
            // It succeeded and used quota, so it is registered, whatever else the response holds.
            Err(error) if error.is_decode() => {
                let shipments = self.read(courier, number, request).await;
                return about(number, Outcome::Found(shipments.map_err(|_| error)?));
            }
            // Somebody else registered it meanwhile, or an earlier attempt did.
            Err(error) if Code::of(&error) == Some(Code::TRACKING_EXISTS) => {
                return match self.read(courier, number, request).await {
                    Ok(shipments) => about(number, Outcome::Found(shipments)),
                    Err(error) if is_not_registered(&error) => Ok(Outcome::not_yet(None)),
                    Err(error) => outcome_of(error),
                };
            }
            Err(error) => return outcome_of(error),
        };
        let (registered, response) = response.into_parts();
        // TrackingMore corrects a wrong carrier by itself.
        let courier = reported(registered.carrier_code.clone());
        let courier = courier.as_deref().unwrap_or(tracking.carrier_code.as_str());
        let problem = match self.read(courier, number, request).await {
            Ok(shipments) => return about(number, Outcome::Found(shipments)),
            Err(error) if is_not_registered(&error) => None,
            // The registration succeeded and used quota, so it is reported whatever comes after it.
            Err(error) => Some(Problem::of_failed_request("results", &error)),
        };
        let body = RawJson::from_response(response.body());
        let raw = raw_at_path(body.get(), &["data"]).map(|data| body.part(data));
        let raw = raw.unwrap_or_default();
        let mut pending = created(registered, raw, UtcTime::now(), &self.unmapped);
        if pending.number.is_empty() {
            number.clone_into(&mut pending.number);
        }
        pending.problems.extend(problem);
        about(number, Outcome::Found(vec![pending]))
    }

    /// Reads what is stored of a number at a courier; never an empty list.
    async fn read(
        &self,
        courier: &str,
        number: &str,
        request: &TrackRequest,
    ) -> Result<Vec<Shipment>, tracking_http::Error> {
        let response = match &request.language {
            Some(language) => {
                self.get_tracking_in_language(courier, number, language)
                    .await
            }
            None => self.get_tracking(courier, number).await,
        };
        match response {
            Ok(response) => {
                let (tracking, response) = response.into_parts();
                let read = if response.problems().is_empty() {
                    whole_tracking(tracking, response.body())
                } else {
                    read_trackings(response.body())?
                };
                let stored = self.store(read)?;
                if stored.iter().any(Stored::has_content) {
                    return Ok(shipments(stored));
                }
                let nothing = |()| {
                    Err(tracking_http::Error::decode(
                        "data",
                        "nothing of a tracking is here",
                    ))
                };
                response.try_map(nothing).map(Response::into_inner)
            }
            Err(error) => self.recovered_results(error).map(shipments),
        }
    }
}

/// Refuses an outcome that is about other numbers only.
fn about(number: &str, outcome: Outcome) -> Result<Outcome, Error> {
    let Outcome::Found(mut shipments) = outcome else {
        return Ok(outcome);
    };
    retain_asked_for(PROVIDER, &Target::Number(number.to_owned()), &mut shipments)?;
    Ok(Outcome::Found(shipments))
}

/// Returns true if the code says so. Documented: 4017; observed: 4031. Both ask for a registration first.
///
/// A 404 without one of them is that of a proxy or of a wrong base URL, and says nothing about a
/// parcel.
fn is_not_registered(error: &tracking_http::Error) -> bool {
    let code = Code::of(error);
    matches!(code, Some(Code::NO_SUCH_TRACKING | Code::NOTHING_FOUND))
}

/// What an error means for a lookup: an outcome or an error.
pub(crate) fn outcome_of(error: tracking_http::Error) -> Result<Outcome, Error> {
    let outcome = outcome_of_code(Code::of(&error), error.provider_message());
    outcome.ok_or_else(|| error.into())
}

/// The outcome that a code means, if it means one.
pub(crate) fn outcome_of_code(code: Option<Code>, message: Option<&str>) -> Option<Outcome> {
    match code? {
        Code::NO_CARRIER => Some(Outcome::NoCourier),
        Code::NO_SUCH_TRACKING | Code::NOTHING_FOUND => Some(Outcome::NotRegistered),
        Code::BAD_REQUEST => missing_field(message?).map(|field| Outcome::needs_fields([field])),
        _ => None,
    }
}

/// Assumed: "parameters are missing" names the field that a courier needs. No such message was
/// ever published.
fn missing_field(message: &str) -> Option<&'static str> {
    let message = message.to_ascii_lowercase();
    EXTRA_FIELDS
        .into_iter()
        .find(|field| message.contains(&field.to_ascii_lowercase()))
}
