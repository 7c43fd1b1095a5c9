//! E-mail address and password, and the tokens that they are exchanged for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use tracking_core::kit::BoxFuture;
use tracking_http::{Clock, Error, Response, Secret, Token, TokenSource};

use super::jwt::{self, Validity};
use crate::generated::operations;
use crate::{CreateToken, TokenResponse};

/// The key of the password in the request. Assumed: the published example breaks off before it.
pub(crate) const PASSWORD_KEY: &str = "password";

/// How long a token is used whose end cannot be read. Documented is "about 45 minutes"; the client
/// renews a minute before the end.
const FALLBACK_LIFETIME: Duration = Duration::from_secs(41 * 60);

/// The credentials of an account.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) email: Secret,
    pub(crate) password: Secret,
    pub(crate) password_key: String,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Login {
    /// Requests a token. `client` must not send credentials. A response without a usable token is an
    /// error.
    pub(crate) async fn create_token(
        &self,
        client: &tracking_http::Client,
    ) -> Result<Response<TokenResponse>, Error> {
        let call = client.call(&operations::CREATE_TOKEN).json(&self.request());
        let response: Response<TokenResponse> = call.send().await?;
        response.try_map(|response| self.token(&response).map(|_| response))
    }

    fn request(&self) -> Map<String, Value> {
        let CreateToken { email, password } =
            CreateToken::new(self.email.expose_secret(), self.password.expose_secret());
        Map::from_iter([
            ("email".to_owned(), Value::String(email)),
            (self.password_key.clone(), Value::String(password)),
        ])
    }

    /// Takes the token out of a response, with its end.
    fn token(&self, response: &TokenResponse) -> Result<Token, Error> {
        let text = response.token.as_deref().unwrap_or_default().trim();
        if text.is_empty() {
            return Err(Error::decode("token", "the response holds no token"));
        }
        let token = Token::new(text);
        match jwt::validity(text) {
            Some(Validity::For(Duration::ZERO)) => Err(Error::decode(
                "token",
                "the token that was issued has expired already: it ends when it was issued",
            )),
            Some(Validity::For(lifetime)) => Ok(token.with_lifetime(lifetime)),
            Some(Validity::Until(end)) if end <= self.clock.now() => Err(Error::decode(
                "token",
                "the token that was issued has expired already; is the clock of this machine right?",
            )),
            Some(Validity::Until(end)) => Ok(token.with_expiry(end)),
            None => Ok(token.with_lifetime(FALLBACK_LIFETIME)),
        }
    }
}

impl TokenSource for Login {
    fn fetch<'a>(
        &'a self,
        client: &'a tracking_http::Client,
    ) -> BoxFuture<'a, Result<Token, Error>> {
        Box::pin(async move { self.token(&*self.create_token(client).await?) })
    }

    fn account(&self) -> &str {
        self.email.expose_secret()
    }

    fn secrets(&self) -> Vec<Secret> {
        vec![self.password.clone(), self.email.clone()]
    }
}

/// Shows that there are credentials and nothing of them.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}
