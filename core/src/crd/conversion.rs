//! How objects get from one version to another: one word for the whole definition.

use std::error::Error;
use std::fmt::{self, Write as _};

use kubist_types::apiextensions::v1::{CustomResourceConversion, WebhookClientConfig};
use serde_json::{Value, json};

use super::{CustomResourceDefinition, compact};

/// What a type says of the conversion; the derive writes it as a constant, and empty texts are absent.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "the derive writes it as a constant")]
pub enum Conversion {
    /// The fields stay as they are.
    None,
    /// Another program does it.
    Webhook {
        /// Namespace and name, with a slash between them.
        service: &'static str,
        /// The address, if it is no service.
        url: &'static str,
        /// The path below the service.
        path: &'static str,
        /// The port of the service; 0 is absent.
        port: i32,
        /// The versions of the review that it reads.
        versions: &'static [&'static str],
    },
}

/// The conversion as it goes over the wire.
pub(super) fn value(conversion: &Conversion) -> Value {
    match *conversion {
        Conversion::None => json!({ "strategy": "None" }),
        Conversion::Webhook { service, url, path, port, versions } => {
            let mut client = compact(json!({ "url": url }));
            if let Some((namespace, name)) = service.split_once('/') {
                client["service"] = compact(json!({ "namespace": namespace, "name": name, "path": path }));
                if port != 0 {
                    client["service"]["port"] = port.into();
                }
            }
            json!({
                "strategy": "Webhook",
                "webhook": { "clientConfig": client, "conversionReviewVersions": versions },
            })
        }
    }
}

/// Tells whether there are certificates for the webhook.
pub(super) fn has_ca_bundle(conversion: &CustomResourceConversion) -> bool {
    let client = conversion.webhook.as_deref().and_then(|webhook| webhook.client_config.as_deref());
    client.is_some_and(|client| !client.ca_bundle.is_empty())
}

/// The conversion in the words of the attribute.
pub(super) fn says(conversion: &CustomResourceConversion) -> String {
    let Some(webhook) = &conversion.webhook else { return "conversion(none)".to_owned() };
    let mut out = Vec::new();
    let client = webhook.client_config.as_deref();
    if let Some(service) = client.and_then(|client| client.service.as_deref()) {
        out.push(format!("service = \"{}/{}\"", service.namespace, service.name));
        out.extend(service.path.as_ref().map(|path| format!("path = {path:?}")));
        out.extend(service.port.map(|port| format!("port = {port}")));
    }
    out.extend(client.and_then(|client| client.url.as_ref()).map(|url| format!("url = {url:?}")));
    let mut versions = String::new();
    for version in &webhook.conversion_review_versions {
        let _ = write!(versions, "{}{version:?}", if versions.is_empty() { "" } else { ", " });
    }
    out.push(format!("versions({versions})"));
    format!("conversion(webhook({}))", out.join(", "))
}

/// Gives a definition the certificates by which a server knows the webhook that converts its objects, in PEM.
///
/// They belong to a cluster, so no attribute takes them. Without them a server trusts what its system trusts; [`install`](super::install())
/// leaves those alone that are there already, as an injector has written them.
///
/// # Errors
///
/// The definition has no conversion webhook, or these are no certificates in PEM.
///
/// # Example
///
/// ```
/// use kubist::{ObjectMeta, Resource, crd};
/// # #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// # pub struct Spec {}
///
/// #[derive(Resource)]
/// #[resource(
///     group = "shop.example.com",
///     version = "v1",
///     namespaced,
///     conversion(webhook(service = "shop/converter", path = "/convert")),
/// )]
/// pub struct Website { pub metadata: ObjectMeta, pub spec: Spec }
///
/// # let pem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
/// let mut definition = Website::crd();
/// crd::set_ca_bundle(&mut definition, pem)?;
/// # Ok::<(), crd::CaBundleError>(())
/// ```
pub fn set_ca_bundle(definition: &mut CustomResourceDefinition, pem: impl AsRef<[u8]>) -> Result<(), CaBundleError> {
    let pem = pem.as_ref();
    let name = &definition.metadata.name;
    let Some(client) = definition.spec.conversion.as_deref_mut().and_then(client) else {
        return Err(CaBundleError(format!("{name}: no webhook converts its objects, so there is none to trust")));
    };
    let begin = b"-----BEGIN CERTIFICATE-----";
    if !pem.windows(begin.len()).any(|window| window == begin) {
        return Err(CaBundleError(format!("{name}: these are no certificates in PEM")));
    }
    client.ca_bundle = pem.to_vec().into();
    Ok(())
}

/// Keeps the conversion that is there where the new definition says none, and its certificates where the new one asks the same webhook without them.
pub(super) fn keep(wanted: &mut CustomResourceDefinition, current: &CustomResourceDefinition) {
    let Some(conversion) = wanted.spec.conversion.as_deref_mut() else {
        wanted.spec.conversion.clone_from(&current.spec.conversion);
        return;
    };
    let Some(client) = client(conversion).filter(|client| client.ca_bundle.is_empty()) else { return };
    let now = current.spec.conversion.as_deref().and_then(|now| now.webhook.as_deref()?.client_config.as_deref());
    if let Some(now) = now.filter(|now| is_same(now, client)) {
        client.ca_bundle = now.ca_bundle.clone();
    }
}

fn client(conversion: &mut CustomResourceConversion) -> Option<&mut WebhookClientConfig> {
    conversion.webhook.as_deref_mut()?.client_config.as_deref_mut()
}

/// Tells whether both are the same host: the service, or the address.
fn is_same(one: &WebhookClientConfig, other: &WebhookClientConfig) -> bool {
    let service = |client: &WebhookClientConfig| {
        client.service.as_deref().map(|service| (service.namespace.clone(), service.name.clone()))
    };
    one.url == other.url && service(one) == service(other)
}

/// Why certificates were not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaBundleError(String);

impl fmt::Display for CaBundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for CaBundleError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn lamps(conversion: &Value) -> CustomResourceDefinition {
        let definition = json!({
            "metadata": { "name": "lamps.example.com" },
            "spec": { "group": "example.com", "scope": "Cluster", "names": {}, "versions": [], "conversion": conversion },
        });
        serde_json::from_value(definition).unwrap()
    }

    fn webhook(name: &str, ca_bundle: &str) -> Value {
        let service = json!({ "namespace": "shop", "name": name });
        json!({ "strategy": "Webhook", "webhook": {
            "clientConfig": { "service": service, "caBundle": ca_bundle }, "conversionReviewVersions": ["v1"],
        } })
    }

    #[test]
    fn what_is_there_is_kept_where_the_new_definition_says_nothing_of_it() {
        let current = lamps(&webhook("a", "AAAA"));
        let kept = |wanted: &Value| {
            let mut wanted = lamps(wanted);
            keep(&mut wanted, &current);
            serde_json::to_value(&wanted.spec.conversion).unwrap()
        };
        assert_eq!(kept(&Value::Null), webhook("a", "AAAA"));
        assert_eq!(kept(&webhook("a", "")), webhook("a", "AAAA"));
        assert_eq!(kept(&webhook("a", "BBBB")), webhook("a", "BBBB"));
        // Another program has other certificates.
        assert_eq!(kept(&webhook("b", ""))["webhook"]["clientConfig"].get("caBundle"), None);
        assert_eq!(kept(&json!({ "strategy": "None" })), json!({ "strategy": "None" }));
    }
}
