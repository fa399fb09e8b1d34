//! The way that a connection takes before it comes to the server: straight, or through a proxy.

use std::pin::Pin;
use std::task::{Context, Poll};

use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tokio::net::TcpStream;
use tower::{Service, ServiceExt as _};

use super::tls;
use crate::auth;
use crate::config::{Config, Secret};
use crate::error::{BoxError, Error, ProxyError, Result};

/// The port of SOCKS. Those of HTTP and HTTPS are the connector's own.
const SOCKS_PORT: u16 = 1080;

/// What a proxy is asked for, after the scheme of its URL. A proxy for HTTP is asked for a tunnel, whatever the server speaks; one for SOCKS looks the
/// server's name up itself, as with client-go.
#[derive(Clone)]
pub(super) enum Route {
    Straight(HttpConnector),
    Tunnel(Tunnel<HttpConnector>),
    SecureTunnel(Tunnel<HttpsConnector<HttpConnector>>),
    Socks(SocksV5<HttpConnector>),
}

/// A connection to the server or to the proxy, which may want TLS for itself.
type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

impl Route {
    /// Reads the configuration; nothing is connected yet.
    pub(super) fn new(config: &Config, tcp: HttpConnector) -> Result<Self> {
        let Some(url) = &config.proxy_url else { return Ok(Self::Straight(tcp)) };
        let Proxy { scheme, uri, user } = Proxy::parse(url)?;
        let basic = user.as_ref().map(|(name, password)| auth::basic(name, password)).transpose()?;
        Ok(match scheme {
            Kind::Http => Self::Tunnel(tunnel(uri, tcp, basic)),
            Kind::Https => {
                // Whoever signed the server's certificate may have signed the proxy's, as client-go has it.
                let https = HttpsConnectorBuilder::new().with_tls_config(tls::client_config(config)?).https_only();
                Self::SecureTunnel(tunnel(uri, https.enable_http1().wrap_connector(tcp), basic))
            }
            Kind::Socks => {
                let socks = SocksV5::new(uri, tcp);
                Self::Socks(match user {
                    None => socks,
                    Some((name, password)) => socks.with_auth(name, password),
                })
            }
        })
    }
}

fn tunnel<C>(proxy: Uri, connector: C, basic: Option<HeaderValue>) -> Tunnel<C> {
    let tunnel = Tunnel::new(proxy, connector);
    match basic {
        None => tunnel,
        Some(value) => tunnel.with_auth(value),
    }
}

impl Service<Uri> for Route {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let (route, server) = (self.clone(), with_port(server));
        Box::pin(async move {
            Ok(match route {
                Self::Straight(tcp) => MaybeHttpsStream::Http(tcp.oneshot(server).await?),
                Self::Tunnel(tunnel) => MaybeHttpsStream::Http(tunnel.oneshot(server).await.map_err(said)?),
                Self::SecureTunnel(tunnel) => tunnel.oneshot(server).await.map_err(said)?,
                Self::Socks(socks) => MaybeHttpsStream::Http(socks.oneshot(server).await.map_err(said)?),
            })
        })
    }
}

/// Says the port of a server without TLS: proxies are asked for that of HTTPS where none is said.
fn with_port(server: Uri) -> Uri {
    let authority = server.authority().filter(|authority| authority.port().is_none());
    let (Some(authority), Some("http")) = (authority, server.scheme_str()) else { return server };
    let with_port = format!("{authority}:80");
    let built = Uri::builder().scheme(Scheme::HTTP).authority(with_port).path_and_query("/").build();
    built.unwrap_or(server)
}

/// Says that it was the proxy.
fn said(error: impl Into<BoxError>) -> BoxError {
    ProxyError(error.into()).into()
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Http,
    Https,
    Socks,
}

/// A `proxy-url`.
struct Proxy {
    scheme: Kind,
    /// Where it is, without its user.
    uri: Uri,
    user: Option<(String, String)>,
}

impl Proxy {
    fn parse(url: &Secret) -> Result<Self> {
        // A password may stand in the URL, so it is not in the error.
        Self::parts(url.expose()).ok_or_else(|| {
            Error::config("proxy-url is no URL of a proxy: write http://, https:// or socks5://HOST:PORT")
        })
    }

    fn parts(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = match scheme {
            "http" => Kind::Http,
            "https" => Kind::Https,
            "socks5" | "socks5h" => Kind::Socks,
            _ => return None,
        };
        let (before, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = before.rsplit_once('@').map_or((None, before), |(user, host)| (Some(user), host));
        let authority = host.parse::<Authority>().ok().filter(|host| !host.host().is_empty() && path.is_empty())?;
        let authority = match (&scheme, authority.port()) {
            (Kind::Socks, None) => format!("{authority}:{SOCKS_PORT}").parse().ok()?,
            _ => authority,
        };
        let of_uri = if scheme == Kind::Https { Scheme::HTTPS } else { Scheme::HTTP };
        let uri = Uri::builder().scheme(of_uri).authority(authority).path_and_query("/").build().ok()?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned);
        let user = match user {
            None => None,
            Some(user) => {
                let (name, password) = user.split_once(':').unwrap_or((user, ""));
                Some((decoded(name)?, decoded(password)?))
            }
        };
        Some(Self { scheme, uri, user })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_url_says_how_where_and_as_whom() {
        for (url, kind, uri, user) in [
            ("http://proxy:3128", Kind::Http, "http://proxy:3128/", None),
            ("https://proxy.example.com/", Kind::Https, "https://proxy.example.com/", None),
            ("socks5://[::1]", Kind::Socks, "http://[::1]:1080/", None),
            ("http://me:a%40b%3A@10.0.0.1:80", Kind::Http, "http://10.0.0.1:80/", Some(("me", "a@b:"))),
            ("socks5h://me@proxy:9050", Kind::Socks, "http://proxy:9050/", Some(("me", ""))),
        ] {
            let proxy = Proxy::parse(&url.into()).unwrap();
            assert_eq!((proxy.scheme, proxy.uri.to_string()), (kind, uri.to_owned()), "{url}");
            let found = proxy.user.as_ref().map(|(name, password)| (name.as_str(), password.as_str()));
            assert_eq!(found, user, "{url}");
        }
    }

    #[test]
    fn the_port_of_a_server_without_tls_is_said() {
        for (server, said) in [
            ("http://a", "http://a:80/"),
            ("http://[::1]", "http://[::1]:80/"),
            ("http://a:8080/", "http://a:8080/"),
            ("https://a/", "https://a/"),
        ] {
            assert_eq!(with_port(server.parse().unwrap()).to_string(), said);
        }
    }

    #[test]
    fn what_is_no_proxy_url_is_refused_without_its_password() {
        for url in [
            "",
            "proxy:3128",
            "ftp://proxy",
            "http://",
            "http://me:secret@",
            "http://a b",
            "http://proxy/path",
            "http://%ff@a",
        ] {
            let problem = Proxy::parse(&url.into()).err().unwrap().to_string();
            assert!(problem.contains("proxy-url") && !problem.contains("secret"), "{url}: {problem}");
        }
    }
}
