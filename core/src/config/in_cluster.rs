//! The configuration of a pod: what the kubelet puts into each container.
//!
//! Source: `InClusterConfig` in `rest/config.go` of k8s.io/client-go.

use std::path::Path;

use super::{Config, Credentials, read, variable};
use crate::error::{Error, Result};

const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

pub(super) fn config() -> Result<Config> {
    let not_there = |name: &str| Error::config(format!("{name} is not set, so this is no pod"));
    let host = variable("KUBERNETES_SERVICE_HOST").ok_or_else(|| not_there("KUBERNETES_SERVICE_HOST"))?;
    let port = variable("KUBERNETES_SERVICE_PORT").ok_or_else(|| not_there("KUBERNETES_SERVICE_PORT"))?;
    let host = if host.contains(':') { format!("[{host}]") } else { host };

    let folder = Path::new(FOLDER);
    let token = folder.join("token");
    read(&token, "the service account's token")?;
    let mut config = Config::new(format!("https://{host}:{port}"));
    config.certificate_authority = std::fs::read(folder.join("ca.crt")).ok();
    config.credentials = Credentials::TokenFile(token);
    if let Ok(namespace) = std::fs::read_to_string(folder.join("namespace")) {
        namespace.trim().clone_into(&mut config.default_namespace);
    }
    Ok(config)
}
