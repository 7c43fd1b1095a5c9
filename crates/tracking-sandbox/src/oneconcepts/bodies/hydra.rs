//! The envelope of lists and the keys that JSON-LD adds to objects.

use serde_json::{Map, Value, json};

use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::paging;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::oneconcepts::settings::{Assumptions, ContextForm};
use crate::server::Page;

/// The prefix of all paths. Addresses in bodies are relative to the origin, so they have the whole
/// path of the sandbox, where the real ones begin with `/v2/api`.
pub(crate) const ROOT: &str = "/oneconcepts/v2/api";

/// The documentation of the API. Contexts name its classes and properties by this address with the
/// origin of the caller.
pub(crate) const DOCUMENTATION: &str = "/oneconcepts/v2/api/docs.jsonld";

/// The vocabulary of Hydra.
pub(crate) const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";

const PREFIX: &str = "hydra:";

/// What a list holds.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Path below the root of the API.
    pub(crate) path: &'static str,
    /// `@type` of a member, and the name of its context.
    pub(crate) name: &'static str,
    /// True if the published examples show the context as an object.
    pub(crate) shows_inline_context: bool,
    /// The properties of a member with their ranges: `#Order` for the address of an order,
    /// `xmls:string` for a string.
    pub(crate) properties: &'static [(&'static str, &'static str)],
    /// The filters with their properties, null for filters that belong to no property.
    pub(crate) filters: &'static [(&'static str, Option<&'static str>)],
    /// The methods of the list.
    pub(crate) list_methods: &'static [&'static str],
    /// The methods of one member.
    pub(crate) item_methods: &'static [&'static str],
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

    /// One member of a list. `fields` is an object.
    pub(crate) fn member(&self, id: u64, mut fields: Value) -> Value {
        fields["@id"] = json!(self.member_iri(id));
        fields["@type"] = json!(self.name);
        fields["id"] = json!(id);
        fields
    }

    /// One member as a response of its own.
    pub(crate) fn item(&self, mut member: Value, assumptions: &Assumptions) -> Value {
        member["@context"] = self.context(assumptions);
        member
    }

    /// The requested page of the list; `show` writes a member.
    pub(crate) fn page<T>(
        &self,
        all: &[T],
        show: impl Fn(&T) -> Value,
        params: &Parameters<'_>,
        assumptions: &Assumptions,
    ) -> Result<Value, Refusal> {
        let page = paging::requested(params, assumptions)?;
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
            ContextForm::Documented => self.shows_inline_context,
            ContextForm::Address => false,
            ContextForm::Object => true,
        };
        if !inline {
            return json!(context_iri(self.name));
        }
        self.inline_context()
    }

    /// The context as an object.
    pub(crate) fn inline_context(&self) -> Value {
        let mut context = base_context();
        for (property, range) in self.properties {
            let id = format!("{}/{property}", self.name);
            context[*property] = if range.starts_with('#') {
                json!({ "@id": id, "@type": "@id" })
            } else {
                json!(id)
            };
        }
        context
    }

    /// Missing on a single page without query parameters.
    fn view(
        &self,
        total: usize,
        page: Page,
        params: &Parameters<'_>,
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

/// What every context begins with.
pub(crate) fn base_context() -> Value {
    json!({ "@vocab": format!("{DOCUMENTATION}#"), "hydra": HYDRA })
}

/// The address of a context.
pub(crate) fn context_iri(name: &str) -> String {
    format!("{ROOT}/contexts/{name}")
}

/// The address of a partner, that is, of an account.
pub(crate) fn partner_iri(id: u64) -> String {
    format!("{ROOT}/partners/{id}")
}

/// Puts the origin of the caller before the vocabulary of an inline context, which the framework
/// writes as a complete address.
pub(crate) fn set_vocabulary_origin(body: &mut Value, origin: &str) {
    let vocabulary = body
        .get_mut("@context")
        .and_then(|context| context.get_mut("@vocab"));
    if let Some(Value::String(vocabulary)) = vocabulary {
        vocabulary.insert_str(0, origin);
    }
}

/// Puts an origin before `hydra:next` of a page.
pub(crate) fn set_next_link_origin(list: &mut Value, origin: &str) {
    let next = list
        .get_mut("hydra:view")
        .and_then(|view| view.get_mut("hydra:next"));
    if let Some(Value::String(next)) = next {
        next.insert_str(0, origin);
    }
}

/// A body in `application/json`: no envelope, no keys with `@`.
pub(crate) fn plain(mut body: Value) -> Value {
    let members = body.get_mut("hydra:member").map(Value::take);
    let mut body = members.unwrap_or(body);
    each_object(&mut body, &mut |fields| {
        fields.retain(|key, _| !key.starts_with('@'));
    });
    body
}

/// Removes the prefix of keys and types, as the next major release of the framework does.
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
