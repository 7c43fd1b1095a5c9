//! Which products a list shows.

use tracking_http::{Call, Error, checks};

/// The most numbers that are sent in one query, so that its address stays below 8 kB with numbers of
/// usual length. Assumed: the provider names no limit.
pub(crate) const MAX_VALUES: usize = 100;

/// Which products a list shows; without a selection all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct ProductSelection {
    skus: Option<Vec<i64>>,
    country_codes: Option<Vec<String>>,
}

impl ProductSelection {
    /// Selects all products.
    pub fn all() -> Self {
        Self::default()
    }

    /// Keeps these article numbers: one is sent as `sku`, several as `sku[]`. At most 100.
    pub fn skus(mut self, skus: impl IntoIterator<Item = i64>) -> Self {
        self.skus.get_or_insert_default().extend(skus);
        self
    }

    /// Keeps what may be sold in all of these countries, two capital letters each. At most 100.
    pub fn country_codes<T: Into<String>>(mut self, codes: impl IntoIterator<Item = T>) -> Self {
        let codes = codes.into_iter().map(Into::into);
        self.country_codes.get_or_insert_default().extend(codes);
        self
    }

    /// Refuses what the server would ignore, and an empty list, which would not be sent: the response
    /// would be all products.
    pub(crate) fn check(&self, sku_of_query: Option<i64>) -> Result<(), Error> {
        if self.skus.is_some() && sku_of_query.is_some() {
            let reason = "is given twice, in the query and in the selection; name it once";
            return Err(Error::invalid_request("sku", reason));
        }
        checks::count("sku", self.skus.as_ref().map(Vec::len), 1, MAX_VALUES)?;
        let codes = self.country_codes.as_ref().map(Vec::len);
        checks::count("countryCodes", codes, 1, MAX_VALUES)?;
        for sku in self.skus.iter().flatten() {
            checks::range("sku", Some(*sku), 1, i64::MAX)?;
        }
        for code in self.country_codes.iter().flatten() {
            checks::length("countryCodes", Some(code), 2, 2)?;
            checks::characters("countryCodes", Some(code), "A-Z", |letter| {
                letter.is_ascii_uppercase()
            })?;
        }
        Ok(())
    }

    pub(crate) fn apply<'a>(&self, mut call: Call<'a>) -> Call<'a> {
        let skus = self.skus.as_deref().unwrap_or_default();
        let name = if skus.len() == 1 { "sku" } else { "sku[]" };
        for sku in skus {
            call = call.query_pair(name, sku.to_string());
        }
        for code in self.country_codes.iter().flatten() {
            call = call.query_pair("countryCodes[]", code);
        }
        call
    }
}
