//! `open_enum!`: enums of wire values that grow. An undocumented value is kept, not refused.

use std::fmt;

/// The wire value of a value that has no variant in an open enum.
///
/// It can be read but not built, so a variant `Unknown` never holds a value that is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Returns the text exactly as it arrived.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Builds the payload of `Unknown`; for the code that `open_enum!` expands to.
#[doc(hidden)]
#[must_use]
pub fn unknown_value(text: impl Into<Box<str>>) -> UnknownValue {
    UnknownValue(text.into())
}

/// Declares an enum of wire values that stays open: known variants plus `Unknown`.
///
/// The enum gets `KNOWN`, `known`, `as_str`, `to_cow`, `is_unknown`, `Display`, `FromStr` and `From` that
/// cannot fail, an order by wire value, and serde implementations. A known value is read without
/// allocation; an unknown one keeps its text and writes the same text back. Strings are compared
/// exactly: tolerance for case and spelling belongs to a [`StatusTable`](crate::kit::StatusTable).
///
/// # Examples
///
/// ```
/// tracking_core::kit::open_enum! {
///     /// The state of a push.
///     pub enum PushStatus {
///         /// The receiver returned success.
///         Success = "success",
///         /// The receiver did not respond, or returned an error.
///         Failed = "failed",
///     }
/// }
///
/// assert_eq!(PushStatus::from("failed"), PushStatus::Failed);
///
/// let unknown = PushStatus::from("postponed");
/// assert!(unknown.is_unknown());
/// assert_eq!(unknown.as_str(), "postponed");
/// assert_eq!(PushStatus::KNOWN.len(), 2);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $(
                $(#[$variant_attribute:meta])*
                $variant:ident = $text:literal
            ),+ $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $(
                $(#[$variant_attribute])*
                $variant,
            )+
            /// A value that is not documented; the wire value is kept.
            Unknown($crate::kit::UnknownValue),
        }

        // A private enum need not use all of this.
        #[allow(dead_code)]
        impl $name {
            /// All documented values, in the order of their declaration.
            $visibility const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the documented value with exactly this wire value.
            #[must_use]
            $visibility fn known(text: &str) -> ::core::option::Option<Self> {
                match text {
                    $($text => ::core::option::Option::Some(Self::$variant),)+
                    _ => ::core::option::Option::None,
                }
            }

            /// Returns the wire value.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Returns the wire value as a value of its own; that of a documented value is not copied.
            #[must_use]
            $visibility fn to_cow(&self) -> ::std::borrow::Cow<'static, str> {
                match self {
                    $(Self::$variant => ::std::borrow::Cow::Borrowed($text),)+
                    Self::Unknown(value) => {
                        ::std::borrow::Cow::Owned(::std::string::String::from(value.as_str()))
                    }
                }
            }

            /// Returns true if the value is not a documented one.
            #[must_use]
            $visibility const fn is_unknown(&self) -> bool {
                ::core::matches!(self, Self::Unknown(_))
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::known(text)
                    .unwrap_or_else(|| Self::Unknown($crate::kit::unknown_value(text)))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::known(&text)
                    .unwrap_or_else(|| Self::Unknown($crate::kit::unknown_value(text)))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl ::core::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }

        impl $crate::kit::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::kit::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::kit::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::kit::serde::Deserializer<'de>,
            {
                $crate::kit::deserialize_scalar_string(deserializer)
            }
        }
    };
}

#[doc(inline)]
pub use __open_enum as open_enum;

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeSet;

    crate::kit::open_enum! {
        /// A sample with a string, a numeric string and a boolean string.
        enum Sample {
            /// A string.
            Moving = "moving",
            /// A number as a string.
            Accepted = "202",
            /// A boolean as a string.
            Yes = "true",
        }
    }

    #[test]
    fn known_string_becomes_variant() {
        assert_eq!(Sample::from("moving"), Sample::Moving);
        assert_eq!(Sample::from(String::from("202")), Sample::Accepted);
        assert_eq!("true".parse(), Ok(Sample::Yes));
    }

    #[test]
    fn unknown_string_is_kept_and_written_back() {
        let value: Sample = serde_json::from_str(r#""Moving ""#).unwrap();

        assert!(value.is_unknown());
        assert_eq!(value.as_str(), "Moving ");
        assert_eq!(value.to_string(), "Moving ");
        assert_eq!(value.to_cow(), "Moving ");
        assert_eq!(serde_json::to_string(&value).unwrap(), r#""Moving ""#);
    }

    #[test]
    fn wrong_scalars_are_read_as_strings() {
        let values: Vec<Sample> = serde_json::from_str("[202, true, -1, 1.0, false]").unwrap();

        let strings: Vec<&str> = values.iter().map(Sample::as_str).collect();
        assert_eq!(strings, ["202", "true", "-1", "1.0", "false"]);
        assert_eq!(values[0], Sample::Accepted);
        assert_eq!(values[1], Sample::Yes);
    }

    #[test]
    fn string_of_known_value_is_not_copied() {
        assert!(matches!(Sample::Moving.to_cow(), Cow::Borrowed("moving")));
    }

    #[test]
    fn objects_and_null_are_errors() {
        assert!(serde_json::from_str::<Sample>("{}").is_err());
        assert!(serde_json::from_str::<Sample>("null").is_err());
        assert_eq!(
            serde_json::from_str::<Option<Sample>>("null").unwrap(),
            None
        );
    }

    #[test]
    fn known_lists_every_variant_in_order() {
        let strings: Vec<&str> = Sample::KNOWN.iter().map(Sample::as_str).collect();

        assert_eq!(strings, ["moving", "202", "true"]);
    }

    #[test]
    fn order_follows_wire_string() {
        let set = BTreeSet::from([Sample::from("zzz"), Sample::Moving, Sample::Accepted]);

        let strings: Vec<&str> = set.iter().map(Sample::as_str).collect();
        assert_eq!(strings, ["202", "moving", "zzz"]);
    }

    #[test]
    fn debug_shows_unknown_string() {
        assert_eq!(format!("{:?}", Sample::from("new")), r#"Unknown("new")"#);
    }

    #[test]
    fn open_enum_is_no_larger_than_string() {
        assert_eq!(size_of::<Sample>(), size_of::<String>());
    }
}
