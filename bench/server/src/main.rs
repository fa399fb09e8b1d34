//! An API server that has its answers ready: what a client costs is measured, and the server must not be what it waits for.
//!
//! `bench-server AUTHORITY.pem [RESOURCE=ITEMS.pb]…` writes the certificate that its own is signed by, prints its ports,
//! without TLS and with it, and serves until its standard input ends. The first part of a path says what is asked for:
//! `/n10000/api/v1/pods` is a list of 10,000 Pods, `/n0w20000` watches with 20,000 events, `/n10000z` is compressed, and only
//! for who takes gzip.
//!
//! A line on its input is a question, answered by a line of JSON: `usage` is what the server cost so far, and
//! `compress PATH` makes such a list before it is asked for.
//!
//! `bench-server dump RESOURCE` prints the objects, a line each.

mod answers;
mod kind;
mod route;
mod tls;

use std::convert::Infallible;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::answers::Answers;
use crate::kind::Kind;
use crate::route::{Route, What};

type Body = BoxBody<Bytes, Infallible>;

const JSON: &str = "application/json";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

/// The answers, and how they were asked for.
struct Server {
    answers: Answers,
    /// The HTTP version of the last request: 1 or 2.
    http: AtomicU8,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().expect("bench-server AUTHORITY.pem [RESOURCE=ITEMS.pb]…");
    if first == "dump" {
        let kind = arguments.next().and_then(|resource| Kind::of_resource(&resource));
        dump(kind.expect("bench-server dump RESOURCE"));
        return;
    }
    let protobuf = arguments.map(|argument| {
        let (resource, file) = argument.split_once('=').expect("RESOURCE=ITEMS.pb");
        let kind = Kind::of_resource(resource).expect("there are objects of this resource");
        (kind, std::fs::read(file).expect("the items can be read"))
    });
    let server = Arc::new(Server { answers: Answers::new(protobuf), http: AtomicU8::new(0) });
    let (acceptor, authority) = tls::acceptor().expect("a certificate can be made");
    std::fs::write(&first, authority).expect("the certificate can be written");
    let asked = Arc::clone(&server);
    std::thread::spawn(move || {
        // The driver holds the other end; when it is gone, so is the server.
        for question in std::io::stdin().lines().map_while(Result::ok) {
            println!("{}", asked.answer_driver(&question));
        }
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(serve(server, acceptor));
}

fn dump(kind: Kind) {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for index in 0..kind.count() {
        let object = bench_data::with_type(kind.api_version(), kind.name(), &kind.object(index));
        writeln!(out, "{object}").expect("someone reads");
    }
}

async fn serve(server: Arc<Server>, acceptor: TlsAcceptor) {
    let listen = || TcpListener::bind(("127.0.0.1", 0));
    let (plain, secure) = (listen().await.expect("a port is free"), listen().await.expect("a port is free"));
    let port = |listener: &TcpListener| listener.local_addr().expect("a listener has an address").port();
    println!("{} {}", port(&plain), port(&secure));
    loop {
        tokio::select! {
            Ok((socket, _)) = plain.accept() => {
                let _ = socket.set_nodelay(true);
                tokio::spawn(connection(Arc::clone(&server), socket, false));
            }
            Ok((socket, _)) = secure.accept() => {
                let _ = socket.set_nodelay(true);
                tokio::spawn(secured(Arc::clone(&server), acceptor.clone(), socket));
            }
        }
    }
}

async fn secured(server: Arc<Server>, acceptor: TlsAcceptor, socket: TcpStream) {
    match acceptor.accept(socket).await {
        Ok(stream) => {
            let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            connection(server, stream, http2).await;
        }
        Err(error) => eprintln!("bench-server: no TLS with a client: {error}"),
    }
}

/// Serves one connection. A client that has its events hangs up: that is no error here.
async fn connection(server: Arc<Server>, stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static, http2: bool) {
    let service = service_fn(move |request| {
        let answer = server.answer(&request);
        async move { Ok::<_, Infallible>(answer) }
    });
    let stream = TokioIo::new(stream);
    if http2 {
        let _ = hyper::server::conn::http2::Builder::new(TokioExecutor::new()).serve_connection(stream, service).await;
    } else {
        let mut http1 = hyper::server::conn::http1::Builder::new();
        let _ = http1.max_buf_size(1 << 20).serve_connection(stream, service).await;
    }
}

impl Server {
    fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        let http = if request.version() == Version::HTTP_2 { 2 } else { 1 };
        self.http.store(http, Ordering::Relaxed);
        let Some(route) = Route::of(request.uri()) else {
            return refused(StatusCode::NOT_FOUND, "404 page not found\n");
        };
        let asks = |header: HeaderName, word: &str| {
            request
                .headers()
                .get(header)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|value| value.contains(word))
        };
        let binary = asks(ACCEPT, PROTOBUF) && self.answers.has_protobuf(route.kind);
        let format = if binary { PROTOBUF } else { JSON };
        let answer = Response::builder();
        let (answer, body) = match route.what {
            What::One => (answer.header(CONTENT_TYPE, JSON), Full::new(self.answers.one()).boxed()),
            What::List { .. } if route.compressed && !asks(ACCEPT_ENCODING, "gzip") => {
                return refused(StatusCode::NOT_ACCEPTABLE, "this list is for who takes gzip\n");
            }
            What::List { .. } if route.compressed => {
                let chunks = self.answers.compressed(&route, binary);
                (answer.header(CONTENT_TYPE, format).header(CONTENT_ENCODING, "gzip"), streamed(chunks))
            }
            What::List { from, to } => {
                let chunks = self.answers.list(route.kind, binary, from..to, route.count);
                (answer.header(CONTENT_TYPE, format), streamed(chunks))
            }
            What::Watch { initial } => {
                let events = self.answers.events(route.kind, binary, initial.then_some(route.count), route.events);
                let forever = stream::iter(events).map(frame).chain(stream::pending());
                let format = if binary { format!("{PROTOBUF};stream=watch") } else { JSON.to_owned() };
                (answer.header(CONTENT_TYPE, format), BodyExt::boxed(StreamBody::new(forever)))
            }
        };
        answer.body(body).expect("the answer is well-formed")
    }

    fn answer_driver(&self, question: &str) -> String {
        if let Some(route) = question.strip_prefix("compress ").and_then(|uri| Route::of(&uri.parse().ok()?)) {
            let bytes: usize = self.answers.compressed(&route, false).iter().map(Bytes::len).sum();
            return format!(r#"{{"bytes":{bytes}}}"#);
        }
        let usage = getrusage(UsageWho::RUSAGE_SELF).expect("a process may ask for its own usage");
        let (user, system) = (usage.user_time().num_microseconds(), usage.system_time().num_microseconds());
        format!(r#"{{"user_us":{user},"system_us":{system},"http":{}}}"#, self.http.load(Ordering::Relaxed))
    }
}

fn refused(status: StatusCode, text: &'static str) -> Response<Body> {
    let body = Full::new(Bytes::from_static(text.as_bytes()));
    Response::builder().status(status).body(body.boxed()).expect("the answer is well-formed")
}

fn streamed(chunks: Vec<Bytes>) -> Body {
    BodyExt::boxed(StreamBody::new(stream::iter(chunks).map(frame)))
}

#[expect(clippy::unnecessary_wraps, reason = "a stream of frames may fail; ours cannot")]
fn frame(bytes: Bytes) -> Result<Frame<Bytes>, Infallible> {
    Ok(Frame::data(bytes))
}
