//! What a quote and an order ask for, in the form of the documented example: no other is known to
//! work.

use serde_json::Value;

use crate::gcl::errors::Refusal;
use crate::gcl::requests::input::Field;

/// Addresses and packages of a request.
#[derive(Debug)]
pub(crate) struct OrderRequest<'a> {
    pub(crate) reference: &'a str,
    pub(crate) sender: Place<'a>,
    pub(crate) receiver: Place<'a>,
    pub(crate) packages: Vec<PackageRequest<'a>>,
}

/// Where a shipment starts or ends.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    pub(crate) country: &'static str,
    pub(crate) city: &'a str,
    pub(crate) post_code: &'a str,
}

#[derive(Debug)]
pub(crate) struct PackageRequest<'a> {
    pub(crate) reference: &'a str,
    /// Gross weight.
    pub(crate) grams: u64,
    /// What is charged: gross or volumetric weight, whichever is more.
    pub(crate) charged_grams: u64,
}

/// The method that an order asks for, as it was sent.
#[derive(Debug)]
pub(crate) struct MethodChoice<'a> {
    pub(crate) uid: &'a str,
    pub(crate) carrier: &'a str,
    pub(crate) tier: &'a str,
}

impl<'a> OrderRequest<'a> {
    /// Parses what quotes and orders have in common. Unknown keys are ignored.
    pub(crate) fn parse(root: &Field<'a>) -> Result<Self, Refusal> {
        let reference = root.at("orderReferenceId")?.required_string()?;
        let currency = root.at("currency")?;
        if !is_currency(currency.required_string()?) {
            return Err(Refusal::invalid("currency must be three capital letters."));
        }
        let options = root.at("options")?;
        let grams_per_unit = match options.at("weightUnit")?.one_of(&["g", "kg"])? {
            "kg" => 1_000.0,
            _ => 1.0,
        };
        options.at("dimensionUnit")?.one_of(&["mm", "cm"])?;
        options.at("label")?.at("format")?.one_of(&["pdf", "zpl"])?;
        root.at("partner")?.at("clientName")?.required_string()?;
        let receiver = root.at("receiver")?;
        receiver.at("customs")?.optional_strings(&["vatNumber"])?;
        let sender = root.at("sender")?;
        sender.at("customs")?.optional_strings(&[
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

    pub(crate) fn is_abroad(&self) -> bool {
        self.sender.country != self.receiver.country
    }

    pub(crate) fn charged_grams(&self) -> u64 {
        self.packages
            .iter()
            .map(|package| package.charged_grams)
            .fold(0, u64::saturating_add)
    }
}

impl<'a> MethodChoice<'a> {
    pub(crate) fn parse(root: &Field<'a>) -> Result<Self, Refusal> {
        let method = root.at("shippingMethod")?;
        Ok(Self {
            uid: method.at("uid")?.optional_string()?,
            carrier: method.at("carrier")?.optional_string()?,
            tier: method.at("tier")?.optional_string()?,
        })
    }
}

/// The reference of an order that cannot be parsed otherwise.
pub(crate) fn reference_of(body: &Value) -> Option<&str> {
    body.get("orderReferenceId")?.as_str()
}

fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// One end of the way: a person and an address.
fn place<'a>(party: &Field<'a>) -> Result<Place<'a>, Refusal> {
    let person = ["firstName", "lastName", "company", "email", "phone"];
    party.at("person")?.optional_strings(&person)?;
    let address = party.at("address")?;
    let lines = [
        "state",
        "addressLine2",
        "addressLine3",
        "street",
        "houseNumber",
        "suburb",
    ];
    address.optional_strings(&lines)?;
    address.at("addressLine1")?.required_string()?;
    Ok(Place {
        country: address.at("country")?.country()?,
        city: address.at("city")?.required_string()?,
        // Some countries have no post codes.
        post_code: address.at("postcode")?.optional_string()?,
    })
}

fn package<'a>(field: &Field<'a>, grams_per_unit: f64) -> Result<PackageRequest<'a>, Refusal> {
    let weight = |key: &str| field.at(key)?.number(0.0);
    let gross = weight("grossWeight")?;
    let volumetric = weight("volumetricWeight")?;
    weight("netWeight")?;
    for key in ["length", "width", "height"] {
        field.at(key)?.number(0.0)?;
    }
    field.at("boxType")?.required_string()?;
    for item in field.at("items")?.items()? {
        item.at("itemReferenceId")?.required_string()?;
        item.at("description")?.required_string()?;
        item.at("value")?.number(0.0)?;
        item.at("quantity")?.number(1.0)?;
        item.at("weight")?.number(0.0)?;
        item.optional_strings(&["hsCode", "countryOfOrigin"])?;
    }
    Ok(PackageRequest {
        reference: field.at("packageReferenceId")?.required_string()?,
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
