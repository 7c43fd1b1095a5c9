//! `POST /v1/shipping-orders`: a label for each package, and a parcel that can be tracked.

use serde::Serialize;
use serde_json::Value;

use super::carriers::{METHODS, Method, tracking_url};
use super::failure::Failure;
use super::fields::{self, Field};
use super::module::GclModule;
use super::order_journey;
use super::order_request::{self, OrderRequest, Wish};
use super::orders::{Order, Package};
use super::state::{Account, State};
use crate::module::Call;
use crate::reply::Reply;

/// Of the answer only the beginning is known, up to `packageReferenceId` of the first package.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderBody {
    order_id: String,
    order_reference_id: String,
    shipping_method: MethodBody,
    packages: Vec<PackageBody>,
}

/// The method that was chosen, without the tier that was asked for.
#[derive(Serialize)]
struct MethodBody {
    /// The name of the carrier, unlike the `carrier` of the request and of all other answers.
    carrier: &'static str,
    uid: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PackageBody {
    package_reference_id: String,
    #[serde(flatten)]
    label: Option<Label>,
}

/// What the documentation promises in prose. These names are the sandbox's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Label {
    tracking_number: String,
    tracking_url: String,
    label_url: String,
}

pub(super) fn create(module: &GclModule, call: &Call<'_>) -> Reply {
    let account = module.account();
    let reply = {
        let mut state = module.state();
        let created = fields::body(call).and_then(|body| {
            state.create(&body, &account).inspect_err(|failure| {
                let reference = order_request::reference_of(&body);
                state.tell_failed_order(reference, failure, &account);
            })
        });
        let assumptions = &state.settings.assumptions;
        match created {
            Ok(order) => Reply::json(assumptions.created_status(), &order),
            Err(failure) => failure.reply(assumptions.error_details),
        }
    };
    // New parcels are news for every provider.
    account.core.clock.ring();
    module.signals.wake();
    reply
}

impl State {
    fn create(&mut self, body: &Value, account: &Account<'_>) -> Result<OrderBody, Failure> {
        let assumptions = &self.settings.assumptions;
        let root = Field::root(body, assumptions.require_every_key);
        let request = OrderRequest::read(&root)?;
        let method = choose(&Wish::read(&root)?, &request)?;
        if assumptions.refuse_repeated_order && self.orders.has_reference(request.reference) {
            return Err(Failure::repeated(request.reference));
        }
        let with_label = !assumptions.documented_order_keys_only;
        let serial = self.orders.all().len() as u64;
        let order_id = account.core.identities.uuid_like("gcl-order", "", serial);
        let mut numbers = Vec::with_capacity(request.packages.len());
        let mut packages = Vec::with_capacity(request.packages.len());
        for package in &request.packages {
            let number = self.new_number(account);
            let parcel = order_journey::parcel(&request, method, &number);
            account
                .core
                .world
                .add(parcel, &account.core.clock)
                .map_err(|error| Failure::invalid(error.to_string()))?;
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
        self.tell_new_order(&numbers, account);
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
    fn new_number(&self, account: &Account<'_>) -> String {
        let serial = self.orders.packages() as u64;
        let digits = account.core.identities.hex("gcl-package", serial);
        let digits = digits.get(..14).unwrap_or(&digits).to_ascii_uppercase();
        format!("GC{digits}{serial:02}")
    }
}

/// The method of an order: the one that it names, or the cheapest of its tier.
fn choose(wish: &Wish<'_>, request: &OrderRequest<'_>) -> Result<&'static Method, Failure> {
    if !wish.uid.is_empty() {
        // Which form of the carrier a request wants is not known, so each will do.
        let is_wanted = |method: &&Method| {
            method.uid == wish.uid
                && (wish.carrier.is_empty()
                    || method.carrier_uid == wish.carrier
                    || method.carrier_name == wish.carrier)
        };
        return METHODS.iter().find(is_wanted).ok_or_else(|| {
            Failure::no_method(format!(
                "The account has no shipping method {} of this carrier.",
                wish.uid
            ))
        });
    }
    if !wish.carrier.is_empty() {
        return Err(Failure::invalid(
            "shippingMethod.carrier needs shippingMethod.uid.",
        ));
    }
    let express = match wish.tier {
        "standard" => false,
        "express" => true,
        "" => {
            return Err(Failure::invalid(
                "shippingMethod must have a tier, or a uid.",
            ));
        }
        tier => return Err(Failure::no_method(format!("There is no tier {tier}."))),
    };
    let (grams, abroad) = (request.charged_grams(), request.is_abroad());
    METHODS
        .iter()
        .filter(|method| method.is_express() == express)
        .min_by_key(|method| method.cents(grams, abroad))
        .ok_or_else(|| Failure::no_method("The account has no method of this tier."))
}
