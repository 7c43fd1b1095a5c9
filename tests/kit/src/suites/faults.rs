//! What comes of every fault at every operation.

use tracking_core::Provider;

use crate::{Sdk, faults};

/// Every fault has an outcome that its rule allows, and the table of them beside the SDK is fresh. Connections
/// are real for some faults, so that it brings its own runtimes.
pub fn faults_have_the_outcomes_of_the_table<S: Sdk<Client: Provider>>() {
    faults::run::<S>();
}
