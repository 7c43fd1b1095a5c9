//! `/accounts`: the accounts at the providers.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use super::views::AccountView;
use crate::serve::desk::Desk;

/// The accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Accounts {
    /// Those that have or had parcels, in the order of their names.
    accounts: Vec<AccountView>,
}

/// List the accounts that have or had parcels
///
/// With what is due, paused and failing of each.
#[utoipa::path(
    get, path = "/accounts", tag = "accounts", operation_id = "list_accounts",
    responses(
        (status = 200, description = "The accounts", body = Accounts),
    )
)]
pub(super) async fn list(State(desk): State<Desk>) -> Result<Json<Accounts>, Problem> {
    let reports = desk.store.accounts().await?;
    let view = |report: tracking_follow::AccountReport| {
        let is_served = desk.works && desk.account(&report.name).is_some();
        let waits = desk.waits(&report.name);
        let rate = desk.account(&report.name).map(|it| (it.entry.rate)());
        AccountView::of(report, is_served, rate, waits)
    };
    Ok(Json(Accounts {
        accounts: reports.into_iter().map(view).collect(),
    }))
}
