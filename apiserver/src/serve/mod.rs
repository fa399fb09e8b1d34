//! The server on a socket: HTTPS on loopback, for kubectl and other programs.

mod authenticate;
mod certificate;
mod connection;
mod ending;
mod kubeconfig;
mod stop;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::crypto::CryptoProvider;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use self::authenticate::Authenticate;
use self::connection::Connections;
use self::stop::Stopper;
use crate::server::Server;

/// A server that listens on a socket. It stops when this is dropped.
pub struct Running {
    addr: SocketAddr,
    url: String,
    token: String,
    certificate_authority: String,
    /// Stops the task when it is dropped.
    stopper: Stopper,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens for HTTPS requests on an address of this machine's loopback; port 0 stands for any free port.
    ///
    /// Who asks must know the token; there is no authorization beyond that. The token and the certificates are made
    /// anew by each call.
    ///
    /// # Errors
    ///
    /// An address that is not loopback or cannot be listened on.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime whose I/O and timer are on.
    pub async fn serve(&self, addr: SocketAddr) -> io::Result<Running> {
        if !addr.ip().is_loopback() {
            let problem = format!(
                "{addr} is not a loopback address: this server has no authorization, it is for trying and testing \
                 on one machine; use 127.0.0.1 or [::1]"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let token = random_token(&provider)?;
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let certificate = certificate::issue(addr.ip())?;
        let tls = certificate::tls(&certificate, provider)?;
        let (stopper, stop) = stop::channel();
        let connections = Connections { tls, service: Authenticate::new(self.service(), &token, stop.clone()), stop };
        Ok(Running {
            addr,
            url: format!("https://{addr}"),
            token,
            certificate_authority: certificate.authority,
            stopper,
            task: Handle::current().spawn(connections.accept(listener)),
        })
    }
}

impl Running {
    /// Returns the server's URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the address, with the port that was chosen.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the bearer token that requests must carry.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Returns the certificate of the authority that signed the server's, in PEM.
    pub fn certificate_authority(&self) -> &str {
        &self.certificate_authority
    }

    /// Returns a kubeconfig in YAML, whose cluster, user and context are named `kubist`. It contains the token.
    pub fn kubeconfig(&self) -> String {
        kubeconfig::text(&self.url, &self.token, &self.certificate_authority)
    }

    /// Stops listening, ends watches, lets other requests end, and closes the connections.
    pub async fn shutdown(self) {
        drop(self.stopper);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the task of the server broke off");
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A token that nobody can guess.
fn random_token(provider: &CryptoProvider) -> io::Result<String> {
    let mut bytes = [0; 32];
    provider.secure_random.fill(&mut bytes).map_err(|_| io::Error::other("the system gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let provider = rustls::crypto::ring::default_provider();
        let (one, other) = (random_token(&provider).unwrap(), random_token(&provider).unwrap());
        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
    }

    #[tokio::test]
    async fn an_address_that_others_can_reach_is_refused() {
        for addr in ["0.0.0.0:0", "192.0.2.1:6443", "[::]:0"] {
            let error = Server::new().serve(addr.parse().unwrap()).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{addr}");
            assert!(error.to_string().contains("no authorization"), "{error}");
        }
    }
}
