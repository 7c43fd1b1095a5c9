//! `.ci/tags`, against a repository in a temporary folder.

use std::path::Path;
use std::process::{Command, Output};

use xtask::workspace::Workspace;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn tag(folder: &Path, crates: &[&str]) -> Output {
    Command::new("bash")
        .arg(Workspace::current().root().join(".ci/tags"))
        .arg("../remote.git")
        .args(crates)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn tags_are_made_only_of_commits_on_main() {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    git(
        folder.path(),
        &[
            "init",
            "--quiet",
            "--bare",
            "--initial-branch=main",
            "remote.git",
        ],
    );
    git(
        folder.path(),
        &["init", "--quiet", "--initial-branch=main", "work"],
    );
    let commit = |message: &str| {
        git(
            &work,
            &["commit", "--quiet", "--allow-empty", "-m", message],
        );
        git(&work, &["rev-parse", "HEAD"])
    };
    let first = commit("one");
    commit("two");
    git(&work, &["push", "--quiet", "../remote.git", "main"]);
    let listed = || git(&work, &["ls-remote", "--tags", "../remote.git"]);

    git(&work, &["switch", "--quiet", "--detach", &first]);
    commit("elsewhere");
    let refused = tag(&work, &["a@0.1.0"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is not on main"));
    assert_eq!(listed(), "");

    git(&work, &["switch", "--quiet", "--detach", &first]);
    let expected = format!("{first}\trefs/tags/a-v0.1.0\n{first}\trefs/tags/b-v0.2.0");
    for _ in 0..2 {
        let made = tag(&work, &["a@0.1.0", "b@0.2.0"]);
        assert!(made.status.success(), "{made:?}");
        assert_eq!(listed(), expected);
    }

    git(&work, &["switch", "--quiet", "main"]);
    assert!(!tag(&work, &["c@0.1.0", "a@0.1.0"]).status.success());
    assert_eq!(listed(), expected, "neither moved nor partly made");
}
