//! `/parcels`: list, add, read, look now, remove.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tracking_core::{Status, Target, TrackRequest};
use tracking_follow::{NewParcel, ParcelId, ParcelQuery};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::problem::Problem;
use super::views::{ParcelDetails, ParcelView};
use super::{LONGEST_PAGE, PAGE, PATH};
use crate::args::country;
use crate::providers;
use crate::serve::desk::Desk;
use crate::track::plan;

/// Which parcels to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    /// In this status, such as `in_transit`.
    #[param(value_type = Option<StatusName>, inline)]
    status: Option<String>,
    /// `true` for those only that a person should look at.
    #[serde(default)]
    attention: bool,
    /// Of this account.
    #[param(pattern = r"\S")]
    account: Option<String>,
    /// Whose number, id or reference begins with this, or that have it as a tag.
    #[param(max_length = 500)]
    search: Option<String>,
    /// Those before this id: `next` of the page before.
    before: Option<i64>,
    /// How many at most; 50 if it is not set.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// The name of a status: what may be requested, and not what a later version may respond with.
struct StatusName;

impl PartialSchema for StatusName {
    fn schema() -> RefOr<Schema> {
        let names = Status::ALL.iter().map(Status::as_str);
        let schema = ObjectBuilder::new().schema_type(Type::String);
        schema.enum_values(Some(names)).into()
    }
}

impl ToSchema for StatusName {}

/// A page of parcels.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ParcelPage {
    /// The parcels, the newest first.
    parcels: Vec<ParcelView>,
    /// What `before` is for the next page; null at the end.
    next: Option<i64>,
}

/// List parcels, the newest first
///
/// In pages: `next` of a page is `before` of the next one.
#[utoipa::path(
    get, path = "/parcels", tag = "parcels", operation_id = "list_parcels", params(ListQuery),
    responses(
        (status = 200, description = "A page of parcels", body = ParcelPage),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No parcel can have this account or text", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(desk): State<Desk>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<ParcelPage>, Problem> {
    let Query(query) = query?;
    let limit = limit(query.limit)?;
    let mut filter = ParcelQuery::default();
    filter.status = query.status.as_deref().map(status).transpose()?;
    filter.needs_attention = query.attention;
    filter.account = query.account;
    filter.search = query.search;
    let before = query.before.map(ParcelId::new);
    // One more shows whether there is another page.
    let mut found = desk.store.list(&filter, before, limit + 1).await?;
    let has_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| has_more).map(|it| it.id.as_i64());
    Ok(Json(ParcelPage {
        parcels: found.iter().map(ParcelView::of).collect(),
        next,
    }))
}

/// The length of a page.
pub(super) fn limit(given: Option<u32>) -> Result<u32, Problem> {
    match given {
        None => Ok(PAGE),
        Some(limit @ 1..=LONGEST_PAGE) => Ok(limit),
        Some(_) => {
            let detail = format!("limit must be 1 to {LONGEST_PAGE}");
            Err(Problem::new(StatusCode::BAD_REQUEST, detail))
        }
    }
}

fn status(name: &str) -> Result<Status, Problem> {
    name.parse()
        .map_err(|error: tracking_core::status::ParseStatusError| {
            Problem::new(StatusCode::BAD_REQUEST, error.to_string())
        })
}

/// A parcel to follow.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddParcel {
    /// The account that looks it up.
    #[schema(example = "ship24", pattern = r"\S", max_length = 500)]
    account: String,
    /// What it is looked up by.
    #[serde(default)]
    kind: TargetKind,
    /// The number, id or reference, up to 500 bytes.
    #[schema(example = "RA123456789DE", pattern = r"\S", max_length = 500)]
    target: String,
    /// The courier's code at the provider.
    courier: Option<String>,
    /// Country of origin: two or three letters.
    #[schema(pattern = r"^\s*[A-Za-z]{2,3}\s*$")]
    origin_country: Option<String>,
    /// Country of destination: two or three letters.
    #[schema(pattern = r"^\s*[A-Za-z]{2,3}\s*$")]
    destination_country: Option<String>,
    /// Post code of the destination; some couriers need it.
    destination_post_code: Option<String>,
    /// Language of the events, as the provider codes it, where it has a choice.
    language: Option<String>,
    /// Whether to register a number that the provider does not follow yet, which may use quota there.
    #[serde(default)]
    register: bool,
    /// Your own reference, such as the number of an order, up to 500 bytes.
    #[schema(max_length = 500)]
    reference: Option<String>,
    /// Tags of yours, each up to 500 bytes.
    #[serde(default)]
    tags: Vec<String>,
}

/// What a parcel is looked up by.
#[derive(Debug, Default, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TargetKind {
    /// The tracking number.
    #[default]
    Number,
    /// The provider's own id.
    Id,
    /// Your own reference at the provider.
    Reference,
}

/// A parcel that is followed now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AddedParcel {
    /// Identifies the parcel.
    id: i64,
    /// False if it was followed before: then its options and tags are replaced.
    is_new: bool,
}

/// Follow a parcel from now on
///
/// One that is followed already gets the new options and tags. Account, target and reference distinguish parcels;
/// without a reference it is the parcel of this account and target that is followed already, if there is one.
#[utoipa::path(
    post, path = "/parcels", tag = "parcels", operation_id = "add_parcel", request_body = AddParcel,
    responses(
        (status = 201, description = "It is followed from now on", body = AddedParcel,
            headers(("location" = String, description = "The path of the parcel"))),
        (status = 200, description = "It was followed already", body = AddedParcel,
            headers(("location" = String, description = "The path of the parcel"))),
        (status = 400, description = "The body is not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is of another media type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No parcel can be followed like this", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn add(
    State(desk): State<Desk>,
    body: Result<Json<AddParcel>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(body) = body?;
    let parcel = new_parcel(&desk, body)?;
    let added = desk.store.add(parcel).await?;
    let id = added.id.as_i64();
    let status = if added.is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let place = [(header::LOCATION, format!("{PATH}/parcels/{id}"))];
    let view = AddedParcel {
        id,
        is_new: added.is_new,
    };
    Ok((status, place, Json(view)).into_response())
}

fn new_parcel(desk: &Desk, body: AddParcel) -> Result<NewParcel, Problem> {
    let unusable = |detail: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
    let target = match body.kind {
        TargetKind::Number => Target::Number(body.target),
        TargetKind::Id => Target::Id(body.target),
        TargetKind::Reference => Target::Reference(body.target),
    };
    let account = match desk.account(&body.account) {
        Some(account) => {
            plan::check(account.entry, &target).map_err(unusable)?;
            account.name.clone()
        }
        None if desk.works => {
            let names: Vec<&str> = desk.accounts.iter().map(|it| it.name.as_str()).collect();
            let known = names.join(", ");
            return Err(unusable(format!(
                "there is no such account; there are: {known}"
            )));
        }
        // Another process works with it, under the name of its provider or under one of its own.
        None => match providers::find(&body.account) {
            Some(entry) => entry.name.to_owned(),
            None => body.account,
        },
    };
    let country = |name: &str, code: Option<String>| {
        let code = code.map(|code| country(&code)).transpose();
        code.map_err(|reason| unusable(format!("{name}: {reason}")))
    };
    let mut request = TrackRequest::new(target).with_register(body.register);
    request.language = body.language;
    request.hints.courier = body.courier;
    request.hints.origin_country = country("origin_country", body.origin_country)?;
    request.hints.destination_country = country("destination_country", body.destination_country)?;
    request.hints.destination_post_code = body.destination_post_code;
    let mut parcel = NewParcel::new(account, request);
    parcel.reference = body.reference;
    parcel.tags = body.tags;
    Ok(parcel)
}

/// Read a parcel with all that is known of it
///
/// Its shipments have legs, events, estimates and milestones, without the provider's own JSON.
#[utoipa::path(
    get, path = "/parcels/{id}", tag = "parcels", operation_id = "read_parcel",
    params(("id" = i64, Path, description = "The parcel")),
    responses(
        (status = 200, description = "The parcel", body = ParcelDetails),
        (status = 404, description = "There is no parcel of this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(
    State(desk): State<Desk>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Json<ParcelDetails>, Problem> {
    let Path(id) = id?;
    let found = desk.store.parcel(ParcelId::new(id)).await?;
    let parcel = found.ok_or_else(Problem::no_parcel)?;
    Ok(Json(ParcelDetails::of(&parcel)))
}

/// Look at a parcel now
///
/// Also at one that rests. It may use quota at the provider.
#[utoipa::path(
    post, path = "/parcels/{id}/look", tag = "parcels", operation_id = "look_at_parcel",
    params(("id" = i64, Path, description = "The parcel")),
    responses(
        (status = 202, description = "It is due now"),
        (status = 404, description = "There is no parcel of this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn look(
    State(desk): State<Desk>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Path(id) = id?;
    if desk.store.look_now(ParcelId::new(id)).await? {
        Ok(StatusCode::ACCEPTED)
    } else {
        Err(Problem::no_parcel())
    }
}

/// Stop following a parcel
///
/// What is known of it is forgotten. Its changes stay.
#[utoipa::path(
    delete, path = "/parcels/{id}", tag = "parcels", operation_id = "remove_parcel",
    params(("id" = i64, Path, description = "The parcel")),
    responses(
        (status = 204, description = "It is not followed any more"),
        (status = 404, description = "There is no parcel of this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn remove(
    State(desk): State<Desk>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Path(id) = id?;
    if desk.store.remove(ParcelId::new(id)).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::no_parcel())
    }
}
