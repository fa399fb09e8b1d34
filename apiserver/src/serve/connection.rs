//! Connections: accepted, encrypted, answered, ended.

use std::pin::pin;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::authenticate::Authenticate;
use super::stop::Stop;

/// How long a client may take to agree on keys.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long the requests of a connection may go on after the end was announced.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when no connection can be accepted, as with too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// What all connections of a server share.
#[derive(Clone)]
pub(super) struct Connections {
    pub(super) tls: TlsAcceptor,
    pub(super) service: Authenticate,
    pub(super) stop: Stop,
}

impl Connections {
    /// Accepts connections until the server stops, and waits for those that are open.
    pub(super) async fn accept(mut self, listener: TcpListener) {
        let mut open = JoinSet::new();
        loop {
            tokio::select! {
                () = self.stop.announced() => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        open.spawn(self.clone().answer(stream));
                    }
                    Err(error) => {
                        tracing::warn!(%error, "no connection can be accepted");
                        sleep(PAUSE).await;
                    }
                },
                // Forgets connections that have ended.
                Some(_) = open.join_next() => {}
            }
        }
        drop(listener);
        while open.join_next().await.is_some() {}
    }

    async fn answer(mut self, stream: TcpStream) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays slow");
        }
        let stream = tokio::select! {
            () = self.stop.announced() => return,
            agreed = timeout(HANDSHAKE, self.tls.accept(stream)) => match agreed {
                Ok(Ok(stream)) => stream,
                Ok(Err(error)) => {
                    tracing::debug!(%error, "a client did not agree on keys");
                    return;
                }
                Err(_) => return,
            },
        };
        let mut server = auto::Builder::new(TokioExecutor::new());
        server.http1().timer(TokioTimer::new());
        server.http2().timer(TokioTimer::new());
        let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(self.service));
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.stop.announced() => {
                connection.as_mut().graceful_shutdown();
                timeout(GRACE, connection).await.unwrap_or(Ok(()))
            }
        };
        if let Err(error) = ended {
            tracing::debug!(error, "a connection broke off");
        }
    }
}
