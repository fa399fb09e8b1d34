//! The server's URL, and what stands behind it.

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::error::{BoxError, Error, Result};

/// Scheme, authority and path prefix of a server, read once and not for each request.
#[derive(Debug)]
pub(super) struct Base {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end; empty where there is no prefix.
    prefix: String,
}

impl Base {
    pub(super) fn parse(server: &str) -> Result<Self> {
        // As client-go does: without a scheme it is https.
        let text = if server.contains("://") { server.to_owned() } else { format!("https://{server}") };
        let host = text.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        if let Some((_, host)) = host.rsplit_once('@') {
            // A password stands before the host, so the URL is not in the error.
            return Err(Error::config(format!(
                "the URL of the server at {host:?} names a user: put it under `users`, as username and password"
            )));
        }
        let no_url = || Error::config(format!("server {server:?} is no URL; write it as https://HOST:PORT"));
        let parts = text.parse::<Uri>().map_err(|_| no_url())?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else { return Err(no_url()) };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(no_url());
        }
        let path = parts.path_and_query;
        let prefix = path.as_ref().map(PathAndQuery::path).unwrap_or_default().trim_end_matches('/').to_owned();
        Ok(Self { scheme, authority, prefix })
    }

    /// Puts path and query behind the base, as they are.
    pub(super) fn join(&self, uri: &Uri) -> Result<Uri, BoxError> {
        let path = uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        let path = if self.prefix.is_empty() { path } else { [&self.prefix, path.as_str()].concat().try_into()? };
        let builder = Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone());
        Ok(builder.path_and_query(path).build()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_url_and_https_unless_it_says_otherwise() {
        let joined =
            |server: &str| Base::parse(server).unwrap().join(&"/version".parse().unwrap()).unwrap().to_string();
        assert_eq!(joined("10.0.0.1:6443"), "https://10.0.0.1:6443/version");
        assert_eq!(joined("http://localhost:8080/k8s/"), "http://localhost:8080/k8s/version");
        for server in ["", "ftp://a", "https://", "not a url"] {
            assert!(Base::parse(server).is_err(), "{server}");
        }
    }

    #[test]
    fn a_server_that_names_a_user_is_refused_without_printing_the_password() {
        let problem = Base::parse("https://me:hidden@example.com").unwrap_err().to_string();
        assert!(problem.contains("example.com") && !problem.contains("hidden"), "{problem}");
    }

    #[test]
    fn path_and_query_go_behind_the_base_as_they_are() {
        let paths = [
            "/",
            "/api/v1/pods?limit=500&labelSelector=app%3Dweb%2Ctier%20in%20%28a%29",
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node%2Fa%20b",
            "/version?",
        ];
        for base in ["https://10.0.0.1:6443", "http://localhost:8080/k8s", "https://[::1]:6443/a/b"] {
            for path in paths {
                let url = Base::parse(base).unwrap().join(&path.parse().unwrap()).unwrap();
                assert_eq!(url.to_string(), format!("{base}{path}"));
            }
        }
    }
}
