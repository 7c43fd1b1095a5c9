//! The checks of `cargo xtask ci` that are quick enough to run with every test run.

use std::fs;
use std::process::Command;

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
    assert_eq!(
        declared.len(),
        1,
        ".ci/minimum-version reads this line with sed"
    );

    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(".github/workflows")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for line in text
            .lines()
            .filter(|line| line.contains("rustup toolchain install"))
        {
            let (_, toolchain) = line.split_once("toolchain install ").unwrap();
            // A channel, no version.
            let is_open = ["stable", "nightly"]
                .iter()
                .any(|channel| toolchain.split(' ').next() == Some(channel));
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

/// Files of the repository, as git knows them.
fn tracked_files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(Workspace::current().root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let names = String::from_utf8(output.stdout).unwrap();
    names.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn address_of_the_repository_is_in_one_place() {
    let root = Workspace::current().root().to_owned();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let addresses: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("repository = \"")?.strip_suffix('"'))
        .collect();
    let [address] = addresses[..] else {
        panic!("{addresses:?}");
    };

    let holds = |name: &String| {
        // One that is deleted and not committed is still listed.
        let content = fs::read(root.join(name)).unwrap_or_default();
        String::from_utf8_lossy(&content).contains(address)
    };
    let found: Vec<String> = tracked_files().into_iter().filter(holds).collect();

    assert_eq!(found, ["Cargo.toml"], "others take it from there");
}

#[test]
fn actions_are_pinned_by_commit_with_their_version() {
    let root = Workspace::current().root().to_owned();
    let mut actions = 0;
    for name in tracked_files() {
        if !name.starts_with(".github/workflows/") {
            continue;
        }
        let workflow = fs::read_to_string(root.join(&name)).unwrap();
        for line in workflow.lines() {
            let Some((_, action)) = line.split_once("uses: ") else {
                continue;
            };
            // A workflow of this repository, at the same commit.
            if action.starts_with("$/") {
                continue;
            }
            actions += 1;
            let (_, pin) = action.split_once('@').unwrap();
            let (commit, version) = pin.split_once(" # v").unwrap_or((pin, ""));
            let is_commit =
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{name}: {line}");
        }
    }
    assert!(actions > 0, "no workflow uses an action");
}

#[test]
fn links_of_markdown_files_are_no_rust_paths() {
    let root = Workspace::current().root().to_owned();
    for name in tracked_files().iter().filter(|it| it.ends_with(".md")) {
        let page = fs::read_to_string(root.join(name)).unwrap_or_default();
        let targets = page.split("](").skip(1);
        for target in targets.filter_map(|rest| rest.split(')').next()) {
            let is_path = target.contains("::") && !target.starts_with("https://");
            assert!(!is_path, "{name}: {target} leads nowhere on the web");
        }
    }
}

/// The lines of each job of a workflow, by its name.
fn jobs(workflow: &str) -> Vec<(&str, String)> {
    let (_, jobs) = workflow.split_once("\njobs:\n").unwrap();
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in jobs.lines() {
        let name = line.strip_prefix("  ").and_then(|it| it.strip_suffix(':'));
        match (
            name.filter(|it| !it.starts_with([' ', '#'])),
            found.last_mut(),
        ) {
            (Some(name), _) => found.push((name, String::new())),
            (None, Some((_, job))) => job.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn jobs_that_may_write_build_nothing_and_wait_for_approval() {
    let root = Workspace::current().root().to_owned();
    let mut writing = Vec::new();
    for name in tracked_files() {
        if !name.starts_with(".github/workflows/") {
            continue;
        }
        let workflow = fs::read_to_string(root.join(&name)).unwrap();
        assert!(workflow.contains("\npermissions: {}\n"), "{name}");
        for (job, lines) in jobs(&workflow) {
            if !lines.contains(": write") {
                continue;
            }
            assert!(lines.contains("\n    environment: "), "{name}: {job}");
            for builds in [
                "cargo build",
                "cargo test",
                "cargo run",
                "cargo xtask",
                "cargo install",
                ".ci/run",
            ] {
                assert!(!lines.contains(builds), "{name}: {job}: {builds}");
            }
            writing.push(job.to_owned());
        }
    }
    writing.sort();
    assert_eq!(writing, ["publish", "publish", "tag"]);
}
