//! Derives one resource and lists Pods.

use kubist::types::core::v1::Pod;
use kubist::{Api, Client, Object, ObjectMeta, Resource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A greeting.
#[derive(Resource, Clone, Debug)]
#[resource(group = "bench.kubist.dev", version = "v1", namespaced)]
pub struct Greeting {
    pub metadata: ObjectMeta,
    pub spec: GreetingSpec,
}

/// What to say.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug)]
pub struct GreetingSpec {
    pub text: String,
    pub times: Option<i32>,
}

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let client = Client::try_default().await?;
    for pod in Api::<Pod>::all(&client).list().await? {
        println!("{}", pod.name());
    }
    for greeting in Api::<Greeting>::all(&client).list().await? {
        println!("{}", greeting.spec.text);
    }
    Ok(())
}
