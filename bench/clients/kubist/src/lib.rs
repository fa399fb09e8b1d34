//! The work, done by Kubist, as its users would write it.

mod view;
mod widget;

use std::hint::black_box;

use bench_meter::{Cost, Counting, Meter};
use kubist::types::core::v1::Pod;
use kubist::{Api, Client, Config, Format, Unstructured, Wire as _};

use crate::view::PodView;
use crate::widget::Widget;

/// How many requests are under way at once.
const AT_ONCE: usize = 64;
/// How many objects a page holds.
const PAGE: u32 = 500;

/// Does the work that the command line names, and prints what it cost.
///
/// # Panics
///
/// If the work cannot be done: a number that was not earned must not be printed.
pub async fn run(counting: Option<&'static Counting>) {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().expect("WORK URL COUNT");
    let (work, url) = (next(), next());
    let count = next().parse().expect("COUNT is a number");
    let cost = match work.as_str() {
        "list-typed" => list_typed(&client(&url, count), count, counting).await,
        "list-protobuf" => list_typed(&connect(format!("{url}/n{count}"), true), count, counting).await,
        "list-view" => list_view(&connect(format!("{url}/n{count}"), true), count, counting).await,
        "list-view-json" => list_view(&client(&url, count), count, counting).await,
        "list-stripped" => list_stripped(&client(&url, count), count, counting).await,
        "list-dynamic" => list_dynamic(&client(&url, count), count, counting).await,
        "items" => items(&client(&url, count), count, counting).await,
        "watch" => watch(&connect(format!("{url}/n0w{count}"), false), count, counting).await,
        "watch-protobuf" => watch(&connect(format!("{url}/n0w{count}"), true), count, counting).await,
        "get" => get(&client(&url, 1), count, counting).await,
        "encode" => encode(&client(&url, count), count, counting).await,
        _ => {
            // Exit status 3 says: not yet.
            eprintln!("not yet");
            std::process::exit(3);
        }
    };
    cost.print();
}

fn client(url: &str, count: usize) -> Client {
    connect(format!("{url}/n{count}"), false)
}

/// Left to itself, Kubist asks for protobuf where it can, as client-go does.
fn connect(url: String, protobuf: bool) -> Client {
    let builder = Client::builder().config(Config::new(url));
    let builder = if protobuf { builder } else { builder.json_only() };
    builder.build().expect("the configuration is complete")
}

async fn list_typed(client: &Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let pods = Api::<Pod>::all(client).list().await.expect("the server lists Pods");
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
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
