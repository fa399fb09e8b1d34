//! The work, done by Kubist, as its users would write it.

mod pipeline;
mod view;
mod widget;

use std::hint::black_box;

use bench_meter::{Cost, Counting, Meter};
use kubist::types::apps::v1::Deployment;
use kubist::types::core::v1::{ConfigMap, Pod};
use kubist::{Api, Client, Config, Format, Namespaced, Unstructured, Wire};

use crate::pipeline::Pipeline;
use crate::view::PodView;
use crate::widget::Widget;

/// How many requests are under way at once.
const AT_ONCE: usize = 64;
/// How many objects a page holds.
const PAGE: u32 = 500;

/// The server to ask.
struct Server {
    url: String,
    /// The certificate, in PEM, of who signed the server's.
    authority: Option<Vec<u8>>,
}

/// Does the work that the command line names, and prints what it cost.
///
/// # Panics
///
/// If the work cannot be done: a number that was not earned must not be printed.
pub async fn run(counting: Option<&'static Counting>) {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().expect("WORK URL COUNT [AUTHORITY.pem]");
    let (work, url, count) = (next(), next(), next());
    let count = count.parse().expect("COUNT is a number");
    let authority = arguments.next().map(|file| std::fs::read(file).expect("the certificate can be read"));
    let server = Server { url, authority };
    let objects = format!("n{count}");
    let (json, any) = (|| server.connect(&objects, false), || server.connect(&objects, true));
    let events = format!("n0w{count}");
    let cost = match work.as_str() {
        "list-typed" => list::<Pod>(&json(), count, counting).await,
        "list-protobuf" => list::<Pod>(&any(), count, counting).await,
        "list-gzip" => list::<Pod>(&server.connect(&format!("{objects}z"), false), count, counting).await,
        "list-deployments" => list::<Deployment>(&json(), count, counting).await,
        "list-deployments-protobuf" => list::<Deployment>(&any(), count, counting).await,
        "list-configmaps" => list::<ConfigMap>(&json(), count, counting).await,
        "list-configmaps-protobuf" => list::<ConfigMap>(&any(), count, counting).await,
        "list-pipelines" => list::<Pipeline>(&any(), count, counting).await,
        "list-view" => list_view(&any(), count, counting).await,
        "list-view-json" => list_view(&json(), count, counting).await,
        "list-stripped" => list_stripped(&json(), count, counting).await,
        "list-dynamic" => list_dynamic(&json(), count, counting).await,
        "items" => items(&json(), count, counting).await,
        "watch" => watch(&server.connect(&events, false), count, counting).await,
        "watch-protobuf" => watch(&server.connect(&events, true), count, counting).await,
        "get" => get(&server.connect("n1", false), count, counting).await,
        "encode" => encode(&json(), count, counting).await,
        _ => {
            // Exit status 3 says: not yet.
            eprintln!("not yet");
            std::process::exit(3);
        }
    };
    cost.print();
}

impl Server {
    /// Left to itself, Kubist asks for protobuf where it can, as client-go does.
    fn connect(&self, prefix: &str, protobuf: bool) -> Client {
        let mut config = Config::new(format!("{}/{prefix}", self.url));
        config.certificate_authority.clone_from(&self.authority);
        let builder = Client::builder().config(config);
        let builder = if protobuf { builder } else { builder.json_only() };
        builder.build().expect("the configuration is complete")
    }
}

async fn list<K: Namespaced + Wire + Send + 'static>(
    client: &Client,
    count: usize,
    counting: Option<&'static Counting>,
) -> Cost {
    let meter = Meter::start(counting);
    let objects = Api::<K>::all(client).list().await.expect("the server lists objects");
    let cost = meter.stop();
    assert_eq!(objects.items.len(), count);
    cost.with("items", count)
}

async fn list_view(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let pods = Api::<PodView>::all(client).list().await.expect("the server lists Pods");
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
    assert!(pods.items.iter().all(PodView::is_read), "every Pod of the data has all three");
    cost.with("items", count)
}

async fn list_stripped(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let mut pods = Api::<Pod>::all(client).list().await.expect("the server lists Pods");
    for pod in &mut pods.items {
        pod.metadata.managed_fields = Vec::new();
    }
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
    cost.with("items", count)
}

async fn list_dynamic(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let kind = <Pod as kubist::Resource>::info();
    let api = Api::<Unstructured>::dynamic(client, kind).all().expect("Pods are namespaced");
    let meter = Meter::start(counting);
    let pods = api.list().await.expect("the server lists Pods");
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
    cost.with("items", count)
}

async fn items(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let mut items = Api::<Pod>::all(client).list().limit(PAGE).items();
    let mut seen = 0;
    while let Some(pod) = items.next().await {
        black_box(pod.expect("the server lists Pods"));
        seen += 1;
    }
    let cost = meter.stop();
    assert_eq!(seen, count);
    cost.with("items", count)
}

async fn watch(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let request = Api::<Pod>::all(client).watch().resource_version("5000000");
    let meter = Meter::start(counting);
    let mut events = request.await.expect("the server watches Pods");
    for _ in 0..count {
        let event = events.next().await.expect("the watch goes on");
        black_box(event.expect("events are well-formed"));
    }
    meter.stop().with("items", count)
}

async fn get(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let widgets = Api::<Widget>::namespaced(client, "factory");
    many(&widgets, 20).await;
    let meter = Meter::start(counting);
    many(&widgets, count / AT_ONCE).await;
    meter.stop().with("items", count / AT_ONCE * AT_ONCE)
}

async fn many(widgets: &Api<Widget>, each: usize) {
    let tasks = (0..AT_ONCE).map(|_| {
        let widgets = widgets.clone();
        tokio::spawn(async move {
            for _ in 0..each {
                black_box(widgets.get("widget-17").await.expect("there is such a widget"));
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("the task ends");
    }
}

async fn encode(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let mut pods = Api::<Pod>::all(client).list().await.expect("the server lists Pods");
    // Not every competitor keeps them.
    for pod in &mut pods.items {
        pod.metadata.managed_fields = Vec::new();
    }
    let meter = Meter::start(counting);
    let mut bytes = 0;
    for pod in &pods.items {
        let mut body = Vec::new();
        pod.encode(Format::Json, &mut body).expect("a Pod that was read can be written");
        bytes += black_box(body).len();
    }
    meter.stop().with("items", count).with("bytes", bytes)
}
