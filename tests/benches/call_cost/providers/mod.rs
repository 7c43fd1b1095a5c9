//! The five providers.

mod exporto;
mod gcl;
mod oneconcepts;
mod ship24;
mod trackingmore;

use anyhow::{Result, bail};

use self::exporto::Exporto;
use self::gcl::Gcl;
use self::oneconcepts::OneConcepts;
use self::ship24::Ship24;
use self::trackingmore::TrackingMore;
use crate::subject::{Repeat, Subject as _};

pub(crate) const PROVIDERS: [&str; 5] = ["exporto", "gcl", "ship24", "trackingmore", "oneconcepts"];

pub(crate) fn sends_webhooks(provider: &str) -> bool {
    matches!(provider, "gcl" | "ship24" | "trackingmore")
}

/// Makes the clients of a provider, whose API is on this server, below its name.
pub(crate) fn subject(provider: &str, server: &str) -> Result<Box<dyn Repeat>> {
    let base_url = format!("{server}/{provider}");
    Ok(match provider {
        "exporto" => Box::new(Exporto::new(&base_url)?),
        "gcl" => Box::new(Gcl::new(&base_url)?),
        "ship24" => Box::new(Ship24::new(&base_url)?),
        "trackingmore" => Box::new(TrackingMore::new(&base_url)?),
        "oneconcepts" => Box::new(OneConcepts::new(&base_url)?),
        other => bail!("no provider `{other}`"),
    })
}
