//! The requests that several tests send: those of the fixtures.

use gcl_sdk::{
    Address, BoxType, CreateShippingOrder, Options, Package, PackageItem, Partner, Person,
    QuoteShippingMethods, Receiver, Sender, SenderCustoms, ShippingMethodSelection, Tier,
};

pub(crate) fn item() -> PackageItem {
    PackageItem::new("PTS-0009917-1-A", "Poster", 24.9, 2)
        .weight(395.5)
        .hs_code("04911100")
        .country_of_origin("NL")
}

pub(crate) fn package() -> Package {
    Package::new("PTS-0009917-1", [item()])
        .gross_weight(420.0)
        .net_weight(395.5)
        .length(310.0)
        .width(220.0)
        .height(15.0)
        .box_type(BoxType::Rectangle)
        .volumetric_weight(205.0)
}

fn receiver() -> Receiver {
    let person = Person::new()
        .first_name("Ana")
        .last_name("Muster")
        .company("")
        .email("ana@example.org")
        .phone("0043 1 000000");
    let address = Address::new("AT", "Wien", "1010", "Musterring 7")
        .street("Musterring")
        .house_number("7");
    Receiver::new(person, address)
}

fn sender() -> Sender {
    let person = Person::new()
        .company("Sample Prints")
        .email("dock@example.org")
        .phone("0000");
    let address = Address::new("NL", "Utrecht", "0000 AA", "Voorbeeldkade 12a")
        .street("Voorbeeldkade")
        .house_number("12a");
    let customs = SenderCustoms::new()
        .vat_number("NL000000000B00")
        .eori_number("NL000000000");
    Sender::new(person, address).customs(customs)
}

/// The request of `quote-shipping-methods/request.json`.
pub(crate) fn quote() -> QuoteShippingMethods {
    let options = Options::grams_millimetres_pdf();
    QuoteShippingMethods::new(
        "PTS-0009917",
        "EUR",
        options,
        receiver(),
        sender(),
        [package()],
    )
    .partner(Partner::new("Sample Prints"))
}

/// The request of `create-shipping-order/request_tier.json`.
pub(crate) fn order() -> CreateShippingOrder {
    quote().into_order(ShippingMethodSelection::of_tier(Tier::Express))
}
