//! Several lookups in few calls: one list finds what is registered, one batch registers the rest.

use tracking_core::kit::{Batch, is_same_number, number_key, raw_elements, read_parts};
use tracking_core::{
    Error, ErrorKind, Outcome, Problem, ProviderSet, RawJson, Registration, Shipment, Target,
    TrackRequest, UtcTime,
};

use crate::batch;
use crate::candidates::Try;
use crate::empty::reported;
use crate::lookup::{outcome_of, outcome_of_code};
use crate::mapping::created;
use crate::number::check_key;
use crate::registration::{check_fields, to_create_in_batch};
use crate::status_table::PROVIDER;
use crate::stored::{MOST_ITEMS, Stored, shipments};
use crate::{
    BatchCreateData, BatchCreateTracking, BatchError, BatchItem, Client, Code, CreatedTracking,
    ListTrackingsQuery,
};

/// The most numbers that one list or one batch takes (documented).
pub(crate) const MAX_BATCH: usize = 40;

impl Client {
    /// Looks up several requests, at most [`MAX_BATCH`].
    pub(crate) async fn track_several(
        &self,
        requests: Vec<TrackRequest>,
    ) -> Vec<Result<Outcome, Error>> {
        let mut batch = Batch::new(requests);
        for group in groups(&batch) {
            let unknown = self.find(&mut batch, &group).await;
            self.register_unknown(&mut batch, &group, unknown).await;
        }
        batch.finish(self).await
    }

    /// Reads what the account has of a group, and returns the places of what it does not have.
    async fn find(&self, batch: &mut Batch, group: &Group) -> Vec<usize> {
        let requests: Vec<(usize, TrackRequest)> = group.requests(batch);
        let targets = requests.iter().map(|(_, request)| &request.target);
        let found = self.find_targets(group, targets.collect()).await;
        let mut unknown = Vec::new();
        for (place, request) in &requests {
            let found = match &found {
                Ok(found) => found.of(&request.target, request.hints.courier.as_deref()),
                Err(error) => Err(Some(error.clone())),
            };
            match found {
                Ok(found) if found.is_empty() => unknown.push(*place),
                Ok(found) => batch.settle(*place, Ok(Outcome::Found(shipments(found)))),
                Err(Some(error)) => batch.settle(*place, Err(error)),
                // The lookup of it alone shows what is wrong.
                Err(None) => {}
            }
        }
        unknown
    }

    pub(crate) async fn find_targets(
        &self,
        group: &Group,
        targets: Vec<&Target>,
    ) -> Result<Found, Error> {
        let mut query = group.filter(&targets)?;
        query.limit = Some(MOST_ITEMS);
        let read = self.page(&query).await?;
        let is_whole =
            read.list.problems.is_empty() && read.end.next_page(1, query.limit).is_none();
        let trackings = read.list.elements.into_iter();
        let stored: Vec<Stored> = trackings.map(|tracking| self.store_one(tracking)).collect();
        let is_meant = |stored: &Stored| targets.iter().any(|target| stored.is_meant(target));
        Ok(Found {
            is_conclusive: is_whole && stored.iter().all(is_meant),
            stored,
        })
    }

    /// Registers what is not registered, where the request says so: by one call where it names the courier, and else
    /// each number by a detection of its own.
    async fn register_unknown(&self, batch: &mut Batch, group: &Group, unknown: Vec<usize>) {
        let mut items: Vec<BatchCreateTracking> = Vec::new();
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut without_courier: Vec<(TrackRequest, Vec<usize>)> = Vec::new();
        for (place, request) in group.requests(batch) {
            if !unknown.contains(&place) {
                continue;
            }
            if !request.register || group.by != By::Number {
                batch.settle(place, Ok(Outcome::NotRegistered));
                continue;
            }
            let Some(courier) = &request.hints.courier else {
                let same = |(known, _): &&mut (TrackRequest, _)| is_same_request(known, &request);
                match without_courier.iter_mut().find(same) {
                    Some((_, places)) => places.push(place),
                    None => without_courier.push((request, vec![place])),
                }
                continue;
            };
            let item = to_create_in_batch(&Registration::of(&request), courier, &group.language);
            // Each is registered once, since that uses quota.
            let index = items.iter().position(|it| is_same_item(it, &item));
            let index = index.unwrap_or(items.len());
            if index == items.len() {
                items.push(item);
            }
            places.push((place, index));
        }
        if places.len() > 1 {
            self.register_items(batch, group, &items, &places).await;
        }
        self.detect_and_register(batch, &without_courier).await;
    }

    /// Finds the courier of each number and registers it there, a few at once. The list has said that the account
    /// has none of them, so it is not read again for each. After an error that would hit the others too nothing is
    /// sent for the rest.
    async fn detect_and_register(
        &self,
        batch: &mut Batch,
        requests: &[(TrackRequest, Vec<usize>)],
    ) {
        let tries = requests.iter().map(|(request, _)| {
            self.try_candidates(Try::Register, request.target.as_str(), request)
        });
        let results = read_parts(tries.collect(), ProviderSet::DEFAULT_CONCURRENCY).await;
        for ((_, places), result) in requests.iter().zip(results) {
            for place in places {
                batch.settle(*place, result.clone());
            }
        }
    }

    /// Registers items, then reads all of them once: TrackingMore may know them already from others.
    async fn register_items(
        &self,
        batch: &mut Batch,
        group: &Group,
        items: &[BatchCreateTracking],
        places: &[(usize, usize)],
    ) {
        let (data, body, unread) = match self.batch_create_trackings(items).await {
            Ok(response) => {
                let (data, response) = response.into_parts();
                let is_whole = response.problems().is_empty();
                let body = is_whole.then(|| RawJson::from_response(response.body()));
                (data, body, None)
            }
            // It succeeded and used quota, so they are registered, whatever else the response holds.
            Err(error) if error.is_decode() => (BatchCreateData::default(), None, Some(error)),
            Err(error) => {
                let result = outcome_of(error);
                for (place, _) in places {
                    batch.settle(*place, result.clone());
                }
                return;
            }
        };
        let created: Vec<BatchItem<'_>> = data.items(items).map(|(_, item)| item).collect();
        let is_there = |index: &usize| !matches!(created.get(*index), Some(BatchItem::Failed(_)));
        let numbers = items
            .iter()
            .enumerate()
            .filter(|(index, _)| is_there(index));
        let targets: Vec<Target> = numbers
            .map(|(_, item)| Target::Number(item.tracking_number.clone()))
            .collect();
        let found = match targets.as_slice() {
            [] => Ok(Found::default()),
            targets => self.find_targets(group, targets.iter().collect()).await,
        };
        for (place, index) in places {
            let (Some(sent), Some(item)) = (items.get(*index), created.get(*index)) else {
                continue;
            };
            if let BatchItem::Failed(refused) = item {
                batch.settle(*place, refusal(refused));
                continue;
            }
            let courier = match item {
                // TrackingMore corrects a wrong carrier by itself.
                BatchItem::Created(created) => reported(created.carrier_code.clone()),
                _ => None,
            };
            let courier = courier.as_deref().unwrap_or(&sent.carrier_code);
            let target = Target::Number(sent.tracking_number.clone());
            let found = match &found {
                Ok(found) => found.of(&target, Some(courier)),
                Err(error) => Err(Some(error.clone())),
            };
            let result = match (found, item) {
                (Ok(found), _) if !found.is_empty() => Ok(Outcome::Found(shipments(found))),
                // The registration succeeded and used quota, so it is reported whatever comes after it.
                (found, BatchItem::Created(tracking)) => {
                    let mut pending = self.pending(tracking, &data, body.as_ref());
                    if pending.number.is_empty() {
                        pending.number.clone_from(&sent.tracking_number);
                    }
                    if let Err(error) = found {
                        let error = error.unwrap_or_else(unsettled);
                        let problem = Problem::of_failed_request("results", &error);
                        pending.problems.push(problem);
                    }
                    Ok(Outcome::Found(vec![pending]))
                }
                (Ok(_), BatchItem::Existing(_)) => Ok(Outcome::not_yet(None)),
                (Err(Some(error)), BatchItem::Existing(_)) => Err(error),
                // It may be registered: a repeated lookup finds it.
                _ => Err(unread.clone().map_or_else(unsettled, Error::from)),
            };
            batch.settle(*place, result);
        }
    }

    /// A shipment that was just registered, of which nothing is known yet.
    fn pending(
        &self,
        tracking: &CreatedTracking,
        data: &BatchCreateData,
        body: Option<&RawJson>,
    ) -> Shipment {
        let mut trackings = data.trackings.iter();
        let position = trackings.position(|it| std::ptr::eq(it, tracking));
        let raw = position.zip(body).and_then(|(position, body)| {
            let all = raw_elements(body.get(), &["data", "trackings"])?;
            Some(body.part(all.get(position)?))
        });
        let raw = raw.unwrap_or_default();
        created(tracking.clone(), raw, UtcTime::now(), &self.unmapped)
    }
}

/// By what requests name their shipments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Number,
    Reference,
}

/// Requests that one list reads.
#[derive(Debug)]
pub(crate) struct Group {
    by: By,
    language: Option<String>,
    places: Vec<usize>,
}

impl Group {
    /// A list of numbers, in the language of the account.
    pub(crate) const fn of_numbers() -> Self {
        Self {
            by: By::Number,
            language: None,
            places: Vec::new(),
        }
    }

    /// The requests of the group that have no result yet, with their places.
    fn requests(&self, batch: &Batch) -> Vec<(usize, TrackRequest)> {
        let open = batch
            .open()
            .filter(|(place, _)| self.places.contains(place));
        open.map(|(place, request)| (place, request.clone()))
            .collect()
    }

    /// The list of these shipments.
    fn filter(&self, targets: &[&Target]) -> Result<ListTrackingsQuery, tracking_http::Error> {
        let mut values: Vec<&str> = targets.iter().map(|target| target.as_str()).collect();
        values.sort_unstable();
        values.dedup();
        let query = ListTrackingsQuery::new();
        let mut query = match self.by {
            By::Number => query.tracking_numbers(values)?,
            By::Reference => query.order_numbers(values)?,
        };
        query.lang.clone_from(&self.language);
        query.check()?;
        Ok(query)
    }
}

/// Requests that go into one list. One alone is none: its own lookup is as cheap.
fn groups(batch: &Batch) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, request) in batch.open() {
        let Some(mut own) = group_of(request) else {
            continue;
        };
        let same = |group: &&mut Group| group.by == own.by && group.language == own.language;
        match groups.iter_mut().find(same) {
            Some(group) => group.places.push(place),
            None => {
                own.places.push(place);
                groups.push(own);
            }
        }
    }
    groups.retain(|group| group.places.len() > 1);
    groups
}

/// The group of a request that can be one of several; none for what cannot be sent, whose own lookup says
/// what is wrong.
fn group_of(request: &TrackRequest) -> Option<Group> {
    let by = match &request.target {
        _ if request.realtime => return None,
        Target::Number(number) => {
            if let Some(courier) = &request.hints.courier {
                check_key(courier, number).ok()?;
            }
            By::Number
        }
        Target::Reference(_) => By::Reference,
        _ => return None,
    };
    // Observed: the official PHP SDK sends it in lower case.
    let language = request.language.as_deref().map(str::to_ascii_lowercase);
    if request.register && by == By::Number {
        let registration = Registration::of(request);
        check_fields(&registration, language.clone()).ok()?;
        let courier = registration.hints.courier.as_deref().unwrap_or("any");
        let item = to_create_in_batch(&registration, courier, &language);
        batch::check(&item).ok()?;
    }
    let group = Group {
        by,
        language,
        places: Vec::new(),
    };
    group.filter(&[&request.target]).ok()?;
    Some(group)
}

fn is_same_request(left: &TrackRequest, right: &TrackRequest) -> bool {
    left.hints == right.hints
        && left.language == right.language
        && is_same_number(left.target.as_str(), right.target.as_str())
}

pub(crate) fn is_same_item(left: &BatchCreateTracking, right: &BatchCreateTracking) -> bool {
    left.carrier_code.eq_ignore_ascii_case(&right.carrier_code)
        && number_key(&left.tracking_number) == number_key(&right.tracking_number)
}

/// What a list has of the requests of a group.
#[derive(Debug, Default)]
pub(crate) struct Found {
    stored: Vec<Stored>,
    /// False if the list holds something else, or something that cannot be read, or was cut: then a shipment
    /// that is not in it may be in the account all the same, and must not be registered.
    is_conclusive: bool,
}

impl Found {
    /// What was found of one request; an empty list when the account has nothing, and an error without a reason
    /// when the list does not say.
    pub(crate) fn of(
        &self,
        target: &Target,
        courier: Option<&str>,
    ) -> Result<Vec<Stored>, Option<Error>> {
        let is_at = |stored: &&Stored| match (courier, stored.carrier.as_deref()) {
            (Some(courier), Some(own)) => own.eq_ignore_ascii_case(courier),
            _ => true,
        };
        let meant = self.stored.iter().filter(|stored| stored.is_meant(target));
        let found: Vec<Stored> = meant.filter(is_at).cloned().collect();
        if found.is_empty() && !self.is_conclusive {
            return Err(None);
        }
        Ok(found)
    }
}

/// What a refused item of a batch means for its lookup.
fn refusal(refused: &BatchError) -> Result<Outcome, Error> {
    let outcome = outcome_of_code(refused.reason(), refused.message.as_deref());
    outcome.ok_or_else(|| not_registered(refused))
}

/// The error of an item that was refused. Its message may repeat what was sent, so only the code is shown.
pub(crate) fn not_registered(refused: &BatchError) -> Error {
    let code = refused.reason();
    let kind = code.map_or(ErrorKind::InvalidRequest, Code::kind_or_assumed);
    let code = code.map_or(0, Code::number);
    let message = format!("TrackingMore did not register the number: code {code}");
    Error::new(kind, PROVIDER, message)
}

/// The error of a request of which the responses say nothing.
fn unsettled() -> Error {
    let message = "the response does not say what became of this number; look it up again";
    Error::new(ErrorKind::Decode, PROVIDER, message)
}
