//! An API server that has its answers ready: what a client costs is measured, and the server must not be what it waits for.
//!
//! `bench-server PODS [PROTOBUF]` prints its port and serves until its standard input ends. The first part of a path says what
//! is asked for: `/n10000/api/v1/pods` is a list of 10,000 Pods, `/n0w20000` watches with 20,000 events, `/n10000z` is
//! compressed. `bench-server dump PODS` prints the Pods, a line each.

mod answers;
mod route;

use std::convert::Infallible;
use std::io::{Read as _, Write as _};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;

use crate::answers::Answers;
use crate::route::{Route, What};

type Body = BoxBody<Bytes, Infallible>;

const JSON: &str = "application/json";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_default();
    if first == "dump" {
        dump(arguments.next().and_then(|count| count.parse().ok()).unwrap_or(0));
        return;
    }
    let pods = first.parse().expect("bench-server PODS [PROTOBUF]: the number of Pods");
    let protobuf = arguments.next().map(|file| std::fs::read(file).expect("the protobuf items can be read"));
    let answers = Arc::new(Answers::new(pods, protobuf));
    std::thread::spawn(|| {
        // The driver holds the other end; when it is gone, so is the server.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(serve(answers));
}

fn dump(pods: usize) {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for index in 0..pods {
        writeln!(out, "{}", bench_data::with_type("v1", "Pod", &bench_data::pod(index))).expect("someone reads");
    }
}

async fn serve(answers: Arc<Answers>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free");
    println!("{}", listener.local_addr().expect("a listener has an address").port());
    loop {
        let Ok((socket, _)) = listener.accept().await else { continue };
        let _ = socket.set_nodelay(true);
        let answers = Arc::clone(&answers);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let answer = answer(&answers, &request);
                async move { Ok::<_, Infallible>(answer) }
            });
            // A client that has its events hangs up: that is no error here.
            let _ = hyper::server::conn::http1::Builder::new()
                .max_buf_size(1 << 20)
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}

fn answer(answers: &Answers, request: &Request<Incoming>) -> Response<Body> {
    let Some(route) = Route::of(request.uri()) else {
        let text = Full::new(Bytes::from_static(b"404 page not found\n"));
        return Response::builder().status(404).body(text.boxed()).expect("the answer is well-formed");
    };
    let accept = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let binary = accept.contains(PROTOBUF) && route.pods && answers.has_protobuf();
    let answer = Response::builder();
    let (answer, body) = match route.what {
        What::One => (answer.header(CONTENT_TYPE, JSON), Full::new(answers.one()).boxed()),
        What::List { from, to } if route.compressed => {
            let chunks = answers.compressed(route.pods, binary, from, to, route.count);
            let answer = answer.header(CONTENT_TYPE, if binary { PROTOBUF } else { JSON });
            (answer.header(CONTENT_ENCODING, "gzip"), streamed(chunks))
        }
        What::List { from, to } => {
            let chunks = answers.list(route.pods, binary, from, to, route.count);
            (answer.header(CONTENT_TYPE, if binary { PROTOBUF } else { JSON }), streamed(chunks))
        }
        What::Watch { initial } => {
            let events = answers.events(route.pods, binary, initial.then_some(route.count), route.events);
            let forever = stream::iter(events).map(frame).chain(stream::pending());
            let kind = if binary { format!("{PROTOBUF};stream=watch") } else { JSON.to_owned() };
            (answer.header(CONTENT_TYPE, kind), BodyExt::boxed(StreamBody::new(forever)))
        }
    };
    answer.body(body).expect("the answer is well-formed")
}

fn streamed(chunks: Vec<Bytes>) -> Body {
    BodyExt::boxed(StreamBody::new(stream::iter(chunks).map(frame)))
}

#[expect(clippy::unnecessary_wraps, reason = "a stream of frames may fail; ours cannot")]
fn frame(bytes: Bytes) -> Result<Frame<Bytes>, Infallible> {
    Ok(Frame::data(bytes))
}
