//! Lists Pods and Deployments.

use kubist::types::apps::v1::Deployment;
use kubist::types::core::v1::Pod;
use kubist::{Api, Client, Object};

#[tokio::main]
async fn main() -> kubist::Result<()> {
    let client = Client::try_default().await?;
    for pod in Api::<Pod>::all(&client).list().await? {
        println!("{}", pod.name());
    }
    for deployment in Api::<Deployment>::all(&client).list().await? {
        println!("{}", deployment.name());
    }
    Ok(())
}
