//! The couriers that the formats name, with their codes at providers.

use std::borrow::Cow;

use serde::Serialize;

/// A courier and its codes at providers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct KnownCourier {
    /// The name for people, such as `Swiss Post`.
    pub name: Cow<'static, str>,
    /// Its country, two letters of ISO 3166-1; `None` if it has none or many.
    pub country: Option<&'static str>,
    /// What providers call it.
    pub codes: CourierCodes,
    /// False if the providers' lists name it differently, and it was judged to be the same company.
    pub names_agree: bool,
}

/// The codes of a courier at providers; `None` where its list has no such courier.
///
/// They come from the published lists of Ship24 (March 2024), TrackingMore (2020) and AfterShip (August
/// 2024), so a courier that was added since then has none. The codes of all three are the same for a
/// third of the couriers only. Some couriers need the post code of the destination as well: at Ship24
/// `yodel`, `dpd-uk`, `gls`, `gls-de`, `gls-es` and `be-post`; at AfterShip `gls-spain`,
/// `mondialrelay`, `postnl` and `postnl-3s`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct CourierCodes {
    /// The code at Ship24.
    pub ship24: Option<Cow<'static, str>>,
    /// The code at TrackingMore, version 2.
    pub trackingmore: Option<Cow<'static, str>>,
    /// The code at AfterShip, which other trackers use too. GCL's codes differ: AfterShip's `dhl` is DHL
    /// Express.
    pub aftership: Option<Cow<'static, str>>,
}

impl CourierCodes {
    pub(super) const NONE: Self = Self {
        ship24: None,
        trackingmore: None,
        aftership: None,
    };

    /// Returns the code at a provider, by the provider's name such as `ship24`.
    #[must_use]
    pub fn at(&self, provider: &str) -> Option<&str> {
        match provider {
            "ship24" => self.ship24.as_deref(),
            "trackingmore" => self.trackingmore.as_deref(),
            "aftership" => self.aftership.as_deref(),
            _ => None,
        }
    }
}

/// Returns the courier with a name.
pub(super) fn by_name(name: &str) -> Option<&'static KnownCourier> {
    COURIERS.iter().find(|courier| courier.name == name)
}

/// Returns the courier with a code at Ship24.
pub(super) fn by_ship24_code(code: &str) -> Option<&'static KnownCourier> {
    let mut all = COURIERS.iter();
    all.find(|courier| courier.codes.ship24.as_deref() == Some(code))
}

/// A courier that all lists give the same name.
const fn named(
    name: &'static str,
    country: &'static str,
    ship24: &'static str,
    trackingmore: &'static str,
    aftership: &'static str,
) -> KnownCourier {
    KnownCourier {
        name: Cow::Borrowed(name),
        country: if country.is_empty() {
            None
        } else {
            Some(country)
        },
        codes: CourierCodes {
            ship24: known(ship24),
            trackingmore: known(trackingmore),
            aftership: known(aftership),
        },
        names_agree: true,
    }
}

/// A courier whose names differ between the lists.
const fn judged(
    name: &'static str,
    country: &'static str,
    ship24: &'static str,
    trackingmore: &'static str,
    aftership: &'static str,
) -> KnownCourier {
    let mut courier = named(name, country, ship24, trackingmore, aftership);
    courier.names_agree = false;
    courier
}

/// A courier that is in none of the lists.
const fn unlisted(name: &'static str, country: &'static str) -> KnownCourier {
    named(name, country, "", "", "")
}

const fn known(text: &'static str) -> Option<Cow<'static, str>> {
    if text.is_empty() {
        None
    } else {
        Some(Cow::Borrowed(text))
    }
}

/// Name, country, and the codes at Ship24, TrackingMore and AfterShip; empty is unknown.
#[rustfmt::skip]
static COURIERS: [KnownCourier; 128] = [
    judged("DHL Express", "", "dhl-express", "dhl", "dhl"),
    judged("DHL eCommerce", "", "dhl-global-mail", "dhlglobalmail", "dhl-global-mail"),
    judged("DHL eCommerce Asia", "", "dhl-global-mail-asia", "dhlecommerce-asia", "dhl-global-mail-asia"),
    judged("DHL Paket", "DE", "dhl-packet", "dhl-germany", "dhl-germany"),
    judged("DHL Parcel NL", "NL", "dhlparcel-nl", "dhlparcel-nl", "dhlparcel-nl"),
    named("DHL Parcel UK", "GB", "dhlparcel-uk", "dhl-uk", "dhlparcel-uk"),
    judged("DHL Poland", "PL", "dhl-pl", "dhl-poland", "dhl-poland"),
    judged("DHL Spain", "ES", "dhl-es", "dhl-es", "dhl-es"),
    judged("Deutsche Post", "DE", "de-post", "deutsche-post", "deutsch-post"),
    named("UPS", "", "ups", "ups", "ups"),
    named("UPS Mail Innovations", "US", "ups-mail-innovations", "ups-mi", "ups-mi"),
    judged("UPS i-parcel", "US", "i-parcel", "i-parcel", "i-parcel"),
    named("FedEx", "", "fedex", "fedex", "fedex"),
    judged("FedEx International MailService", "", "fedex-fims", "", "fedex-fims"),
    named("TNT", "", "tnt", "tnt", "tnt"),
    named("TNT Italy", "IT", "tnt-it", "tnt-it", "tnt-it"),
    named("TNT France", "FR", "tnt-fr", "tnt-fr", "tnt-fr"),
    named("TNT Australia", "AU", "tnt-au", "tnt-au", "tnt-au"),
    named("USPS", "US", "us-post", "usps", "usps"),
    named("OnTrac", "US", "ontrac", "ontrac", "ontrac"),
    named("LaserShip", "US", "lasership", "lasership", "lasership"),
    named("Spee-Dee Delivery", "US", "speedee", "speedee", "speedee"),
    judged("Old Dominion", "US", "old-dominion", "old-dominion", "old-dominion"),
    named("UniUni", "US", "uniuni", "", ""),
    judged("Amazon", "", "amazon", "", "amazon"),
    named("Canada Post", "CA", "ca-post", "canada-post", "canada-post"),
    named("Purolator", "CA", "purolator", "purolator", "purolator"),
    judged("Canpar", "CA", "canpar", "canpar", "canpar"),
    judged("GLS Canada (Dicom)", "CA", "gls-ca", "", "dicom"),
    named("Landmark Global", "", "landmark-global", "landmark-global", "landmark-global"),
    named("Estafeta", "MX", "estafeta", "", "estafeta"),
    judged("Correios Brazil", "BR", "br-post", "brazil-correios", "brazil-correios"),
    judged("Royal Mail", "GB", "gb-post", "royal-mail", "royal-mail"),
    named("Parcelforce", "GB", "", "parcel-force", "parcel-force"),
    judged("Evri", "GB", "hermes-uk", "hermes-uk", "myhermes-uk"),
    judged("Yodel", "GB", "yodel", "yodel", "yodel"),
    judged("DPD UK", "GB", "dpd-uk", "dpd-uk", "dpd-uk"),
    named("DPD", "", "dpd", "dpd", "dpd"),
    named("DPD Germany", "DE", "dpd-de", "dpd-de", "dpd-de"),
    named("DPD Poland", "PL", "dpd-pl", "dpd-poland", "dpd-poland"),
    named("DPD France", "FR", "dpd-fr", "", ""),
    named("GLS", "", "gls", "gls", "gls"),
    named("GLS Germany", "DE", "gls-de", "", ""),
    named("GLS Italy", "IT", "gls-it", "gls-italy", "gls-italy"),
    judged("GLS Spain", "ES", "gls-es", "", "gls-spain"),
    named("Hermes Germany", "DE", "hermes-de", "hermes-de", "hermes-de"),
    named("An Post", "IE", "ie-post", "an-post", "an-post"),
    named("La Poste", "FR", "fr-post", "laposte", "la-poste-colissimo"),
    named("Colissimo", "FR", "colissimo", "colissimo", "colissimo"),
    judged("Chronopost", "FR", "chronopost", "chronopost", "chronopost-france"),
    judged("Colis Privé", "FR", "colis-prive", "colis-prive", "colis-prive"),
    named("Mondial Relay", "FR", "mondialrelay", "mondialrelay", "mondialrelay"),
    named("Relais Colis", "FR", "relais-colis", "", "relaiscolis"),
    named("bpost", "BE", "be-post", "belgium-post", "bpost"),
    named("bpost International", "BE", "be-post-int", "", "bpost-international"),
    judged("PostNL", "NL", "nl-post", "postnl-parcels", "postnl"),
    judged("PostNL International", "NL", "nl-post-int", "postnl-3s", "postnl-3s"),
    judged("Post Luxembourg", "LU", "lu-post", "luxembourg-post", ""),
    judged("Correos", "ES", "es-post", "correos-spain", "spain-correos-es"),
    named("Correos Express", "ES", "correos-express", "correosexpress", "correosexpress"),
    judged("SEUR", "ES", "seur-es", "", ""),
    named("MRW", "ES", "mrw", "mrw-spain", "mrw-spain"),
    judged("CTT", "PT", "pt-post", "ctt", "portugal-ctt"),
    judged("Poste Italiane", "IT", "it-post", "poste-italiane", "poste-italiane"),
    judged("SDA", "IT", "sda-it", "italy-sda", ""),
    judged("BRT", "IT", "brt-it", "", "brt-it"),
    judged("InPost", "PL", "inpost-pl", "inpost-paczkomaty", "inpost-paczkomaty"),
    judged("Poczta Polska", "PL", "pl-post", "poczta-polska", "poczta-polska"),
    named("Swiss Post", "CH", "ch-post", "swiss-post", "swiss-post"),
    judged("Austrian Post", "AT", "at-post", "austria-post", "austrian-post"),
    named("Česká pošta", "CZ", "cz-post", "czech-post", "ceska-posta"),
    judged("Magyar Posta", "HU", "hu-post", "magyar-posta", "magyar-posta"),
    judged("Posta Romana", "RO", "ro-post", "posta-romana", "posta-romana"),
    judged("Hrvatska pošta", "HR", "hr-post", "hrvatska-posta", "hrvatska-posta"),
    judged("ELTA", "GR", "gr-post", "greece-post", "elta-courier"),
    judged("PostNord Sweden", "SE", "se-post", "sweden-posten", "sweden-posten"),
    judged("PostNord Denmark", "DK", "dk-post", "denmark-post", ""),
    judged("Posten Norge", "NO", "no-post", "posten-norge", "posten-norge"),
    judged("Bring", "", "bring", "", "bring"),
    judged("Posti", "FI", "fi-post", "finland-posti", "posti"),
    judged("Omniva", "EE", "ee-post", "omniva", "omniva"),
    judged("Ukrposhta", "UA", "ua-post", "ukraine-post", "ukrposhta"),
    named("Nova Poshta", "UA", "nova-poshta", "nova-poshta", "nova-poshta"),
    named("Russian Post", "RU", "ru-post", "russian-post", "russian-post"),
    judged("PTT", "TR", "tr-post", "turkey-post", "ptt-posta"),
    named("Israel Post", "IL", "il-post", "israel-post", "israel-post"),
    judged("Emirates Post", "AE", "ae-post", "emirates-post", "emirates-post"),
    named("Saudi Post", "SA", "sa-post", "saudi-post", "saudi-post"),
    named("Aramex", "", "aramex", "aramex", "aramex"),
    judged("Asendia", "", "asendia", "asendia", "asendia"),
    named("China Post", "CN", "cn-post", "china-post", "china-post"),
    judged("China EMS", "CN", "cn-post-ems", "china-ems", "china-ems"),
    judged("SF Express", "CN", "sf-express", "sf-express", "sf-express"),
    named("SF International", "CN", "sf-international", "sfb2c", "sfb2c"),
    judged("Cainiao", "CN", "cainiao", "cainiao", "cainiao"),
    named("Yanwen", "CN", "yanwen", "yanwen", "yanwen"),
    named("YunExpress", "CN", "yun-express", "yunexpress", "yunexpress"),
    named("4PX", "CN", "4px", "4px", "4px"),
    named("CNE Express", "CN", "cnexps", "cnexps", "cnexps"),
    judged("SunYou", "CN", "sunyou", "sunyou", ""),
    named("Wanb Express", "CN", "wanb-express", "wanbexpress", "wanbexpress"),
    judged("UBI Smart Parcel", "AU", "ubi-smart-parcel", "ubi-logistics", "ubi-logistics"),
    judged("YTO", "CN", "yto", "yto", "yto"),
    judged("ZTO", "CN", "zto-express", "zto", "zto-domestic"),
    judged("STO", "CN", "sto-express", "sto", "sto"),
    judged("Yunda", "CN", "yunda-express", "yunda", "yundaex"),
    named("Hong Kong Post", "HK", "hk-post", "hong-kong-post", "hong-kong-post"),
    judged("Chunghwa Post", "TW", "tw-post", "taiwan-post", "taiwan-post"),
    named("Japan Post", "JP", "jp-post", "japan-post", "japan-post"),
    judged("Yamato", "JP", "taqbin-jp", "taqbin-jp", "taqbin-jp"),
    judged("Sagawa", "JP", "sagawa-jp", "sagawa", "sagawa"),
    judged("Korea Post", "KR", "kr-post", "korea-post", "korea-post"),
    named("Singapore Post", "SG", "sg-post", "singapore-post", "singapore-post"),
    judged("Speedpost", "SG", "speedpost-sg", "singapore-speedpost", "singapore-speedpost"),
    named("Ninja Van", "", "ninjavan", "ninjavan", "ninjavan"),
    judged("Pos Malaysia", "MY", "my-post", "malaysia-post", "malaysia-post"),
    judged("Thailand Post", "TH", "th-post", "thailand-post", "thailand-post"),
    judged("India Post", "IN", "in-post", "india-post", "india-post"),
    named("Blue Dart", "IN", "bluedart", "bluedart", "bluedart"),
    named("Delhivery", "IN", "delhivery", "delhivery", "delhivery"),
    judged("DTDC", "IN", "dtdc", "dtdc", "dtdc"),
    named("Australia Post", "AU", "au-post", "australia-post", "australia-post"),
    named("Couriers Please", "AU", "couriersplease", "couriers-please", "couriers-please"),
    judged("New Zealand Post", "NZ", "nz-post", "new-zealand-post", "new-zealand-post"),
    unlisted("GOFO", "US"),
    unlisted("PostNord Norway", "NO"),
    // Numbers that many carriers use, with no carrier in them.
    unlisted("Air waybill", ""),
    unlisted("SSCC", ""),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{COURIERS, by_name};

    #[test]
    fn names_and_codes_are_unique() {
        let names: HashSet<&str> = COURIERS.iter().map(|it| it.name.as_ref()).collect();
        assert_eq!(names.len(), COURIERS.len());
        for (provider, expected) in [("ship24", 123), ("trackingmore", 111), ("aftership", 116)] {
            let codes: Vec<&str> = COURIERS
                .iter()
                .filter_map(|it| it.codes.at(provider))
                .collect();

            assert_eq!(codes.len(), expected, "{provider}");
            let unique: HashSet<&str> = codes.iter().copied().collect();
            assert_eq!(unique.len(), expected, "{provider}");
            let is_code =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(
                codes.iter().all(|code| code.bytes().all(is_code)),
                "{provider}"
            );
        }
    }

    #[test]
    fn codes_differ_from_provider_to_provider() {
        let dhl = by_name("DHL Express").unwrap();

        assert_eq!(dhl.codes.at("ship24"), Some("dhl-express"));
        assert_eq!(dhl.codes.at("trackingmore"), Some("dhl"));
        assert_eq!(dhl.codes.at("aftership"), Some("dhl"));
        assert_eq!(dhl.codes.at("gcl"), None);
        assert!(!dhl.names_agree);
        let same = |it: &&super::KnownCourier| {
            it.codes.ship24.is_some()
                && it.codes.ship24 == it.codes.trackingmore
                && it.codes.ship24 == it.codes.aftership
        };
        assert_eq!(COURIERS.iter().filter(same).count(), 39);
    }

    #[test]
    fn countries_are_two_capitals() {
        for courier in &COURIERS {
            let country = courier.country.unwrap_or("DE");
            let is_code = country.len() == 2 && country.bytes().all(|it| it.is_ascii_uppercase());
            assert!(is_code, "{}", courier.name);
        }
    }
}
