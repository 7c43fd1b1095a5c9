//! Where keys come from, and what `tracking providers` says about them.

use tokio::task::spawn_blocking;
use tracking_sandbox::Sandbox;

use crate::program::{run, run_with};

const SECRET: &str = "apik_hidden";

fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn providers_are_listed_with_what_is_missing() {
    let run = run(&["providers"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    let line = |start: &str| {
        let found = run.stdout.lines().find(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("{}", run.stdout)).to_owned()
    };
    assert!(line("ship24").contains(" no "), "{}", run.stdout);
    assert!(line("ship24").contains("track by number/id/reference"));
    assert!(line("SHIP24_API_KEY").contains("missing"));
    assert!(line("SHIP24_BASE_URL").contains("not set"));
}

#[test]
fn key_is_never_printed() {
    let run = run_with(&[("SHIP24_API_KEY", SECRET)], &["providers"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("yes"), "{}", run.stdout);
    assert!(!run.stdout.contains(SECRET));
}

#[test]
fn key_is_read_from_file() {
    let (_folder, path) = file(&format!(
        "[ship24]\napi_key = \"{SECRET}\"\nbase_url = \"http://127.0.0.1:1\"\n"
    ));
    let config = ("TRACKING_CONFIG", path.as_str());

    let listed = run_with(&[config], &["providers"]);
    assert!(listed.stdout.contains("yes"), "{}", listed.stdout);
    assert_eq!(listed.stderr, "");

    let tracked = run_with(&[config], &["track", "ABC12345"]);
    assert_eq!(tracked.code, Some(2), "{tracked:?}");
    assert!(!tracked.stderr.contains(SECRET));
}

#[test]
fn wrong_file_is_refused_without_its_keys() {
    for (text, expected) in [
        (format!("[ship24]\napi_key = {SECRET}"), "line 2"),
        (format!("[ship42]\napi_key = '{SECRET}'"), "ship24"),
        (format!("[ship24]\nkey = '{SECRET}'"), "api_key, base_url"),
    ] {
        let (_folder, path) = file(&text);

        for arguments in [
            &["providers"][..],
            &["track", "ABC12345"],
            &["track", "ABC12345", "-p", "ship24"],
            &["track", "ABC12345", "-p", "shop-de"],
        ] {
            let run = run_with(&[("TRACKING_CONFIG", &path)], arguments);

            assert_eq!(run.code, Some(1), "{run:?}");
            assert_eq!(run.stderr.matches("error:").count(), 1, "{run:?}");
            assert!(run.stderr.contains(&path), "{}", run.stderr);
            assert!(run.stderr.contains(expected), "{}", run.stderr);
            assert!(!run.stderr.contains(SECRET), "{}", run.stderr);
        }
    }
}

#[test]
fn sandbox_ignores_configuration() {
    let (_folder, path) = file("this is not TOML");

    let run = run_with(
        &[("TRACKING_CONFIG", &path)],
        &["track", "-p", "ship24", "--sandbox", "--brief"],
    );

    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(&["completions", shell]);

        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.stdout.contains("from-file"), "{shell}");
    }
}

#[test]
fn manual_page_is_printed() {
    let run = run(&["man"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains(".TH tracking 1"), "{run:?}");
    assert!(run.stdout.contains("tracking\\-track(1)"), "{run:?}");
}

#[test]
fn manual_pages_of_all_commands_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");

    let written = run(&["man", "--folder", pages.to_str().unwrap()]);

    assert_eq!(written.code, Some(0), "{written:?}");
    for command in ["", "-track", "-serve", "-config-show", "-webhook-listen"] {
        let page = std::fs::read_to_string(pages.join(format!("tracking{command}.1"))).unwrap();
        assert!(
            page.contains(&format!(".TH tracking{command} 1")),
            "{command}"
        );
    }

    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = run(&["man", "--folder", file.to_str().unwrap()]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.stderr.contains("cannot write manual pages"),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_address_is_a_failed_lookup() {
    let sandbox = Sandbox::start().await.unwrap();
    let elsewhere = format!("http://{}/nowhere", sandbox.address());
    let cases = [
        ("ship24", "SHIP24", "API_KEY", "", "RB473128508SG"),
        (
            "trackingmore",
            "TRACKINGMORE",
            "API_KEY",
            "/v2",
            "RB473128508SG",
        ),
        ("exporto", "EXPORTO", "USERNAME", "/v1", "RB473128508SG"),
        ("gcl", "GCL", "API_KEY", "", "RB473128508SG"),
        ("oneconcepts", "ONECONCEPTS", "EMAIL", "/v2", "SHOP::1001"),
    ];

    for (provider, prefix, key, version, target) in cases {
        let variables = [
            (format!("{prefix}_{key}"), "a-key".to_owned()),
            (format!("{prefix}_PASSWORD"), "a-password".to_owned()),
            (
                format!("{prefix}_BASE_URL"),
                format!("{elsewhere}{version}"),
            ),
        ];
        let option = if provider == "oneconcepts" {
            "--reference"
        } else {
            "--"
        };

        let run = spawn_blocking(move || {
            let variables: Vec<(&str, &str)> = variables
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            run_with(&variables, &["track", "-p", provider, option, target])
        })
        .await
        .unwrap();

        assert_eq!(run.code, Some(2), "{provider}: {run:?}");
        let advice = format!("{prefix}_BASE_URL");
        assert!(run.stderr.contains(&advice), "{provider}: {}", run.stderr);
    }
}
