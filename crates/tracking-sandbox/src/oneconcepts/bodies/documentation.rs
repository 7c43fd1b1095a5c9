//! What the framework publishes about the API: the entry point, the documentation in the vocabulary
//! of Hydra, and the contexts of JSON-LD. Their shapes are those of the framework.

use serde_json::{Value, json};

use crate::oneconcepts::bodies::catalogue::{CATEGORIES, CATEGORY_TREE, PRODUCTS};
use crate::oneconcepts::bodies::hydra::{self, DOCUMENTATION, ROOT, Resource};
use crate::oneconcepts::bodies::order::ORDERS;
use crate::oneconcepts::bodies::tracking::TRACKINGS;

/// The lists of the API. Two of them share the name `Category`, and the entry point shows the first.
static RESOURCES: [&Resource; 5] = [&CATEGORIES, &CATEGORY_TREE, &ORDERS, &PRODUCTS, &TRACKINGS];

/// The lists of the API with their addresses.
pub(crate) fn entrypoint() -> Value {
    let mut body = json!({
        "@context": hydra::context_iri("Entrypoint"),
        "@id": ROOT,
        "@type": "Entrypoint",
    });
    for resource in named_once() {
        body[&key(resource)] = json!(resource.iri());
    }
    body
}

/// A context by its name; `None` for an unknown one.
pub(crate) fn context(name: &str) -> Option<Value> {
    let context = match name {
        "Entrypoint" => {
            let mut context = hydra::base_context();
            for resource in named_once() {
                let key = key(resource);
                let id = format!("Entrypoint/{key}");
                context[&key] = json!({ "@id": id, "@type": "@id" });
            }
            context
        }
        "Error" | "ConstraintViolationList" => hydra::base_context(),
        name => RESOURCES
            .iter()
            .find(|resource| resource.name == name)?
            .inline_context(),
    };
    Some(json!({ "@context": context }))
}

/// The classes of the API with their properties and operations.
pub(crate) fn documentation() -> Value {
    let mut classes: Vec<Value> = RESOURCES.iter().map(|resource| class(resource)).collect();
    classes.push(entrypoint_class());
    classes.extend(violation_classes());
    json!({
        "@context": documentation_context(),
        "@id": DOCUMENTATION,
        "@type": "hydra:ApiDocumentation",
        "hydra:title": "Sandbox",
        "hydra:entrypoint": ROOT,
        "hydra:supportedClass": classes,
    })
}

fn documentation_context() -> Value {
    let mut context = hydra::base_context();
    let namespaces = [
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("xmls", "http://www.w3.org/2001/XMLSchema#"),
        ("owl", "http://www.w3.org/2002/07/owl#"),
        ("schema", "http://schema.org/"),
    ];
    for (prefix, namespace) in namespaces {
        context[prefix] = json!(namespace);
    }
    let addresses = [
        ("domain", "rdfs:domain"),
        ("range", "rdfs:range"),
        ("subClassOf", "rdfs:subClassOf"),
        ("expects", "hydra:expects"),
        ("returns", "hydra:returns"),
    ];
    for (term, id) in addresses {
        context[term] = json!({ "@id": id, "@type": "@id" });
    }
    context
}

fn class(resource: &Resource) -> Value {
    let name = resource.name;
    let id = format!("#{name}");
    let properties: Vec<_> = resource
        .properties
        .iter()
        .map(|(property, range)| property_of(name, property, range))
        .collect();
    let operations: Vec<_> = resource
        .item_methods
        .iter()
        .map(|method| item_operation(name, method))
        .collect();
    json!({
        "@id": id,
        "@type": "hydra:Class",
        "rdfs:label": name,
        "hydra:title": name,
        "hydra:supportedProperty": properties,
        "hydra:supportedOperation": operations,
    })
}

fn property_of(class: &str, property: &str, range: &str) -> Value {
    let kind = if range.starts_with('#') {
        "hydra:Link"
    } else {
        "rdf:Property"
    };
    json!({
        "@type": "hydra:SupportedProperty",
        "hydra:property": {
            "@id": format!("#{class}/{property}"),
            "@type": kind,
            "rdfs:label": property,
            "domain": format!("#{class}"),
            "range": range,
        },
        "hydra:title": property,
        "hydra:required": false,
        "hydra:readable": true,
        "hydra:writeable": true,
    })
}

fn entrypoint_class() -> Value {
    let link = |resource: &&Resource| {
        let name = resource.name;
        let title = format!("The collection of {name} resources");
        let operations: Vec<_> = resource
            .list_methods
            .iter()
            .map(|method| list_operation(name, method))
            .collect();
        json!({
            "@type": "hydra:SupportedProperty",
            "hydra:property": {
                "@id": format!("#Entrypoint/{}", key(resource)),
                "@type": "hydra:Link",
                "domain": "#Entrypoint",
                "rdfs:label": title,
                "rdfs:range": [
                    { "@id": "hydra:Collection" },
                    { "owl:equivalentClass": {
                        "owl:onProperty": { "@id": "hydra:member" },
                        "owl:allValuesFrom": { "@id": format!("#{name}") },
                    } },
                ],
                "hydra:supportedOperation": operations,
            },
            "hydra:title": title,
            "hydra:readable": true,
            "hydra:writeable": false,
        })
    };
    json!({
        "@id": "#Entrypoint",
        "@type": "hydra:Class",
        "hydra:title": "The API entrypoint",
        "hydra:supportedProperty": RESOURCES.iter().map(link).collect::<Vec<_>>(),
        "hydra:supportedOperation": {
            "@type": "hydra:Operation",
            "hydra:method": "GET",
            "rdfs:label": "The API entrypoint.",
            // Spelled like this by the framework.
            "returns": "#EntryPoint",
        },
    })
}

/// The classes of validation errors.
fn violation_classes() -> [Value; 2] {
    let property = |class: &str, name: &str, range: &str, description: &str| {
        json!({
            "@type": "hydra:SupportedProperty",
            "hydra:property": {
                "@id": format!("#{class}/{name}"),
                "@type": "rdf:Property",
                "rdfs:label": name,
                "domain": format!("#{class}"),
                "range": range,
            },
            "hydra:title": name,
            "hydra:description": description,
            "hydra:readable": true,
            "hydra:writeable": false,
        })
    };
    let violation = "ConstraintViolation";
    let list = "ConstraintViolationList";
    [
        json!({
            "@id": format!("#{violation}"),
            "@type": "hydra:Class",
            "hydra:title": "A constraint violation",
            "hydra:supportedProperty": [
                property(violation, "propertyPath", "xmls:string", "The path of the property"),
                property(violation, "message", "xmls:string", "The message of the violation"),
            ],
        }),
        json!({
            "@id": format!("#{list}"),
            "@type": "hydra:Class",
            "subClassOf": "hydra:Error",
            "hydra:title": "A constraint violation list",
            "hydra:supportedProperty": [
                property(list, "violations", "#ConstraintViolation", "The violations"),
            ],
        }),
    ]
}

fn list_operation(name: &str, method: &str) -> Value {
    if method == "GET" {
        let title = format!("Retrieves the collection of {name} resources.");
        return operation(method, &title, "hydra:Collection");
    }
    item_operation(name, method)
}

fn item_operation(name: &str, method: &str) -> Value {
    let title = match method {
        "POST" => format!("Creates a {name} resource."),
        "PATCH" => format!("Updates the {name} resource."),
        _ => format!("Retrieves a {name} resource."),
    };
    operation(method, &title, &format!("#{name}"))
}

fn operation(method: &str, title: &str, returns: &str) -> Value {
    let kind = match method {
        "POST" => json!(["hydra:Operation", "schema:CreateAction"]),
        "PATCH" => json!("hydra:Operation"),
        _ => json!(["hydra:Operation", "schema:FindAction"]),
    };
    let mut operation = json!({
        "@type": kind,
        "hydra:method": method,
        "hydra:title": title,
        "rdfs:label": title,
        "returns": returns,
    });
    if method != "GET" {
        operation["expects"] = json!(returns);
    }
    operation
}

/// The resources whose name no earlier one has.
fn named_once() -> impl Iterator<Item = &'static Resource> {
    let is_first = |(position, resource): &(usize, &Resource)| {
        let mut earlier = RESOURCES.iter().take(*position);
        earlier.all(|other| other.name != resource.name)
    };
    let resources = RESOURCES.iter().copied().enumerate();
    resources.filter(is_first).map(|(_, resource)| resource)
}

/// The key of a list in the entry point: its name with a small first letter.
fn key(resource: &Resource) -> String {
    let mut letters = resource.name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
