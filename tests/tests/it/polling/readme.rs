use tracking_core::merge::{Update, merge};
use tracking_core::{Error, Outcome, Provider, Shipment};

/// Asks once more and prints what is new; to be called as long as `should_poll()` says so.
async fn poll(provider: &dyn Provider, known: Shipment) -> Result<Shipment, Error> {
    let Outcome::Found(found) = provider.track(known.request()).await? else {
        return Ok(known);
    };
    let Some(latest) = found.into_iter().find(|it| it.is_same_shipment(&known)) else {
        return Ok(known);
    };
    let merged = merge(Some(known), Update::Snapshot(latest));
    for change in &merged.changes {
        println!("{}: {change}", merged.shipment.number);
    }
    Ok(merged.shipment)
}
