//! The generated code of this repository, and what happens when something is wrong.

use std::fs;
use std::path::Path;

use xtask::codegen::{self, Formatter};
use xtask::workspace::Workspace;

use crate::folder;

/// A workspace with one crate and one spec taken from the test data.
fn workspace(spec: &Path) -> (tempfile::TempDir, Workspace) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("specs")).unwrap();
    fs::create_dir_all(root.path().join("crates/sample-sdk/src")).unwrap();
    fs::write(root.path().join("crates/sample-sdk/Cargo.toml"), "").unwrap();
    fs::copy(
        Workspace::current().root().join("rustfmt.toml"),
        root.path().join("rustfmt.toml"),
    )
    .unwrap();
    fs::copy(spec, root.path().join("specs/sample.yaml")).unwrap();
    let workspace = Workspace::at(root.path());
    (root, workspace)
}

fn generated(root: &Path) -> std::path::PathBuf {
    root.join("crates/sample-sdk/src/generated")
}

#[test]
fn committed_code_is_what_the_specs_give() {
    if let Err(error) = codegen::check(&Workspace::current()) {
        panic!("{error:#}");
    }
}

#[test]
fn committed_code_is_compared_without_rustfmt_too() {
    if let Err(error) = codegen::check_with(&Workspace::current(), Formatter::None) {
        panic!("{error:#}");
    }
}

#[test]
fn check_without_rustfmt_ignores_layout() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    codegen::write_with(&workspace, Formatter::installed()).unwrap();
    codegen::check_with(&workspace, Formatter::None).unwrap();
    let types = generated(root.path()).join("types.rs");
    let edited = fs::read_to_string(&types)
        .unwrap()
        .replace("pub number:", "pub numero:");
    fs::write(&types, edited).unwrap();

    let message = codegen::check_with(&workspace, Formatter::None)
        .unwrap_err()
        .to_string();

    assert!(message.contains("types.rs differs"), "{message}");
    assert!(message.contains("pub numero:"), "{message}");
}

#[test]
fn second_run_changes_nothing() {
    let (_root, workspace) = workspace(&folder("golden/request/spec.yaml"));

    let first = codegen::write_with(&workspace, Formatter::installed()).unwrap();
    let second = codegen::write_with(&workspace, Formatter::installed()).unwrap();

    assert!(!first.is_empty());
    assert!(second.is_empty(), "{second:?}");
    codegen::check(&workspace).unwrap();
}

#[test]
fn check_names_the_file_the_change_and_the_command() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    codegen::write_with(&workspace, Formatter::installed()).unwrap();
    let types = generated(root.path()).join("types.rs");
    let edited = fs::read_to_string(&types)
        .unwrap()
        .replace("pub number:", "pub numero:");
    fs::write(&types, edited).unwrap();

    let message = codegen::check(&workspace).unwrap_err().to_string();

    assert!(
        message.contains("run `cargo xtask codegen` and commit"),
        "{message}"
    );
    assert!(message.contains("types.rs differs"), "{message}");
    assert!(message.contains("pub numero:"), "{message}");
}

#[test]
fn check_accepts_other_line_ends() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    codegen::write_with(&workspace, Formatter::installed()).unwrap();
    let types = generated(root.path()).join("types.rs");
    let edited = fs::read_to_string(&types).unwrap().replace('\n', "\r\n");
    fs::write(&types, edited).unwrap();

    codegen::check(&workspace).unwrap();
}

#[test]
fn files_that_no_spec_gives_are_reported_and_removed() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    codegen::write_with(&workspace, Formatter::installed()).unwrap();
    let leftover = generated(root.path()).join("old.rs");
    fs::write(&leftover, "").unwrap();

    let message = codegen::check(&workspace).unwrap_err().to_string();
    codegen::write_with(&workspace, Formatter::installed()).unwrap();

    assert!(message.contains("old.rs comes from no spec"), "{message}");
    assert!(!leftover.exists());
}

#[test]
fn wrong_spec_keeps_all_files_unwritten() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    fs::create_dir_all(root.path().join("crates/wrong-sdk/src")).unwrap();
    fs::write(root.path().join("crates/wrong-sdk/Cargo.toml"), "").unwrap();
    fs::copy(
        folder("traps/any_of.yaml"),
        root.path().join("specs/wrong.yaml"),
    )
    .unwrap();

    let message = codegen::write_with(&workspace, Formatter::installed())
        .unwrap_err()
        .to_string();

    assert!(
        message.contains("specs/wrong.yaml: components.schemas.Item"),
        "{message}"
    );
    assert!(message.contains("nothing was written"), "{message}");
    assert!(!generated(root.path()).exists());
}

#[test]
fn spec_without_crate_fails_and_names_both() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    fs::rename(
        root.path().join("specs/sample.yaml"),
        root.path().join("specs/other.yaml"),
    )
    .unwrap();

    let message = codegen::write_with(&workspace, Formatter::installed())
        .unwrap_err()
        .to_string();

    assert!(
        message.contains("specs/other.yaml belongs to crates/other-sdk"),
        "{message}"
    );
}

#[test]
fn duplicate_key_fails_with_its_line() {
    let (root, workspace) = workspace(&folder("golden/request/spec.yaml"));
    fs::write(
        root.path().join("specs/sample.yaml"),
        "openapi: \"3.0.3\"\nopenapi: \"3.0.3\"\n",
    )
    .unwrap();

    let message = format!(
        "{:#}",
        codegen::write_with(&workspace, Formatter::installed()).unwrap_err()
    );

    assert!(
        message.contains("specs/sample.yaml is not YAML"),
        "{message}"
    );
    assert!(message.contains("duplicate"), "{message}");
}
