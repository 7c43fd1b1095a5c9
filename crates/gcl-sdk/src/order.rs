//! Requests for a quote and an order: short ways to make them, and checks before the call.

use std::ops::RangeInclusive;

use tracking_core::kit::non_blank;
use tracking_http::{Error, checks};

use crate::{
    CreateShippingOrder, DimensionUnit, LabelFormat, LabelOptions, Options, Package, PackageItem,
    QuoteShippingMethods, ShippingMethodSelection, Tier, WeightUnit,
};

impl QuoteShippingMethods {
    /// Makes an order of what was quoted.
    #[must_use]
    pub fn into_order(self, shipping_method: ShippingMethodSelection) -> CreateShippingOrder {
        CreateShippingOrder {
            order_reference_id: self.order_reference_id,
            currency: self.currency,
            options: self.options,
            partner: self.partner,
            receiver: self.receiver,
            sender: self.sender,
            packages: self.packages,
            shipping_method,
        }
    }
}

impl ShippingMethodSelection {
    /// Leaves the choice to GCL, inside this level of service.
    #[must_use]
    pub fn of_tier(tier: impl Into<Tier>) -> Self {
        Self::new().tier(tier)
    }

    /// Names a carrier and one of its methods, by the uids of a quote.
    #[must_use]
    pub fn of_method(carrier: impl Into<String>, uid: impl Into<String>) -> Self {
        Self::new().carrier(carrier).uid(uid)
    }
}

impl Options {
    /// Weights in grams, lengths in millimetres, the label as PDF: the only values that are known.
    #[must_use]
    pub fn grams_millimetres_pdf() -> Self {
        let label = LabelOptions::new(LabelFormat::Pdf);
        Self::new(WeightUnit::G, DimensionUnit::Mm, label)
    }
}

/// Any number of items; the check of each is what matters.
const ANY: RangeInclusive<usize> = 0..=usize::MAX;
/// A shipment without a package is none.
const AT_LEAST_ONE: RangeInclusive<usize> = 1..=usize::MAX;

pub(crate) fn check_quote(quote: &QuoteShippingMethods) -> Result<(), Error> {
    check_contents(&quote.order_reference_id, &quote.packages)?;
    quote.validate()
}

pub(crate) fn check_order(order: &CreateShippingOrder) -> Result<(), Error> {
    check_contents(&order.order_reference_id, &order.packages)?;
    check_selection(&order.shipping_method)?;
    order.validate()
}

fn check_contents(reference: &str, packages: &[Package]) -> Result<(), Error> {
    checks::non_blank("orderReferenceId", Some(reference))?;
    checks::each("packages", packages, &AT_LEAST_ONE, check_package)
}

fn check_package(package: &Package) -> Result<(), Error> {
    checks::non_blank("packageReferenceId", Some(&package.package_reference_id))?;
    amount("grossWeight", package.gross_weight)?;
    amount("netWeight", package.net_weight)?;
    amount("length", package.length)?;
    amount("width", package.width)?;
    amount("height", package.height)?;
    amount("volumetricWeight", package.volumetric_weight)?;
    checks::each("items", &package.items, &ANY, check_item)
}

fn check_item(item: &PackageItem) -> Result<(), Error> {
    checks::non_blank("itemReferenceId", Some(&item.item_reference_id))?;
    amount("value", Some(item.value))?;
    amount("weight", item.weight)?;
    // Again with the whole request; here the error knows the item's position.
    item.validate()
}

/// Documented in prose: either a tier, or a carrier and its method. Which would win is not known,
/// and a label costs money.
fn check_selection(selection: &ShippingMethodSelection) -> Result<(), Error> {
    let by_tier = non_blank(selection.tier.as_ref()).is_some();
    let method = (
        non_blank(selection.carrier.as_ref()).is_some(),
        non_blank(selection.uid.as_ref()).is_some(),
    );
    let reason = match (by_tier, method) {
        (true, (false, false)) | (false, (true, true)) => return Ok(()),
        (true, _) => "names a tier and a carrier or method; name one of them",
        (false, (false, false)) => "names nothing; name a tier, or a carrier and its method",
        (false, _) => "names a carrier without a method, or a method without its carrier",
    };
    Err(Error::invalid_request("shippingMethod", reason))
}

/// JSON has no way to write a number that is not finite: it would be sent as null.
fn amount(field: &str, value: Option<f64>) -> Result<(), Error> {
    match value {
        Some(value) if !value.is_finite() || value < 0.0 => {
            let reason = format!("is {value}; allowed: 0 and more");
            Err(Error::invalid_request(field, reason))
        }
        _ => Ok(()),
    }
}
