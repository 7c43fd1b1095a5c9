//! The formats of tracking numbers: one table of rows.
//!
//! A check rule that was right on the only number seen and is documented nowhere is left out: its
//! character is a digit like the others.

use super::Confidence::{self, Assumed, Documented, Observed};
use super::check::CheckRule::{self, FedEx, Gls, Gs1, IdentityCode, Luhn, Mod7, Mod37, S10, Ups};
use super::shape::Part::{
    Any, AnyTo, Check, Country, Covered, Digits, DigitsTo, In, Is, Letters, OneOf, WithDigit,
    WithLetter,
};
use super::shape::Shape;

/// A format of the numbers of one or more couriers.
#[derive(Debug)]
pub(super) struct Format {
    /// The shapes of its numbers.
    pub(super) shapes: &'static [Shape],
    /// How the check character is computed, where the shapes have one.
    pub(super) rule: Option<CheckRule>,
    /// Digits that the rule counts in front of what the shape marks as covered.
    pub(super) in_front: &'static str,
    /// The letters in it are the courier's own, so a wrong check character is a typing error.
    pub(super) has_own_letters: bool,
    /// The couriers, by name.
    pub(super) couriers: Couriers,
    /// The country in which the format is used, where the courier has none or many.
    pub(super) country: Option<&'static str>,
    /// Where the format comes from.
    pub(super) source: &'static str,
    /// How well it is known.
    pub(super) confidence: Confidence,
}

/// Whose numbers have a format.
#[derive(Debug)]
pub(super) enum Couriers {
    /// These couriers of the table.
    Named(&'static [&'static str]),
    /// The post of the country in the number.
    PostOfCountry,
}

const UPU: &str = "UPU S10";
const PLUGIN: &str = "example numbers in the detection script of a shop plugin";
const DATA: &str = "tracking_number_data 2.0.0";
const UPS_HELP: &str = "UPS, What is a Tracking Number?";
const SMARTPOST: &str = "a question-and-answer page on SmartPost";
const PAKETDA: &str = "paketda.de, Prüfziffern-Berechnung";
const GLS_CLIENT: &str = "a note on GLS numbers in a public client";
const COLISSIMO: &str = "Business::Colissimo";
const TNT_PACKAGE: &str = "a public package of TNT's check digit";
const AKG: &str = "akg.waw.pl on Poczta Polska";
const JAPAN: &str = "shipping-jp-js and others";

const fn row(couriers: &'static [&'static str], shapes: &'static [Shape]) -> Format {
    Format {
        shapes,
        rule: None,
        in_front: "",
        has_own_letters: false,
        couriers: Couriers::Named(couriers),
        country: None,
        source: "",
        confidence: Assumed,
    }
}

impl Format {
    const fn check(mut self, rule: CheckRule) -> Self {
        self.rule = Some(rule);
        self
    }

    const fn counted_after(mut self, digits: &'static str) -> Self {
        self.in_front = digits;
        self
    }

    const fn own(mut self) -> Self {
        self.has_own_letters = true;
        self
    }

    const fn of_post(mut self) -> Self {
        self.couriers = Couriers::PostOfCountry;
        self
    }

    const fn within(mut self, country: &'static str) -> Self {
        self.country = Some(country);
        self
    }

    const fn source(mut self, confidence: Confidence, source: &'static str) -> Self {
        self.confidence = confidence;
        self.source = source;
        self
    }
}

/// In a fixed order, which decides between candidates that are alike in everything else.
#[rustfmt::skip]
pub(super) static FORMATS: &[Format] = &[
    // Posts.
    row(&[], &[&[Letters(2), Covered, Digits(8), Check, Country]])
        .of_post().check(S10).own().source(Documented, UPU),
    row(&["Yanwen"], &[&[Letters(2), Covered, Digits(8), Check, Is("YP")]])
        .check(S10).own().source(Observed, PLUGIN),
    row(&["Chronopost"], &[&[Is("X"), Letters(1), Covered, Digits(8), Check, Is("JB")]])
        .check(S10).own().source(Observed, PLUGIN),

    // Integrators.
    row(&["UPS"], &[&[Is("1Z"), Covered, Any(15), Check]])
        .check(Ups).own().source(Documented, DATA),
    row(&["UPS"], &[&[In("AHJKTV"), Covered, Digits(9), Check]])
        .check(Ups).within("US").source(Documented, DATA),
    row(&["FedEx"], &[&[Digits(11), Check]])
        .check(FedEx).source(Documented, DATA),
    row(&["FedEx"], &[&[Digits(14), Check], &[Digits(17), Check], &[Is("96"), Digits(5), Covered, Digits(14), Check]])
        .check(Gs1).within("US").source(Documented, DATA),
    row(&["FedEx"], &[
        &[In("012345678"), Digits(19), Covered, Digits(13), Check],
        &[Is("96"), Digits(18), Covered, Digits(13), Check],
        &[Is("3"), Digits(15), Covered, Digits(11), Check, Digits(4)],
    ])
        .check(FedEx).source(Documented, DATA),
    row(&["FedEx"], &[&[OneOf(&["61", "74"]), Digits(17), Check]])
        .check(Gs1).counted_after("92").within("US").source(Observed, SMARTPOST),
    row(&["FedEx"], &[&[Is("92612"), Digits(16), Check]])
        .check(Gs1).within("US").source(Observed, SMARTPOST),
    row(&["DHL Express"], &[&[Digits(9), Check], &[Digits(10), Check]])
        .check(Mod7).source(Documented, DATA),
    row(&["DHL Express"], &[&[Is("J"), Letters(2), DigitsTo(9, 10)], &[Is("J"), Letters(3), DigitsTo(9, 10)]])
        .source(Documented, DATA),
    row(&["TNT"], &[&[Is("GE"), Covered, Digits(8), Check, Letters(2)]])
        .check(S10).own().source(Observed, TNT_PACKAGE),
    row(&["TNT"], &[&[Digits(8), Check]])
        .check(S10).source(Observed, TNT_PACKAGE),
    row(&["UPS"], &[&[Digits(9)], &[Digits(12)]])
        .source(Documented, UPS_HELP),
    row(&["Aramex"], &[&[DigitsTo(10, 12)]])
        .source(Assumed, "none"),

    // The United States.
    row(&["USPS"], &[
        &[Is("9"), In("12345"), Digits(19), Check],
        &[Is("420"), Digits(5), Covered, Is("9"), In("12345"), Digits(19), Check],
        &[Is("420"), Digits(9), Covered, Is("9"), In("12345"), Digits(19), Check],
        &[Is("9"), In("2345"), Digits(23), Check],
        &[Is("420"), Digits(5), Covered, Is("9"), In("2345"), Digits(23), Check],
        &[Is("420"), Digits(9), Covered, Is("9"), In("2345"), Digits(23), Check],
        &[Is("94"), Digits(27), Check],
        &[Is("420"), Digits(5), Covered, Is("94"), Digits(27), Check],
        &[Is("420"), Digits(9), Covered, Is("94"), Digits(27), Check],
    ])
        .check(Gs1).source(Documented, DATA),
    // Those that begin with 00 are SSCCs, which always pass this rule.
    row(&["USPS"], &[&[In("123456789"), Digits(18), Check], &[Is("0"), In("123456789"), Digits(17), Check]])
        .check(Gs1).source(Documented, DATA),
    row(&["USPS"], &[&[In("123456789"), Digits(18), Check], &[Is("0"), In("123456789"), Digits(17), Check]])
        .check(Gs1).counted_after("91").source(Documented, DATA),
    row(&["UPS Mail Innovations"], &[&[Is("MI"), Digits(6), AnyTo(1, 22)]])
        .own().source(Documented, UPS_HELP),
    row(&["UPS Mail Innovations"], &[&[Is("927"), Digits(18), Check]])
        .check(Gs1).source(Observed, PLUGIN),
    row(&["UPS Mail Innovations"], &[&[Is("80"), Digits(16)], &[Is("927"), Digits(23)]])
        .source(Observed, PLUGIN),
    row(&["OnTrac"], &[&[Is("C"), Digits(13), Check]])
        // The letters count as 4 and 5, which is what the rule makes of C and D.
        .check(Ups).own().source(Documented, DATA),
    row(&["OnTrac"], &[&[Is("D"), Digits(13), Check]])
        .check(Ups).own().source(Documented, DATA),
    row(&["LaserShip"], &[
        &[Is("L"), In("AIEHNX"), In("123"), Digits(7)],
        &[Is("1LS7"), In("12"), Digits(10)],
        &[Is("1LS7"), In("12"), Digits(2), Is("01"), In("1234"), Digits(6), Is("1")],
        &[Is("1LSCX"), Any(10)],
    ])
        .own().source(Documented, DATA),
    row(&["Amazon"], &[&[Is("TB"), In("ACM"), Digits(12)]])
        .own().source(Documented, DATA),
    row(&["Amazon"], &[&[In("AFC"), Digits(10)]])
        .source(Documented, DATA),
    row(&["Old Dominion"], &[&[OneOf(&["777", "778", "072", "780"]), Digits(7), Check], &[Is("80"), Digits(8), Check]])
        .check(Luhn).source(Documented, DATA),
    row(&["Spee-Dee Delivery"], &[&[Is("SP"), Digits(18)]])
        .own().source(Documented, DATA),
    row(&["GOFO"], &[&[Is("GFUS"), Digits(14)]])
        .own().source(Documented, DATA),
    row(&["Landmark Global"], &[&[Is("LTN"), Digits(8), Is("N1")]])
        .own().source(Documented, DATA),

    // Canada.
    row(&["Canada Post"], &[&[Digits(15), Check]])
        .check(Gs1).source(Documented, DATA),
    row(&["Purolator"], &[&[In("012345"), Digits(10), Check]])
        .check(Luhn).source(Documented, DATA),
    row(&["Purolator"], &[&[Letters(3), Digits(9)]])
        .source(Documented, DATA),
    row(&["Canpar"], &[&[In("CDKLSUXZ"), Digits(21)]])
        .source(Documented, DATA),

    // Germany, and networks with their seat in Europe.
    row(&["DHL Paket"], &[&[Is("0034"), Digits(15), Check]])
        .check(Gs1).source(Documented, PAKETDA),
    row(&["DHL Paket"], &[&[Digits(11), Check]])
        .check(IdentityCode).source(Documented, PAKETDA),
    row(&["DHL Paket"], &[&[Is("JJD"), DigitsTo(13, 22)], &[Is("JD"), Digits(18)], &[Is("JVGL"), DigitsTo(16, 20)]])
        .own().source(Observed, PLUGIN),
    row(&["DHL eCommerce"], &[&[OneOf(&["GM", "LX", "RX", "UV", "CN", "SG", "TH", "IN", "HK", "MY"]), AnyTo(10, 39), WithDigit]])
        .source(Documented, DATA),
    row(&["DHL eCommerce"], &[&[Digits(14)]])
        .source(Documented, DATA),
    row(&["Hermes Germany"], &[&[Digits(13), Check]])
        .check(Gs1).source(Documented, PAKETDA),
    row(&["Hermes Germany"], &[&[Is("H"), Digits(19)]])
        .own().source(Observed, PLUGIN),
    row(&["DPD"], &[&[Digits(14), Check], &[Digits(27), Check], &[Any(1), Covered, Digits(27), Check]])
        .check(Mod37).source(Documented, PAKETDA),
    row(&["DPD"], &[&[Digits(14)]])
        .source(Documented, PAKETDA),
    row(&["GLS", "GLS Germany"], &[&[Digits(11), Check]])
        .check(Gls).source(Documented, PAKETDA),
    row(&["GLS", "GLS Germany"], &[&[Digits(11)]])
        .source(Documented, GLS_CLIENT),
    row(&["GLS", "GLS Germany"], &[&[Any(8), WithLetter]])
        .source(Documented, PAKETDA),
    // Its last digit is one of GS1, assumed from two numbers.
    row(&["GLS", "GLS Germany"], &[&[Is("9"), Digits(13)]])
        .source(Observed, PLUGIN),

    // Great Britain.
    row(&["Evri"], &[&[Letters(1), Digits(2), Any(3), Digits(10)], &[Digits(16)]])
        .source(Observed, PLUGIN),
    row(&["Parcelforce"], &[&[Letters(2), Digits(7)], &[Letters(4), Digits(10)]])
        .source(Documented, "parcelforce.com"),
    row(&["Yodel"], &[&[Is("JD"), Digits(16)], &[Is("JJD"), Digits(16)]])
        .own().source(Documented, DATA),

    // The rest of Europe.
    row(&["PostNL"], &[&[Is("3S"), Any(11)], &[Is("3S"), Any(13)]])
        .own().source(Documented, "PostNL, barcode API"),
    row(&["bpost"], &[&[Is("3232"), Digits(20)]])
        .source(Observed, PLUGIN),
    row(&["Colissimo", "La Poste"], &[&[Digits(1), Letters(1), Covered, Digits(10), Check]])
        .check(Gs1).source(Documented, COLISSIMO),
    // The last letter is likely a check letter over the ASCII codes, modulus 23.
    row(&["Correos"], &[&[
        Any(2), In(WITHOUT_IOU), In(WITHOUT_IOU), In(WITHOUT_IOU), In(WITHOUT_IOU), Any(2), Digits(7), Any(2),
        Digits(5), In("TRWAGMYFPDXBNJZSQVHLCKE"),
    ]])
        .source(Documented, "Correos, preregister annex XI"),
    row(&["Poste Italiane"], &[
        &[Digits(1), Letters(1), Digits(4), Letters(1), Digits(6)],
        &[Digits(1), Letters(1), Digits(2), Letters(1), Digits(8)],
        &[Digits(1), Is("UW"), Digits(10)],
    ])
        .source(Observed, PLUGIN),
    row(&["Swiss Post"], &[&[OneOf(&["98", "99"]), Digits(16)]])
        .source(Documented, "Aspose, Swiss Post parcel"),
    row(&["Austrian Post"], &[&[Is("10"), Digits(20)]])
        .source(Observed, PLUGIN),
    row(&["Posten Norge", "Bring"], &[&[OneOf(&["70", "73"]), Digits(15)]])
        .source(Observed, PLUGIN),
    row(&["Posten Norge", "Bring"], &[&[Is("37"), Digits(15), Check]])
        .check(Gs1).source(Observed, PLUGIN),
    row(&["PostNord Sweden", "PostNord Norway", "PostNord Denmark"], &[&[Is("0037"), Digits(15), Check]])
        .check(Gs1).source(Observed, PLUGIN),
    row(&["InPost"], &[&[Is("6"), Digits(23)]])
        .source(Observed, PLUGIN),
    row(&["Poczta Polska"], &[&[Is("00"), Digits(1), Is("5900773"), Digits(8), Check]])
        .check(Gs1).source(Documented, AKG),

    // Asia and Australia.
    row(&["YunExpress"], &[&[Is("YT"), Digits(16)]])
        .own().source(Documented, DATA),
    row(&["Cainiao"], &[&[Is("LP"), Digits(14)]])
        .own().source(Observed, PLUGIN),
    row(&["4PX"], &[&[Is("4PX"), Digits(13), Is("CN")]])
        .own().source(Observed, PLUGIN),
    row(&["SF Express"], &[&[Is("SF"), DigitsTo(13, 14)]])
        .own().source(Observed, PLUGIN),
    row(&["SF Express"], &[&[Digits(12)]])
        .source(Observed, PLUGIN),
    row(&["Japan Post", "Yamato", "Sagawa"], &[&[Digits(11), Check]])
        .check(Mod7).source(Documented, JAPAN),
    row(&["Japan Post"], &[&[Digits(10), Check]])
        .check(Mod7).source(Documented, JAPAN),
    row(&["Chunghwa Post"], &[&[OneOf(&["51", "52"]), Digits(18)]])
        .source(Observed, PLUGIN),
    row(&["Australia Post"], &[&[Is("997"), DigitsTo(15, 20)], &[Is("33"), Any(3), Digits(18)]])
        .source(Observed, PLUGIN),

    // Numbers of many carriers.
    row(&["Air waybill"], &[&[Digits(3), Covered, Digits(7), Check]])
        .check(Mod7).source(Documented, "IATA resolution 600a"),
    row(&["SSCC"], &[&[Digits(17), Check], &[Is("00"), Digits(17), Check]])
        .check(Gs1).source(Documented, "GS1"),
];

/// Capitals and digits that are not mistaken for others.
const WITHOUT_IOU: &str = "ABCDEFGHJKLMNPQRSTVWXYZ0123456789";
