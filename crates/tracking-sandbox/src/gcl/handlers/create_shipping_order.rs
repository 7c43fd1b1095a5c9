//! `POST /v1/shipping-orders`: a label for each package, and a parcel that can be tracked.

use serde_json::Value;

use crate::gcl::bodies::order::{Label, MethodBody, OrderBody, PackageBody};
use crate::gcl::carriers::{METHODS, Method, tracking_url};
use crate::gcl::errors::Refusal;
use crate::gcl::order_journey;
use crate::gcl::orders::{Order, Package};
use crate::gcl::provider::GclProvider;
use crate::gcl::requests::input::{self, Field};
use crate::gcl::requests::order::{self, MethodChoice, OrderRequest};
use crate::gcl::state::State;
use crate::server::{Call, Reply};
use crate::snapshot::Snapshot;

pub(crate) fn create(provider: &GclProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let body = input::body(call)?;
    let created = {
        let mut state = provider.state();
        let created_status = state.settings.assumptions.created_status;
        state
            .create(&body, &snapshot)
            .map(|order| Reply::json(created_status, &order))
            .inspect_err(|refusal| {
                let reference = order::reference_of(&body);
                state.announce_failed_order(reference, refusal, &snapshot);
            })
    };
    // New parcels concern every provider.
    snapshot.core.clock.ring();
    created
}

impl State {
    fn create(&mut self, body: &Value, snapshot: &Snapshot<'_>) -> Result<OrderBody, Refusal> {
        let assumptions = &self.settings.assumptions;
        let root = Field::root(body, assumptions.require_every_key);
        let request = OrderRequest::parse(&root)?;
        let method = choose(&MethodChoice::parse(&root)?, &request)?;
        if assumptions.refuse_repeated_order && self.orders.has_reference(request.reference) {
            return Err(Refusal::repeated(request.reference));
        }
        let with_label = !assumptions.documented_order_keys_only;
        let serial = self.orders.all().len() as u64;
        let order_id = snapshot.core.identities.uuid_like("gcl-order", "", serial);
        let mut numbers = Vec::with_capacity(request.packages.len());
        let mut packages = Vec::with_capacity(request.packages.len());
        for package in &request.packages {
            let number = self.new_number(snapshot);
            let parcel = order_journey::parcel(&request, method, &number);
            snapshot
                .core
                .world
                .add(parcel, &snapshot.core.clock)
                .map_err(|error| Refusal::invalid(error.to_string()))?;
            self.orders.add_package(
                &number,
                Package {
                    order_reference_id: request.reference.to_owned(),
                    grams: package.grams,
                    method,
                },
            );
            packages.push(PackageBody {
                package_reference_id: package.reference.to_owned(),
                label: with_label.then(|| Label {
                    tracking_number: number.clone(),
                    tracking_url: tracking_url(&method.courier(), &number),
                    label_url: format!("https://labels.sandbox.example/{order_id}/{number}.pdf"),
                }),
            });
            numbers.push(number);
        }
        self.announce_order(&numbers, snapshot);
        self.orders.add(Order {
            order_id: order_id.clone(),
            order_reference_id: request.reference.to_owned(),
            tracking_numbers: numbers,
        });
        Ok(OrderBody {
            order_id,
            order_reference_id: request.reference.to_owned(),
            shipping_method: MethodBody {
                carrier: method.carrier_name,
                uid: method.uid,
            },
            packages,
        })
    }

    /// A number that no parcel has.
    fn new_number(&self, snapshot: &Snapshot<'_>) -> String {
        let serial = self.orders.packages() as u64;
        let digits = snapshot.core.identities.hex("gcl-package", serial);
        let digits = digits.get(..14).unwrap_or(&digits).to_ascii_uppercase();
        format!("GC{digits}{serial:02}")
    }
}

/// The shipping method of an order: the named one, or the cheapest of the tier.
fn choose(
    choice: &MethodChoice<'_>,
    request: &OrderRequest<'_>,
) -> Result<&'static Method, Refusal> {
    if !choice.uid.is_empty() {
        // Whether a request names the carrier or its uid is not documented, so both are accepted.
        let matches = |method: &&Method| {
            method.uid == choice.uid
                && (choice.carrier.is_empty()
                    || method.carrier_uid == choice.carrier
                    || method.carrier_name == choice.carrier)
        };
        return METHODS.iter().find(matches).ok_or_else(|| {
            Refusal::no_method(format!(
                "The account has no shipping method {} of this carrier.",
                choice.uid
            ))
        });
    }
    if !choice.carrier.is_empty() {
        return Err(Refusal::invalid(
            "shippingMethod.carrier needs shippingMethod.uid.",
        ));
    }
    let express = match choice.tier {
        "standard" => false,
        "express" => true,
        "" => {
            return Err(Refusal::invalid(
                "shippingMethod must have a tier, or a uid.",
            ));
        }
        tier => return Err(Refusal::no_method(format!("There is no tier {tier}."))),
    };
    let (grams, abroad) = (request.charged_grams(), request.is_abroad());
    METHODS
        .iter()
        .filter(|method| method.is_express() == express)
        .min_by_key(|method| method.cents(grams, abroad))
        .ok_or_else(|| Refusal::no_method("The account has no method of this tier."))
}
