//! The work, done by kube-rs, as its users would write it.

mod pipeline;
mod widget;

use std::hint::black_box;
use std::pin::pin;

use bench_meter::{Cost, Counting, Meter};
use futures_util::StreamExt as _;
use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use kube::api::{ApiResource, DynamicObject, ListParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::runtime::watcher;
use kube::{Api, Client, Config, Resource};
use serde::de::DeserializeOwned;

use crate::pipeline::Pipeline;
use crate::widget::Widget;

/// How many requests are under way at once.
const AT_ONCE: usize = 64;
/// How many objects a page holds.
const PAGE: u32 = 500;

/// The server to ask.
struct Server {
    url: String,
    /// The file with the certificate of who signed the server's.
    authority: Option<String>,
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
    let server = Server { url, authority: arguments.next() };
    let objects = format!("n{count}");
    let cost = match work.as_str() {
        "list-typed" => list::<Pod>(server.connect(&objects).await, count, counting).await,
        "list-gzip" if cfg!(feature = "gzip") => {
            list::<Pod>(server.connect(&format!("{objects}z")).await, count, counting).await
        }
        "list-deployments" => list::<Deployment>(server.connect(&objects).await, count, counting).await,
        "list-configmaps" => list::<ConfigMap>(server.connect(&objects).await, count, counting).await,
        "list-pipelines" => list::<Pipeline>(server.connect(&objects).await, count, counting).await,
        "list-stripped" => list_stripped(server.connect(&objects).await, count, counting).await,
        "list-dynamic" => list_dynamic(server.connect(&objects).await, count, counting).await,
        "items" => items(server.connect(&objects).await, count, counting).await,
        "watch" => watch(server.connect(&format!("n0w{count}")).await, count, counting).await,
        "get" => get(server.connect("n1").await, count, counting).await,
        "encode" => encode(server.connect(&objects).await, count, counting).await,
        _ => {
            // Exit status 3 says: kube-rs has nothing for it.
            eprintln!("has none");
            std::process::exit(3);
        }
    };
    cost.print();
}

impl Server {
    async fn connect(&self, prefix: &str) -> Client {
        let url = format!("{}/{prefix}", self.url);
        let config = match &self.authority {
            None => Config::new(url.parse().expect("the driver gives a URL")),
            Some(authority) => secure(&url, authority).await,
        };
        Client::try_from(config).expect("the configuration is complete")
    }
}

/// What a kubeconfig with this server and this authority comes to.
async fn secure(url: &str, authority: &str) -> Config {
    let kubeconfig = format!(
        "{{current-context: bench, contexts: [{{name: bench, context: {{cluster: bench}}}}], \
         clusters: [{{name: bench, cluster: {{server: {url:?}, certificate-authority: {authority:?}}}}}]}}"
    );
    let kubeconfig = Kubeconfig::from_yaml(&kubeconfig).expect("it is a kubeconfig");
    let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await;
    config.expect("the certificate can be read")
}

async fn list<K>(client: Client, count: usize, counting: Option<&'static Counting>) -> Cost
where
    K: Resource<Scope = NamespaceResourceScope, DynamicType = ()> + Clone + std::fmt::Debug + DeserializeOwned,
{
    let meter = Meter::start(counting);
    let objects = Api::<K>::all(client).list(&ListParams::default()).await.expect("the server lists objects");
    let cost = meter.stop();
    assert_eq!(objects.items.len(), count);
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
