//! What the program reads, as its own source: it is no library.

#[path = "../../../crates/tracking-cli/src/input/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the program uses the rest")]
pub(crate) mod input;
#[path = "../../../crates/tracking-cli/src/input_rule.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
pub(crate) mod input_rule;
