//! Everything that a watch does outside of its own state, as one seam: a test replaces the clock and
//! ends the program between any two steps.

use std::io;

use tracking_core::kit::BoxFuture;
use tracking_core::{ProviderSet, Shipment, UtcTime};
use tracking_follow::NotDelivered;

use super::item::Item;
use super::store::State;
use crate::problem::Problem;

/// The clock, the state file, and those who want to know the changes.
pub(crate) trait World: Send + Sync {
    /// The time.
    fn now(&self) -> UtcTime;

    /// Waits until this time.
    fn sleep_until(&self, time: UtcTime) -> BoxFuture<'_, ()>;

    /// Keeps the state. When it returns, the state outlasts the end of the program.
    fn save<'a>(&'a self, state: &'a State) -> BoxFuture<'a, io::Result<()>>;

    /// Prints changes, in the order of their numbers.
    fn print<'a>(&'a self, items: &'a [&'a Item]) -> BoxFuture<'a, io::Result<()>>;

    /// Runs the command for a change.
    fn exec<'a>(&'a self, item: &'a Item) -> BoxFuture<'a, Result<(), String>>;

    /// Sends a change as a webhook, with an id that is the same each time.
    fn send<'a>(&'a self, id: &'a str, item: &'a Item) -> BoxFuture<'a, Result<(), NotDelivered>>;

    /// Says what was found at the first look at a parcel.
    fn first(&self, account: &str, shipment: &Shipment);

    /// Reports the values without a meaning that were seen since the last time.
    fn unmapped(&self, providers: &ProviderSet);

    /// Says what went wrong.
    fn trouble(&self, problem: &Problem);
}
