//! The envelope of lists and the keys that JSON-LD adds to objects.

use serde_json::{Map, Value, json};

use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::paging;
use crate::oneconcepts::params::Params;
use crate::oneconcepts::settings::{Assumptions, ContextForm};
use crate::server::Page;

/// Where the provider's paths begin. Addresses in bodies are relative to the origin, so they carry
/// the part of the base URL that the real provider's `/v2` is.
const ROOT: &str = "/oneconcepts/v2/api";

/// The vocabulary that inline contexts name; an identifier, not an address to be fetched.
const VOCABULARY: &str = "https://api.1concepts.de/v2/api/docs.jsonld#";

const PREFIX: &str = "hydra:";

/// What a list holds.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Path below the root of the API.
    pub(crate) path: &'static str,
    /// `@type` of a member, and the name of its context.
    pub(crate) name: &'static str,
    /// Whether the published examples show the context as an object.
    pub(crate) inline_context: bool,
    /// The properties that an inline context names.
    pub(crate) properties: &'static [&'static str],
    /// Those of the properties that hold addresses.
    pub(crate) links: &'static [&'static str],
    /// The filters with their properties, null for filters of the provider's own making.
    pub(crate) filters: &'static [(&'static str, Option<&'static str>)],
}

impl Resource {
    /// The address of the list.
    pub(crate) fn iri(&self) -> String {
        format!("{ROOT}{}", self.path)
    }

    /// The address of one member.
    pub(crate) fn member_iri(&self, id: u64) -> String {
        format!("{ROOT}{}/{id}", self.path)
    }

    /// One member as it stands in a list. `fields` is an object.
    pub(crate) fn member(&self, id: u64, mut fields: Value) -> Value {
        fields["@id"] = json!(self.member_iri(id));
        fields["@type"] = json!(self.name);
        fields["id"] = json!(id);
        fields
    }

    /// One member as an answer of its own.
    pub(crate) fn item(&self, mut member: Value, assumptions: &Assumptions) -> Value {
        member["@context"] = self.context(assumptions);
        member
    }

    /// The page of the list that a caller wants; `show` writes a member.
    pub(crate) fn page<T>(
        &self,
        all: &[T],
        show: impl Fn(&T) -> Value,
        params: &Params<'_>,
        assumptions: &Assumptions,
    ) -> Result<Value, Refusal> {
        let page = paging::wanted(params, assumptions)?;
        let members = all.iter().skip(page.skip()).take(page.limit);
        let mut list = json!({
            "@context": self.context(assumptions),
            "@id": self.iri(),
            "@type": "hydra:Collection",
            "hydra:member": members.map(show).collect::<Vec<_>>(),
            "hydra:totalItems": count(all.len(), assumptions),
        });
        if let Some(view) = self.view(all.len(), page, params, assumptions) {
            list["hydra:view"] = view;
        }
        if !self.filters.is_empty() {
            list["hydra:search"] = self.search();
        }
        Ok(list)
    }

    fn context(&self, assumptions: &Assumptions) -> Value {
        let inline = match assumptions.context {
            ContextForm::Documented => self.inline_context,
            ContextForm::Text => false,
            ContextForm::Object => true,
        };
        if !inline {
            return json!(context_iri(self.name));
        }
        let mut context = Map::new();
        context.insert("@vocab".to_owned(), json!(VOCABULARY));
        context.insert(
            "hydra".to_owned(),
            json!("http://www.w3.org/ns/hydra/core#"),
        );
        for property in self.properties {
            let id = format!("{}/{property}", self.name);
            let term = if self.links.contains(property) {
                json!({ "@id": id, "@type": "@id" })
            } else {
                json!(id)
            };
            context.insert((*property).to_owned(), term);
        }
        Value::Object(context)
    }

    /// Absent on a single page that nothing was asked about.
    fn view(
        &self,
        total: usize,
        page: Page,
        params: &Params<'_>,
        assumptions: &Assumptions,
    ) -> Option<Value> {
        let last = total.div_ceil(page.limit.max(1)).max(1);
        let path = self.iri();
        if last == 1 || page.limit == 0 {
            return params.is_filtered().then(|| {
                json!({ "@id": params.iri(&path, None), "@type": "hydra:PartialCollectionView" })
            });
        }
        let link = |number| params.iri(&path, Some(number));
        let mut view = json!({
            "@id": link(page.number),
            "@type": "hydra:PartialCollectionView",
            "hydra:first": link(1),
            "hydra:last": link(last),
        });
        if page.number > 1 {
            view["hydra:previous"] = json!(link(page.number - 1));
        }
        let is_past = page.number > last;
        if page.number < last || (is_past && assumptions.next_past_the_end) {
            view["hydra:next"] = json!(link(page.number.saturating_add(1)));
        }
        Some(view)
    }

    fn search(&self) -> Value {
        let names: Vec<_> = self.filters.iter().map(|(name, _)| *name).collect();
        let mapping: Vec<_> = self
            .filters
            .iter()
            .map(|(variable, property)| {
                json!({
                    "@type": "IriTemplateMapping",
                    "variable": variable,
                    "property": property,
                    "required": false,
                })
            })
            .collect();
        json!({
            "@type": "hydra:IriTemplate",
            "hydra:template": format!("{}{{?{}}}", self.iri(), names.join(",")),
            "hydra:variableRepresentation": "BasicRepresentation",
            "hydra:mapping": mapping,
        })
    }
}

/// The address of a context.
pub(crate) fn context_iri(name: &str) -> String {
    format!("{ROOT}/contexts/{name}")
}

/// The address of a partner, that is, of an account.
pub(crate) fn partner_iri(id: u64) -> String {
    format!("{ROOT}/partners/{id}")
}

/// Lets `hydra:next` of a page lead to another origin.
pub(crate) fn lead_away(list: &mut Value, origin: &str) {
    let next = list
        .get_mut("hydra:view")
        .and_then(|view| view.get_mut("hydra:next"));
    if let Some(Value::String(next)) = next {
        next.insert_str(0, origin);
    }
}

/// A body as a caller gets it who asked for `application/json`: no envelope, no keys with `@`.
pub(crate) fn plain(mut body: Value) -> Value {
    let members = body.get_mut("hydra:member").map(Value::take);
    let mut body = members.unwrap_or(body);
    each_object(&mut body, &mut |fields| {
        fields.retain(|key, _| !key.starts_with('@'));
    });
    body
}

/// Takes the prefix of keys and types away, as the next major release of the framework does.
pub(crate) fn drop_prefix(body: &mut Value) {
    each_object(body, &mut |fields| {
        *fields = std::mem::take(fields)
            .into_iter()
            .map(|(key, mut value)| {
                if key == "@type" {
                    let bare = value.as_str().and_then(|it| it.strip_prefix(PREFIX));
                    value = bare.map(Value::from).unwrap_or(value);
                }
                let key = key.strip_prefix(PREFIX).map_or(key.clone(), str::to_owned);
                (key, value)
            })
            .collect();
    });
}

/// Leaves keys without a value out, as later releases of the framework do.
pub(crate) fn drop_nulls(body: &mut Value) {
    each_object(body, &mut |fields| {
        fields.retain(|_, value| !value.is_null());
    });
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        Value::Object(fields) => {
            change(fields);
            fields
                .values_mut()
                .for_each(|field| each_object(field, change));
        }
        _ => {}
    }
}

/// The framework counts in floating point, which some releases show.
fn count(total: usize, assumptions: &Assumptions) -> Value {
    if assumptions.total_as_float {
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        return json!(f64::from(total));
    }
    json!(total)
}
