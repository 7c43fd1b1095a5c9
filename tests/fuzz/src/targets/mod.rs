//! The targets.

mod addresses;
mod arriving;
mod inputs;
mod json;
mod masking;
mod merges;
mod messages;
mod numbers;
mod responses;
mod runtime;
mod shipments;
mod stored;
mod times;
mod tokens;
mod types;
mod waits;
mod webhooks;

use crate::bound::Bound;
use crate::sdks::{Exporto, Gcl, OneConcepts, Ship24, TrackingMore};
use crate::target::Target;

/// A response may have elements of two bytes that are a few hundred in memory, and is read up to four times: as what
/// it should be, in parts, for what is not modelled, and for an error.
const RESPONSE: Bound = Bound::of(400, 4_000);
/// MessagePack and CBOR announce the lengths of lists, for which `serde` reserves up to a mebibyte each, as many inside of
/// each other as a reader allows.
const STORED: Bound = RESPONSE.and(40 << 20);
/// What does not grow when it is read.
const PLAIN: Bound = Bound::of(64, 1_000);

/// Every target.
#[must_use]
pub fn all() -> Vec<Target> {
    let of = Target::new;
    vec![
        of(
            "exporto_responses",
            responses::check::<Exporto>,
            responses::seeds::<Exporto>,
            RESPONSE,
        ),
        of(
            "gcl_responses",
            responses::check::<Gcl>,
            responses::seeds::<Gcl>,
            RESPONSE,
        ),
        of(
            "oneconcepts_responses",
            responses::check::<OneConcepts>,
            responses::seeds::<OneConcepts>,
            RESPONSE,
        ),
        of(
            "ship24_responses",
            responses::check::<Ship24>,
            responses::seeds::<Ship24>,
            RESPONSE,
        ),
        of(
            "trackingmore_responses",
            responses::check::<TrackingMore>,
            responses::seeds::<TrackingMore>,
            RESPONSE,
        ),
        of(
            "exporto_tokens",
            tokens::check::<Exporto>,
            tokens::seeds::<Exporto>,
            RESPONSE,
        ),
        of(
            "oneconcepts_tokens",
            tokens::check::<OneConcepts>,
            tokens::seeds::<OneConcepts>,
            RESPONSE,
        ),
        of(
            "exporto_types",
            types::exporto,
            types::seeds::<Exporto>,
            RESPONSE,
        ),
        of("gcl_types", types::gcl, types::seeds::<Gcl>, RESPONSE),
        of(
            "oneconcepts_types",
            types::oneconcepts,
            types::seeds::<OneConcepts>,
            RESPONSE,
        ),
        of(
            "ship24_types",
            types::ship24,
            types::seeds::<Ship24>,
            RESPONSE,
        ),
        of(
            "trackingmore_types",
            types::trackingmore,
            types::seeds::<TrackingMore>,
            RESPONSE,
        ),
        of(
            "exporto_shipments",
            shipments::exporto,
            shipments::seeds::<Exporto>,
            RESPONSE,
        ),
        of(
            "gcl_shipments",
            shipments::gcl,
            shipments::seeds::<Gcl>,
            RESPONSE,
        ),
        of(
            "oneconcepts_shipments",
            shipments::oneconcepts,
            shipments::seeds::<OneConcepts>,
            RESPONSE,
        ),
        of(
            "ship24_shipments",
            shipments::ship24,
            shipments::seeds::<Ship24>,
            RESPONSE,
        ),
        of(
            "trackingmore_shipments",
            shipments::trackingmore,
            shipments::seeds::<TrackingMore>,
            RESPONSE,
        ),
        of("merges", merges::check, merges::seeds, RESPONSE),
        of("messages", messages::check, messages::seeds, RESPONSE),
        of("stored", stored::check, stored::seeds, STORED),
        of("gcl_webhooks", webhooks::gcl, webhooks::gcl_seeds, RESPONSE),
        of(
            "ship24_webhooks",
            webhooks::ship24,
            webhooks::ship24_seeds,
            RESPONSE,
        ),
        of(
            "trackingmore_webhooks",
            webhooks::trackingmore,
            webhooks::trackingmore_seeds,
            RESPONSE,
        ),
        of("times", times::check, times::seeds, PLAIN),
        of("numbers", numbers::check, numbers::seeds, PLAIN),
        of("waits", waits::check, waits::seeds, PLAIN),
        of("addresses", addresses::check, addresses::seeds, PLAIN),
        of("masking", masking::check, masking::seeds, PLAIN),
        of("json", json::check, json::seeds, PLAIN),
        of("inputs", inputs::check, inputs::seeds, RESPONSE),
    ]
}
