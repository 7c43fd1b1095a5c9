//! The command line: help, exit codes, messages.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .unwrap()
}

/// With an empty search path for programs.
fn without_tools(arguments: &[&str]) -> Output {
    let empty = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .env("PATH", empty.path())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn help_lists_every_task() {
    let output = xtask(&["--help"]);

    let help = text(&output.stdout);
    assert!(output.status.success());
    for task in ["codegen", "lint-specs", "provenance", "drift", "ci"] {
        assert!(help.contains(task), "{help}");
    }
    assert!(help.contains("cargo xtask"), "{help}");
}

#[test]
fn each_task_explains_itself() {
    for task in ["codegen", "lint-specs", "provenance", "drift", "ci"] {
        let output = xtask(&[task, "--help"]);

        assert!(output.status.success(), "{task}");
        assert!(
            text(&output.stdout).contains("Usage: cargo xtask"),
            "{task}"
        );
    }
}

#[test]
fn unknown_task_is_a_usage_error() {
    let output = xtask(&["codgen"]);

    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("codegen"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn unknown_provider_fails_and_lists_the_known_ones() {
    let output = xtask(&["provenance", "nobody"]);

    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        message.contains("there is no specs/nobody.yaml; known specs:"),
        "{message}"
    );
}

#[test]
fn unknown_step_fails_and_lists_the_known_ones() {
    let output = xtask(&["ci", "--only", "nothing"]);

    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("known steps: format"), "{message}");
}

#[test]
fn steps_are_listed_without_running() {
    let output = xtask(&["ci", "--list"]);

    let list = text(&output.stdout);
    assert!(output.status.success());
    assert!(
        list.contains("clippy") && list.contains("package"),
        "{list}"
    );
}

#[test]
fn generating_without_rustfmt_says_what_to_install() {
    let output = without_tools(&["codegen"]);

    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        message.contains("run `rustup component add rustfmt`"),
        "{message}"
    );
}

#[test]
fn generated_code_is_checked_without_rustfmt() {
    let output = without_tools(&["codegen", "--check"]);

    assert!(output.status.success(), "{}", text(&output.stderr));
}
