//! The client: one connection pool, one identity, shared by all that is made from it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderValue, USER_AGENT};
use kubist_model::ManagedFields;
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service, ServiceExt as _};

use crate::body::Body;
use crate::config::{Config, Kubeconfig};
use crate::error::{BoxError, Error, Kind, Result};
use crate::rest::RestClient;
use crate::transport::{self, Through};

/// What carries requests: the network, the embedded server, or layers around them.
///
/// Requests name a path and query only; the transport knows the server.
pub type Transport = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, BoxError>;

/// Talks to one API server as one user.
///
/// Cloning is cheap; clones share connections, tokens and what discovery has found.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    transport: Transport,
    url: String,
    default_namespace: String,
    user_agent: HeaderValue,
    timeout: Option<Duration>,
    managed_fields: ManagedFields,
    json_only: bool,
    /// Whether an answer in protobuf has come, so that a body in protobuf can be read.
    answers_in_protobuf: AtomicBool,
    extensions: Extensions,
}

/// What later stages keep with the client: the discovery cache.
#[derive(Default)]
struct Extensions(std::sync::OnceLock<Box<dyn std::any::Any + Send + Sync>>);

impl Client {
    /// Connects as kubectl would: with the current context of the kubeconfig, or else as the pod that this program runs in.
    ///
    /// No request is sent yet.
    ///
    /// # Errors
    ///
    /// What was tried and why each did not do.
    #[expect(clippy::unused_async, reason = "credential plugins will be run here")]
    pub async fn try_default() -> Result<Self> {
        Self::builder().build()
    }

    /// Starts to describe a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Makes a client that sends its requests to a service, such as the embedded API server's.
    pub fn from_service<S, B>(service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        match Self::builder().service(service).build() {
            Ok(client) => client,
            Err(_) => unreachable!("a service needs no configuration that could be missing"),
        }
    }

    /// Returns the namespace that stands for none given: that of the context or the pod, else `default`.
    pub fn default_namespace(&self) -> &str {
        &self.0.default_namespace
    }

    /// Returns the server's URL; for a service in this process `in-process`.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// Returns who writes unless a request says otherwise: the first part of the user agent, up to the slash.
    ///
    /// The server takes the same from the user agent for writes that name no manager; server-side apply must name one.
    pub fn field_manager(&self) -> &str {
        let agent = self.0.user_agent.to_str().unwrap_or_default();
        match agent.split('/').next() {
            Some(first) if !first.is_empty() => first,
            _ => "kubist",
        }
    }

    /// Returns the floor that everything else stands on: requests by verb and path.
    pub fn rest(&self) -> RestClient {
        RestClient::new(self.clone())
    }

    /// Sends a request as it is; its URI is a path and a query.
    ///
    /// Answers of every status come back as they are.
    ///
    /// # Errors
    ///
    /// No answer.
    pub async fn send(&self, mut request: http::Request<Body>) -> Result<http::Response<Body>> {
        let agent = || self.0.user_agent.clone();
        request.headers_mut().entry(USER_AGENT).or_insert_with(agent);
        let answer = self.0.transport.clone().oneshot(request).await;
        answer.map_err(|error| match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(error) => Error::new(Kind::Transport(error)),
        })
    }

    /// Returns how long a request may take unless it says otherwise; watches and streams have no end.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.0.timeout
    }

    /// Returns whether managed fields are read unless a request says otherwise.
    pub(crate) fn managed_fields(&self) -> ManagedFields {
        self.0.managed_fields
    }

    /// Returns whether protobuf is asked for where a kind has it.
    pub(crate) fn speaks_protobuf(&self) -> bool {
        !self.0.json_only
    }

    /// Notes that the server has answered in protobuf.
    pub(crate) fn note_protobuf(&self) {
        self.0.answers_in_protobuf.store(true, Ordering::Relaxed);
    }

    /// Returns whether the server is known to read protobuf, and may be sent it.
    pub(crate) fn writes_protobuf(&self) -> bool {
        self.speaks_protobuf() && self.0.answers_in_protobuf.load(Ordering::Relaxed)
    }

    /// Returns a value that belongs to the client, made at first use.
    pub(crate) fn extension<T: Send + Sync + Default + 'static>(&self) -> &T {
        let value = self.0.extensions.0.get_or_init(|| Box::new(T::default()));
        value.downcast_ref().expect("only discovery keeps something with the client")
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("url", &self.0.url)
            .field("default_namespace", &self.0.default_namespace)
            .finish_non_exhaustive()
    }
}

/// Describes a client. Everything is optional: without a word it is [`Client::try_default`].
#[derive(Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    config: Option<Config>,
    kubeconfig: Option<Result<Kubeconfig>>,
    context: Option<String>,
    service: Option<Transport>,
    #[cfg(feature = "reqwest")]
    reqwest: Option<reqwest::Client>,
    layers: Vec<Wrap>,
    user_agent: Option<String>,
    default_namespace: Option<String>,
    timeout: Option<Duration>,
    managed_fields: ManagedFields,
    json_only: bool,
}

type Wrap = Box<dyn FnOnce(Transport) -> Transport + Send>;

impl ClientBuilder {
    /// Uses this configuration instead of looking for one.
    pub fn config(mut self, config: Config) -> Self {
        self.config = Some(config);
        self
    }

    /// Uses this kubeconfig file instead of looking for one.
    pub fn kubeconfig(mut self, path: impl AsRef<Path>) -> Self {
        self.kubeconfig = Some(Kubeconfig::load(path));
        self
    }

    /// Uses this context of the kubeconfig. Unset: its current one.
    pub fn context(mut self, name: impl Into<String>) -> Self {
        self.context = Some(name.into());
        self
    }

    /// Sends requests to a service instead of the network.
    pub fn service<S, B>(mut self, service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.service = Some(boxed(service));
        self
    }

    /// Sends requests through a client of reqwest, for what only such a client can do: a resolver of one's own, a certificate store, connections
    /// that the rest of the program shares. Unset: connections of Kubist's own.
    ///
    /// Server, credentials, namespace and compression are still those of the configuration. Its authorities, its client certificate,
    /// `tls-server-name` and `proxy-url` are not used: they are this client's. It should follow no redirects, as Kubist follows none.
    #[cfg(feature = "reqwest")]
    pub fn reqwest(mut self, client: reqwest::Client) -> Self {
        self.reqwest = Some(client);
        self
    }

    /// Puts a layer around everything that was added before it.
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<Transport> + Send + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers.push(Box::new(move |inner| boxed(layer.layer(inner))));
        self
    }

    /// Says who the program is. Unset: `kubist/VERSION (OS/ARCHITECTURE)`. Its first part, up to the slash, names the field manager.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sets the namespace that stands for none given. Unset: that of the context or the pod, else `default`.
    pub fn default_namespace(mut self, name: impl Into<String>) -> Self {
        self.default_namespace = Some(name.into());
        self
    }

    /// Sets how long a request may take. Unset: 60 s. Watches and streams have no end.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Says whether `metadata.managedFields` of objects is read, which tells who set which field. Unset: [`ManagedFields::Skip`].
    ///
    /// They are a third of many objects, in bytes and more in memory, and few programs look at them. An update without them keeps those that the
    /// server has. [`Api::managed_fields`](crate::Api::managed_fields) says it for one handle.
    pub fn managed_fields(mut self, what: ManagedFields) -> Self {
        self.managed_fields = what;
        self
    }

    /// Speaks JSON with the server about all kinds. Unset: protobuf about the built-in ones, which is smaller and faster, where the server knows it.
    pub fn json_only(mut self) -> Self {
        self.json_only = true;
        self
    }

    /// Makes the client. No request is sent yet.
    ///
    /// # Errors
    ///
    /// No configuration, or one that cannot be used.
    pub fn build(self) -> Result<Client> {
        let (transport, url, namespace) = if let Some(service) = self.service {
            (service, "in-process".to_owned(), "default".to_owned())
        } else {
            let config = match (self.config, self.kubeconfig, self.context.as_deref()) {
                (Some(config), ..) => config,
                (None, Some(kubeconfig), context) => kubeconfig?.config(context)?,
                (None, None, None) => Config::infer()?,
                (None, None, context) => {
                    let none =
                        || Error::config("no kubeconfig in KUBECONFIG or ~/.kube/config to take the context from");
                    Kubeconfig::load_default()?.ok_or_else(none)?.config(context)?
                }
            };
            #[cfg(feature = "reqwest")]
            let through = self.reqwest.map_or_else(|| Through::own(&config), |client| Ok(Through::Reqwest(client)))?;
            #[cfg(not(feature = "reqwest"))]
            let through = Through::own(&config)?;
            (boxed(transport::connect(&config, through)?), config.server, config.default_namespace)
        };
        let user_agent = self.user_agent.unwrap_or_else(default_user_agent);
        let user_agent = HeaderValue::from_str(&user_agent).map_err(|_| {
            Error::config(format!("the user agent {user_agent:?} has characters that no header can carry"))
        })?;
        Ok(Client(Arc::new(Inner {
            transport: self.layers.into_iter().fold(transport, |inner, wrap| wrap(inner)),
            url,
            default_namespace: self.default_namespace.unwrap_or(namespace),
            user_agent,
            timeout: Some(self.timeout.unwrap_or(DEFAULT_TIMEOUT)),
            managed_fields: self.managed_fields,
            json_only: self.json_only,
            answers_in_protobuf: AtomicBool::new(false),
            extensions: Extensions::default(),
        })))
    }
}

/// The API server gives up on most requests after 60 s.
const DEFAULT_TIMEOUT: Duration = Duration::from_mins(1);

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("config", &self.config)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

fn default_user_agent() -> String {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("kubist/{} ({}/{architecture})", env!("CARGO_PKG_VERSION"), std::env::consts::OS)
}

fn boxed<S, B>(service: S) -> Transport
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    BoxCloneSyncService::new(
        service.map_response(|answer: http::Response<B>| answer.map(Body::new)).map_err(Into::into),
    )
}
