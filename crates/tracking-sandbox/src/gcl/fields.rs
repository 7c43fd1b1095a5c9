//! Reads a request body value by value and names the path of what is wrong.

use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::failure::Failure;
use crate::countries;
use crate::module::Call;

/// The JSON body of a call.
pub(super) fn body(call: &Call<'_>) -> Result<Value, Failure> {
    let is_json = call
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/json"));
    if !is_json {
        return Err(Failure::not_json());
    }
    serde_json::from_slice(call.body).map_err(|_| Failure::unreadable())
}

/// A value of the body and where it stands.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// None for a key that is left out where that is allowed.
    value: Option<&'a Value>,
    path: String,
    require_every_key: bool,
}

impl<'a> Field<'a> {
    pub(super) fn root(value: &'a Value, require_every_key: bool) -> Self {
        Self {
            value: Some(value),
            path: String::new(),
            require_every_key,
        }
    }

    fn fail(&self, reason: &str) -> Failure {
        if self.path.is_empty() {
            return Failure::invalid(format!("The body {reason}."));
        }
        Failure::invalid(format!("{} {reason}.", self.path))
    }

    /// A value of this object.
    pub(super) fn at(&self, key: &str) -> Result<Self, Failure> {
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

    /// A text, which null and `""` leave blank.
    pub(super) fn text(&self) -> Result<&'a str, Failure> {
        match self.value {
            None | Some(Value::Null) => Ok(""),
            Some(Value::String(text)) => Ok(text.trim()),
            Some(_) => Err(self.fail("must be a text or null")),
        }
    }

    /// Texts of this object that may be blank.
    pub(super) fn texts(&self, keys: &[&str]) -> Result<(), Failure> {
        keys.iter()
            .try_for_each(|key| self.at(key)?.text().map(drop))
    }

    /// A text that says something.
    pub(super) fn required_text(&self) -> Result<&'a str, Failure> {
        match self.text()? {
            "" => Err(self.fail("must not be blank")),
            text => Ok(text),
        }
    }

    /// One of the words that are known.
    pub(super) fn word(&self, known: &[&str]) -> Result<&'a str, Failure> {
        let text = self.required_text()?;
        if known.contains(&text) {
            return Ok(text);
        }
        Err(self.fail(&format!("must be one of {}", known.join(", "))))
    }

    /// A country by its two letters.
    pub(super) fn country(&self) -> Result<&'static str, Failure> {
        let text = self.required_text()?;
        countries::alpha_2(text)
            .filter(|code| *code == text)
            .ok_or_else(|| self.fail("must be a country of two capital letters"))
    }

    /// A JSON number of at least `least`.
    pub(super) fn number(&self, least: f64) -> Result<f64, Failure> {
        self.value
            .and_then(Value::as_f64)
            .filter(|number| *number >= least)
            .ok_or_else(|| self.fail(&format!("must be a number, {least} or more")))
    }

    /// The items of a list that has some.
    pub(super) fn items(&self) -> Result<Vec<Self>, Failure> {
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

    fn message(result: Result<impl Sized, Failure>) -> String {
        let failure = result.err().unwrap();
        let body = serde_json::to_value(failure.body(false)).unwrap();
        body["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        let body = json!({ "list": [{ "weight": "12" }], "text": 1, "country": "DEU" });
        let root = Field::root(&body, true);
        let item = root.at("list").unwrap().items().unwrap().remove(0);

        let weight = item.at("weight").unwrap();
        assert_eq!(
            message(weight.number(0.0)),
            "list[0].weight must be a number, 0 or more."
        );
        assert_eq!(
            message(root.at("text").unwrap().text()),
            "text must be a text or null."
        );
        assert_eq!(
            message(root.at("country").unwrap().country()),
            "country must be a country of two capital letters."
        );
        assert_eq!(message(root.at("other")), "other is missing.");
    }

    #[test]
    fn keys_may_be_left_out_where_that_is_allowed() {
        let body = json!({});
        let root = Field::root(&body, false);

        let deep = root.at("receiver").unwrap().at("address").unwrap();

        assert_eq!(deep.at("suburb").unwrap().text(), Ok(""));
        assert!(deep.at("country").unwrap().country().is_err());
    }
}
