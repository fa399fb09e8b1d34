//! `doors.import.kubist.dev`.
//!
//! Written by `kubist import`.

#![allow(
    missing_docs,
    clippy::duplicated_attributes,
    clippy::pedantic,
    clippy::style,
    rustdoc::all,
    reason = "names and texts are those of the definition"
)]

pub mod v1;
pub mod v1alpha1;

use kubist::crd::{self, CustomResourceDefinition, MergeError};
use kubist::types::apiextensions::v1::{
    CustomResourceConversion, ServiceReference, WebhookClientConfig, WebhookConversion,
};

/// Returns the definition with all of its versions.
///
/// # Errors
///
/// Versions that do not go together.
pub fn crd() -> Result<CustomResourceDefinition, MergeError> {
    let mut definition = crd::merge([v1alpha1::Door::crd(), v1::Door::crd()])?;
    definition.spec.conversion = Some(Box::new(CustomResourceConversion {
        strategy: "Webhook".into(),
        webhook: Some(Box::new(WebhookConversion {
            client_config: Some(Box::new(WebhookClientConfig {
                service: Some(Box::new(ServiceReference {
                    name: "converter".into(),
                    namespace: "doors".into(),
                    path: Some("/convert".into()),
                    port: Some(8443),
                })),
                ..WebhookClientConfig::default()
            })),
            conversion_review_versions: vec!["v1".into()],
        })),
    }));
    Ok(definition)
}
