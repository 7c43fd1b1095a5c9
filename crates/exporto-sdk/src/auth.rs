//! The token of an account: requested with HTTP Basic and a JSON body, which no OAuth library does.

use std::time::Duration;

use tracking_core::kit::BoxFuture;
use tracking_http::{
    Client, Credentials, Error, Response, Secret, Token, TokenSource, basic_authorization,
};

use crate::generated::operations;
use crate::{AccessToken, CreateToken, GrantType};

/// How long a token is used that comes without `expires_in`.
///
/// Assumed: five minutes is short enough to be right; a token that lives longer is only renewed early,
/// and one that ends sooner is replaced after a 401.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Requests tokens with the user name and the password of an account.
///
/// exporto has no refresh endpoint: each token is requested in the same way.
#[derive(Debug)]
pub(crate) struct Login {
    username: Secret,
    password: Secret,
    /// Both in base64, as the request for a token has them.
    pair: Secret,
    credentials: Credentials,
    request: CreateToken,
}

impl Login {
    /// A missing scope is left out of the request.
    pub(crate) fn new(
        username: Secret,
        password: Secret,
        scope: Option<String>,
    ) -> Result<Self, Error> {
        let credentials = Credentials::basic(username.expose_secret(), &password)?;
        let proof = basic_authorization(username.expose_secret(), &password)?;
        let proof = proof.to_str().unwrap_or_default();
        let pair = Secret::from(proof.trim_start_matches("Basic "));
        let mut request = CreateToken::new(GrantType::ClientCredentials);
        request.scope = scope;
        Ok(Self {
            username,
            password,
            pair,
            credentials,
            request,
        })
    }

    /// Requests a token from the environment that the client belongs to.
    pub(crate) async fn create_token(
        &self,
        client: &Client,
    ) -> Result<Response<AccessToken>, Error> {
        let client = client.with_credentials(self.credentials.clone())?;
        let call = client.call(&operations::CREATE_TOKEN).json(&self.request);
        let response: Response<AccessToken> = call.send().await?;
        response.try_map(|token| check(&token).map(|()| token))
    }
}

impl TokenSource for Login {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        Box::pin(async move {
            let token = self.create_token(client).await?.into_inner();
            let lifetime = token
                .expires_in
                .and_then(|seconds| u64::try_from(seconds).ok())
                .map_or(DEFAULT_LIFETIME, Duration::from_secs);
            Ok(Token::new(token.access_token.unwrap_or_default()).with_lifetime(lifetime))
        })
    }

    fn account(&self) -> &str {
        self.username.expose_secret()
    }

    fn secrets(&self) -> Vec<Secret> {
        vec![self.password.clone(), self.pair.clone()]
    }
}

/// Refuses a response that holds no usable token, so that the reason is named here and not by the 401 of
/// the next call.
fn check(token: &AccessToken) -> Result<(), Error> {
    let text = token.access_token.as_deref().unwrap_or_default();
    if text.trim().is_empty() {
        let reason = "the token response has a success status and no token in it";
        return Err(Error::decode("access_token", reason));
    }
    if token.expires_in.is_some_and(|seconds| seconds <= 0) {
        let reason = "the token has expired already: its lifetime is not above zero";
        return Err(Error::decode("expires_in", reason));
    }
    // `bearer` in lower case was observed; a missing type is taken for it.
    let scheme = token.token_type.as_deref().unwrap_or("bearer").trim();
    if !scheme.is_empty() && !scheme.eq_ignore_ascii_case("bearer") {
        let reason = "the token is not one for the scheme `Bearer`";
        return Err(Error::decode("token_type", reason));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(json: &str) -> AccessToken {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn usable_tokens_pass() {
        for json in [
            r#"{"access_token":"t","token_type":"bearer","expires_in":1800,"scope":"b a"}"#,
            r#"{"access_token":"t","token_type":"Bearer","expires_in":"1800"}"#,
            r#"{"access_token":"t","token_type":null,"expires_in":null}"#,
            r#"{"access_token":"t"}"#,
        ] {
            assert!(check(&token(json)).is_ok(), "{json}");
        }
    }

    #[test]
    fn unusable_tokens_are_named() {
        for (json, field) in [
            ("{}", "access_token"),
            (r#"{"access_token":null,"expires_in":60}"#, "access_token"),
            (r#"{"access_token":"  "}"#, "access_token"),
            (r#"{"access_token":"hush","expires_in":0}"#, "expires_in"),
            (r#"{"access_token":"hush","expires_in":-1}"#, "expires_in"),
            (
                r#"{"access_token":"hush","token_type":"mac"}"#,
                "token_type",
            ),
        ] {
            let error = check(&token(json)).unwrap_err();

            assert_eq!(error.path(), Some(field), "{json}");
            assert!(!error.to_string().contains("hush"), "{error}");
        }
    }
}
