//! Releases of a small workspace with a repository of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::release;
use xtask::workspace::Workspace;

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {output:?}"
    );
}

/// Two published crates, one of which depends on the other, and one that is not published.
fn repository() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let write = |name: &str, content: &str| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[workspace.dependencies]\n\
         base = { version = \"0.1.0\", path = \"crates/base\" }\n",
    );
    for (name, more) in [
        ("base", ""),
        ("user", "\n[dependencies]\nbase.workspace = true\n"),
        ("tests", "publish = false\n"),
    ] {
        write(
            &format!("crates/{name}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{more}"
            ),
        );
        write(&format!("crates/{name}/src/lib.rs"), "");
        write(
            &format!("crates/{name}/CHANGELOG.md"),
            "# Changelog\n\n## [Unreleased]\n\n- New.\n",
        );
    }
    run(root, env!("CARGO"), &["generate-lockfile", "--offline"]);
    run(root, "git", &["init", "--quiet"]);
    let workspace = Workspace::at(root);
    (folder, workspace)
}

#[test]
fn prepared_crate_is_pending_until_it_has_a_tag() {
    let (folder, workspace) = repository();
    let root = folder.path();
    assert_eq!(release::pending(&workspace).unwrap(), [""; 0]);
    let unprepared = release::notes(&workspace, "base").unwrap_err().to_string();
    assert!(
        unprepared.contains("cargo xtask release prepare base 0.1.0"),
        "{unprepared}"
    );

    let dependents = release::prepare(&workspace, "base", "0.2.0", "2026-03-04").unwrap();
    assert_eq!(dependents, ["user"]);
    let dependents = release::prepare(&workspace, "user", "0.1.0", "2026-03-04").unwrap();
    assert_eq!(dependents, [""; 0]);

    assert_eq!(
        release::pending(&workspace).unwrap(),
        ["base@0.2.0", "user@0.1.0"]
    );
    assert_eq!(release::notes(&workspace, "base").unwrap(), "- New.");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("base = { version = \"0.2.0\", path"),
        "{manifest}"
    );
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert!(
        lock.contains("name = \"base\"\nversion = \"0.2.0\""),
        "{lock}"
    );

    run(root, "git", &["add", "--all"]);
    let commit = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "commit",
        "--quiet",
        "--message=a",
    ];
    run(root, "git", &commit);
    run(root, "git", &["tag", "base-v0.2.0"]);
    assert_eq!(release::pending(&workspace).unwrap(), ["user@0.1.0"]);
}

#[test]
fn crate_that_is_not_published_is_refused() {
    let (_folder, workspace) = repository();

    let error = release::prepare(&workspace, "tests", "0.2.0", "2026-03-04").unwrap_err();

    assert_eq!(
        error.to_string(),
        "there is no published crate tests; there are: base, user"
    );
}
