//! `string_type!`: strings with a type of their own, such as identifiers.

/// Declares a string with a type of its own, so that one identifier is not taken for another.
///
/// The text is not interpreted: providers' identifiers look like UUIDs until one does not. A number
/// or a boolean in its place is read as its text. Up to 22 bytes take no memory of their own.
///
/// # Examples
///
/// ```
/// tracking_core::kit::string_type! {
///     /// Identifies a tracker.
///     pub struct TrackerId;
/// }
///
/// let id = TrackerId::from("26148317-7502-d3ac-44a9-546d240ac0de");
/// assert_eq!(id, "26148317-7502-d3ac-44a9-546d240ac0de");
/// assert_eq!(id.as_str().len(), 36);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __string_type {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident;) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name($crate::kit::ShortString);

        // A private type need not use all of this.
        #[allow(dead_code)]
        impl $name {
            /// Returns the text.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(::core::convert::From::from(text))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self(::core::convert::From::from(text))
            }
        }

        impl ::core::convert::From<$name> for ::std::string::String {
            fn from(text: $name) -> Self {
                ::core::convert::From::from(text.0)
            }
        }

        impl ::core::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
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
pub use __string_type as string_type;

#[cfg(test)]
mod tests {
    crate::kit::string_type! {
        /// An identifier.
        pub(super) struct Id;
    }

    #[test]
    fn string_is_kept_unchanged() {
        let id: Id = serde_json::from_str(r#"" ee8ebe96-00ja ""#).unwrap();

        assert_eq!(id, " ee8ebe96-00ja ");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#"" ee8ebe96-00ja ""#);
        assert_eq!(String::from(id.clone()), id.to_string());
    }

    #[test]
    fn number_is_read_as_string() {
        assert_eq!(serde_json::from_str::<Id>("42").unwrap(), "42");
    }

    #[test]
    fn null_and_objects_are_no_strings() {
        assert!(serde_json::from_str::<Id>("null").is_err());
        assert!(serde_json::from_str::<Id>("{}").is_err());
        assert_eq!(serde_json::from_str::<Option<Id>>("null").unwrap(), None);
    }
}
