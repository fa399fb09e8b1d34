//! The work, done by kube-rs, as its users would write it.

mod widget;

use std::hint::black_box;
use std::pin::pin;

use bench_meter::{Cost, Counting, Meter};
use futures_util::StreamExt as _;
use k8s_openapi::api::core::v1::Pod;
use kube::api::{ApiResource, DynamicObject, ListParams};
use kube::runtime::watcher;
use kube::{Api, Client, Config};

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
        "list-typed" => list_typed(client(&url, count), count, counting).await,
        "list-stripped" => list_stripped(client(&url, count), count, counting).await,
        "list-dynamic" => list_dynamic(client(&url, count), count, counting).await,
        "items" => items(client(&url, count), count, counting).await,
        "watch" => watch(connect(&format!("{url}/n0w{count}")), count, counting).await,
        "get" => get(client(&url, 1), count, counting).await,
        "encode" => encode(client(&url, count), count, counting).await,
        _ => {
            // Exit status 3 says: kube-rs has nothing for it.
            eprintln!("has none");
            std::process::exit(3);
        }
    };
    cost.print();
}

fn client(url: &str, count: usize) -> Client {
    connect(&format!("{url}/n{count}"))
}

fn connect(url: &str) -> Client {
    let config = Config::new(url.parse().expect("the driver gives a URL"));
    Client::try_from(config).expect("the configuration is complete")
}

async fn list_typed(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let pods = Api::<Pod>::all(client).list(&ListParams::default()).await.expect("the server lists Pods");
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
    cost.with("items", count)
}

async fn list_stripped(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let mut pods = Api::<Pod>::all(client).list(&ListParams::default()).await.expect("the server lists Pods");
    for pod in &mut pods.items {
        pod.metadata.managed_fields = None;
    }
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
    cost.with("items", count)
}

async fn list_dynamic(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let api = Api::<DynamicObject>::all_with(client, &ApiResource::erase::<Pod>(&()));
    let meter = Meter::start(counting);
    let pods = api.list(&ListParams::default()).await.expect("the server lists Pods");
    let cost = meter.stop();
    assert_eq!(pods.items.len(), count);
    cost.with("items", count)
}

/// kube-rs has no stream of a list's objects; its users turn the pages.
async fn items(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let api = Api::<Pod>::all(client);
    let (mut page, mut seen) = (ListParams::default().limit(PAGE), 0);
    loop {
        let pods = api.list(&page).await.expect("the server lists Pods");
        let token = pods.metadata.continue_.clone().filter(|token| !token.is_empty());
        for pod in pods {
            black_box(pod);
            seen += 1;
        }
        match token {
            Some(token) => page = ListParams::default().limit(PAGE).continue_token(&token),
            None => break,
        }
    }
    let cost = meter.stop();
    assert_eq!(seen, count);
    cost.with("items", count)
}

/// The list before the events is empty, so that they are nearly all of the cost.
async fn watch(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let meter = Meter::start(counting);
    let mut events = pin!(watcher(Api::<Pod>::all(client), watcher::Config::default()));
    let mut seen = 0;
    while seen < count {
        let event = events.next().await.expect("the watch goes on");
        let event = event.expect("events are well-formed");
        seen += usize::from(matches!(event, watcher::Event::Apply(_)));
        black_box(event);
    }
    meter.stop().with("items", count)
}

async fn get(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
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

async fn encode(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost {
    let list = Api::<Pod>::all(client).list(&ListParams::default()).await;
    let mut pods = list.expect("the server lists Pods").items;
    // Not every competitor keeps them.
    for pod in &mut pods {
        pod.metadata.managed_fields = None;
    }
    let meter = Meter::start(counting);
    let mut bytes = 0;
    for pod in &pods {
        let body = serde_json::to_vec(pod).expect("a Pod that was read can be written");
        bytes += black_box(body).len();
    }
    meter.stop().with("items", count).with("bytes", bytes)
}
