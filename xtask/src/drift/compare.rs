//! Walks two descriptions side by side.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ptr;

use super::description::{Call, Description, Parameter, Response};
use super::difference::{Change, Detail, Difference, What};
use super::security::{Security, is_vaguer};
use super::server::Server;
use super::shape::{Property, Shape};
use crate::alternatives::main_shape;
use crate::spec::{Spec, referred};
use crate::yaml::{Value, flag, items_of, strings_of};

/// Which way a schema travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Direction {
    Sent,
    Received,
}

/// Where the walk is.
#[derive(Clone)]
struct Place {
    direction: Direction,
    /// What a difference of the schema itself is one of.
    what: What,
    /// `Tracker.shipment`, or `GET /trackers query page`.
    at: String,
    /// `response 200 of GET /trackers`.
    used_in: String,
}

struct Walk<'a> {
    ours: &'a Spec,
    theirs: &'a Spec,
    /// Pairs of schemas that were compared. The same pair at another place has the same differences, and a schema that
    /// holds itself would never end.
    seen: HashSet<(*const Value, *const Value, Direction)>,
    found: Vec<Difference>,
}

/// Every difference, in no order.
pub(super) fn compare(ours: &Description<'_>, theirs: &Description<'_>) -> Vec<Difference> {
    let mut walk = Walk {
        ours: ours.spec,
        theirs: theirs.spec,
        seen: HashSet::new(),
        found: Vec::new(),
    };
    walk.servers(&ours.servers, &theirs.servers);
    let most = (ours.security(), theirs.security());
    let (ours, theirs) = matched(ours, theirs);
    walk.security(most, &ours, &theirs);
    for (key, call) in &ours {
        match theirs.get(key) {
            Some(other) => walk.call(call, other),
            // Not every provider describes its webhooks in its file.
            None => walk.alone(
                What::Operation,
                Change::Removed,
                call.shown.clone(),
                Detail::None,
                "",
                is_own(call.provenance) || call.is_webhook && !has_webhooks(&theirs),
            ),
        }
    }
    for (_, call) in theirs.iter().filter(|(key, _)| !ours.contains_key(*key)) {
        let at = call.shown.clone();
        walk.alone(What::Operation, Change::Added, at, Detail::None, "", false);
    }
    walk.found
}

type Calls<'a, 'b> = BTreeMap<String, &'b Call<'a>>;

/// The operations of both by the path at the host; by the path in the file if no operation is at the same one.
fn matched<'a, 'b>(
    ours: &'b Description<'a>,
    theirs: &'b Description<'a>,
) -> (Calls<'a, 'b>, Calls<'a, 'b>) {
    let with_base = |it: &'b Description<'a>| -> Calls<'a, 'b> {
        let calls = it.calls.iter();
        calls
            .map(|call| {
                (
                    call.key.replacen(" /", &format!(" {}/", it.base()), 1),
                    call,
                )
            })
            .collect()
    };
    let (left, right) = (with_base(ours), with_base(theirs));
    let operations = |calls: &Calls<'a, 'b>| calls.values().any(|call| !call.is_webhook);
    let meet = left
        .iter()
        .any(|(key, call)| !call.is_webhook && right.contains_key(key));
    if meet || !operations(&left) {
        return (left, right);
    }
    let bare = |it: &'b Description<'a>| -> Calls<'a, 'b> {
        it.calls
            .iter()
            .map(|call| (call.key.clone(), call))
            .collect()
    };
    (bare(ours), bare(theirs))
}

fn has_webhooks(calls: &Calls<'_, '_>) -> bool {
    calls.values().any(|call| call.is_webhook)
}

/// Returns true if it was never in the provider's description.
fn is_own(provenance: Option<&str>) -> bool {
    matches!(provenance, Some("observed" | "assumed"))
}

impl<'a> Walk<'a> {
    fn servers(&mut self, ours: &[Server<'_>], theirs: &[Server<'_>]) {
        for server in ours {
            if !theirs.iter().any(|it| it.is(server)) {
                // Theirs may not say where the API is.
                let tolerated = theirs.is_empty() || is_own(server.provenance);
                let at = server.url.clone();
                self.alone(
                    What::Server,
                    Change::Removed,
                    at,
                    Detail::None,
                    "",
                    tolerated,
                );
            }
        }
        for server in theirs {
            if !ours.iter().any(|it| it.is(server)) {
                let at = server.url.clone();
                self.alone(What::Server, Change::Added, at, Detail::None, "", false);
            }
        }
    }

    /// What most operations need is compared once; operations that need something else, on their own.
    fn security(
        &mut self,
        most: (Option<&Security>, Option<&Security>),
        ours: &Calls<'_, '_>,
        theirs: &Calls<'_, '_>,
    ) {
        let at = "most operations".to_owned();
        let mut compared = vec![(What::Security, at, most)];
        for (key, call) in ours {
            let needed = theirs
                .get(key)
                .map(|other| (call.security.as_ref(), other.security.as_ref()));
            if let Some(needed) = needed.filter(|needed| *needed != most) {
                compared.push((What::Operation, call.shown.clone(), needed));
            }
        }
        for (what, at, (ours, theirs)) in compared {
            if ours != theirs {
                // Theirs may say nothing or little about it.
                let tolerated =
                    theirs.is_none_or(|theirs| ours.is_some_and(|ours| is_vaguer(ours, theirs)));
                let detail =
                    Detail::Differs("security", listed_or_none(ours), listed_or_none(theirs));
                self.alone(what, Change::Changed, at, detail, "", tolerated);
            }
        }
    }

    /// Of an operation, a parameter or a field.
    fn deprecated(&mut self, what: What, at: &str, ours: bool, theirs: bool, used_in: &str) {
        if ours != theirs {
            let detail = Detail::Differs("deprecated", yes(ours), yes(theirs));
            self.alone(what, Change::Changed, at.to_owned(), detail, used_in, false);
        }
    }

    fn call(&mut self, ours: &Call<'a>, theirs: &Call<'a>) {
        let shown = &ours.shown;
        let both = (ours.is_deprecated, theirs.is_deprecated);
        self.deprecated(What::Operation, shown, both.0, both.1, "");
        for (key, parameter) in &ours.parameters {
            match theirs.parameters.get(key) {
                Some(other) => self.parameter(shown, key, parameter, other),
                // The path itself says that it is there.
                None if key.starts_with("path ") => {}
                None => self.alone(
                    What::Parameter,
                    Change::Removed,
                    format!("{shown} {key}"),
                    Detail::None,
                    "",
                    is_own(parameter.provenance),
                ),
            }
        }
        for (key, parameter) in &theirs.parameters {
            if !ours.parameters.contains_key(key) && !key.starts_with("path ") {
                let detail = described(self.theirs, parameter.schema, parameter.required);
                let at = format!("{shown} {key}");
                self.alone(What::Parameter, Change::Added, at, detail, "", false);
            }
        }

        // What is sent to the provider by us is received by us in a webhook.
        let request = match ours.is_webhook {
            true => Direction::Received,
            false => Direction::Sent,
        };
        let at = format!("{shown} request");
        match (&ours.request, &theirs.request) {
            (Some(ours), Some(theirs)) => {
                let place = Place {
                    direction: request,
                    what: What::Body,
                    at,
                    used_in: format!("request of {shown}"),
                };
                if request == Direction::Sent {
                    self.required(ours.required, theirs.required, &place);
                }
                if let (Some(left), Some(right)) = (ours.schema, theirs.schema) {
                    self.pair(left, right, &place);
                }
            }
            (None, None) => {}
            (None, Some(_)) => self.alone(What::Body, Change::Added, at, Detail::None, "", false),
            (Some(_), None) => self.alone(What::Body, Change::Removed, at, Detail::None, "", false),
        }
        // What our side of a webhook may reply is not theirs to describe.
        if !ours.is_webhook {
            self.responses(ours, theirs);
        }
    }

    fn parameter(&mut self, call: &str, key: &str, ours: &Parameter<'a>, theirs: &Parameter<'a>) {
        let place = Place {
            direction: Direction::Sent,
            what: What::Parameter,
            used_in: format!("{key} of {call}"),
            at: format!("{call} {key}"),
        };
        // Those of a path always are.
        if !key.starts_with("path ") {
            self.required(ours.required, theirs.required, &place);
        }
        let both = (ours.is_deprecated, theirs.is_deprecated);
        self.deprecated(place.what, &place.at, both.0, both.1, "");
        self.pair(ours.schema, theirs.schema, &place);
    }

    fn responses(&mut self, ours: &Call<'a>, theirs: &Call<'a>) {
        let shown = &ours.shown;
        let mut met = HashSet::new();
        for (status, response) in &ours.responses {
            let Some((other_status, other)) = response_for(&theirs.responses, status) else {
                let tolerated = !status.starts_with('2') || is_own(response.provenance);
                let at = format!("{shown} response {status}");
                self.alone(What::Body, Change::Removed, at, Detail::None, "", tolerated);
                continue;
            };
            met.insert(other_status);
            if let (Some(left), Some(right)) = (response.schema, other.schema) {
                let place = Place {
                    direction: Direction::Received,
                    what: What::Body,
                    at: format!("{shown} response {status}"),
                    used_in: format!("response {status} of {shown}"),
                };
                self.pair(left, right, &place);
            }
        }
        for status in theirs.responses.keys() {
            // Errors of any status are read, whether they are described or not.
            let tolerated = !status.starts_with('2');
            if !met.contains(status) && response_for(&ours.responses, status).is_none() {
                let at = format!("{shown} response {status}");
                self.alone(What::Body, Change::Added, at, Detail::None, "", tolerated);
            }
        }
    }

    fn pair(&mut self, ours: &'a Value, theirs: &'a Value, place: &Place) {
        let (left, right) = (
            Shape::read(self.ours, ours),
            Shape::read(self.theirs, theirs),
        );
        self.types(&left, &right, place);
        let identity = (
            ptr::from_ref(named(self.ours, ours)),
            ptr::from_ref(named(self.theirs, theirs)),
            place.direction,
        );
        if !self.seen.insert(identity) {
            return;
        }
        let place = match referred(ours) {
            Some(name) => place.in_schema(name),
            None => place.clone(),
        };
        self.values(&left, &right, &place);
        self.properties(&left, &right, &place);
        for (below, ours, theirs) in [
            ("[]", left.items, right.items),
            (".*", left.others, right.others),
        ] {
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                let at = format!("{}{below}", place.at);
                self.pair(ours, theirs, &place.below(at));
            }
        }
    }

    /// Types and null, which each place that uses a schema may widen.
    fn types(&mut self, ours: &Shape<'_>, theirs: &Shape<'_>, place: &Place) {
        let received = place.direction == Direction::Received;
        let mut differs = |property, ours, theirs, tolerated| {
            let detail = Detail::Differs(property, ours, theirs);
            self.property(place, detail, tolerated);
        };
        if ours.types != theirs.types {
            let is_covered = |name: &str| {
                ours.types.contains(name) || name == "integer" && ours.types.contains("number")
            };
            let covered = theirs.types.iter().all(|name| is_covered(name));
            let has_main = ours.main.is_none_or(|main| theirs.types.contains(main))
                || ours.main == Some("number") && theirs.types.contains("integer");
            let tolerated =
                theirs.types.is_empty() || ours.types.is_empty() || received && covered && has_main;
            differs("type", ours.type_text(), theirs.type_text(), tolerated);
        }
        if ours.nullable != theirs.nullable {
            // Ours reads null where it is not described.
            let tolerated = received && ours.nullable;
            differs(
                "nullable",
                yes(ours.nullable),
                yes(theirs.nullable),
                tolerated,
            );
        }
    }

    /// Format and values.
    fn values(&mut self, ours: &Shape<'_>, theirs: &Shape<'_>, place: &Place) {
        if ours.format != theirs.format {
            let text = |format: Option<&str>| format.unwrap_or("none").to_owned();
            // Ours names a format only where it decides about the type of a number.
            let tolerated = matches!(ours.format, None | Some("int64" | "double"));
            let detail = Detail::Differs("format", text(ours.format), text(theirs.format));
            self.property(place, detail, tolerated);
        }
        let any = || "any".to_owned();
        match (ours.values.is_empty(), theirs.values.is_empty()) {
            (true, true) => {}
            // The values come from a page, or any string is read.
            (false, true) => {
                let detail = Detail::Differs("values", listed(&ours.values), any());
                self.property(place, detail, true);
            }
            (true, false) => {
                let detail = Detail::Differs("values", any(), listed(&theirs.values));
                self.property(place, detail, false);
            }
            (false, false) => {
                let added = theirs.values.difference(&ours.values);
                let removed = ours.values.difference(&theirs.values);
                let added = added.map(|value| (Change::Added, value));
                for (change, value) in added.chain(removed.map(|value| (Change::Removed, value))) {
                    let at = place.at.clone();
                    let detail = Detail::Is(value.clone());
                    self.alone(
                        What::Value,
                        change,
                        at,
                        detail,
                        place.used_in_beside(),
                        false,
                    );
                }
            }
        }
    }

    fn properties(&mut self, ours: &Shape<'a>, theirs: &Shape<'a>, place: &Place) {
        let used_in = place.used_in_beside().to_owned();
        let mut met = HashSet::new();
        for property in &ours.properties {
            let at = format!("{}.{}", place.at, property.name);
            let required = ours.requires(property);
            let Some(other) = property_for(&theirs.properties, property) else {
                let detail = described(self.ours, property.schema, required);
                let own = is_own(property.provenance);
                // An object without described properties allows any.
                let tolerated = own || theirs.properties.is_empty();
                self.alone(
                    What::Field,
                    Change::Removed,
                    at,
                    detail,
                    &used_in,
                    tolerated,
                );
                continue;
            };
            met.insert(other.name);
            let below = place.below(at);
            self.required(required, theirs.requires(other), &below);
            let is_deprecated = |schema| flag(schema, "deprecated") == Some(true);
            let both = (is_deprecated(property.schema), is_deprecated(other.schema));
            self.deprecated(
                What::Field,
                &below.at,
                both.0,
                both.1,
                below.used_in_beside(),
            );
            self.pair(property.schema, other.schema, &below);
        }
        for other in &theirs.properties {
            if !met.contains(other.name) {
                let detail = described(self.theirs, other.schema, theirs.requires(other));
                let at = format!("{}.{}", place.at, other.name);
                // Where ours is raw JSON, all of it is there.
                let tolerated = ours.types.is_empty();
                self.alone(What::Field, Change::Added, at, detail, &used_in, tolerated);
            }
        }
    }

    fn alone(
        &mut self,
        what: What,
        change: Change,
        at: String,
        detail: Detail,
        used_in: &str,
        tolerated: bool,
    ) {
        self.found.push(Difference {
            what,
            at,
            change,
            detail,
            used_in: used_in.to_owned(),
            tolerated,
        });
    }

    fn required(&mut self, ours: bool, theirs: bool, place: &Place) {
        if ours != theirs {
            // Ours requires little of what is received: what is missing costs nothing but itself.
            let tolerated = place.direction == Direction::Received && !ours;
            let detail = Detail::Differs("required", yes(ours), yes(theirs));
            self.property(place, detail, tolerated);
        }
    }

    /// Both have it, with another property.
    fn property(&mut self, place: &Place, detail: Detail, tolerated: bool) {
        let (at, used_in) = (place.at.clone(), place.used_in_beside());
        self.alone(place.what, Change::Changed, at, detail, used_in, tolerated);
    }
}

impl Place {
    /// In the named schema that the place refers to.
    fn in_schema(&self, name: &str) -> Self {
        Self {
            what: match self.what {
                What::Body => What::Field,
                what => what,
            },
            at: name.to_owned(),
            ..self.clone()
        }
    }

    /// A field at this place.
    fn below(&self, at: String) -> Self {
        Self {
            direction: self.direction,
            what: What::Field,
            at,
            used_in: self.used_in.clone(),
        }
    }

    /// The operation, if the place does not name it itself.
    fn used_in_beside(&self) -> &str {
        if self.at.contains(' ') {
            ""
        } else {
            &self.used_in
        }
    }
}

/// The schema that a place refers to, also through alternatives such as null; its own one if it refers to none.
fn named<'a>(spec: &'a Spec, schema: &'a Value) -> &'a Value {
    let shape = main_shape(schema);
    let mut parts = items_of(shape, "allOf");
    match (parts.next(), parts.next()) {
        (Some(only), None) => spec.follow(only),
        _ if shape.get("$ref").is_some() => spec.follow(shape),
        _ => schema,
    }
}

/// The response with this status, or the one of its range, or the default.
fn response_for<'a, 'b>(
    responses: &'b BTreeMap<&'a str, Response<'a>>,
    status: &str,
) -> Option<(&'a str, &'b Response<'a>)> {
    let range = status.get(..1).map(|first| format!("{first}XX"));
    let names = [Some(status), range.as_deref(), Some("default")];
    let mut found = names.into_iter().flatten();
    found
        .find_map(|name| responses.get_key_value(name))
        .map(|(name, it)| (*name, it))
}

/// The property of the same name, or of another one that ours reads too.
fn property_for<'a, 'b>(
    theirs: &'b [Property<'a>],
    ours: &Property<'_>,
) -> Option<&'b Property<'a>> {
    let mut names = std::iter::once(ours.name).chain(strings_of(ours.schema, "x-aliases"));
    names.find_map(|name| theirs.iter().find(|it| it.name == name))
}

/// What something is that is only on one side.
fn described(spec: &Spec, schema: &Value, required: bool) -> Detail {
    let required = if required { ", required" } else { "" };
    Detail::Is(format!(
        "{}{required}",
        Shape::read(spec, schema).type_text()
    ))
}

fn listed(values: &BTreeSet<String>) -> String {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    values.join(", ")
}

/// The ways to be let in.
fn listed_or_none(security: Option<&Security>) -> String {
    let ways = security.into_iter().flatten();
    let ways: Vec<&str> = ways.map(String::as_str).collect();
    match ways.is_empty() {
        true => "not described".to_owned(),
        false => ways.join(" or "),
    }
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}
