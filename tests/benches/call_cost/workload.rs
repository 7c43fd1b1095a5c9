//! What is measured: the same work by hand and with the SDK.

use std::hint::black_box;
use std::time::Duration;

use anyhow::Result;
use bytes::Bytes;
use ship24_sdk::tracking_core::UtcTime;
use ship24_sdk::tracking_core::kit::UnmappedCounter;
use ship24_sdk::{Client, ConfigureClient as _, TrackingResultsResponse, shipments_from_body};
use tokio::runtime::{self, Runtime};

use crate::{by_hand, response};

const API_KEY: &str = "apik_0123456789abcdef0123456789abcdef";
const TRACKER_ID: &str = "26148317-7502-4a3c-84a9-546d240ac0de";

/// The rate class of the operation that is called.
const RATE_CLASS: &str = "get-tracking-results-of-tracker-by-trackerId";

/// One kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workload {
    CallByHand,
    CallWithSdk,
    DecodeByHand,
    DecodeWithSdk,
    /// Decoding and mapping to the unified model, as the adapter does it.
    DecodeAndMap,
}

/// Two workloads whose cost is compared.
pub(crate) struct Comparison {
    pub(crate) title: &'static str,
    pub(crate) yardstick: Workload,
    pub(crate) measured: Workload,
    pub(crate) budget: f64,
}

pub(crate) const COMPARISONS: [Comparison; 3] = [
    Comparison {
        title: "call, SDK against by hand",
        yardstick: Workload::CallByHand,
        measured: Workload::CallWithSdk,
        budget: 1.05,
    },
    Comparison {
        title: "decode, SDK's types against by hand",
        yardstick: Workload::DecodeByHand,
        measured: Workload::DecodeWithSdk,
        budget: 1.05,
    },
    Comparison {
        title: "decode and unified model against decode",
        yardstick: Workload::DecodeWithSdk,
        measured: Workload::DecodeAndMap,
        budget: 1.5,
    },
];

impl Workload {
    const ALL: [Self; 5] = [
        Self::CallByHand,
        Self::CallWithSdk,
        Self::DecodeByHand,
        Self::DecodeWithSdk,
        Self::DecodeAndMap,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::CallByHand => "call-by-hand",
            Self::CallWithSdk => "call-with-sdk",
            Self::DecodeByHand => "decode-by-hand",
            Self::DecodeWithSdk => "decode-with-sdk",
            Self::DecodeAndMap => "decode-and-map",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|workload| workload.name() == name)
    }
}

/// Runs workloads on one thread, with clients that are made once.
pub(crate) struct Runner {
    runtime: Runtime,
    by_hand: by_hand::Client,
    sdk: Client,
    body: Bytes,
    unmapped: UnmappedCounter,
}

impl Runner {
    pub(crate) fn new(base_url: &str) -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        // The defaults, except that the limit is out of reach; the limiter itself is at work.
        let sdk = Client::builder(API_KEY)
            .with_base_url(base_url)
            .with_rate_limit(RATE_CLASS, 1_000_000_000, Duration::from_secs(1))
            .build()?;
        Ok(Self {
            runtime,
            by_hand: by_hand::Client::new(base_url, API_KEY),
            sdk,
            body: Bytes::from(response::results()),
            unmapped: UnmappedCounter::new(),
        })
    }

    /// Does the work this many times, one after the other.
    pub(crate) fn run(&self, workload: Workload, times: u32) -> Result<()> {
        match workload {
            Workload::CallByHand => self.runtime.block_on(async {
                for _ in 0..times {
                    black_box(self.by_hand.results(black_box(TRACKER_ID)).await?);
                }
                Ok(())
            }),
            Workload::CallWithSdk => self.runtime.block_on(async {
                for _ in 0..times {
                    black_box(
                        self.sdk
                            .get_tracking_results_of_tracker_by_tracker_id(black_box(TRACKER_ID))
                            .await?,
                    );
                }
                Ok(())
            }),
            Workload::DecodeByHand => {
                for _ in 0..times {
                    let body = black_box(&self.body);
                    black_box(serde_json::from_slice::<by_hand::TrackingResults>(body)?);
                }
                Ok(())
            }
            Workload::DecodeWithSdk => {
                for _ in 0..times {
                    let body = black_box(&self.body);
                    black_box(ship24_sdk::tracking_http::decode::<TrackingResultsResponse>(body)?);
                }
                Ok(())
            }
            Workload::DecodeAndMap => {
                for _ in 0..times {
                    let body = black_box(&self.body);
                    black_box(shipments_from_body(body, UtcTime::now(), &self.unmapped)?);
                }
                Ok(())
            }
        }
    }
}
