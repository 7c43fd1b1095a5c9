//! libFuzzer for the target that the variable `TARGET` names: one program, since linking one for each takes minutes.

#![no_main]

use std::sync::OnceLock;
use std::{env, fs};

use libfuzzer_sys::fuzz_target;
use tracking_fuzz::{Target, all};

static TARGET: OnceLock<Target> = OnceLock::new();

/// Finds the target, and writes its seeds to the folder that `SEEDS` names.
fn init() {
    let name = env::var("TARGET").expect("TARGET names a target");
    let target = all().into_iter().find(|target| target.name() == name);
    let target = target.unwrap_or_else(|| panic!("there is no target {name}"));
    if let Some(folder) = env::var_os("SEEDS") {
        fs::create_dir_all(&folder).expect("SEEDS names a folder");
        for (place, seed) in target.seeds().iter().enumerate() {
            let path = std::path::Path::new(&folder).join(format!("seed-{place}"));
            fs::write(path, seed).expect("a seed can be written");
        }
    }
    TARGET.set(target).expect("there is one target");
}

fuzz_target!(init: init(), |input: &[u8]| {
    if let Some(target) = TARGET.get() {
        target.check(input);
    }
});
