//! The embedded API server in a test of your own: no cluster, no port, no container.
//!
//! `cargo test --example your-own-test` runs it; so does `cargo run --example your-own-test`.

use kubist::types::core::v1::ConfigMap;
use kubist::{Api, Client, Error};
use kubist_apiserver::Server;

/// The code under test: counts how often a name was greeted, in a `ConfigMap`.
async fn greet(client: &Client, name: &str) -> Result<u64, Error> {
    let maps = Api::<ConfigMap>::namespaced(client, "default");
    loop {
        let Some(mut map) = maps.get("greetings").optional().await? else {
            let mut first = ConfigMap::default();
            first.metadata.name = "greetings".into();
            match maps.create(&first).await {
                Err(error) if !error.is_already_exists() => return Err(error),
                _ => continue,
            }
        };
        let count = map.data.get(name).and_then(|text| text.parse().ok()).unwrap_or(0) + 1;
        map.data.insert(name, count.to_string());
        match maps.update(&map).await {
            Err(error) if error.is_conflict() => {} // somebody else greeted meanwhile: read again
            Err(error) => return Err(error),
            Ok(_) => return Ok(count),
        }
    }
}

/// Greets from many tasks at once and checks that no greeting was lost.
async fn no_greeting_is_lost() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_service(Server::new().service());
    let greetings = (0..20).map(|_| greet(&client, "ada"));
    for greeting in futures_util::future::join_all(greetings).await {
        greeting?;
    }
    let map = Api::<ConfigMap>::namespaced(&client, "default").get("greetings").await?;
    assert_eq!(&map.data["ada"], "20", "each greeting counts");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "a program for the terminal")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    no_greeting_is_lost().await?;
    println!("twenty greetings at once on an embedded API server of their own: none was lost");
    Ok(())
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn no_greeting_is_lost() {
        super::no_greeting_is_lost().await.expect("the embedded server keeps every write");
    }
}
