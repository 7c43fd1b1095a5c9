//! Products and categories on the wire.

use serde_json::{Value, json};

use crate::oneconcepts::bodies::hydra::Resource;
use crate::oneconcepts::catalogue::Product;

pub(crate) static PRODUCTS: Resource = Resource {
    path: "/products",
    name: "Product",
    shows_inline_context: false,
    properties: &[
        ("sku", "xmls:integer"),
        ("categoryTree", "#Category"),
        ("allowedCountryCodes", "xmls:string"),
        ("stock", "xmls:integer"),
    ],
    filters: &[
        ("sku", Some("sku")),
        ("sku[]", Some("sku")),
        ("countryCodes[]", None),
    ],
    list_methods: &["GET"],
    item_methods: &[],
};

/// Shares its name and context with the deprecated [`CATEGORIES`], though the members differ.
pub(crate) static CATEGORY_TREE: Resource = Resource {
    path: "/categorytree",
    name: "Category",
    shows_inline_context: false,
    properties: &[
        ("code", "xmls:string"),
        ("group", "xmls:string"),
        ("mainCategory", "xmls:string"),
        ("subCategory", "xmls:string"),
    ],
    filters: &[],
    list_methods: &["GET"],
    item_methods: &[],
};

pub(crate) static CATEGORIES: Resource = Resource {
    path: "/categories",
    name: "Category",
    shows_inline_context: false,
    properties: &[
        ("categoryCode", "xmls:string"),
        ("nameEN", "xmls:string"),
        ("nameDE", "xmls:string"),
        ("parent", "#Category"),
        ("children", "xmls:string"),
    ],
    filters: &[],
    list_methods: &["GET"],
    item_methods: &[],
};

impl Product {
    /// The product as a member of a list: one price as a number, the other as a string.
    pub(crate) fn body(&self) -> Value {
        let fields = json!({
            "sku": self.sku,
            "categoryTree": CATEGORY_TREE.member_iri(self.category),
            "allowedCountryCodes": self.countries,
            "stock": self.stock,
            "prevDataHash": format!("{:08x}", self.sku * 0x9e37_79b9 % 0xffff_fffb),
            "netCost": self.net_cost,
            "rrp": self.retail_price,
            "isBulkCarrier": self.is_bulk,
            "isEuPlug": null,
            "isSchukoPlug": null,
            "category": null,
        });
        PRODUCTS.member(self.sku, fields)
    }
}

/// The members of the category tree. Two have no third level, in the two known forms.
pub(crate) fn category_tree() -> Vec<Value> {
    let name = |de: &str, en: &str| json!({ "de": de, "en": en });
    let nothing = json!({ "de": null, "en": null });
    let garden = name("Haus und Garten", "House and Garden");
    let sport = name("Sport", "Sports");
    let entries = [
        ("HG_TE", &garden, name("Terrasse", "Patio"), nothing),
        (
            "HG_WE_SR",
            &garden,
            name("Werkzeug", "Tools"),
            name("Sägen", "Saws"),
        ),
        (
            "SP_BA",
            &sport,
            name("Ballsport", "Ball Games"),
            Value::Null,
        ),
        (
            "SP_WI_SK",
            &sport,
            name("Wintersport", "Winter Sports"),
            name("Ski", "Skiing"),
        ),
    ];
    entries
        .into_iter()
        .zip(1..)
        .map(|((code, group, main, sub), id)| {
            let fields = json!({
                "code": code, "group": group, "mainCategory": main, "subCategory": sub,
            });
            CATEGORY_TREE.member(id, fields)
        })
        .collect()
}

/// The deprecated categories, the main ones with all below them. The `parent` of one child is not the
/// category that lists it, as in the published example.
pub(crate) fn categories() -> Vec<Value> {
    let category =
        |id, code: &str, [de, en]: [&str; 2], parent: Option<u64>, children: Vec<Value>| {
            let fields = json!({
                "categoryCode": code,
                "nameEN": en,
                "nameDE": de,
                "parent": parent.map(|id| CATEGORIES.member_iri(id)),
                "children": children,
            });
            CATEGORIES.member(id, fields)
        };
    let saws = category(4, "7C2A", ["Sägen", "Saws"], Some(3), Vec::new());
    let tools = category(3, "7C2", ["Werkzeug", "Tools"], Some(1), vec![saws]);
    let skis = category(5, "7D1", ["Ski", "Skiing"], Some(2), Vec::new());
    vec![
        category(1, "7C", ["Garten", "Garden"], None, vec![tools, skis]),
        category(2, "7D", ["Sport", "Sports"], None, Vec::new()),
    ]
}
