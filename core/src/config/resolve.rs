//! From the entries of a kubeconfig to what a client needs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::kubeconfig::{AuthInfo, Cluster};
use super::{Config, Credentials, Kubeconfig, Secret, read};
use crate::error::{Error, Result};

impl Kubeconfig {
    /// Resolves a context, or the current one.
    ///
    /// # Errors
    ///
    /// A context, cluster or user that is not there, a file that cannot be read, or a plugin that is not built yet.
    pub fn config(&self, context: Option<&str>) -> Result<Config> {
        let name = context.unwrap_or(&self.current_context);
        if name.is_empty() {
            let names = list(self.contexts.keys());
            return Err(Error::config(format!(
                "the kubeconfig has no current-context; name one of its contexts: {names}"
            )));
        }
        let missing = |what: &str, name: &str, names: String| {
            Error::config(format!("the kubeconfig has no {what} {name:?}; it has: {names}"))
        };
        let context = self.contexts.get(name).ok_or_else(|| missing("context", name, list(self.contexts.keys())))?;
        let cluster = self.clusters.get(&context.cluster);
        let cluster = cluster.ok_or_else(|| missing("cluster", &context.cluster, list(self.clusters.keys())))?;
        let mut config = cluster_config(&context.cluster, cluster)?;
        if !context.namespace.is_empty() {
            config.default_namespace.clone_from(&context.namespace);
        }
        if !context.user.is_empty() {
            let user = self.users.get(&context.user);
            let user = user.ok_or_else(|| missing("user", &context.user, list(self.users.keys())))?;
            add_user(&mut config, &context.user, user)?;
        }
        Ok(config)
    }
}

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<&str> = names.map(String::as_str).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn cluster_config(name: &str, cluster: &Cluster) -> Result<Config> {
    if cluster.server.is_empty() {
        return Err(Error::config(format!("cluster {name:?} has no server")));
    }
    let mut config = Config::new(&cluster.server);
    config.certificate_authority = match (&cluster.certificate_authority_data, &cluster.certificate_authority) {
        (Some(data), _) if !data.is_empty() => {
            Some(decode(data, || format!("cluster {name:?}: certificate-authority-data"))?)
        }
        (_, Some(path)) => Some(read(path, &format!("cluster {name:?}: certificate-authority"))?),
        _ => None,
    };
    config.insecure_skip_tls_verify = cluster.insecure_skip_tls_verify;
    config.tls_server_name = cluster.tls_server_name.clone().filter(|name| !name.is_empty());
    config.proxy_url = cluster.proxy_url.clone().filter(|url| !url.expose().is_empty());
    config.disable_compression = cluster.disable_compression;
    Ok(config)
}

fn add_user(config: &mut Config, name: &str, user: &AuthInfo) -> Result<()> {
    if let Some(plugin) = &user.exec {
        let command = &plugin.command;
        return Err(Error::config(format!("user {name:?} needs the exec plugin {command:?}, which is not built yet")));
    }
    if let Some(plugin) = &user.auth_provider {
        let plugin = &plugin.name;
        return Err(Error::config(format!("user {name:?} needs the auth provider {plugin:?}, which is not built yet")));
    }
    if user.impersonate.is_some() {
        return Err(Error::config(format!("user {name:?} acts as another (`as`), which is not built yet")));
    }
    let certificate = match (&user.client_certificate_data, &user.client_certificate) {
        (Some(data), _) if !data.is_empty() => {
            Some(decode(data, || format!("user {name:?}: client-certificate-data"))?)
        }
        (_, Some(path)) => Some(read(path, &format!("user {name:?}: client-certificate"))?),
        _ => None,
    };
    let key = match (&user.client_key_data, &user.client_key) {
        (Some(data), _) if !data.expose().is_empty() => {
            Some(decode(data.expose(), || format!("user {name:?}: client-key-data"))?)
        }
        (_, Some(path)) => Some(read(path, &format!("user {name:?}: client-key"))?),
        _ => None,
    };
    config.identity = match (certificate, key) {
        (Some(certificate), Some(key)) => {
            let key = String::from_utf8(key)
                .map_err(|_| Error::config(format!("user {name:?}: the client key is no PEM")))?;
            Some((certificate, Secret::from(key)))
        }
        (None, None) => None,
        (Some(_), None) => return Err(Error::config(format!("user {name:?} has a client certificate but no key"))),
        (None, Some(_)) => return Err(Error::config(format!("user {name:?} has a client key but no certificate"))),
    };
    config.credentials = match user {
        AuthInfo { token_file: Some(path), .. } => Credentials::TokenFile(path.clone()),
        AuthInfo { token: Some(token), .. } if !token.expose().is_empty() => Credentials::Token(token.clone()),
        AuthInfo { username: Some(username), password, .. } => {
            Credentials::Basic { username: username.clone(), password: password.clone().unwrap_or_default() }
        }
        _ => Credentials::None,
    };
    Ok(())
}

fn decode(data: &str, place: impl FnOnce() -> String) -> Result<Vec<u8>> {
    let compact: String = data.split_whitespace().collect();
    STANDARD.decode(compact).map_err(|_| Error::config(format!("{} is not base64", place())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(user: &str) -> Result<Config> {
        let yaml = format!(
            "{{current-context: a, contexts: [{{name: a, context: {{cluster: c, user: u, namespace: shop}}}}], \
             clusters: [{{name: c, cluster: {{server: 'https://c'}}}}], users: [{{name: u, user: {user}}}]}}"
        );
        Kubeconfig::from_yaml(&yaml).unwrap().config(None)
    }

    #[test]
    fn each_kind_of_user_is_understood() {
        assert_eq!(resolve("{token: t}").unwrap().credentials, Credentials::Token("t".into()));
        assert_eq!(resolve("{token: t, tokenFile: /f}").unwrap().credentials, Credentials::TokenFile("/f".into()));
        let basic = Credentials::Basic { username: "n".to_owned(), password: "p".into() };
        assert_eq!(resolve("{username: n, password: p}").unwrap().credentials, basic);
        let identity = resolve("{client-certificate-data: Y2VydA==, client-key-data: a2V5}").unwrap().identity;
        assert_eq!(identity, Some((b"cert".to_vec(), "key".into())));
        assert_eq!(resolve("{}").unwrap().default_namespace, "shop");
    }

    #[test]
    fn what_is_not_usable_is_named() {
        for (user, problem) in [
            ("{exec: {command: aws}}", r#"user "u" needs the exec plugin "aws", which is not built yet"#),
            ("{auth-provider: {name: oidc}}", r#"user "u" needs the auth provider "oidc", which is not built yet"#),
            ("{client-certificate-data: Y2VydA==}", r#"user "u" has a client certificate but no key"#),
            ("{client-certificate-data: '%'}", r#"user "u": client-certificate-data is not base64"#),
            (
                "{client-key: /no/such/file}",
                r#"user "u": client-key /no/such/file: No such file or directory (os error 2)"#,
            ),
        ] {
            assert_eq!(resolve(user).unwrap_err().to_string(), problem);
        }
        let config = Kubeconfig::from_yaml("{contexts: [{name: a}, {name: b}]}").unwrap();
        let problem = "the kubeconfig has no current-context; name one of its contexts: a, b";
        assert_eq!(config.config(None).unwrap_err().to_string(), problem);
        assert_eq!(
            config.config(Some("c")).unwrap_err().to_string(),
            r#"the kubeconfig has no context "c"; it has: a, b"#
        );
    }
}
