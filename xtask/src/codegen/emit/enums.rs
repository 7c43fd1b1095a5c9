//! Enums: open ones through the macro of the core, closed ones with their serde names or as numbers.

use std::fmt::Write as _;

use super::comment;
use super::serde_names::WireNames;
use crate::codegen::model::{TypeModel, Variant};

/// An enum that keeps values it does not know.
pub(super) fn open(found: &TypeModel, variants: &[Variant], body: &mut String) {
    body.push_str("tracking_core::kit::open_enum! {\n");
    body.push_str(&comment(&found.docs, 4));
    let _ = writeln!(body, "    pub enum {} {{", found.name);
    for Variant { name, wire, docs } in variants {
        body.push_str(&comment(docs, 8));
        let _ = writeln!(body, "        {name} = {wire:?},");
    }
    body.push_str("    }\n}\n");
}

/// An enum of what may be sent.
pub(super) fn closed(found: &TypeModel, variants: &[Variant], body: &mut String) {
    let pairs: Vec<(&str, &str)> = variants
        .iter()
        .map(|variant| (variant.name.as_str(), variant.wire.as_str()))
        .collect();
    let names = WireNames::of_variants(&pairs);
    let type_name = &found.name;

    body.push_str(&comment(&found.docs, 0));
    body.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]\n");
    if let Some(argument) = names.for_type() {
        let _ = writeln!(body, "#[serde({argument})]");
    }
    let _ = writeln!(body, "#[non_exhaustive]\npub enum {type_name} {{");
    for Variant { name, wire, docs } in variants {
        body.push_str(&comment(docs, 4));
        if let Some(argument) = names.for_name(name, wire) {
            let _ = writeln!(body, "    #[serde({argument})]");
        }
        let _ = writeln!(body, "    {name},");
    }
    body.push_str("}\n\n");

    strings(type_name, variants, body);
}

/// An enum of numbers that may be sent, such as `7`.
///
/// A number that is none of them is refused under the name of the `parameter` that takes one.
pub(super) fn numbers(
    provider: &str,
    found: &TypeModel,
    parameter: &str,
    variants: &[Variant],
    body: &mut String,
) {
    let type_name = &found.name;
    body.push_str(&comment(&found.docs, 0));
    body.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]\n");
    body.push_str("#[serde(into = \"i64\")]\n#[non_exhaustive]\n");
    let _ = writeln!(body, "pub enum {type_name} {{");
    for Variant { name, docs, .. } in variants {
        body.push_str(&comment(docs, 4));
        let _ = writeln!(body, "    {name},");
    }
    body.push_str("}\n\n");
    strings(type_name, variants, body);

    let to: String = variants
        .iter()
        .map(|Variant { name, wire, .. }| format!("{type_name}::{name} => {wire},\n"))
        .collect();
    let from: String = variants
        .iter()
        .map(|Variant { name, wire, .. }| format!("{wire} => Ok(Self::{name}),\n"))
        .collect();
    let wires: Vec<&str> = variants
        .iter()
        .map(|variant| variant.wire.as_str())
        .collect();
    let allowed = match wires.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => wires.concat(),
    };
    let _ = writeln!(
        body,
        "\nimpl From<{type_name}> for i64 {{
            fn from(value: {type_name}) -> Self {{
                match value {{ {to} }}
            }}
        }}

        impl TryFrom<i64> for {type_name} {{
            type Error = Error;

            fn try_from(number: i64) -> Result<Self, Error> {{
                match number {{
                    {from}_ => {{
                        let reason = format!(\"must be {allowed}, not {{number}}\");
                        Err(Error::invalid_request({parameter:?}, reason).with_provider({provider:?}))
                    }}
                }}
            }}
        }}

        /// Reads the number, also from a string.
        impl<'de> Deserialize<'de> for {type_name} {{
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
                use serde::de::Error as _;
                let number = lenient::integer(deserializer)?;
                let number = number.ok_or_else(|| D::Error::custom(\"a number is missing\"))?;
                Self::try_from(number).map_err(D::Error::custom)
            }}
        }}"
    );
}

/// What every closed enum has: its values and their strings.
fn strings(type_name: &str, variants: &[Variant], body: &mut String) {
    let all: Vec<String> = variants
        .iter()
        .map(|variant| format!("Self::{}", variant.name))
        .collect();
    let arms: String = variants
        .iter()
        .map(|variant| format!("Self::{} => {:?},\n", variant.name, variant.wire))
        .collect();
    let _ = writeln!(
        body,
        "impl {type_name} {{
            /// Every value, in the order of the provider's documentation.
            pub const KNOWN: &[Self] = &[{}];

            /// Returns the value on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {{
                match self {{ {arms} }}
            }}
        }}

        impl fmt::Display for {type_name} {{
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
                f.pad(self.as_str())
            }}
        }}",
        all.join(", ")
    );
}
