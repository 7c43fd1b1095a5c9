//! What a quote and an order ask for. The documented example is the only form that is known to
//! work, so that form is what is read.

use serde_json::Value;

use super::failure::Failure;
use super::fields::Field;

/// Addresses and packages of a request.
#[derive(Debug)]
pub(super) struct OrderRequest<'a> {
    pub(super) reference: &'a str,
    pub(super) sender: Place<'a>,
    pub(super) receiver: Place<'a>,
    pub(super) packages: Vec<PackageRequest<'a>>,
}

/// Where a shipment starts or ends.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) country: &'static str,
    pub(super) city: &'a str,
    pub(super) post_code: &'a str,
}

#[derive(Debug)]
pub(super) struct PackageRequest<'a> {
    pub(super) reference: &'a str,
    /// Gross weight.
    pub(super) grams: u64,
    /// What the price is made from: gross or volumetric weight, whichever is more.
    pub(super) charged_grams: u64,
}

/// Which method an order asks for, as it was sent.
#[derive(Debug)]
pub(super) struct Wish<'a> {
    pub(super) uid: &'a str,
    pub(super) carrier: &'a str,
    pub(super) tier: &'a str,
}

impl<'a> OrderRequest<'a> {
    /// Reads what quotes and orders have in common. Keys that are not known do not matter.
    pub(super) fn read(root: &Field<'a>) -> Result<Self, Failure> {
        let reference = root.at("orderReferenceId")?.required_text()?;
        let currency = root.at("currency")?;
        if !is_currency(currency.required_text()?) {
            return Err(Failure::invalid("currency must be three capital letters."));
        }
        let options = root.at("options")?;
        let grams_per_unit = match options.at("weightUnit")?.word(&["g", "kg"])? {
            "kg" => 1_000.0,
            _ => 1.0,
        };
        options.at("dimensionUnit")?.word(&["mm", "cm"])?;
        options.at("label")?.at("format")?.word(&["pdf", "zpl"])?;
        root.at("partner")?.at("clientName")?.required_text()?;
        let receiver = root.at("receiver")?;
        receiver.at("customs")?.texts(&["vatNumber"])?;
        let sender = root.at("sender")?;
        sender.at("customs")?.texts(&[
            "vatNumber",
            "iossNumber",
            "eoriNumber",
            "pcccNumber",
            "australianBusinessNumber",
        ])?;
        Ok(Self {
            reference,
            sender: place(&sender)?,
            receiver: place(&receiver)?,
            packages: root
                .at("packages")?
                .items()?
                .iter()
                .map(|field| package(field, grams_per_unit))
                .collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn is_abroad(&self) -> bool {
        self.sender.country != self.receiver.country
    }

    pub(super) fn charged_grams(&self) -> u64 {
        self.packages
            .iter()
            .map(|package| package.charged_grams)
            .fold(0, u64::saturating_add)
    }
}

impl<'a> Wish<'a> {
    pub(super) fn read(root: &Field<'a>) -> Result<Self, Failure> {
        let method = root.at("shippingMethod")?;
        Ok(Self {
            uid: method.at("uid")?.text()?,
            carrier: method.at("carrier")?.text()?,
            tier: method.at("tier")?.text()?,
        })
    }
}

/// The reference of an order that cannot be read otherwise.
pub(super) fn reference_of(body: &Value) -> Option<&str> {
    body.get("orderReferenceId")?.as_str()
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// One end of the way: a person and an address.
fn place<'a>(party: &Field<'a>) -> Result<Place<'a>, Failure> {
    let person = ["firstName", "lastName", "company", "email", "phone"];
    party.at("person")?.texts(&person)?;
    let address = party.at("address")?;
    let lines = [
        "state",
        "addressLine2",
        "addressLine3",
        "street",
        "houseNumber",
        "suburb",
    ];
    address.texts(&lines)?;
    address.at("addressLine1")?.required_text()?;
    Ok(Place {
        country: address.at("country")?.country()?,
        city: address.at("city")?.required_text()?,
        // Some countries have no post codes.
        post_code: address.at("postcode")?.text()?,
    })
}

fn package<'a>(field: &Field<'a>, grams_per_unit: f64) -> Result<PackageRequest<'a>, Failure> {
    let weight = |key: &str| field.at(key)?.number(0.0);
    let gross = weight("grossWeight")?;
    let volumetric = weight("volumetricWeight")?;
    weight("netWeight")?;
    for key in ["length", "width", "height"] {
        field.at(key)?.number(0.0)?;
    }
    field.at("boxType")?.required_text()?;
    for item in field.at("items")?.items()? {
        item.at("itemReferenceId")?.required_text()?;
        item.at("description")?.required_text()?;
        item.at("value")?.number(0.0)?;
        item.at("quantity")?.number(1.0)?;
        item.at("weight")?.number(0.0)?;
        item.texts(&["hsCode", "countryOfOrigin"])?;
    }
    Ok(PackageRequest {
        reference: field.at("packageReferenceId")?.required_text()?,
        grams: whole(gross * grams_per_unit),
        charged_grams: whole(gross.max(volumetric) * grams_per_unit),
    })
}

/// Whole grams, rounded up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights are 0 or more, and one too large for the type becomes its largest value"
)]
fn whole(grams: f64) -> u64 {
    grams.ceil() as u64
}
