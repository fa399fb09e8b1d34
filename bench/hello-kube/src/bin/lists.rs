//! Lists Pods and Deployments.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::Pod;
use kube::{Api, Client, ResourceExt};

#[tokio::main]
async fn main() -> Result<(), kube::Error> {
    let client = Client::try_default().await?;
    for pod in Api::<Pod>::all(client.clone()).list(&Default::default()).await? {
        println!("{}", pod.name_any());
    }
    for deployment in Api::<Deployment>::all(client).list(&Default::default()).await? {
        println!("{}", deployment.name_any());
    }
    Ok(())
}
