//! Derives one resource and lists Pods.

use k8s_openapi::api::core::v1::Pod;
use kube::{Api, Client, CustomResource, ResourceExt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What to say.
#[derive(CustomResource, Serialize, Deserialize, JsonSchema, Clone, Debug)]
#[kube(group = "bench.kubist.dev", version = "v1", kind = "Greeting", namespaced)]
pub struct GreetingSpec {
    pub text: String,
    pub times: Option<i32>,
}

#[tokio::main]
async fn main() -> Result<(), kube::Error> {
    let client = Client::try_default().await?;
    for pod in Api::<Pod>::all(client.clone()).list(&Default::default()).await? {
        println!("{}", pod.name_any());
    }
    for greeting in Api::<Greeting>::all(client).list(&Default::default()).await? {
        println!("{}", greeting.spec.text);
    }
    Ok(())
}
