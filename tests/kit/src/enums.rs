//! Enums of an API.

use serde_json::Value;

/// Reads JSON as an enum, or says why it is none.
pub type ReadEnum = fn(&Value) -> Result<EnumValue, String>;

/// An enum of an SDK.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Enum {
    /// Its name in the spec.
    pub name: &'static str,
    /// The strings of the known values.
    pub known: Vec<String>,
    /// Reads JSON as the enum; nothing for an enum that is only sent, and takes no other value.
    pub read: Option<ReadEnum>,
}

/// A value of an enum of an SDK.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "a macro builds it")]
pub struct EnumValue {
    /// Its string.
    pub string: String,
    /// Whether it is none of the known values.
    pub is_unknown: bool,
    /// What it is written as.
    pub written: Value,
    /// Whether it equals what its string alone becomes.
    pub equals_its_string: bool,
}

impl Enum {
    /// An enum, as [`enums!`](crate::enums) describes it.
    #[must_use]
    pub fn new(name: &'static str, known: Vec<String>, read: Option<ReadEnum>) -> Self {
        Self { name, known, read }
    }
}

/// Every enum of an SDK: `enums![some_sdk: Status, Kind; closed: Order]`. Closed ones are only sent.
#[macro_export]
macro_rules! enums {
    ($sdk:ident: $($open:ident),+ $(; closed: $($closed:ident),+)?) => {
        ::std::vec![
            $($crate::Enum::new(
                stringify!($open),
                $crate::enums!(@known $sdk $open),
                Some(|json| {
                    let value: $sdk::$open =
                        ::serde_json::from_value(json.clone()).map_err(|it| it.to_string())?;
                    Ok($crate::EnumValue {
                        string: value.as_str().to_owned(),
                        is_unknown: value.is_unknown(),
                        written: ::serde_json::to_value(&value).map_err(|it| it.to_string())?,
                        equals_its_string: value == $sdk::$open::from(value.as_str()),
                    })
                }),
            ),)+
            $($($crate::Enum::new(
                stringify!($closed),
                $crate::enums!(@known $sdk $closed),
                None,
            ),)+)?
        ]
    };
    (@known $sdk:ident $name:ident) => {
        $sdk::$name::KNOWN.iter().map(|value| value.as_str().to_owned()).collect()
    };
}
