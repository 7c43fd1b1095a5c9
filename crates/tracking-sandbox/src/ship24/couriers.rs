//! The list of couriers: well-known ones, and made-up ones for each oddity of the real list.

use serde::Serialize;

/// One courier as the list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Courier {
    pub(crate) courier_code: &'static str,
    courier_name: &'static str,
    website: Option<&'static str>,
    is_post: bool,
    country_code: Option<&'static str>,
    required_fields: Option<&'static [&'static str]>,
    pub(crate) is_deprecated: bool,
}

impl Courier {
    const fn post(
        code: &'static str,
        name: &'static str,
        country: &'static str,
        website: &'static str,
    ) -> Self {
        Self {
            is_post: true,
            country_code: Some(country),
            ..Self::express(code, name, website)
        }
    }

    const fn express(code: &'static str, name: &'static str, website: &'static str) -> Self {
        Self {
            courier_code: code,
            courier_name: name,
            website: Some(website),
            is_post: false,
            country_code: None,
            required_fields: None,
            is_deprecated: false,
        }
    }

    const fn of(mut self, country: &'static str) -> Self {
        self.country_code = Some(country);
        self
    }

    const fn needs(mut self, fields: &'static [&'static str]) -> Self {
        self.required_fields = Some(fields);
        self
    }

    const fn without_website(mut self) -> Self {
        self.website = None;
        self
    }

    const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }
}

/// Names starting with "Northwind" are made up and carry the oddities.
pub(crate) const COURIERS: [Courier; 38] = [
    Courier::post(
        "at-post",
        "Österreichische Post",
        "AT",
        "https://www.post.at",
    ),
    Courier::post("au-post", "Australia Post", "AU", "https://auspost.com.au"),
    Courier::post("be-post", "bpost", "BE", "https://www.bpost.be"),
    Courier::post("br-post", "Correios", "BR", "https://www.correios.com.br"),
    Courier::post(
        "ca-post",
        "Canada Post",
        "CA",
        "https://www.canadapost-postescanada.ca",
    ),
    Courier::post("ch-post", "Swiss Post", "CH", "https://www.post.ch"),
    Courier::post("cn-post", "China Post", "CN", "http://www.chinapost.com.cn"),
    Courier::post(
        "de-post",
        "Deutsche Post",
        "DE",
        "https://www.deutschepost.de",
    ),
    Courier::post("es-post", "Correos", "ES", "https://www.correos.es"),
    Courier::post("fr-post", "La Poste", "FR", "http://www.laposte.fr/")
        .needs(&["destinationCountryCode"]),
    Courier::post("gb-post", "Royal Mail", "GB", "https://www.royalmail.com"),
    Courier::post("in-post", "India Post", "IN", "http://www.indiapost.gov.in"),
    Courier::post("it-post", "Poste Italiane", "IT", "https://www.poste.it"),
    Courier::post(
        "jp-post",
        "Japan Post",
        "JP",
        "https://www.post.japanpost.jp",
    ),
    Courier::post("kr-post", "Korea Post", "KR", "https://www.koreapost.go.kr"),
    Courier::post("nl-post", "PostNL", "NL", "https://www.postnl.nl"),
    Courier::post(
        "pl-post",
        "Poczta Polska",
        "PL",
        "https://www.poczta-polska.pl",
    ),
    Courier::post("pt-post", "CTT", "PT", "https://www.ctt.pt"),
    Courier::post(
        "se-post",
        "PostNord Sverige",
        "SE",
        "https://www.postnord.se",
    ),
    Courier::post("sg-post", "SingPost", "SG", "https://www.singpost.com"),
    Courier::post("us-post", "USPS", "US", "https://www.usps.com"),
    Courier::express("dhl", "DHL Express", "https://www.dhl.com"),
    Courier::express("dhl-germany", "DHL Paket", "https://www.dhl.de").of("DE"),
    Courier::express("dpd", "DPD", "https://www.dpd.com"),
    Courier::express("fedex", "FedEx", "https://www.fedex.com"),
    Courier::express("gls", "GLS", "https://gls-group.com"),
    Courier::express("palletways", "Palletways", "https://www.palletways.com/")
        .of("GB")
        .needs(&["destinationPostCode"]),
    Courier::express("tnt", "TNT", "http://www.tnt.com"),
    Courier::express("ups", "UPS", "https://www.ups.com"),
    Courier::express("yodel", "Yodel", "https://www.yodel.co.uk").of("GB"),
    Courier::express("northwind-cargo", "Northwind Cargo", "").without_website(),
    Courier::express(
        "northwind-account",
        "Northwind Account",
        "http://account.northwind.example",
    )
    .needs(&["courierAccount"]),
    Courier::express(
        "northwind-both",
        "Northwind Both",
        "http://both.northwind.example",
    )
    .needs(&["destinationPostCode", "destinationCountryCode"]),
    Courier::express(
        "northwind-empty",
        "Northwind Empty",
        "http://empty.northwind.example",
    )
    .needs(&[]),
    Courier::express(
        "northwind-new",
        "Northwind New",
        "https://new.northwind.example",
    )
    .needs(&["destinationCity"]),
    Courier::express(
        "northwind-space",
        "Northwind Space ",
        "http://space.northwind.example",
    ),
    Courier::express(
        "northwind-usa",
        "Northwind America",
        "http://usa.northwind.example",
    )
    .of("USA"),
    Courier::express(
        "northwind-old",
        "Northwind Old",
        "http://old.northwind.example",
    )
    .deprecated(),
];

/// The courier with this code.
pub(crate) fn find(code: &str) -> Option<&'static Courier> {
    COURIERS.iter().find(|courier| courier.courier_code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_keep_the_pattern_of_the_real_list() {
        for courier in COURIERS {
            let code = courier.courier_code;
            assert_eq!(
                COURIERS
                    .iter()
                    .filter(|other| other.courier_code == code)
                    .count(),
                1
            );
            assert!(code.len() <= 29);
            assert!(
                code.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{code}"
            );
        }
    }
}
