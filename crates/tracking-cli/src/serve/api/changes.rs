//! `/changes`: what changed, in order.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parcels::limit;
use super::problem::Problem;
use super::views::ChangeView;
use crate::serve::desk::Desk;

/// Which changes to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangesQuery {
    /// Those after this number: `next` of the page before; 0, the default, begins with the oldest that is kept.
    #[serde(default)]
    after: u64,
    /// How many at most; 50 if it is not set.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of changes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangePage {
    /// The changes, the oldest first. None if nothing is new.
    changes: Vec<ChangeView>,
    /// What `after` is for the next page. Keep it: who goes on there misses none.
    next: u64,
}

/// List changes, the oldest first
///
/// Numbers are in the order in which changes were written, without gaps: who goes on after the last number misses none.
#[utoipa::path(
    get, path = "/changes", tag = "changes", operation_id = "list_changes", params(ChangesQuery),
    responses(
        (status = 200, description = "A page of changes", body = ChangePage),
        (status = "default", description = "An error", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(desk): State<Desk>,
    query: Result<Query<ChangesQuery>, QueryRejection>,
) -> Result<Json<ChangePage>, Problem> {
    let Query(query) = query?;
    let records = desk.store.changes(query.after, limit(query.limit)?).await?;
    Ok(Json(ChangePage {
        next: records.last().map_or(query.after, |it| it.seq),
        changes: records.iter().map(ChangeView::of).collect(),
    }))
}
