//! The `Authorization` header of requests.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::config::Credentials;
use crate::error::{Error, Result};

/// How long a token that was read from a file is used before the file is read again. client-go uses the same.
const RELOAD_AFTER: Duration = Duration::from_mins(1);

/// Makes the header for each request.
#[derive(Clone)]
pub(crate) enum Authorization {
    None,
    Fixed(HeaderValue),
    File(Arc<TokenFile>),
}

pub(crate) struct TokenFile {
    path: PathBuf,
    last: Mutex<Option<(Instant, HeaderValue)>>,
}

impl Authorization {
    pub(crate) fn new(credentials: &Credentials) -> Result<Self> {
        Ok(match credentials {
            Credentials::None => Self::None,
            Credentials::Token(token) => Self::Fixed(header(&format!("Bearer {}", token.expose()))?),
            Credentials::TokenFile(path) => {
                Self::File(Arc::new(TokenFile { path: path.clone(), last: Mutex::new(None) }))
            }
            Credentials::Basic { username, password } => Self::Fixed(basic(username, password.expose())?),
        })
    }

    pub(crate) async fn header(&self) -> Result<Option<HeaderValue>> {
        match self {
            Self::None => Ok(None),
            Self::Fixed(value) => Ok(Some(value.clone())),
            Self::File(file) => file.header().await.map(Some),
        }
    }
}

impl TokenFile {
    async fn header(&self) -> Result<HeaderValue> {
        let mut last = self.last.lock().await;
        if let Some((read_at, value)) = &*last
            && read_at.elapsed() < RELOAD_AFTER
        {
            return Ok(value.clone());
        }
        let path = self.path.display();
        match (tokio::fs::read_to_string(&self.path).await, &*last) {
            (Ok(token), _) if !token.trim().is_empty() => {
                let value = header(&format!("Bearer {}", token.trim()))?;
                *last = Some((Instant::now(), value.clone()));
                Ok(value)
            }
            // A token that worked a minute ago most likely still does, as client-go holds it.
            (read, Some((_, value))) => {
                let problem = read.err().map_or_else(|| "it is empty".to_owned(), |error| error.to_string());
                tracing::warn!("token file {path}: {problem}; the last token is used");
                Ok(value.clone())
            }
            (Ok(_), None) => Err(Error::config(format!("token file {path} is empty"))),
            (Err(error), None) => Err(Error::config(format!("token file {path}: {error}"))),
        }
    }
}

/// Makes the header of a name and a password, for a server or a proxy.
pub(crate) fn basic(name: &str, password: &str) -> Result<HeaderValue> {
    header(&format!("Basic {}", STANDARD.encode(format!("{name}:{password}"))))
}

fn header(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| Error::config("the token or password has characters that no header can carry"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_token_file_is_read_again_after_a_minute() {
        let path = std::env::temp_dir().join(format!("kubist-token-{}", std::process::id()));
        let write = |token: &str| std::fs::write(&path, token).unwrap();
        write("one\n");
        let authorization = Authorization::new(&Credentials::TokenFile(path.clone())).unwrap();
        assert_eq!(authorization.header().await.unwrap().unwrap(), "Bearer one");
        write("two");
        assert_eq!(authorization.header().await.unwrap().unwrap(), "Bearer one");
        tokio::time::advance(RELOAD_AFTER).await;
        assert_eq!(authorization.header().await.unwrap().unwrap(), "Bearer two");
        std::fs::remove_file(&path).unwrap();
        tokio::time::advance(RELOAD_AFTER).await;
        assert_eq!(authorization.header().await.unwrap().unwrap(), "Bearer two");
    }

    #[test]
    fn headers_are_marked_as_sensitive() {
        let Ok(Authorization::Fixed(value)) = Authorization::new(&Credentials::Token("t".into())) else { panic!() };
        assert!(value.is_sensitive());
        assert!(!format!("{value:?}").contains("Bearer"));
    }
}
