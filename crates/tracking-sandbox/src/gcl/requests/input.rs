//! Parses a request body value by value and names the path of what is wrong.

use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::gcl::errors::Refusal;
use crate::server::Call;
use crate::world::countries;

/// The JSON body of a call.
pub(crate) fn body(call: &Call<'_>) -> Result<Value, Refusal> {
    let is_json = call
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/json"));
    if !is_json {
        return Err(Refusal::not_json());
    }
    serde_json::from_slice(call.body).map_err(|_| Refusal::unreadable())
}

/// A value of the body and its path.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    /// `None` for a missing key where that is allowed.
    value: Option<&'a Value>,
    path: String,
    require_every_key: bool,
}

impl<'a> Field<'a> {
    pub(crate) fn root(value: &'a Value, require_every_key: bool) -> Self {
        Self {
            value: Some(value),
            path: String::new(),
            require_every_key,
        }
    }

    fn fail(&self, reason: &str) -> Refusal {
        if self.path.is_empty() {
            return Refusal::invalid(format!("The body {reason}."));
        }
        Refusal::invalid(format!("{} {reason}.", self.path))
    }

    /// A value of this object.
    pub(crate) fn at(&self, key: &str) -> Result<Self, Refusal> {
        let object = match self.value {
            Some(Value::Object(object)) => Some(object),
            None => None,
            Some(_) => return Err(self.fail("must be an object")),
        };
        let separator = if self.path.is_empty() { "" } else { "." };
        let field = Self {
            value: object.and_then(|object| object.get(key)),
            path: format!("{}{separator}{key}", self.path),
            require_every_key: self.require_every_key,
        };
        if field.value.is_none() && field.require_every_key {
            return Err(field.fail("is missing"));
        }
        Ok(field)
    }

    /// A string without surrounding white space; empty for null and for a missing key.
    pub(crate) fn optional_string(&self) -> Result<&'a str, Refusal> {
        match self.value {
            None | Some(Value::Null) => Ok(""),
            Some(Value::String(text)) => Ok(text.trim()),
            Some(_) => Err(self.fail("must be a string or null")),
        }
    }

    /// Checks keys of this object that hold a string or null.
    pub(crate) fn optional_strings(&self, keys: &[&str]) -> Result<(), Refusal> {
        keys.iter()
            .try_for_each(|key| self.at(key)?.optional_string().map(drop))
    }

    /// A string that is not empty.
    pub(crate) fn required_string(&self) -> Result<&'a str, Refusal> {
        match self.optional_string()? {
            "" => Err(self.fail("must not be empty")),
            text => Ok(text),
        }
    }

    /// A string that is one of `known`.
    pub(crate) fn one_of(&self, known: &[&str]) -> Result<&'a str, Refusal> {
        let text = self.required_string()?;
        if known.contains(&text) {
            return Ok(text);
        }
        Err(self.fail(&format!("must be one of {}", known.join(", "))))
    }

    /// A country by its two letters.
    pub(crate) fn country(&self) -> Result<&'static str, Refusal> {
        let text = self.required_string()?;
        countries::alpha_2(text)
            .filter(|code| *code == text)
            .ok_or_else(|| self.fail("must be a country of two capital letters"))
    }

    /// A JSON number of at least `least`.
    pub(crate) fn number(&self, least: f64) -> Result<f64, Refusal> {
        self.value
            .and_then(Value::as_f64)
            .filter(|number| *number >= least)
            .ok_or_else(|| self.fail(&format!("must be a number, {least} or more")))
    }

    /// The items of a list that is not empty.
    pub(crate) fn items(&self) -> Result<Vec<Self>, Refusal> {
        let items = self
            .value
            .and_then(Value::as_array)
            .filter(|items| !items.is_empty())
            .ok_or_else(|| self.fail("must be a list with an item or more"))?;
        let item = |(position, value)| Self {
            value: Some(value),
            path: format!("{}[{position}]", self.path),
            require_every_key: self.require_every_key,
        };
        Ok(items.iter().enumerate().map(item).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(result: Result<impl Sized, Refusal>) -> String {
        let refusal = result.err().unwrap();
        let body = serde_json::to_value(refusal.body(false)).unwrap();
        body["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn wrong_value_is_named_by_path() {
        let body = json!({ "list": [{ "weight": "12" }], "text": 1, "country": "DEU" });
        let root = Field::root(&body, true);
        let item = root.at("list").unwrap().items().unwrap().remove(0);

        let weight = item.at("weight").unwrap();
        assert_eq!(
            message(weight.number(0.0)),
            "list[0].weight must be a number, 0 or more."
        );
        assert_eq!(
            message(root.at("text").unwrap().optional_string()),
            "text must be a string or null."
        );
        assert_eq!(
            message(root.at("country").unwrap().country()),
            "country must be a country of two capital letters."
        );
        assert_eq!(message(root.at("other")), "other is missing.");
    }

    #[test]
    fn optional_keys_may_be_missing() {
        let body = json!({});
        let root = Field::root(&body, false);

        let deep = root.at("receiver").unwrap().at("address").unwrap();

        assert_eq!(deep.at("suburb").unwrap().optional_string(), Ok(""));
        assert!(deep.at("country").unwrap().country().is_err());
    }
}
