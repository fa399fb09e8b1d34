//! A request, part by part.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use kubist_model::{Format, ManagedFields, ResourceInfo, Wire};
use kubist_naming as naming;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{ByteStream, ListStream, Response, WatchStream, send};
use crate::body::Body;
use crate::client::Client;
use crate::error::{Context, Error, Result};

/// A request that is being put together; [`send`](Request::send) and its kind send it.
///
/// A mistake in a part is kept and returned when the request is sent. Dropping the future cancels the request.
#[must_use = "requests do nothing until sent"]
#[derive(Clone, Debug)]
pub struct Request {
    pub(super) client: Client,
    pub(super) method: Method,
    group: Cow<'static, str>,
    version: Cow<'static, str>,
    namespace: Option<Arc<str>>,
    resource: Cow<'static, str>,
    name: Option<Arc<str>>,
    subresource: Option<Arc<str>>,
    abs_path: Option<String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    timeout: Option<Duration>,
    managed_fields: ManagedFields,
    verb: Option<&'static str>,
    /// The name of the object for errors, where the path has none.
    subject: Option<Arc<str>>,
    mistake: Option<String>,
}

/// For kinds that protobuf knows; a server that does not answers in JSON.
const PROTOBUF_OR_JSON: &str = "application/vnd.kubernetes.protobuf,application/json";
/// So many headers has a request when it is sent, those included that are added on its way.
const HEADERS: usize = 6;
/// What a path segment may hold as it is.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'/')
    .add(b'%');
/// What the value of a parameter may hold as it is.
const PARAMETER: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl Request {
    pub(super) fn new(client: Client, method: Method) -> Self {
        Self {
            managed_fields: client.managed_fields(),
            client,
            method,
            group: Cow::Borrowed(""),
            version: Cow::Borrowed("v1"),
            namespace: None,
            resource: Cow::Borrowed(""),
            name: None,
            subresource: None,
            abs_path: None,
            query: Vec::new(),
            headers: HeaderMap::with_capacity(HEADERS),
            body: Bytes::new(),
            timeout: None,
            verb: None,
            subject: None,
            mistake: None,
        }
    }

    /// Sets the API group and version. Unset: the core group's `v1`.
    pub fn api(mut self, group: &str, version: &str) -> Self {
        self.group = Cow::Owned(group.to_owned());
        self.version = Cow::Owned(version.to_owned());
        self
    }

    /// Sets group, version and resource to those of a kind.
    pub fn kind(mut self, info: &ResourceInfo) -> Self {
        self.set_kind(info);
        self
    }

    /// Sets the namespace. Unset: the path has none.
    pub fn namespace(mut self, namespace: &str) -> Self {
        self.set_namespace(namespace.into());
        self
    }

    /// Sets the resource, the plural name of the kind.
    pub fn resource(mut self, resource: &str) -> Self {
        self.set_resource(Cow::Owned(resource.to_owned()));
        self
    }

    /// Sets the name of the object. Unset: the request is about the collection.
    pub fn name(mut self, name: &str) -> Self {
        self.set_name(name.into());
        self
    }

    /// Sets the subresource, such as `status`. It may have further segments.
    pub fn subresource(mut self, subresource: &str) -> Self {
        self.set_subresource(subresource.into());
        self
    }

    /// Sets the whole path, such as `/version`; it may end with a query. The parts above are ignored then.
    pub fn abs_path(mut self, path: &str) -> Self {
        if !path.starts_with('/') {
            self.mistake.get_or_insert(format!("the path {path:?} must begin with a slash"));
        }
        self.abs_path = Some(path.to_owned());
        self
    }

    /// Adds a query parameter.
    pub fn param(mut self, name: &str, value: impl Display) -> Self {
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds query parameters, such as those of options.
    pub fn params<N: AsRef<str>, V: Display>(mut self, parameters: impl IntoIterator<Item = (N, V)>) -> Self {
        let parameters = parameters.into_iter().map(|(name, value)| (name.as_ref().to_owned(), value.to_string()));
        self.query.extend(parameters);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            (Err(_), _) => drop(self.mistake.get_or_insert(format!("{name:?} is no name of a header"))),
            (_, Err(_)) => drop(self.mistake.get_or_insert(format!("the value of the header {name:?} cannot be sent"))),
        }
        self
    }

    /// Sets the formats to answer in. Unset: `application/json`.
    pub fn accept(self, types: &str) -> Self {
        self.header(ACCEPT.as_str(), types)
    }

    /// Sets the format of the body.
    pub fn content_type(self, kind: &str) -> Self {
        self.header(CONTENT_TYPE.as_str(), kind)
    }

    /// Sets the body. Its format is that of [`content_type`](Self::content_type); unset: `application/json`.
    pub fn body(mut self, bytes: impl Into<Bytes>) -> Self {
        self.body = bytes.into();
        if !self.headers.contains_key(CONTENT_TYPE) {
            self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        self
    }

    /// Sets the body to a value in JSON.
    pub fn json(mut self, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.body(bytes),
            Err(error) => {
                self.mistake.get_or_insert(format!("the body cannot be written: {error}"));
                self
            }
        }
    }

    /// Sets how long the request may take. Unset: the client's limit; streams and watches have none.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Says whether the managed fields of the objects in the answer are read. Unset: as the client does.
    pub fn managed_fields(mut self, what: ManagedFields) -> Self {
        self.managed_fields = what;
        self
    }

    /// Sends the request and reads the answer.
    ///
    /// # Errors
    ///
    /// A mistake in a part, no answer in time, or an answer other than success.
    pub async fn send(self) -> Result<Response> {
        let timeout = self.timeout.or(self.client.timeout());
        let managed_fields = self.managed_fields;
        let (client, context, request) = self.into_parts();
        let sent = match request {
            Ok(request) => send::whole(&client, request, timeout).await,
            Err(error) => Err(error),
        };
        match sent {
            Ok(answer) => Ok(Response::new(answer, context, managed_fields)),
            Err(error) => Err(error.in_context(|| context)),
        }
    }

    /// Sends the request and hands on the body while it arrives.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), before the first byte.
    pub async fn stream(self) -> Result<ByteStream> {
        let timeout = self.timeout;
        let (answer, context) = self.open(timeout).await?;
        Ok(ByteStream::new(answer.into_body(), context))
    }

    /// Sends the request as a list of whatever kind it says, and hands on its objects while they arrive.
    ///
    /// The limit of time is for the beginning of the answer, and then for each silence.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), before the first object.
    pub async fn items<K: Wire>(self) -> Result<ListStream<K>> {
        self.items_of(None).await
    }

    /// As [`items`](Self::items), of a list that must be one of a kind.
    pub(crate) async fn items_of<K: Wire>(self, kind: Option<&ResourceInfo>) -> Result<ListStream<K>> {
        let managed_fields = self.managed_fields;
        let timeout = self.timeout.or(self.client.timeout());
        let (answer, context) = self.accepting::<K>().open(timeout).await?;
        let (parts, body) = answer.into_parts();
        let bytes = ByteStream::new(body, context);
        Ok(ListStream::new(bytes, (parts.status, parts.headers), kind, timeout, managed_fields))
    }

    /// Sends the request and returns as soon as the answer begins.
    async fn open(self, timeout: Option<Duration>) -> Result<(http::Response<Body>, Context)> {
        let (client, context, request) = self.into_parts();
        let opened = match request {
            Ok(request) => send::open(&client, request, timeout).await,
            Err(error) => Err(error),
        };
        match opened {
            Ok(answer) => Ok((answer, context)),
            Err(error) => Err(error.in_context(|| context)),
        }
    }

    /// Sends the request as a watch and hands on its events.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), before the first event.
    pub async fn watch<K: Wire>(mut self) -> Result<WatchStream<K>> {
        self.verb = Some("watch");
        if !self.query.iter().any(|(name, _)| name == "watch") {
            self.query.push(("watch".to_owned(), "true".to_owned()));
        }
        // Compressed frames would wait for one another.
        self.headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        let managed_fields = self.managed_fields;
        let timeout = self.timeout;
        let (answer, context) = self.accepting::<K>().open(timeout).await?;
        let format = send::format_of(answer.headers());
        Ok(WatchStream::new(ByteStream::new(answer.into_body(), context), format, managed_fields))
    }

    /// Asks for the formats that a type understands, unless the request or the client says otherwise.
    pub(crate) fn accepting<K: Wire>(mut self) -> Self {
        if self.client.speaks_protobuf() && K::FORMATS.contains(&Format::Protobuf) {
            self.headers.entry(ACCEPT).or_insert(HeaderValue::from_static(PROTOBUF_OR_JSON));
        }
        self
    }

    /// Names the operation in errors. Unset: taken from the method and the path.
    pub(crate) fn named(mut self, verb: &'static str) -> Self {
        self.verb = Some(verb);
        self
    }

    /// Names the object in errors where the path does not, as for a create.
    pub(crate) fn about(mut self, name: &str) -> Self {
        self.subject = Some(name.into());
        self
    }

    /// Keeps a mistake that was made before the request, to return it when the request is sent.
    pub(crate) fn mistaken(mut self, problem: String) -> Self {
        self.mistake.get_or_insert(problem);
        self
    }

    pub(crate) fn set_kind(&mut self, info: &ResourceInfo) {
        self.group.clone_from(&info.group);
        self.version.clone_from(&info.version);
        self.set_resource(info.plural.clone());
    }

    fn set_resource(&mut self, resource: Cow<'static, str>) {
        self.check("resource", &resource, naming::path_segment(&resource));
        self.resource = resource;
    }

    pub(crate) fn set_namespace(&mut self, namespace: Arc<str>) {
        self.check("namespace", &namespace, naming::path_segment(&namespace));
        self.namespace = Some(namespace);
    }

    pub(crate) fn set_name(&mut self, name: Arc<str>) {
        self.check("name", &name, naming::path_segment(&name));
        self.name = Some(name);
    }

    pub(crate) fn set_subresource(&mut self, subresource: Arc<str>) {
        for segment in subresource.split('/') {
            self.check("subresource", segment, naming::path_segment(segment));
        }
        self.subresource = Some(subresource);
    }

    fn check(&mut self, what: &str, text: &str, checked: Result<(), naming::NameError>) {
        let problem = match checked {
            _ if text.is_empty() => format!("the {what} is empty"),
            Ok(()) => return,
            Err(error) => format!("{what} {error}"),
        };
        self.mistake.get_or_insert(problem);
    }

    fn into_parts(mut self) -> (Client, Context, Result<http::Request<Body>>) {
        let uri = self.path_and_query();
        let context = self.context();
        let mut request = http::Request::builder().method(self.method).uri(uri);
        self.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        if let Some(headers) = request.headers_mut() {
            *headers = self.headers;
        }
        let request = match self.mistake {
            Some(problem) => Err(Error::request(problem)),
            None => request
                .body(self.body.into())
                .map_err(|error| Error::request(format!("the request cannot be sent: {error}"))),
        };
        (self.client, context, request)
    }

    fn path_and_query(&self) -> String {
        let mut path = match &self.abs_path {
            Some(path) => path.clone(),
            None => self.resource_path(),
        };
        let mut separator = if path.contains('?') { '&' } else { '?' };
        for (name, value) in &self.query {
            path.push(separator);
            path.extend(utf8_percent_encode(name, PARAMETER));
            path.push('=');
            path.extend(utf8_percent_encode(value, PARAMETER));
            separator = '&';
        }
        path
    }

    fn resource_path(&self) -> String {
        let root = if self.group.is_empty() { "/api" } else { "/apis" };
        let collection = self.namespace.as_deref().map(|namespace| ["namespaces", namespace]);
        let object = [self.name.as_deref(), self.subresource.as_deref()];
        let segments = [&*self.group, &*self.version]
            .into_iter()
            .chain(collection.into_iter().flatten())
            .chain([&*self.resource])
            .chain(object.into_iter().flatten().flat_map(|part| part.split('/')))
            .filter(|segment| !segment.is_empty());
        let length = root.len() + segments.clone().map(|segment| segment.len() + 1).sum::<usize>();
        let mut path = String::with_capacity(length);
        path.push_str(root);
        for segment in segments {
            path.push('/');
            path.extend(utf8_percent_encode(segment, SEGMENT));
        }
        path
    }

    /// Takes what errors say of the request.
    fn context(&mut self) -> Context {
        let verb = self.verb.unwrap_or(match (self.method.as_str(), &self.name) {
            ("GET", None) if self.abs_path.is_none() => "list",
            ("GET", _) => "get",
            ("POST", _) => "create",
            ("PUT", _) => "update",
            ("PATCH", _) => "patch",
            ("DELETE", None) if self.abs_path.is_none() => "deletecollection",
            ("DELETE", _) => "delete",
            _ => "request",
        });
        if let Some(path) = &self.abs_path {
            let path = path.split('?').next().unwrap_or_default().to_owned();
            return Context { verb, resource: Cow::Owned(path), ..Context::default() };
        }
        Context {
            verb,
            resource: std::mem::take(&mut self.resource),
            group: std::mem::take(&mut self.group),
            subresource: self.subresource.take(),
            name: self.name.take().or_else(|| self.subject.take()),
            namespace: self.namespace.take(),
        }
    }
}
