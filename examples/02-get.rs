//! A small `kubectl get`: lists the objects of a kind that is named on the command line.
//!
//! `cargo run --example get -- namespaces` · `cargo run --example get -- --cluster deploy kube-system`

use std::error::Error;

use kubist::{Api, Object, Scope, Unstructured};
use kubist_examples::Target;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "a program for the terminal")]
async fn main() -> Result<(), Box<dyn Error>> {
    let target = Target::from_args()?;
    let mut words = target.words.iter();
    let name = words.next().ok_or("name a kind: `pods`, `deploy`, `Website.v1.shop.example.com`, …")?;
    let namespace = words.next();

    let kind = target.client.discovery().resolve(name).await?;
    let api = Api::<Unstructured>::dynamic(&target.client, &kind);
    let list = match (kind.scope, namespace) {
        (Scope::Namespaced, Some(namespace)) => api.namespace(namespace)?.list().await?,
        (Scope::Namespaced, None) => api.all()?.list().await?,
        (Scope::Cluster, _) => api.cluster()?.list().await?,
    };

    println!("{} ({}) on {}\n", kind.kind, kind.api_version(), target.description);
    println!("{:<24} {:<40} {:<22} LABELS", "NAMESPACE", "NAME", "CREATED");
    for object in &list.items {
        let created = object.creation_timestamp().map(|time| time.to_string()).unwrap_or_default();
        let labels: Vec<String> = object.labels().iter().map(|(key, value)| format!("{key}={value}")).collect();
        println!("{:<24} {:<40} {created:<22} {}", object.namespace(), object.name(), labels.join(","));
    }
    println!("\n{} found", list.items.len());
    Ok(())
}
