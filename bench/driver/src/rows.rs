//! The table of issue 4, row by row.

use crate::figure::Figure;
use crate::plan::{Bound, Competitor, Measure, Must, Over, Row};

use Bound::{AtLeast, AtMost};
use Competitor::{ClientGo, Kube, Kubist};
use Figure::{AllocationsPerItem, Cpu, CpuPerItem, HeapPerItem, Http, ItemsPerCpuSecond, Peak, User, Wall};

/// How many Pods a list has.
const PODS: usize = 10_000;

/// How many config maps: 57 MB.
const CONFIG_MAPS: usize = 2_000;

/// Every row; `full` has more events and requests, and the longest list for all.
pub(crate) fn rows(full: bool) -> Vec<Row> {
    let mut rows = lists();
    rows.extend(roads());
    rows.extend(kinds());
    rows.extend(held());
    rows.extend(watches(if full { 20_000 } else { 5_000 }));
    rows.extend(requests(if full { 51_200 } else { 12_800 }));
    rows.push(row("encode", "encode 10,000 Pods to JSON", "encode", PODS, vec![measure(Cpu, &[(Kube, AtMost(0.5))])]));
    rows.extend(growth(full));
    rows
}

fn lists() -> Vec<Row> {
    vec![
        row(
            "list-json",
            "list 10,000 Pods, typed, JSON",
            "list-typed",
            PODS,
            vec![
                measure(Wall, &[(Kube, AtMost(0.25)), (ClientGo, AtMost(0.15))]),
                measure(User, &[]),
                measure(Peak, &[(Kube, AtMost(0.22)), (ClientGo, AtMost(0.5))]),
            ],
        ),
        row(
            "list-protobuf",
            "list 10,000 Pods, typed, protobuf",
            "list-protobuf",
            PODS,
            vec![
                measure(Cpu, &[(ClientGo, AtMost(0.5))]),
                measure(Wall, &[]),
                measure(Peak, &[(ClientGo, AtMost(0.5))]),
            ],
        )
        .in_protobuf(),
        Row {
            works: vec![(Kubist, "list-view"), (Kube, "list-typed")],
            protobuf: true,
            ..row(
                "list-view",
                "list 10,000 Pods through a view of three fields (kube-rs: typed)",
                "",
                PODS,
                vec![measure(Wall, &[(Kube, AtMost(0.14))]), measure(Peak, &[(Kube, AtMost(0.05))])],
            )
        },
        Row {
            works: vec![(Kubist, "list-view-json"), (Kube, "list-typed")],
            ..row(
                "list-view-json",
                "the same view, from JSON (kube-rs: typed)",
                "",
                PODS,
                vec![measure(Wall, &[]), measure(User, &[]), measure(Peak, &[])],
            )
        },
        row(
            "list-dynamic",
            "list 10,000 Pods, dynamic",
            "list-dynamic",
            PODS,
            vec![
                measure(Wall, &[(Kube, AtMost(0.25)), (ClientGo, AtMost(0.06))]),
                measure(User, &[]),
                measure(Peak, &[(Kube, AtMost(0.25)), (ClientGo, AtMost(0.2))]),
            ],
        ),
    ]
}

/// The list of `list-json` on other roads.
fn roads() -> Vec<Row> {
    vec![
        Row {
            over: Over::Tls,
            ..row(
                "list-tls",
                "list 10,000 Pods, typed, JSON, over TLS",
                "list-typed",
                PODS,
                vec![measure(Wall, &[]), measure(User, &[]), measure(Peak, &[]), measure(Http, &[])],
            )
        },
        Row {
            over: Over::Gzip,
            ..row(
                "list-gzip",
                "list 10,000 Pods, typed, JSON in gzip (kube-rs: feature gzip)",
                "list-gzip",
                PODS,
                vec![measure(Wall, &[]), measure(User, &[]), measure(Peak, &[])],
            )
        },
    ]
}

/// Lists of other kinds than Pods.
fn kinds() -> Vec<Row> {
    let measures = || vec![measure(Wall, &[]), measure(User, &[]), measure(Peak, &[])];
    let short = || vec![measure(Cpu, &[]), measure(Peak, &[])];
    vec![
        row("list-deployments", "list 10,000 Deployments, typed, JSON", "list-deployments", PODS, measures()),
        row(
            "list-deployments-protobuf",
            "list 10,000 Deployments, typed, protobuf",
            "list-deployments-protobuf",
            PODS,
            short(),
        )
        .in_protobuf(),
        row(
            "list-configmaps",
            "list 2,000 ConfigMaps of 1 KiB to 1 MiB, typed, JSON",
            "list-configmaps",
            CONFIG_MAPS,
            measures(),
        ),
        row(
            "list-configmaps-protobuf",
            "list 2,000 ConfigMaps, typed, protobuf",
            "list-configmaps-protobuf",
            CONFIG_MAPS,
            short(),
        )
        .in_protobuf(),
        row(
            "list-custom",
            "list 10,000 custom resources of lists in lists, typed (client-go: a struct of its own)",
            "list-pipelines",
            PODS,
            measures(),
        ),
    ]
}

fn held() -> Vec<Row> {
    let held = row(
        "heap",
        "hold 10,000 Pods, as each client lists them",
        "list-typed",
        PODS,
        vec![measure(HeapPerItem, &[(Kube, AtMost(0.18)), (ClientGo, AtMost(0.7))]), measure(AllocationsPerItem, &[])],
    );
    let stripped = row(
        "heap-stripped",
        "the same, managedFields removed by all",
        "list-stripped",
        PODS,
        vec![measure(HeapPerItem, &[])],
    );
    [held, stripped].into_iter().map(|row| Row { heap: true, ..row }).collect()
}

fn watches(events: usize) -> Vec<Row> {
    vec![
        row(
            "watch-json",
            "watch, decode only, JSON, events",
            "watch",
            events,
            vec![measure(ItemsPerCpuSecond, &[(Kube, AtLeast(2.5)), (ClientGo, AtLeast(8.0))])],
        ),
        row(
            "watch-protobuf",
            "watch, decode only, protobuf, events",
            "watch-protobuf",
            events,
            vec![measure(ItemsPerCpuSecond, &[])],
        )
        .in_protobuf(),
    ]
}

fn requests(count: usize) -> Vec<Row> {
    vec![
        row(
            "get",
            "GET a 1 KiB custom resource, 64 at once",
            "get",
            count,
            vec![measure(CpuPerItem, &[(Kube, AtMost(1.0)), (ClientGo, AtMost(0.25))])],
        ),
        Row {
            over: Over::Tls,
            ..row("get-tls", "the same over TLS", "get", count, vec![measure(CpuPerItem, &[]), measure(Http, &[])])
        },
    ]
}

fn growth(full: bool) -> Vec<Row> {
    let sizes = [
        ("items-1k", "read 1,000 Pods one by one, in pages of 500", 1_000),
        ("items-10k", "read 10,000 Pods one by one", 10_000),
        ("items-100k", "read 100,000 Pods one by one", 100_000),
    ];
    let measures = || vec![measure(CpuPerItem, &[]), measure(Peak, &[])];
    let mut rows: Vec<Row> =
        sizes.into_iter().map(|(id, title, count)| row(id, title, "items", count, measures())).collect();
    if let Some(longest) = rows.last_mut().filter(|_| !full) {
        // The others would take half a minute. That Kubist stays what it is can be seen in seconds.
        longest.works.truncate(1);
    }
    rows
}

fn row(id: &'static str, title: &str, work: &'static str, count: usize, measures: Vec<Measure>) -> Row {
    let works = Competitor::ALL.iter().map(|competitor| (*competitor, work)).collect();
    Row { id, title: title.to_owned(), works, count, heap: false, over: Over::Plain, protobuf: false, measures }
}

impl Row {
    fn in_protobuf(self) -> Self {
        Self { protobuf: true, ..self }
    }
}

fn measure(figure: Figure, must: &[(Competitor, Bound)]) -> Measure {
    Measure { figure, must: must.iter().map(|(against, bound)| Must { against: *against, bound: *bound }).collect() }
}
