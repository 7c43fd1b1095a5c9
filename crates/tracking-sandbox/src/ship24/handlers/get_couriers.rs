//! `GET /couriers`.

use http::StatusCode;
use serde::Serialize;

use crate::server::{Call, Reply};
use crate::ship24::couriers::{COURIERS, Courier};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;

#[derive(Serialize)]
struct List {
    data: ListData,
}

#[derive(Serialize)]
struct ListData {
    couriers: &'static [Courier],
}

/// `GET /couriers`.
pub(crate) fn list(_provider: &Ship24Provider, _call: &Call<'_>) -> Result<Reply, Refusal> {
    let couriers = &COURIERS;
    let data = ListData { couriers };
    Ok(Reply::json(StatusCode::OK, &List { data }))
}
