//! Where the API server is and who asks: kubeconfig files and the environment of a pod.

mod in_cluster;
mod kubeconfig;
mod resolve;
mod secret;

use std::path::PathBuf;

pub use self::kubeconfig::{AuthInfo, Cluster, Context, Kubeconfig, Plugin};
pub use self::secret::Secret;

use crate::error::{Error, Result};

/// Everything that a client needs to know to connect.
///
/// Printing it shows no secret.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "users build it field by field, from `Config::new`")]
pub struct Config {
    /// The server's URL, such as `https://10.0.0.1:6443`; a path in it stands before every request's.
    pub server: String,
    /// The namespace that stands for none given. `default` unless the context or the pod says otherwise.
    pub default_namespace: String,
    /// Certificates, in PEM, of the authorities that may sign the server's. Unset: those of the system.
    pub certificate_authority: Option<Vec<u8>>,
    /// Whether any certificate of the server is accepted. Never set it where it matters.
    pub insecure_skip_tls_verify: bool,
    /// The name that the server's certificate must be for. Unset: the host of `server`.
    pub tls_server_name: Option<String>,
    /// The client's certificate and key, in PEM.
    pub identity: Option<(Vec<u8>, Secret)>,
    /// Who asks, besides or instead of the certificate.
    pub credentials: Credentials,
    /// The URL of a proxy, `http://`, `https://` or `socks5://`; it may hold a user and a password. Unset: none; the environment is not asked.
    pub proxy_url: Option<Secret>,
    /// Whether answers may not be compressed.
    pub disable_compression: bool,
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Credentials {
    /// Nobody in particular, or the owner of the client certificate.
    #[default]
    None,
    /// Whoever has this token.
    Token(Secret),
    /// Whoever has the token in this file, which is read again as it changes.
    TokenFile(PathBuf),
    /// A user with a password.
    Basic {
        /// The user.
        username: String,
        /// The password.
        password: Secret,
    },
}

impl Config {
    /// Makes a configuration for a server that asks for no credentials.
    pub fn new(server: impl Into<String>) -> Self {
        Self {
            server: server.into(),
            default_namespace: "default".to_owned(),
            certificate_authority: None,
            insecure_skip_tls_verify: false,
            tls_server_name: None,
            identity: None,
            credentials: Credentials::None,
            proxy_url: None,
            disable_compression: false,
        }
    }

    /// Finds the configuration as kubectl does: the files named by `KUBECONFIG` or `~/.kube/config`; then, if there is none, that of the pod
    /// this program runs in.
    ///
    /// # Errors
    ///
    /// What was tried and why each did not do.
    pub fn infer() -> Result<Self> {
        match Kubeconfig::load_default()? {
            Some(kubeconfig) => kubeconfig.config(None),
            None => Self::in_cluster()
                .map_err(|error| Error::config(format!("no kubeconfig in KUBECONFIG or ~/.kube/config, and {error}"))),
        }
    }

    /// Reads the configuration of the pod that this program runs in.
    ///
    /// # Errors
    ///
    /// The variable or file that is missing.
    pub fn in_cluster() -> Result<Self> {
        in_cluster::config()
    }
}

/// Reads an environment variable; empty counts as unset.
#[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn read(path: &std::path::Path, what: &str) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| Error::config(format!("{what} {}: {error}", path.display())))
}
