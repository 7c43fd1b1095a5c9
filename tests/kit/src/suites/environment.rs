//! The variables that a client is built from, read from a table.

use tracking_http::{Error, ErrorKind};

use crate::{Sdk, Server};

fn build<S: Sdk>(variables: &[(&str, &str)]) -> Result<S::Client, Error> {
    S::from_variables(variables)
}

/// The variable of the base URL.
fn base_url_variable<S: Sdk>() -> String {
    format!("{}_BASE_URL", S::PROVIDER.to_uppercase())
}

/// The credentials with this base URL.
fn build_with_base_url<S: Sdk>(base_url: &str) -> Result<S::Client, Error> {
    let variable = base_url_variable::<S>();
    build::<S>(&[S::CREDENTIALS, &[(variable.as_str(), base_url)]].concat())
}

/// Nothing but the credentials is required.
pub async fn credentials_alone_lead_to_production<S: Sdk>() {
    let client = build::<S>(S::CREDENTIALS).unwrap();

    let text = format!("{client:?}");
    assert!(text.contains(S::PRODUCTION), "{text}");
}

/// A credential that is not set, or is white space, is named by its variable.
pub async fn missing_credentials_name_their_variable<S: Sdk>() {
    for (missing, _) in S::CREDENTIALS {
        for value in [None, Some(""), Some(" \t")] {
            let others = S::CREDENTIALS.iter().filter(|(name, _)| name != missing);
            let mut variables: Vec<_> = others.copied().collect();
            variables.extend(value.map(|value| (*missing, value)));

            let error = build::<S>(&variables).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
            assert_eq!(error.provider(), Some(S::PROVIDER), "{error}");
            assert!(error.to_string().contains(missing), "{missing}: {error}");
        }
    }
}

/// The credentials and the base URL of the environment are those of every request. White space
/// around an address and a slash at its end do no harm.
pub async fn environment_decides_where_requests_go<S: Sdk>() {
    for (before, after) in [("", ""), (" ", "/ ")] {
        let server = Server::<S>::replying(S::success(S::LOOKUP)).await;
        let base_url = format!("{before}{}{after}", server.base_url());
        let client = build_with_base_url::<S>(&base_url).unwrap();

        S::call(&client, S::LOOKUP).await.unwrap();

        let request = server.request();
        assert!(request.target.starts_with(S::BASE_PATH), "{request:?}");
        S::assert_headers(&request);
        assert_eq!(server.logins().len(), usize::from(S::login().is_some()));
    }
}

/// An origin alone gets the documented prefix, and an address with a path is the prefix.
pub async fn base_url_without_path_gets_documented_prefix<S: Sdk>() {
    let documented = S::PRODUCTION.splitn(4, '/').nth(3).unwrap_or_default();
    let documented = format!("/{documented}");
    for (path, prefix) in [
        ("", documented.as_str()),
        ("/", &documented),
        ("/proxy", "/proxy/"),
        ("/proxy/v9//", "/proxy/v9/"),
    ] {
        let server = Server::<S>::replying(S::success(S::LOOKUP)).await;
        let origin = server.base_url();
        let origin = origin.strip_suffix(S::BASE_PATH).unwrap();
        let client = build_with_base_url::<S>(&format!("{origin}{path}")).unwrap();

        // What a login or another path gets in return does not matter here.
        let _ = S::call(&client, S::LOOKUP).await;

        let request = server.request();
        assert!(request.target.starts_with(prefix), "{path:?}: {request:?}");
        assert!(!request.target.contains("//"), "{request:?}");
    }
}

/// A base URL of white space is the same as none.
pub async fn empty_base_url_counts_as_unset<S: Sdk>() {
    for base_url in ["", " \t"] {
        let client = build_with_base_url::<S>(base_url).unwrap();

        let text = format!("{client:?}");
        assert!(text.contains(S::PRODUCTION), "{text}");
    }
}

/// A base URL without `https://` is named.
pub async fn base_url_without_a_scheme_is_named<S: Sdk>() {
    let base_url = S::PRODUCTION.strip_prefix("https://").unwrap();

    let error = build_with_base_url::<S>(base_url).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.provider(), Some(S::PROVIDER), "{error}");
    assert!(error.to_string().contains(base_url), "{error}");
}
