//! Writes names and values of a query into a URL, from anything that can be serialised.

use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

/// Everything that a query must not hold as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends one pair, percent-encoded.
pub(crate) fn push_pair(url: &mut String, has_query: &mut bool, name: &str, value: &str) {
    push_name(url, has_query, name);
    url.extend(utf8_percent_encode(value, ESCAPED));
}

fn push_name(url: &mut String, has_query: &mut bool, name: &str) {
    url.push(if *has_query { '&' } else { '?' });
    *has_query = true;
    url.extend(utf8_percent_encode(name, ESCAPED));
    url.push('=');
}

/// Appends the fields of an object in their order, or a list of pairs. Null fields are left out.
///
/// # Errors
///
/// When a query cannot hold the value. What was appended until then stays.
pub(crate) fn push_pairs(
    url: &mut String,
    has_query: &mut bool,
    pairs: &(impl Serialize + ?Sized),
) -> Result<(), Unfit> {
    let part = Part::Whole;
    let written = pairs.serialize(Writer {
        url,
        has_query,
        part,
    });
    written.map(drop)
}

/// Why a value cannot be a query.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// It is of another shape.
    Shape,
    /// It cannot be serialised at all.
    Value(String),
}

impl Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "is no object or list of pairs with simple values",
            Self::Value(reason) => reason,
        })
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: Display>(reason: T) -> Self {
        Self::Value(reason.to_string())
    }
}

/// What a serialised value is in the query.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    Pair,
    Name,
    Value,
}

/// Writes one part. The outcome says if there was something to write: null is nothing.
struct Writer<'a> {
    url: &'a mut String,
    has_query: &'a mut bool,
    part: Part,
}

/// The inside of an object, of a list or of a pair.
struct Inside<'a> {
    writer: Writer<'a>,
    /// Of a pair, the parts so far.
    count: usize,
    /// Of an object, what the URL was before the field.
    before: (usize, bool),
}

impl<'a> Writer<'a> {
    fn part(&mut self, part: Part, value: &(impl Serialize + ?Sized)) -> Result<bool, Unfit> {
        value.serialize(Writer {
            url: self.url,
            has_query: self.has_query,
            part,
        })
    }

    fn inside(self) -> Inside<'a> {
        Inside {
            before: (self.url.len(), *self.has_query),
            count: 0,
            writer: self,
        }
    }
}

impl Inside<'_> {
    fn name(&mut self, name: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        self.before = (self.writer.url.len(), *self.writer.has_query);
        self.writer.part(Part::Name, name).map(drop)
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        if !self.writer.part(Part::Value, value)? {
            let (length, has_query) = self.before;
            self.writer.url.truncate(length);
            *self.writer.has_query = has_query;
        }
        Ok(())
    }

    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        let part = match (self.writer.part, self.count) {
            (Part::Whole, _) => Part::Pair,
            (_, 0) => Part::Name,
            (_, 1) => Part::Value,
            _ => return Err(Unfit::Shape),
        };
        self.count += 1;
        let is_written = self.writer.part(part, value)?;
        is_written.then_some(()).ok_or(Unfit::Shape)
    }

    fn end_of_list(self) -> Result<bool, Unfit> {
        match (self.writer.part, self.count) {
            (Part::Whole, _) | (_, 2) => Ok(true),
            _ => Err(Unfit::Shape),
        }
    }
}

/// What is written as in JSON, without quotes.
macro_rules! as_strings {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, value: $type) -> Result<bool, Unfit> {
            self.serialize_str(&value.to_string())
        })*
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = bool;
    type Error = Unfit;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeTupleVariant = Impossible<bool, Unfit>;
    type SerializeStructVariant = Impossible<bool, Unfit>;

    as_strings! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_bool(bool) serialize_char(char)
    }

    fn serialize_f32(self, value: f32) -> Result<bool, Unfit> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<bool, Unfit> {
        match serde_json::Number::from_f64(value) {
            Some(number) => self.serialize_str(&number.to_string()),
            None => self.serialize_none(),
        }
    }

    fn serialize_str(self, value: &str) -> Result<bool, Unfit> {
        match self.part {
            Part::Name => push_name(self.url, self.has_query, value),
            Part::Value => self.url.extend(utf8_percent_encode(value, ESCAPED)),
            Part::Whole | Part::Pair => return Err(Unfit::Shape),
        }
        Ok(true)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<bool, Unfit> {
        Err(Unfit::Shape)
    }

    fn serialize_none(self) -> Result<bool, Unfit> {
        match self.part {
            Part::Whole | Part::Value => Ok(false),
            Part::Pair | Part::Name => Err(Unfit::Shape),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<bool, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<bool, Unfit> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<bool, Unfit> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<bool, Unfit> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<bool, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<bool, Unfit> {
        let mut object = self.serialize_map(Some(1))?;
        ser::SerializeMap::serialize_entry(&mut object, variant, value)?;
        ser::SerializeMap::end(object)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, Unfit> {
        match self.part {
            Part::Whole | Part::Pair => Ok(self.inside()),
            Part::Name | Part::Value => Err(Unfit::Shape),
        }
    }

    fn serialize_tuple(self, length: usize) -> Result<Inside<'a>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Inside<'a>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(Unfit::Shape)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, Unfit> {
        match self.part {
            Part::Whole => Ok(self.inside()),
            Part::Pair | Part::Name | Part::Value => Err(Unfit::Shape),
        }
    }

    fn serialize_struct(self, _: &'static str, fields: usize) -> Result<Inside<'a>, Unfit> {
        self.serialize_map(Some(fields))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(Unfit::Shape)
    }
}

/// The lists of serde, which differ in the name of a method only.
macro_rules! lists {
    ($($list:ident::$method:ident)*) => {
        $(impl ser::$list for Inside<'_> {
            type Ok = bool;
            type Error = Unfit;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
                self.element(value)
            }

            fn end(self) -> Result<bool, Unfit> {
                self.end_of_list()
            }
        })*
    };
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
}

impl ser::SerializeMap for Inside<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.name(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.value(value)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(true)
    }
}

impl ser::SerializeStruct for Inside<'_> {
    type Ok = bool;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.name(name)?;
        self.value(value)
    }

    fn end(self) -> Result<bool, Unfit> {
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn query(pairs: impl Serialize) -> Option<String> {
        let (mut url, mut has_query) = (String::new(), false);
        push_pairs(&mut url, &mut has_query, &pairs).ok()?;
        assert_eq!(has_query, !url.is_empty());
        Some(url)
    }

    #[derive(Serialize)]
    struct Fields {
        sort: Option<&'static str>,
        page: u8,
        #[serde(rename = "createdAt[after]")]
        after: &'static str,
        lang: Option<()>,
        ratio: f64,
        exact: bool,
    }

    #[test]
    fn object_is_written_in_the_order_of_its_fields() {
        let fields = Fields {
            sort: None,
            page: 2,
            after: "de & fr",
            lang: None,
            ratio: 1.0,
            exact: true,
        };
        let expected = "?page=2&createdAt%5Bafter%5D=de%20%26%20fr&ratio=1.0&exact=true";

        assert_eq!(query(fields).as_deref(), Some(expected));
    }

    #[test]
    fn lists_of_pairs_and_maps_are_queries() {
        for pairs in [json!({"page": 2, "sort": null}), json!([["page", "2"]])] {
            assert_eq!(query(pairs).as_deref(), Some("?page=2"));
        }
        assert_eq!(query([("a", 'x'), ("b", 'y')]).as_deref(), Some("?a=x&b=y"));
        assert_eq!(query(BTreeMap::from([(1, 2)])).as_deref(), Some("?1=2"));
    }

    #[test]
    fn nothing_is_written_without_pairs() {
        for pairs in [json!(null), json!({}), json!([]), json!({"sort": null})] {
            assert_eq!(query(pairs).as_deref(), Some(""));
        }
    }

    #[test]
    fn pairs_continue_a_query() {
        let (mut url, mut has_query) = ("/list?page=2".to_owned(), true);

        push_pairs(&mut url, &mut has_query, &json!({"limit": 5})).unwrap();
        push_pair(&mut url, &mut has_query, "q", "a+b");

        assert_eq!(url, "/list?page=2&limit=5&q=a%2Bb");
    }

    #[test]
    fn everything_else_is_refused() {
        for value in [
            json!("page=2"),
            json!(2),
            json!({"ids": [1, 2]}),
            json!({"page": {"number": 2}}),
            json!(["page", 2]),
            json!([["page"]]),
            json!([["page", 2, 3]]),
            json!([["page", null]]),
            json!([[null, 2]]),
            json!([{"page": 2}]),
            json!([null]),
        ] {
            assert_eq!(query(&value), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn pairs_are_read_back_alike(
            pairs in proptest::collection::vec((".{0,6}", ".{0,6}"), 0..5),
        ) {
            let query = query(&pairs).unwrap();
            let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
            let read: Vec<_> = query
                .split(['?', '&'])
                .skip(1)
                .map(|pair| pair.split_once('=').unwrap())
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect();

            prop_assert!(query.is_ascii());
            prop_assert_eq!(read, pairs);
        }
    }
}
