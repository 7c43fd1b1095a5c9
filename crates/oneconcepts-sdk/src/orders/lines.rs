//! The lines of an order, of which only a part is published.

use serde_json::{Map, Number, Value};
use tracking_http::Error;

use crate::CreateOrder;

/// The most digits that a number of JSON carries without loss.
const MAX_DIGITS: usize = 15;

/// What a line costs without tax.
///
/// Documented: the key must be there; `null` means "price it for me", and `0` or `0.0` must not be
/// used for that.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetCost(Option<Number>);

impl NetCost {
    /// Leaves the price to 1concepts. Sent as `null`, and never left out.
    #[must_use]
    pub const fn priced_by_provider() -> Self {
        Self(None)
    }

    /// Names a price as a decimal number with a dot: `12.90`. The currency is not published.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for anything but up to 15 digits with at
    /// most one dot between them, and for zero.
    pub fn amount(decimal: &str) -> Result<Self, Error> {
        let refused =
            |reason| Error::invalid_request("netCost", reason).with_provider(crate::error::NAME);
        let digits = decimal.bytes().filter(u8::is_ascii_digit).count();
        let dots = decimal.bytes().filter(|byte| *byte == b'.').count();
        let is_plain = digits + dots == decimal.len() && dots <= 1;
        let is_whole = !decimal.starts_with('.') && !decimal.ends_with('.');
        if !is_plain || !is_whole || !(1..=MAX_DIGITS).contains(&digits) {
            return Err(refused(
                "is no decimal number of up to 15 digits, such as `12.90`",
            ));
        }
        if decimal.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
            return Err(refused(
                "is zero, which 1concepts forbids; use `NetCost::priced_by_provider()` for \"price it for me\"",
            ));
        }
        let number: Number = decimal
            .parse()
            .map_err(|_| refused("is no decimal number, such as `12.90`"))?;
        Ok(Self(Some(number)))
    }
}

/// A number, or `null`.
impl From<&NetCost> for Value {
    fn from(cost: &NetCost) -> Self {
        cost.0.clone().map_or(Self::Null, Self::Number)
    }
}

/// One article of an order.
///
/// Documented are the article number and the price. The key of the quantity is not known: ask
/// 1concepts and put it into [`extra`](Self::extra).
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLine {
    /// The article number. Assumed: an integer, as in the list of products; a string can be sent too.
    pub sku: Value,
    /// The price; `null` when 1concepts is to set it.
    pub net_cost: NetCost,
    /// What is not published, such as the quantity.
    pub extra: Map<String, Value>,
}

impl OrderLine {
    /// Creates a line with what is documented as mandatory.
    #[must_use]
    pub fn new(sku: impl Into<Value>, net_cost: NetCost) -> Self {
        Self {
            sku: sku.into(),
            net_cost,
            extra: Map::new(),
        }
    }

    /// Adds a key that is not published, such as that of the quantity.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
}

/// The line as it is sent.
impl From<&OrderLine> for Value {
    fn from(line: &OrderLine) -> Self {
        let mut fields = line.extra.clone();
        fields.insert("sku".to_owned(), line.sku.clone());
        fields.insert("netCost".to_owned(), Self::from(&line.net_cost));
        Self::Object(fields)
    }
}

impl CreateOrder {
    /// Adds the order lines under a key whose name you have to ask 1concepts for: the published example
    /// breaks off before it.
    #[must_use]
    pub fn with_lines<'a>(
        mut self,
        key: impl Into<String>,
        lines: impl IntoIterator<Item = &'a OrderLine>,
    ) -> Self {
        let lines = lines.into_iter().map(Value::from).collect();
        self.extra.insert(key.into(), lines);
        self
    }

    /// Checks what the generated check does not know.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.validate()?;
        crate::number::check("externalOrderNumber", &self.external_order_number)?;
        // Responses have the slash and requests have not; a copied address would be refused late.
        if self.partner.starts_with('/') || self.partner.trim().is_empty() {
            return Err(Error::invalid_request(
                "partner",
                "is sent without a leading slash: `v2/api/partners/` and the id of the account",
            ));
        }
        self.check_extra()
    }

    /// Refuses a key that is set beside `extra` too. It would be sent twice, and the server would take
    /// the last.
    fn check_extra(&self) -> Result<(), Error> {
        let described = Self {
            extra: Map::new(),
            ..self.clone()
        };
        let described = serde_json::to_value(described).unwrap_or_default();
        match self.extra.keys().find(|key| described.get(key).is_some()) {
            Some(key) => Err(Error::invalid_request(
                key,
                "is in `extra` once more and would be sent twice; name it once",
            )),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn price_that_is_left_to_provider_is_sent_as_null() {
        let line = OrderLine::new(40_017, NetCost::priced_by_provider());

        assert_eq!(Value::from(&line), json!({"sku": 40017, "netCost": null}));
        let order = CreateOrder::new("v2/api/partners/4", "A").with_lines("lines", [&line]);
        let text = serde_json::to_string(&order).unwrap();
        assert!(text.contains(r#""netCost":null"#), "{text}");
    }

    #[test]
    fn price_is_sent_as_number() {
        for (decimal, sent) in [("12.90", "12.9"), ("7", "7"), ("0.01", "0.01")] {
            let cost = NetCost::amount(decimal).unwrap();

            assert_eq!(Value::from(&cost).to_string(), sent, "{decimal}");
        }
    }

    #[test]
    fn zero_and_what_is_no_number_are_refused() {
        for decimal in [
            "",
            "0",
            "0.0",
            "00.00",
            "-1",
            "+1",
            "1,5",
            "1.",
            ".5",
            "1.2.3",
            "1e3",
            "NaN",
            " 1",
            "1234567890123456",
        ] {
            let error = NetCost::amount(decimal).unwrap_err();

            assert_eq!(error.parameter(), Some("netCost"), "{decimal}");
        }
    }

    #[test]
    fn unpublished_keys_stand_beside_the_documented_ones() {
        let line = OrderLine::new("40017", NetCost::amount("5.5").unwrap()).with("quantity", 3);
        let order = CreateOrder::new("v2/api/partners/4", "A").with_lines("positions", [&line]);

        let json = serde_json::to_value(&order).unwrap();

        assert_eq!(
            json,
            json!({
                "partner": "v2/api/partners/4",
                "externalOrderNumber": "A",
                "positions": [{"sku": "40017", "netCost": 5.5, "quantity": 3}],
            })
        );
    }

    #[test]
    fn partner_with_leading_slash_is_refused() {
        for partner in ["/v2/api/partners/4", "", " "] {
            let error = CreateOrder::new(partner, "A").check().unwrap_err();

            assert_eq!(error.parameter(), Some("partner"), "{partner}");
        }
    }
}
