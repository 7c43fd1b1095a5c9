//! Repository tasks behind `cargo xtask`: code generation from the specs, spec checks, provenance, and the
//! checks of continuous integration. A library, so that the same checks run as ordinary tests.

mod alternatives;
pub mod build_cost;
pub mod ci;
pub mod codegen;
pub mod drift;
pub mod lint;
pub mod provenance;
pub mod release;
pub mod spec;
pub mod workspace;
pub mod yaml;
