//! `/changes`: what changed, in order.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
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
    /// Only changes after this number: `next` of the previous page. 0, the default, begins with the oldest change that is kept.
    #[serde(default)]
    #[param(minimum = 0)]
    after: i64,
    /// How many at most; 50 if it is not set.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of changes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangePage {
    /// The changes, the oldest first. Empty if nothing is new.
    changes: Vec<ChangeView>,
    /// The number of the last change of this page. Pass it as `after` in the next request.
    next: u64,
}

/// List changes, the oldest first
///
/// Changes are numbered in the order in which they were written, without gaps. Pass `next` of a page as `after` in the next
/// request to read every change once. Changes are deleted after 30 days, if all consumers of the store have read them. If some
/// after `after` were deleted, the response is an error with status 410: read the parcels again.
#[utoipa::path(
    get, path = "/changes", tag = "changes", operation_id = "list_changes", params(ChangesQuery),
    responses(
        (status = 200, description = "A page of changes", body = ChangePage),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "Changes after this number were deleted", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(desk): State<Desk>,
    query: Result<Query<ChangesQuery>, QueryRejection>,
) -> Result<Json<ChangePage>, Problem> {
    let Query(query) = query?;
    let after = u64::try_from(query.after)
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "after must be 0 or more"))?;
    let records = desk.store.changes(after, limit(query.limit)?).await?;
    let is_next = |seq: u64| seq <= after.saturating_add(1);
    if after > 0 && !records.first().is_some_and(|it| is_next(it.seq)) {
        let deleted = desk.store.last_deleted_change().await?;
        if after < deleted {
            let detail = format!(
                "changes up to {deleted} were deleted; read the parcels again, and go on with after={deleted}"
            );
            return Err(Problem::new(StatusCode::GONE, detail));
        }
    }
    Ok(Json(ChangePage {
        next: records.last().map_or(after, |it| it.seq),
        changes: records.iter().map(ChangeView::of).collect(),
    }))
}
