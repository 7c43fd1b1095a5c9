//! The checks of `cargo xtask ci` that are quick enough to run with every test run.

use std::fs;

use xtask::ci;
use xtask::workspace::Workspace;

/// Runs one step; what is wrong goes to the output of the test.
#[track_caller]
fn assert_passes(step: &str) {
    ci::run(&Workspace::current(), Some(step), false)
        .unwrap_or_else(|error| panic!("{error:#}; the output above says what is wrong"));
}

#[test]
fn dependencies_point_one_way() {
    assert_passes("layers");
}

#[test]
fn every_readme_names_the_minimum_rust_version() {
    assert_passes("rust-version");
}

#[test]
fn sdks_and_sandbox_parts_have_the_same_modules() {
    assert_passes("layout");
}

#[test]
fn rust_examples_of_every_readme_compile_as_seen() {
    assert_passes("readmes");
}

#[test]
fn front_pages_link_the_public_types_that_they_name() {
    assert_passes("front-pages");
}

#[test]
fn workflows_never_repeat_the_minimum_rust_version() {
    let root = Workspace::current().root().to_owned();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let declared: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'))
        .collect();
    assert_eq!(declared.len(), 1, "the workflow reads this line with sed");

    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(".github/workflows")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for line in text
            .lines()
            .filter(|line| line.contains("rustup toolchain install"))
        {
            let (_, toolchain) = line.split_once("toolchain install ").unwrap();
            let is_open = toolchain.starts_with("stable") || toolchain.starts_with("${{");
            assert!(is_open, "{}: {line}", path.display());
        }
        assert!(
            !text.contains(declared[0]),
            "{} repeats {}",
            path.display(),
            declared[0]
        );
        names.extend(
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned()),
        );
    }
    assert!(names.contains(&"ci.yml".to_owned()), "{names:?}");
}
