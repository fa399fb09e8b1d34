//! The client of `kubist` over a socket.

use kubist::config::Kubeconfig;
use kubist::{Client, Unstructured};
use kubist_apiserver::{Running, Server};
use libtest_mimic::Trial;

use crate::Result;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("a_client_with_the_token_is_answered", || block_on(with_the_token())),
        Trial::test("a_client_without_the_token_is_refused_with_a_status", || block_on(without_the_token())),
        Trial::test("a_client_with_a_wrong_token_is_refused", || block_on(with_a_wrong_token())),
        Trial::test("the_health_of_the_server_is_public", || block_on(health())),
        Trial::test("a_watch_ends_when_the_server_shuts_down", || block_on(shutdown())),
        Trial::test("a_server_that_is_dropped_listens_no_more", || block_on(dropped())),
        Trial::test("a_server_listens_on_other_addresses_of_loopback", || block_on(addresses())),
        Trial::test("a_running_server_is_printed_without_its_token", || block_on(printed())),
    ]
}

pub(crate) fn block_on(case: impl Future<Output = Result>) -> Result {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?.block_on(case)
}

async fn serve() -> Result<Running> {
    Ok(Server::new().serve("127.0.0.1:0".parse()?).await?)
}

/// A client of this server, whose kubeconfig has been edited.
fn client(running: &Running, edit: impl FnOnce(&mut Kubeconfig)) -> Result<Client> {
    let mut kubeconfig = Kubeconfig::from_yaml(&running.kubeconfig())?;
    edit(&mut kubeconfig);
    Ok(Client::builder().config(kubeconfig.config(None)?).build()?)
}

fn namespaces(client: &Client) -> kubist::rest::Request {
    client.rest().get().abs_path("/api/v1/namespaces")
}

async fn with_the_token() -> Result {
    let running = serve().await?;
    let client = client(&running, |_| {})?;
    let answer = namespaces(&client).send().await?;
    assert_eq!(answer.status(), 200);
    assert!(answer.text()?.contains("kube-system"));
    assert_eq!(client.default_namespace(), "default");
    Ok(())
}

async fn without_the_token() -> Result {
    let running = serve().await?;
    let client = client(&running, |config| config.users.values_mut().for_each(|user| user.token = None))?;
    let error = namespaces(&client).send().await.expect_err("the token is missing");
    assert!(error.is_unauthorized(), "{error}");
    let status = error.status().ok_or("there is no Status")?;
    assert_eq!(status.code, 401);
    assert_eq!(status.message, "Unauthorized");
    Ok(())
}

async fn with_a_wrong_token() -> Result {
    let (running, other) = (serve().await?, serve().await?);
    assert_ne!(running.token(), other.token());
    let client = client(&running, |config| {
        config.users.values_mut().for_each(|user| user.token = Some(other.token().into()));
    })?;
    let error = namespaces(&client).send().await.expect_err("the token is another server's");
    assert!(error.is_unauthorized(), "{error}");
    Ok(())
}

async fn health() -> Result {
    let running = serve().await?;
    let client = client(&running, |config| config.users.values_mut().for_each(|user| user.token = None))?;
    assert_eq!(client.rest().get().abs_path("/readyz").send().await?.text()?, "ok");
    Ok(())
}

async fn shutdown() -> Result {
    let running = serve().await?;
    let client = client(&running, |_| {})?;
    let request = client.rest().get().abs_path("/api/v1/namespaces").param("resourceVersion", 0);
    let mut watch = request.watch::<Unstructured>().await?;
    let first = watch.next().await.ok_or("the watch has no events")??;
    assert_eq!(format!("{first:?}").split('(').next(), Some("Added"));
    running.shutdown().await;
    // Each event that was sent before is still read; then comes the end, not an error.
    while let Some(event) = watch.next().await {
        event?;
    }
    let error = namespaces(&client).send().await.expect_err("nobody listens");
    assert!(error.is_transport(), "{error}");
    Ok(())
}

async fn dropped() -> Result {
    let running = serve().await?;
    let addr = running.addr();
    let mut open = tokio::net::TcpStream::connect(addr).await?;
    drop(running);
    // The server closes what is open after it has stopped listening.
    let read = tokio::io::AsyncReadExt::read(&mut open, &mut [0]).await;
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    assert!(tokio::net::TcpStream::connect(addr).await.is_err(), "{addr} listens");
    Ok(())
}

async fn addresses() -> Result {
    for addr in ["127.0.0.1:0", "[::1]:0"] {
        let running = match Server::new().serve(addr.parse()?).await {
            Ok(running) => running,
            // Containers often have no IPv6.
            Err(error) if error.kind() == std::io::ErrorKind::AddrNotAvailable => continue,
            Err(error) => return Err(error.into()),
        };
        assert_eq!(running.url(), format!("https://{}", running.addr()));
        assert_eq!(namespaces(&client(&running, |_| {})?).send().await?.status(), 200, "{addr}");
    }
    Ok(())
}

async fn printed() -> Result {
    let running = serve().await?;
    let printed = format!("{running:?} {running:#?}");
    assert!(printed.contains(running.url()), "{printed}");
    assert!(!printed.contains(running.token()) && !printed.contains("BEGIN"), "{printed}");
    Ok(())
}
