//! The configuration file and the environment, right and wrong.

use super::*;

const SETTINGS: &[Setting] = &[
    Setting::new("api_key", "ACME_API_KEY", "your key")
        .required()
        .secret(),
    Setting::new("base_url", "ACME_BASE_URL", "another address"),
];
const KNOWN: &[(&str, &[Setting])] = &[("acme", SETTINGS)];

fn written(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn load(text: &str) -> Result<Config, ConfigError> {
    let (_folder, path) = written(text);
    Config::load(&|name| (name == PATH_VARIABLE).then(|| path.clone()), KNOWN)
}

#[test]
fn environment_overrides_file() {
    let config = load("[acme]\napi_key = 'from file'\nbase_url = 'http://file'").unwrap();

    let settings = config.settings("acme", SETTINGS, &|name| {
        (name == "ACME_API_KEY").then(|| " from environment\n".to_owned())
    });

    assert_eq!(settings.get("api_key"), Some("from environment"));
    assert_eq!(settings.get("base_url"), Some("http://file"));
}

#[test]
fn white_space_counts_as_not_set() {
    let config = load("[acme]\napi_key = '  '").unwrap();

    let settings = config.settings("acme", SETTINGS, &|_| Some(" ".to_owned()));

    assert_eq!(settings, Settings::default());
}

#[test]
fn wrong_file_is_refused_without_its_values() {
    let cases = [
        ("[acme]\napi_key = hidden-value", "line 2"),
        ("[acme]\napi_key = 12", "api_key of [acme] must be text"),
        (
            "[acme]\napikey = 'hidden-value'",
            "knows only: api_key, base_url, looks_per_day",
        ),
        (
            "[amce]\napi_key = 'hidden-value'",
            "the providers are: acme",
        ),
        ("acme = 'hidden-value'", "start it with the line [acme]"),
        (
            "register = 'hidden-value'",
            "register must be true or false",
        ),
        (
            "watch_webhook_secret = ['hidden-value']",
            "watch_webhook_secret must be text",
        ),
        (
            "follow_store = ['hidden-value']",
            "follow_store must be text",
        ),
        ("serve_token = ['hidden-value']", "serve_token must be text"),
        ("[eu]\nprovider = 'hidden'", "[eu] names no provider"),
        ("[acme]\nprovider = 'acme'", "needs no line"),
        ("['e u']\nprovider = 'acme'", "letters, digits"),
        (
            "[eu]\nprovider = 'acme'\nkey = 'hidden-value'",
            "knows only: api_key",
        ),
    ];

    for (text, expected) in cases {
        let message = load(text).err().unwrap().to_string();

        assert!(message.contains(expected), "{text:?}: {message}");
        assert!(message.contains("config.toml"), "{message}");
        assert!(!message.contains("hidden-value"), "{message}");
    }
}

#[test]
fn account_has_a_name_of_its_own_and_no_environment() {
    let file =
        "register = true\n[acme]\napi_key = 'a'\n[acme-eu]\nprovider = 'acme'\napi_key = 'b'";
    let config = load(file).unwrap();

    assert!(config.register);
    let accounts: Vec<_> = config.named_accounts().collect();
    assert_eq!(accounts, [("acme-eu", "acme")]);
    let settings = config.settings("acme-eu", SETTINGS, &|_| None);
    assert_eq!(settings.get("api_key"), Some("b"));
    assert!(!load("[acme]\napi_key = 'a'").unwrap().register);
}

#[test]
fn file_named_by_environment_must_exist() {
    let path = "/nonexistent/tracking.toml";

    let error = Config::load(
        &|name| (name == PATH_VARIABLE).then(|| path.to_owned()),
        KNOWN,
    )
    .err()
    .unwrap();

    assert!(error.to_string().contains(path), "{error}");
    assert!(error.to_string().contains(PATH_VARIABLE), "{error}");
}

#[cfg(unix)]
#[test]
fn file_open_to_others_gives_a_warning() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, path) = written("[acme]\napi_key = 'k'");
    let load =
        || Config::load(&|name| (name == PATH_VARIABLE).then(|| path.clone()), KNOWN).unwrap();

    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(load().warning.unwrap().contains("chmod 600"));

    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(load().warning, None);
}

#[test]
fn settings_debug_shows_no_values() {
    let settings = Settings::default().with("api_key", "hidden-value");

    assert_eq!(format!("{settings:?}"), r#"{"api_key"}"#);
}
