//! `GET /carriers`: well-known carriers, and made-up ones for each oddity of the real list.

use serde::Serialize;

/// One carrier as the list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Carrier {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) homepage: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    /// An address without a scheme.
    picture: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_cn: Option<&'static str>,
    /// What the parcels of the sandbox call this courier, where that differs. Not on the wire.
    #[serde(skip)]
    courier: &'static str,
    /// The post of this country. Not on the wire.
    #[serde(skip)]
    pub(crate) post_of: Option<&'static str>,
}

impl Carrier {
    const fn express(code: &'static str, name: &'static str, homepage: &'static str) -> Self {
        Self {
            name,
            code,
            phone: "",
            homepage,
            kind: "express",
            picture: "//images.sandbox.example/express.png",
            name_cn: None,
            courier: code,
            post_of: None,
        }
    }

    const fn post(
        code: &'static str,
        name: &'static str,
        homepage: &'static str,
        country: &'static str,
        courier: &'static str,
    ) -> Self {
        Self {
            kind: "globalpost",
            picture: "//images.sandbox.example/globalpost.png",
            courier,
            post_of: Some(country),
            ..Self::express(code, name, homepage)
        }
    }

    const fn phone(mut self, phone: &'static str) -> Self {
        self.phone = phone;
        self
    }

    const fn chinese(mut self, name: &'static str) -> Self {
        self.name_cn = Some(name);
        self
    }

    /// Postal parcels count as expired after sixty days, others after thirty.
    pub(crate) fn expires_after_days(&self) -> i64 {
        if self.kind == "globalpost" { 60 } else { 30 }
    }
}

/// Names starting with "Northwind" are made up and carry the oddities.
pub(crate) const CARRIERS: [Carrier; 36] = [
    Carrier::express("dhl", "DHL", "//www.dhl.com/")
        .phone("1 555 0100")
        .chinese("DHL"),
    Carrier::express("ups", "UPS", "http://www.ups.com/")
        .phone("1 555 0101")
        .chinese("UPS"),
    Carrier::express("fedex", "Fedex", "http://www.fedex.com/").phone("1 555 0102"),
    Carrier::express("tnt", "TNT", "www.tnt.com"),
    Carrier::express("dpd", "DPD", "http://www.dpd.com/"),
    Carrier::express("gls", "GLS", "https://gls-group.com/"),
    Carrier::express("dhl-germany", "Deutsche Post DHL", "http://www.dhl.de/").phone("49 555 0103"),
    Carrier::express("yodel", "Yodel", "https://www.yodel.co.uk/"),
    Carrier::express("palletways", "Palletways", "https://www.palletways.com/"),
    Carrier::express("4px", "4PX", "http://express.4px.com/").chinese("递四方"),
    Carrier::express("zto", "ZTO Express", "http://www.zto.cn/").chinese("中通快递"),
    Carrier::post("usps", "USPS", "https://www.usps.com/", "US", "us-post").chinese("美国邮政"),
    Carrier::post(
        "china-post",
        "China Post",
        "//www.chinapost.com.cn/",
        "CN",
        "cn-post",
    )
    .phone("86 555 0104")
    .chinese("中国邮政"),
    Carrier::post(
        "china-ems",
        "China EMS",
        "http://www.ems.com.cn/",
        "CN",
        "china-ems",
    ),
    Carrier::post(
        "singapore-post",
        "Singapore Post",
        "http://www.singpost.com/",
        "SG",
        "sg-post",
    )
    .phone("0065 / 555 0105")
    .chinese("新加坡邮政"),
    Carrier::post(
        "deutsche-post",
        "Deutsche Post",
        "http://www.deutschepost.de/",
        "DE",
        "de-post",
    ),
    Carrier::post(
        "royal-mail",
        "United Kingdom Royal Mail",
        "http://www.royalmail.com",
        "GB",
        "gb-post",
    )
    .chinese("英国皇家邮政"),
    Carrier::post(
        "netherlands-post",
        "Netherlands Post",
        "http://www.postnl.nl/",
        "NL",
        "nl-post",
    ),
    Carrier::post(
        "bpost",
        "Belgium Post",
        "http://www.bpost.be/",
        "BE",
        "be-post",
    ),
    Carrier::post(
        "laposte",
        "La Poste",
        "http://www.laposte.fr/",
        "FR",
        "fr-post",
    ),
    Carrier::post(
        "swiss-post",
        "Swiss Post",
        "//www.post.ch/",
        "CH",
        "ch-post",
    ),
    Carrier::post(
        "austria-post",
        "Austrian Post",
        "www.post.at",
        "AT",
        "at-post",
    ),
    Carrier::post(
        "auspost",
        "Auspost",
        "http://auspost.com.au/",
        "AU",
        "au-post",
    ),
    Carrier::post("brazil-correios", "Correios", "", "BR", "br-post"),
    Carrier::post(
        "canada-post",
        "Canada Post",
        "http://www.canadapost.ca/",
        "CA",
        "ca-post",
    ),
    Carrier::post(
        "correos-spain",
        "Correos",
        "http://www.correos.es/",
        "ES",
        "es-post",
    ),
    Carrier::post("india-post", "India Post", "", "IN", "in-post"),
    Carrier::post(
        "poste-italiane",
        "Poste Italiane",
        "http://www.poste.it/",
        "IT",
        "it-post",
    ),
    Carrier::post(
        "japan-post",
        "Japan Post",
        "http://www.post.japanpost.jp/",
        "JP",
        "jp-post",
    ),
    Carrier::post(
        "korea-post",
        "Korea Post",
        "http://www.epost.go.kr/",
        "KR",
        "kr-post",
    ),
    Carrier::post("poczta-polska", "Poland Post", "", "PL", "pl-post"),
    Carrier::post("portugal-ctt", "Portugal Post", "", "PT", "pt-post"),
    Carrier::post("sweden-posten", "PostNord Sweden", "", "SE", "se-post"),
    Carrier::express("northwind-cargo", "Northwind Cargo", ""),
    Carrier::express(
        "northwind-air",
        "Northwind Air",
        "www.air.northwind.example",
    )
    .chinese(""),
    Carrier::express(
        "northwind-space",
        "Northwind Space ",
        "//space.northwind.example/",
    ),
];

/// The carrier with this code.
pub(crate) fn find(code: &str) -> Option<&'static Carrier> {
    CARRIERS.iter().find(|carrier| carrier.code == code)
}

/// The code that this API has for a courier of the parcels; one that is not in the list keeps its
/// own.
pub(crate) fn code_of(courier: &str) -> &str {
    CARRIERS
        .iter()
        .find(|carrier| carrier.courier == courier)
        .map_or(courier, |carrier| carrier.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_keep_the_pattern_of_the_real_list() {
        let mut codes: Vec<_> = CARRIERS.iter().map(|carrier| carrier.code).collect();
        codes.sort_unstable();
        codes.dedup();

        assert_eq!(codes.len(), CARRIERS.len());
        for code in codes {
            let allowed =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(code.bytes().all(allowed), "{code}");
        }
    }

    #[test]
    fn couriers_of_parcels_have_a_code_here() {
        let cases = [
            ("sg-post", "singapore-post"),
            ("dhl-germany", "dhl-germany"),
            ("us-post", "usps"),
            ("somebody-else", "somebody-else"),
        ];

        for (courier, code) in cases {
            assert_eq!(code_of(courier), code);
        }
    }
}
