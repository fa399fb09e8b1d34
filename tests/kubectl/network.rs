//! The ways from the client of `kubist` to a server: straight, and through a proxy.

use std::io;
use std::sync::{Arc, Mutex};

use kubist::config::Kubeconfig;
use kubist::types::core::v1::Namespace;
use kubist::{Api, Client, Config, Object as _};
use kubist_apiserver::{Running, Server};
use libtest_mimic::Trial;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::Result;
use crate::client::block_on;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("tls_server_name_is_the_name_that_is_checked", || block_on(another_name())),
        Trial::test("a_client_behind_a_proxy_asks_it_for_a_tunnel_to_the_server", || block_on(tunnel())),
        Trial::test("tls_server_name_is_checked_through_a_proxy_too", || block_on(another_name_through_a_proxy())),
        Trial::test("a_proxy_may_speak_tls_itself", || block_on(secure_tunnel())),
        Trial::test("a_socks_proxy_is_told_who_asks_and_the_name_of_the_server", || block_on(socks())),
        Trial::test("a_proxy_that_refuses_is_named_in_the_error", || block_on(refusing_proxy())),
        Trial::test("a_client_of_reqwest_brings_its_own_connections", || block_on(reqwest_client())),
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

async fn secure_tunnel() -> Result {
    let (running, mut config) = serve().await?;
    let identity = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    let proxy = Proxy::secure(&identity).await?;
    config.proxy_url = Some(format!("https://{}", proxy.addr).into());
    let error = asks(&config).await.expect_err("nobody said that the proxy is to be trusted");
    assert!(error.to_string().contains("the proxy of proxy-url made no connection: TLS failed"), "{error}");
    config.certificate_authority.get_or_insert_default().extend(identity.cert.pem().bytes());
    assert_eq!(asks(&config).await?, "ok");
    assert!(proxy.head().starts_with(&format!("CONNECT {} ", running.addr())), "{}", proxy.head());
    Ok(())
}

async fn socks() -> Result {
    let (running, mut config) = serve().await?;
    config.server = format!("https://localhost:{}", running.addr().port());
    let proxy = Proxy::socks().await?;
    config.proxy_url = Some(format!("socks5://me:s%20t@{}", proxy.addr).into());
    assert_eq!(asks(&config).await?, "ok");
    assert_eq!(proxy.head(), format!("me asks with \"s t\" for localhost:{}", running.addr().port()));
    Ok(())
}

async fn refusing_proxy() -> Result {
    let (running, mut config) = serve().await?;
    config.proxy_url = Some(format!("http://me:secret@{}", running.addr()).into());
    let error = asks(&config).await.expect_err("the server is no proxy");
    assert!(error.is_transport() && error.to_string().contains("the proxy of proxy-url"), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
    Ok(())
}

async fn reqwest_client() -> Result {
    let (_running, mut config) = serve().await?;
    let authority = config.certificate_authority.take().expect("the server has its own");
    let reqwest = reqwest::Client::builder().tls_certs_only([reqwest::Certificate::from_pem(&authority)?]).build()?;
    let client = Client::builder().config(config.clone()).reqwest(reqwest).build()?;
    let namespaces = Api::<Namespace>::cluster(&client).list().await?;
    assert!(namespaces.items.iter().any(|namespace| namespace.name() == "default"));
    let error = asks(&config).await.expect_err("connections of our own do not know the authority");
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
    head: Head,
    task: tokio::task::JoinHandle<()>,
}

type Head = Arc<Mutex<String>>;

impl Proxy {
    /// Speaks HTTP.
    async fn start() -> Result<Self> {
        Self::accept(|stream, head| async { make_tunnel(stream, head).await }).await
    }

    /// Speaks HTTP in TLS.
    async fn secure(identity: &rcgen::CertifiedKey<rcgen::KeyPair>) -> Result<Self> {
        let key = PrivateKeyDer::try_from(identity.signing_key.serialize_der())?;
        let tls = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![identity.cert.der().clone()], key)?;
        let tls = TlsAcceptor::from(Arc::new(tls));
        Self::accept(move |stream, head| {
            let tls = tls.clone();
            async move { make_tunnel(tls.accept(stream).await?, head).await }
        })
        .await
    }

    /// Speaks SOCKS5, and asks for name and password.
    async fn socks() -> Result<Self> {
        Self::accept(|stream, head| async { make_socks_tunnel(stream, head).await }).await
    }

    async fn accept<F>(serve: impl Fn(TcpStream, Head) -> F + Send + 'static) -> Result<Self>
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let head = Head::default();
        let kept = Arc::clone(&head);
        let task = tokio::runtime::Handle::current().spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::runtime::Handle::current().spawn(serve(stream, Arc::clone(&kept)));
            }
        });
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

async fn make_tunnel(stream: impl AsyncRead + AsyncWrite + Unpin, head: Head) -> io::Result<()> {
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

/// Source: RFC 1928 and RFC 1929.
async fn make_socks_tunnel(mut stream: TcpStream, head: Head) -> io::Result<()> {
    async fn text(stream: &mut TcpStream) -> io::Result<String> {
        let mut bytes = vec![0; stream.read_u8().await?.into()];
        stream.read_exact(&mut bytes).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
    assert_eq!(stream.read_u8().await?, 5, "the version");
    text(&mut stream).await?;
    stream.write_all(&[5, 2]).await?;
    assert_eq!(stream.read_u8().await?, 1, "the version of names and passwords");
    let (name, password) = (text(&mut stream).await?, text(&mut stream).await?);
    stream.write_all(&[1, 0]).await?;
    let mut asked = [0; 4];
    stream.read_exact(&mut asked).await?;
    assert_eq!(asked, [5, 1, 0, 3], "a connection to a name");
    let (host, port) = (text(&mut stream).await?, stream.read_u16().await?);
    *head.lock().expect("no holder panics") = format!("{name} asks with {password:?} for {host}:{port}");
    let mut server = TcpStream::connect((host, port)).await?;
    stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await?;
    tokio::io::copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}
