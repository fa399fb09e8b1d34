//! The kubeconfig of one server.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Returns a kubeconfig in YAML. A token is base64, so it needs no escapes.
pub(super) fn text(url: &str, token: &str, authority: &str) -> String {
    let authority = STANDARD.encode(authority);
    format!(
        "apiVersion: v1
kind: Config
clusters:
- name: kubist
  cluster:
    server: \"{url}\"
    certificate-authority-data: \"{authority}\"
users:
- name: kubist
  user:
    token: \"{token}\"
contexts:
- name: kubist
  context:
    cluster: kubist
    user: kubist
    namespace: default
current-context: kubist
"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::text;

    #[test]
    fn the_kubeconfig_is_yaml_with_one_context() {
        let text = text("https://[::1]:6443", "1234", "-----BEGIN CERTIFICATE-----\n");
        let config: Value = serde_norway::from_str(&text).unwrap();
        let expected = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{ "name": "kubist", "cluster": {
                "server": "https://[::1]:6443",
                "certificate-authority-data": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==",
            } }],
            "users": [{ "name": "kubist", "user": { "token": "1234" } }],
            "contexts": [{ "name": "kubist", "context": {
                "cluster": "kubist", "user": "kubist", "namespace": "default",
            } }],
            "current-context": "kubist",
        });
        assert_eq!(config, expected);
    }
}
