//! An account at each provider of the sandbox, and a parcel that it finds with one request.

use std::sync::Arc;
use std::time::Duration;

use tracking_core::{Provider, TrackRequest};
use tracking_http::{ConfigureClient, Operation, RetryPolicy};
use tracking_sandbox::Sandbox;

use crate::RATE;
use crate::faulty::Faulty;

/// A parcel, and who is asked for it.
#[derive(Debug)]
pub(crate) struct Soaked {
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) transport: Arc<Faulty>,
    pub(crate) request: TrackRequest,
}

/// Prepares all providers. What they count themselves is left out: the requests reach them late on a busy machine.
pub(crate) async fn prepare(sandbox: &Sandbox) -> Vec<Soaked> {
    sandbox
        .ship24()
        .configure(|settings| settings.rate_limits = false);
    sandbox
        .gcl()
        .configure(|settings| settings.rate_limits = false);
    sandbox
        .trackingmore()
        .configure(|settings| settings.rate_limits = false);
    let number = Sandbox::DEMO_NUMBERS[1];

    let account = sandbox.exporto();
    let (builder, transport) = ready(
        exporto_sdk::Client::builder(account.username(), account.password())
            .with_base_url(sandbox.base_url("exporto")),
        exporto_sdk::operations::ALL,
    );
    let id = account.ids(number).unwrap().shipment_id;
    let exporto = Soaked {
        provider: Arc::new(builder.build().unwrap()),
        transport,
        request: TrackRequest::id(id),
    };

    let (builder, transport) = ready(
        gcl_sdk::Client::builder(sandbox.gcl().api_key()).with_base_url(sandbox.base_url("gcl")),
        gcl_sdk::operations::ALL,
    );
    let gcl = Soaked {
        provider: Arc::new(builder.build().unwrap()),
        transport,
        request: TrackRequest::number(number),
    };

    let account = sandbox.oneconcepts();
    let (builder, transport) = ready(
        oneconcepts_sdk::Client::builder(account.email(), account.password())
            .with_base_url(sandbox.base_url("oneconcepts")),
        oneconcepts_sdk::operations::ALL,
    );
    let oneconcepts = Soaked {
        provider: Arc::new(builder.build().unwrap()),
        transport,
        request: TrackRequest::reference("SHOP::1001"),
    };

    let (builder, transport) = ready(
        ship24_sdk::Client::builder(sandbox.ship24().api_key())
            .with_base_url(sandbox.base_url("ship24")),
        ship24_sdk::operations::ALL,
    );
    let ship24 = Soaked {
        provider: Arc::new(builder.build().unwrap()),
        transport,
        request: TrackRequest::number(number),
    };

    let (builder, transport) = ready(
        trackingmore_sdk::Client::builder(sandbox.trackingmore().api_key())
            .with_base_url(sandbox.base_url("trackingmore")),
        trackingmore_sdk::operations::ALL,
    );
    let trackingmore = Soaked {
        provider: Arc::new(builder.build().unwrap()),
        transport,
        request: TrackRequest::number(number),
    };

    let all = vec![exporto, gcl, oneconcepts, ship24, trackingmore];
    for parcel in &all {
        // A number that is new is registered first.
        let first = parcel.request.clone().with_register(true);
        parcel.provider.track(first).await.unwrap();
        parcel.provider.track(parcel.request.clone()).await.unwrap();
    }
    all
}

/// The default attempts with short pauses, the rate of this test in place of the documented ones.
fn ready<B: ConfigureClient>(builder: B, operations: &[&Operation]) -> (B, Arc<Faulty>) {
    let transport = Faulty::new();
    let retry = RetryPolicy::default()
        .with_min_delay(Duration::from_millis(1))
        .with_max_delay(Duration::from_millis(4));
    let mut builder = builder
        .with_transport(Arc::clone(&transport))
        .with_retry(retry);
    for operation in operations {
        builder = builder.with_rate_limit(operation.rate.name, RATE, Duration::from_secs(1));
    }
    (builder, transport)
}
