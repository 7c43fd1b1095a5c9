//! The sandbox with its parcels and their faults, and what there is to report of them.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use fastrand::Rng;
use futures_util::{StreamExt as _, stream};
use ship24_sdk::operations::ALL as SHIP24;
use tracking_core::{Shipment, TrackRequest};
use tracking_follow::{NewParcel, ParcelId, Store};
use tracking_sandbox::{Fault, SampleJourney, Sandbox};

use super::size::Size;
use crate::journeys::source::{Source, carrier};
use crate::journeys::truth::Truth;

/// The hours of the clock at which all parcels are looked at: before anything happens, around what is edited and
/// withdrawn, and after everything. What is withdrawn must be gone in two responses before it counts as gone.
pub(super) const STAGES: [u64; 6] = [0, 30, 36, 40, 60, 210];

/// The providers, and how many of 20 parcels they have. Ship24, GCL and exporto are asked for each parcel alone,
/// TrackingMore and 1concepts for many at once.
const PROVIDERS: [(&str, usize); 5] = [
    ("ship24", 6),
    ("trackingmore", 6),
    ("gcl", 5),
    ("exporto", 2),
    ("oneconcepts", 1),
];

/// Longer than all stages: each of them would end a token.
const FOR_EVER: u32 = 30 * 24 * 3600;

/// Faults that leave nothing to read, or all of it: with them, what has to be reported does not depend on what is drawn.
/// Responses that can be read in part are in the test of the journeys.
const FAULTS: [Fault; 12] = [
    Fault::Reset,
    Fault::LostResponse,
    Fault::HtmlError(502),
    Fault::Truncate,
    Fault::JsonError(500),
    Fault::MalformedJson,
    Fault::NumberAsString,
    Fault::EmptyError(504),
    Fault::EmptyBody,
    Fault::UnknownField,
    Fault::WrongContentType,
    Fault::Delay(Duration::from_millis(300)),
];

/// After how many faults all clients are asked to wait for a second, or one waits in vain.
const RARE: usize = 100;

/// The most faults that are prepared at once.
const PREPARED: u32 = 1000;

/// A provider and a journey: what all parcels with both have in common.
pub(super) type Case = (&'static str, SampleJourney);

/// What there is to report of a parcel.
pub(super) struct Expected {
    /// What is known of it before anything happens.
    pub(super) first: Option<Shipment>,
    pub(super) truth: Truth,
}

pub(super) struct Stage {
    pub(super) sandbox: Sandbox,
    begin: SystemTime,
    /// The case of each parcel.
    cases: Vec<Case>,
    pub(super) expected: BTreeMap<(&'static str, &'static str), Expected>,
    faults: usize,
    rng: std::sync::Mutex<(Rng, usize)>,
}

fn journeys() -> impl Iterator<Item = SampleJourney> + Clone {
    // Nothing happens for months before a number is reused.
    let all = SampleJourney::ALL.into_iter();
    all.filter(|it| *it != SampleJourney::NumberReuse)
}

pub(super) fn number(place: usize) -> String {
    format!("SCALE-{place:07}")
}

impl Stage {
    pub(super) async fn build(size: &Size) -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        limit(&sandbox, size.rate);
        let exporto = sandbox.exporto();
        exporto.configure(|settings| settings.token_lifetime_seconds = FOR_EVER);
        let oneconcepts = sandbox.oneconcepts();
        oneconcepts.configure(|settings| settings.token_lifetime_seconds = FOR_EVER);
        let providers = PROVIDERS.iter();
        let providers = providers.flat_map(|(name, share)| std::iter::repeat_n(*name, *share));
        let each = providers.cycle().zip(journeys().cycle());
        let cases: Vec<Case> = each.take(size.parcels).collect();
        for (place, (_, journey)) in cases.iter().enumerate() {
            sandbox.play(*journey, &number(place)).unwrap();
        }
        let mut expected = BTreeMap::new();
        for (provider, _) in PROVIDERS {
            for journey in journeys() {
                let of_case = Expected::of(provider, journey).await;
                expected.insert((provider, journey.name()), of_case);
            }
        }
        Self {
            begin: sandbox.clock().now(),
            sandbox,
            cases,
            expected,
            faults: size.faults,
            rng: std::sync::Mutex::new((Rng::with_seed(size.seed), 0)),
        }
    }

    pub(super) fn case(&self, place: usize) -> Case {
        self.cases[place]
    }

    pub(super) fn expected(&self, place: usize) -> &Expected {
        let (provider, journey) = self.cases[place];
        &self.expected[&(provider, journey.name())]
    }

    /// Follows all parcels, and returns their ids.
    pub(super) async fn follow_all(&self, store: &Store) -> Vec<ParcelId> {
        let mut ids = Vec::with_capacity(self.cases.len());
        let places: Vec<usize> = (0..self.cases.len()).collect();
        for chunk in places.chunks(5000) {
            let parcels = chunk.iter().map(|place| self.parcel(*place)).collect();
            let added = store.add_all(parcels).await.unwrap();
            ids.extend(added.iter().map(|it| it.id));
        }
        ids
    }

    fn parcel(&self, place: usize) -> NewParcel {
        let (provider, journey) = self.cases[place];
        let number = number(place);
        let request = match provider {
            "trackingmore" => TrackRequest::number(number).with_courier(carrier(journey)),
            // Its search knows a shipment by the number of the last courier.
            "exporto" => TrackRequest::number(journey.numbers(number).pop().unwrap()),
            "oneconcepts" => TrackRequest::reference(number),
            _ => TrackRequest::number(number),
        };
        NewParcel::new(provider, request.with_register(true))
    }

    pub(super) fn go_to(&self, hours: u64) {
        let time = self.begin + Duration::from_secs(hours * 3600);
        let clock = self.sandbox.clock();
        // Forward only: then the limits begin anew, as they do with real time.
        clock.advance(time.duration_since(clock.now()).unwrap());
    }

    /// Makes all parcels due.
    pub(super) async fn wake_all(&self, store: &Store, ids: &[ParcelId]) {
        let woken = stream::iter(ids).map(|id| store.look_now(*id));
        let woken = woken.buffer_unordered(4);
        woken.for_each(|it| async { assert!(it.unwrap()) }).await;
    }

    /// Prepares faults for the next requests.
    pub(super) fn prepare_faults(&self) {
        let queue = self.sandbox.faults();
        let mut lot = self.rng.lock().unwrap();
        let (rng, count) = &mut *lot;
        while self.faults > 0 && queue.waiting() < PREPARED {
            *count += 1;
            let fault = match *count % RARE {
                0 => Fault::SlowDown("1".to_owned()),
                50 => Fault::Hang,
                other => FAULTS[other % FAULTS.len()].clone(),
            };
            let mean = 1000 / self.faults - 1;
            let between = u32::try_from(rng.usize(0..=mean * 2)).unwrap();
            queue
                .times(between, Fault::Delay(Duration::ZERO))
                .next(fault);
        }
    }

    /// How many requests there were.
    pub(super) fn requests(&self) -> u64 {
        let traffic = self.sandbox.traffic().into_iter();
        let totals = traffic.filter(|it| it.operation.is_none());
        totals.map(|it| it.requests).sum()
    }

    /// At least as many requests as all stages take.
    pub(super) fn fewest_requests(&self) -> u64 {
        let is_single = |it: &&Case| ["ship24", "gcl", "exporto"].contains(&it.0);
        let single = self.cases.iter().filter(is_single).count();
        u64::try_from(single * STAGES.len()).unwrap()
    }

    /// Asserts that no second had more requests than the limits allow.
    pub(super) fn assert_limits(&self, size: &Size) {
        let most = usize::try_from(size.rate).unwrap();
        for traffic in self.sandbox.traffic() {
            // Ship24 limits each operation, TrackingMore and GCL the account, the others nothing.
            let is_limit = match traffic.provider {
                "ship24" => traffic.operation.is_some(),
                "trackingmore" | "gcl" => traffic.operation.is_none(),
                _ => false,
            };
            let is_kept = !is_limit || traffic.busiest_second <= most;
            assert!(is_kept, "{traffic:?}, not {most} in a second");
        }
    }

    pub(super) fn shown(&self) -> String {
        let traffic = self.sandbox.traffic().into_iter();
        let shown = traffic.map(|it| {
            let operation = it.operation.unwrap_or("all");
            let (provider, requests, most) = (it.provider, it.requests, it.busiest_second);
            format!("\n  {provider} {operation}: {requests} requests, at most {most} in a second")
        });
        shown.collect()
    }
}

/// Gives every limit the same rate.
fn limit(sandbox: &Sandbox, rate: u32) {
    let ship24 = sandbox.ship24();
    ship24.configure(|settings| {
        for operation in SHIP24 {
            settings.per_second.set(operation.id, rate).unwrap();
        }
    });
    let trackingmore = sandbox.trackingmore();
    trackingmore.configure(|settings| {
        settings.per_second = rate;
        settings.realtime_per_second = rate;
    });
    let gcl = sandbox.gcl();
    gcl.configure(|settings| settings.per_second = rate);
}

impl Expected {
    /// What responses without a fault show at each stage, each read alone.
    async fn of(provider: &'static str, journey: SampleJourney) -> Self {
        let source = Source::open(provider).await;
        source
            .sandbox
            .play(journey, crate::journeys::source::NUMBER)
            .unwrap();
        let mut expected = Self {
            first: None,
            truth: Truth::default(),
        };
        let mut now = 0;
        for time in STAGES {
            let hours = Duration::from_secs((time - now) * 3600);
            source.sandbox.clock().advance(hours);
            now = time;
            for shipment in source.poll(journey).await {
                expected.truth.see(&shipment);
                if now == 0 {
                    expected.first = Some(shipment);
                }
            }
        }
        expected
    }
}
