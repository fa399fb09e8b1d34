//! The ways from the client of `kubist` to a server: straight, and through a proxy.

use std::sync::{Arc, Mutex};

use kubist::config::Kubeconfig;
use kubist::{Client, Config};
use kubist_apiserver::{Running, Server};
use libtest_mimic::Trial;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::Result;
use crate::client::block_on;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tls_server_name_is_the_name_that_is_checked", || block_on(another_name())),
        Trial::test("a_client_behind_a_proxy_asks_it_for_a_tunnel_to_the_server", || block_on(tunnel())),
        Trial::test("tls_server_name_is_checked_through_a_proxy_too", || block_on(another_name_through_a_proxy())),
        Trial::test("a_proxy_url_that_is_none_is_refused_without_its_password", || block_on(no_proxy_url())),
        Trial::test("a_server_that_is_not_there_is_told_from_one_that_is_not_trusted", || block_on(unreachable())),
    ]
}

async fn serve() -> Result<(Running, Config)> {
    let running = Server::new().serve("127.0.0.1:0".parse()?).await?;
    let config = Kubeconfig::from_yaml(&running.kubeconfig())?.config(None)?;
    Ok((running, config))
}

async fn asks(config: &Config) -> kubist::Result<String> {
    let client = Client::builder().config(config.clone()).build()?;
    Ok(client.rest().get().abs_path("/readyz").send().await?.text()?.to_owned())
}

async fn another_name() -> Result {
    let (_running, mut config) = serve().await?;
    config.tls_server_name = Some("localhost".to_owned());
    assert_eq!(asks(&config).await?, "ok");
    config.tls_server_name = Some("example.com".to_owned());
    let error = asks(&config).await.expect_err("the certificate is for another name");
    assert!(error.to_string().contains("TLS failed"), "{error}");
    config.tls_server_name = Some("no name".to_owned());
    let error = asks(&config).await.expect_err("the name is none");
    assert!(error.to_string().contains("tls-server-name \"no name\" is no name of a host"), "{error}");
    Ok(())
}

async fn tunnel() -> Result {
    let (running, mut config) = serve().await?;
    let proxy = Proxy::start().await?;
    config.proxy_url = Some(format!("http://me:secret@{}", proxy.addr).into());
    assert_eq!(asks(&config).await?, "ok");
    let head = proxy.head();
    assert!(head.starts_with(&format!("CONNECT {} HTTP/1.1\r\n", running.addr())), "{head}");
    assert!(head.to_lowercase().contains("proxy-authorization: basic "), "{head}");
    // What is for the server goes through the tunnel, and not to the proxy.
    assert!(!head.contains("Bearer"), "{head}");
    Ok(())
}

async fn another_name_through_a_proxy() -> Result {
    let (running, mut config) = serve().await?;
    let proxy = Proxy::start().await?;
    config.proxy_url = Some(format!("http://{}", proxy.addr).into());
    config.tls_server_name = Some("localhost".to_owned());
    assert_eq!(asks(&config).await?, "ok");
    assert!(proxy.head().starts_with(&format!("CONNECT {} ", running.addr())), "{}", proxy.head());
    config.tls_server_name = Some("example.com".to_owned());
    let error = asks(&config).await.expect_err("the certificate is for another name");
    assert!(error.to_string().contains("TLS failed"), "{error}");
    Ok(())
}

async fn no_proxy_url() -> Result {
    let (_running, mut config) = serve().await?;
    config.proxy_url = Some("http://me:secret@".into());
    let error = asks(&config).await.expect_err("there is no host");
    assert!(error.to_string().contains("proxy-url") && !error.to_string().contains("secret"), "{error}");
    assert!(!format!("{config:?}").contains("secret"), "{config:?}");
    Ok(())
}

async fn unreachable() -> Result {
    let (running, mut config) = serve().await?;
    config.certificate_authority = None;
    let error = asks(&config).await.expect_err("the system does not know the authority");
    assert!(error.is_transport() && error.to_string().contains("TLS failed"), "{error}");
    running.shutdown().await;
    let error = asks(&config).await.expect_err("nobody listens");
    assert!(error.is_transport() && error.to_string().ends_with("connection refused"), "{error}");
    Ok(())
}

/// A proxy that makes tunnels, and keeps what it was asked last.
struct Proxy {
    addr: std::net::SocketAddr,
    head: Arc<Mutex<String>>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let head = Arc::default();
        let task = tokio::runtime::Handle::current().spawn(accept(listener, Arc::clone(&head)));
        Ok(Self { addr, head, task })
    }

    fn head(&self) -> String {
        self.head.lock().expect("no holder panics").clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, head: Arc<Mutex<String>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::runtime::Handle::current().spawn(connect(stream, Arc::clone(&head)));
    }
}

async fn connect(stream: TcpStream, head: Arc<Mutex<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut asked = String::new();
    while !asked.ends_with("\r\n\r\n") && stream.read_line(&mut asked).await? > 0 {}
    let target = asked.split(' ').nth(1).unwrap_or_default().to_owned();
    *head.lock().expect("no holder panics") = asked;
    let mut server = TcpStream::connect(target).await?;
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    tokio::io::copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}
