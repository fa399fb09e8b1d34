//! Kubeconfig files.
//!
//! Source: `tools/clientcmd` in k8s.io/client-go: `loader.go` and `client_config.go`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Secret, read, variable};
use crate::error::{Error, Result};

/// What kubeconfig files say, merged by clientcmd's rules.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Kubeconfig {
    /// The name of the context to use. Empty: none.
    pub current_context: String,
    /// The contexts by name.
    pub contexts: BTreeMap<String, Context>,
    /// The clusters by name.
    pub clusters: BTreeMap<String, Cluster>,
    /// The users by name.
    pub users: BTreeMap<String, AuthInfo>,
}

/// A cluster, a user and a namespace.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Context {
    /// The name of the cluster.
    pub cluster: String,
    /// The name of the user.
    pub user: String,
    /// The namespace that stands for none given. Empty: `default`.
    pub namespace: String,
}

/// Where an API server is and how to know it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Cluster {
    /// The server's URL.
    pub server: String,
    /// The file with the authorities' certificates.
    pub certificate_authority: Option<PathBuf>,
    /// The authorities' certificates in base64; stands before the file.
    pub certificate_authority_data: Option<String>,
    /// Whether any certificate is accepted.
    pub insecure_skip_tls_verify: bool,
    /// The name that the certificate must be for.
    pub tls_server_name: Option<String>,
    /// The URL of a proxy, which may hold a user and a password.
    pub proxy_url: Option<Secret>,
    /// Whether answers may not be compressed.
    pub disable_compression: bool,
}

/// Who a user is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct AuthInfo {
    /// The file with the client's certificate.
    pub client_certificate: Option<PathBuf>,
    /// The client's certificate in base64; stands before the file.
    pub client_certificate_data: Option<String>,
    /// The file with the client's key.
    pub client_key: Option<PathBuf>,
    /// The client's key in base64; stands before the file.
    pub client_key_data: Option<Secret>,
    /// A bearer token.
    pub token: Option<Secret>,
    /// The file with a bearer token; stands before `token`.
    #[serde(rename = "tokenFile")]
    pub token_file: Option<PathBuf>,
    /// The user's name.
    pub username: Option<String>,
    /// The user's password.
    pub password: Option<Secret>,
    /// The program that gives credentials.
    pub exec: Option<Plugin>,
    /// The built-in plugin that gives credentials.
    pub auth_provider: Option<Plugin>,
    /// The user to act as.
    #[serde(rename = "as")]
    pub impersonate: Option<String>,
}

/// A plugin, of which only the name is looked at.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Plugin {
    /// The program of an exec plugin.
    pub command: String,
    /// The name of a built-in plugin.
    pub name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case", default)]
struct Document {
    current_context: Option<String>,
    contexts: Option<Vec<NamedContext>>,
    clusters: Option<Vec<NamedCluster>>,
    users: Option<Vec<NamedUser>>,
}

macro_rules! named {
    ($($name:ident, $field:ident: $type:ty;)*) => {$(
        #[derive(Deserialize)]
        struct $name {
            name: String,
            #[serde(default)]
            $field: Option<$type>,
        }
    )*};
}
named! {
    NamedContext, context: Context;
    NamedCluster, cluster: Cluster;
    NamedUser, user: AuthInfo;
}

impl Kubeconfig {
    /// Reads the files that `KUBECONFIG` names, or `~/.kube/config`. `None` if there is none of them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or understood.
    pub fn load_default() -> Result<Option<Self>> {
        let files = match variable("KUBECONFIG") {
            Some(list) => std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect(),
            None => match variable("HOME").or_else(|| variable("USERPROFILE")) {
                Some(home) => vec![Path::new(&home).join(".kube/config")],
                None => Vec::new(),
            },
        };
        let mut merged: Option<Self> = None;
        for file in files.iter().filter(|file| file.exists()) {
            let next = Self::load(file)?;
            merged = Some(match merged {
                Some(first) => first.merge(next),
                None => next,
            });
        }
        Ok(merged)
    }

    /// Reads one file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or understood.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = read(path, "kubeconfig")?;
        let text = String::from_utf8_lossy(&bytes);
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|problem| Error::config(format!("kubeconfig {}: {problem}", path.display())))
    }

    /// Reads a text; relative paths in it are taken from the working directory.
    ///
    /// # Errors
    ///
    /// A text that is no kubeconfig.
    pub fn from_yaml(text: &str) -> Result<Self> {
        Self::parse(text, Path::new("")).map_err(|problem| Error::config(format!("kubeconfig: {problem}")))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let document: Document = serde_norway::from_str(text).map_err(|error| without_values(&error))?;
        let mut config = Self { current_context: document.current_context.unwrap_or_default(), ..Self::default() };
        // Of several entries with one name the first stays, as everywhere in clientcmd.
        for entry in document.contexts.into_iter().flatten() {
            config.contexts.entry(entry.name).or_insert(entry.context.unwrap_or_default());
        }
        for entry in document.clusters.into_iter().flatten() {
            config.clusters.entry(entry.name).or_insert(entry.cluster.unwrap_or_default());
        }
        for entry in document.users.into_iter().flatten() {
            config.users.entry(entry.name).or_insert(entry.user.unwrap_or_default());
        }
        let settle = |path: &mut Option<PathBuf>| {
            if let Some(path) = path.as_mut().filter(|path| !path.as_os_str().is_empty()) {
                *path = folder.join(&*path);
            }
        };
        for cluster in config.clusters.values_mut() {
            settle(&mut cluster.certificate_authority);
        }
        for user in config.users.values_mut() {
            settle(&mut user.client_certificate);
            settle(&mut user.client_key);
            settle(&mut user.token_file);
        }
        Ok(config)
    }

    /// Adds what another file says; what is here already stays.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if self.current_context.is_empty() {
            self.current_context = other.current_context;
        }
        for (name, context) in other.contexts {
            self.contexts.entry(name).or_insert(context);
        }
        for (name, cluster) in other.clusters {
            self.clusters.entry(name).or_insert(cluster);
        }
        for (name, user) in other.users {
            self.users.entry(name).or_insert(user);
        }
        self
    }
}

/// The place and kind of a YAML error; its text can quote a token.
fn without_values(error: &serde_norway::Error) -> String {
    let text = error.to_string();
    let message = text.split_once(": invalid type: ").map_or(text.clone(), |(place, rest)| {
        let expected = rest.split_once(", expected ").map_or("", |(_, expected)| expected);
        format!("{place}: expected {expected}")
    });
    match error.location() {
        Some(place) if !message.contains(" line ") => {
            format!("line {}, column {}: {message}", place.line(), place.column())
        }
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "
current-context: dev
contexts:
- name: dev
  context: {cluster: one, user: me, namespace: shop}
clusters:
- name: one
  cluster: {server: https://one.example.com, certificate-authority: ca.crt}
- name: one
  cluster: {server: https://never.example.com}
users:
- name: me
  user: {token: s3cret, client-key-data: a2V5}
";

    #[test]
    fn the_first_entry_of_a_name_stays() {
        let config = Kubeconfig::from_yaml(FIRST).unwrap();
        assert_eq!(config.clusters["one"].server, "https://one.example.com");
        let other = "{current-context: other, clusters: [{name: one, cluster: {server: x}}, {name: two, cluster: {server: y}}]}";
        let merged = config.merge(Kubeconfig::from_yaml(other).unwrap());
        assert_eq!(merged.current_context, "dev");
        assert_eq!(merged.clusters["one"].server, "https://one.example.com");
        assert_eq!(merged.clusters["two"].server, "y");
    }

    #[test]
    fn relative_paths_start_at_the_folder_of_the_file() {
        let config = Kubeconfig::parse(FIRST, Path::new("/home/me/.kube")).unwrap();
        let authority = config.clusters["one"].certificate_authority.as_deref();
        assert_eq!(authority, Some(Path::new("/home/me/.kube/ca.crt")));
    }

    #[test]
    fn no_secret_is_printed() {
        let config = Kubeconfig::from_yaml(FIRST).unwrap();
        let printed = format!("{config:?} {:#?}", config.config(None));
        assert!(!printed.contains("s3cret") && !printed.contains("a2V5"), "{printed}");
    }

    #[test]
    fn a_broken_file_names_the_place_and_no_value() {
        let error = Kubeconfig::from_yaml("users:\n- name: me\n  user: s3cret\n").unwrap_err().to_string();
        assert!(error.contains("line 3") && !error.contains("s3cret"), "{error}");
    }
}
