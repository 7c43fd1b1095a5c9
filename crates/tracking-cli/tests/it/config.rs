//! `tracking config`: the file that it writes, and what it shows.

use std::fs;
use std::path::Path;

use crate::program::{run, run_with};

const SECRET: &str = "apik_hidden";

fn in_folder() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/config.toml");
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn file_is_written_once_and_is_private() {
    let (_folder, path) = in_folder();
    let at = [("TRACKING_CONFIG", path.as_str())];

    let first = run_with(&at, &["config", "init"]);

    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.stdout.contains(&path), "{}", first.stdout);
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.contains("#[trackingmore]\n"), "{written}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let providers = run_with(&at, &["providers"]);
    assert_eq!((providers.code, providers.stderr.as_str()), (Some(0), ""));

    fs::write(&path, "[ship24]\napi_key = 'a'\n").unwrap();
    let second = run_with(&at, &["config", "init"]);
    assert_eq!(second.code, Some(1), "{second:?}");
    assert!(second.stderr.contains("--force"), "{}", second.stderr);
    assert!(fs::read_to_string(&path).unwrap().starts_with("[ship24]"));

    let forced = run_with(&at, &["config", "init", "--force"]);
    assert_eq!(forced.code, Some(0), "{forced:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn file_that_cannot_be_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "").unwrap();
    let path = path.join("config.toml");

    let variables = [("TRACKING_CONFIG", path.to_str().unwrap())];
    let run = run_with(&variables, &["config", "init"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
}

#[test]
fn path_is_printed_whether_file_exists_or_not() {
    let (_folder, path) = in_folder();

    let named = run_with(&[("TRACKING_CONFIG", &path)], &["config", "path"]);
    assert_eq!(named.stdout, format!("{path}\n"));
    let usual = run(&["config", "path"]);
    let usual = Path::new(usual.stdout.trim_end());
    assert!(usual.ends_with("tracking/config.toml"), "{usual:?}");
}

#[test]
fn settings_are_shown_with_their_origin_and_without_secrets() {
    let (_folder, path) = in_folder();
    fs::create_dir(Path::new(&path).parent().unwrap()).unwrap();
    let text = format!("[1concepts]\nemail = '{SECRET}'\n[eu]\nprovider = '1concepts'\n");
    fs::write(&path, text).unwrap();
    let variables = [
        ("TRACKING_CONFIG", path.as_str()),
        ("SHIP24_API_KEY", SECRET),
    ];

    let text = run_with(&variables, &["config", "show"]);
    let json = run_with(&variables, &["config", "show", "--json"]);
    let csv = run_with(&variables, &["config", "show", "--output", "csv"]);

    for run in [&text, &json, &csv] {
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(!run.stdout.contains(SECRET), "{}", run.stdout);
    }
    let key = text
        .stdout
        .lines()
        .find(|line| line.starts_with("ship24  "));
    let key = key.unwrap_or_else(|| panic!("{}", text.stdout));
    let words: Vec<&str> = key.split_whitespace().collect();
    assert_eq!(words, ["ship24", "api_key", "(hidden)", "SHIP24_API_KEY"]);
    let document = json.json();
    let settings = document["settings"].as_array().unwrap();
    let of = |account: &str, setting: &str| {
        let mut found = settings.iter();
        let found = found.find(|it| it["account"] == account && it["setting"] == setting);
        found.unwrap_or_else(|| panic!("{document}")).clone()
    };
    assert_eq!(of("ship24", "base_url")["origin"], "default");
    assert_eq!(of("oneconcepts", "email")["origin"], "file");
    assert_eq!(of("eu", "email")["origin"], serde_json::Value::Null);
    assert_eq!(of("eu", "email")["provider"], "oneconcepts");
    assert!(csv.stdout.starts_with("account,provider,setting,"));
}

#[test]
fn nothing_configured_is_one_line_that_says_what_to_do() {
    let show = run(&["config", "show"]);
    assert_eq!(show.code, Some(0), "{show:?}");
    let track = run(&["track", "RB473128508SG"]);
    assert_eq!(track.code, Some(1), "{track:?}");

    for text in [&show.stdout, &track.stderr] {
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("tracking config init"), "{text}");
    }
}

#[test]
fn wrong_file_is_refused_as_document() {
    let (_folder, path) = in_folder();

    let run = run_with(&[("TRACKING_CONFIG", &path)], &["config", "show", "--json"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.json()["errors"][0]["kind"], "configuration");
}

#[test]
fn both_names_of_provider_are_accepted() {
    for name in ["1concepts", "oneconcepts", "1Concepts"] {
        let arguments = ["track", "--sandbox", "-p", name, "--json"];

        let run = run(&arguments);

        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(run.json()["shipments"][0]["provider"], "oneconcepts");
    }
    let courier = ["track", "--sandbox", "A1", "--courier", "1concepts:x"];
    let run = run(&[&courier[..], &["-p", "1concepts"]].concat());
    assert!(!run.stderr.contains("not asked"), "{}", run.stderr);
}
