//! What is measured, and what must be.

use std::cmp::Ordering;

use crate::program::Sample;

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Competitor {
    Kubist,
    Kube,
    ClientGo,
}

impl Competitor {
    pub(crate) const ALL: [Self; 3] = [Self::Kubist, Self::Kube, Self::ClientGo];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kubist => "Kubist",
            Self::Kube => "kube-rs",
            Self::ClientGo => "client-go",
        }
    }
}

/// A figure of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    Wall,
    User,
    Cpu,
    Peak,
    HeapPerItem,
    AllocationsPerItem,
    CpuPerItem,
    ItemsPerCpuSecond,
}

impl Figure {
    pub(crate) const ALL: [Self; 8] = [
        Self::Wall,
        Self::User,
        Self::Cpu,
        Self::Peak,
        Self::HeapPerItem,
        Self::AllocationsPerItem,
        Self::CpuPerItem,
        Self::ItemsPerCpuSecond,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::User => "user CPU",
            Self::Cpu => "CPU",
            Self::Peak => "peak memory",
            Self::HeapPerItem => "heap per object",
            Self::AllocationsPerItem => "allocations per object",
            Self::CpuPerItem => "CPU per object",
            Self::ItemsPerCpuSecond => "per second of CPU",
        }
    }

    /// Reads the figure from a run; `None` if the run does not have it.
    pub(crate) fn of(self, sample: &Sample) -> Option<f64> {
        let get = |name: &str| sample.get(name).copied();
        let cpu = || Some(get("user_us")? + get("system_us")?);
        match self {
            Self::Wall => Some(get("wall_us")? / 1e3),
            Self::User => Some(get("user_us")? / 1e3),
            Self::Cpu => Some(cpu()? / 1e3),
            Self::Peak => Some(get("peak_kb")? / 1024.0),
            Self::HeapPerItem => Some(get("heap_bytes")? / get("items")?),
            Self::AllocationsPerItem => Some(get("allocations")? / get("items")?),
            Self::CpuPerItem => Some(cpu()? / get("items")?),
            Self::ItemsPerCpuSecond => Some(get("items")? / cpu()? * 1e6),
        }
    }

    /// Writes a value with its unit.
    pub(crate) fn show(self, value: f64) -> String {
        let digits = |value: f64| match value {
            value if value < 10.0 => format!("{value:.1}"),
            value => thousands(value),
        };
        match self {
            Self::Wall | Self::User | Self::Cpu => format!("{} ms", digits(value)),
            Self::Peak => format!("{} MB", digits(value)),
            Self::HeapPerItem => format!("{} B", thousands(value)),
            Self::CpuPerItem => format!("{} µs", digits(value)),
            Self::AllocationsPerItem | Self::ItemsPerCpuSecond => thousands(value),
        }
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// What a ratio must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Must {
    pub(crate) against: Competitor,
    pub(crate) bound: Bound,
}

/// A limit from above or from below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Bound {
    pub(crate) fn holds(self, ratio: f64) -> bool {
        // As exact as it is written.
        let rounded = (ratio * 100.0).round() / 100.0;
        match self {
            Self::AtMost(limit) => rounded.total_cmp(&limit) != Ordering::Greater,
            Self::AtLeast(limit) => rounded.total_cmp(&limit) != Ordering::Less,
        }
    }

    pub(crate) fn show(self) -> String {
        match self {
            Self::AtMost(limit) => format!("≤ {limit}"),
            Self::AtLeast(limit) => format!("≥ {limit}"),
        }
    }
}

/// A figure that a row shows, and what it must be.
pub(crate) struct Measure {
    pub(crate) figure: Figure,
    pub(crate) must: Vec<Must>,
}

/// One piece of work.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) title: String,
    /// What each competitor is told to do; the name of the work at its client.
    pub(crate) works: Vec<(Competitor, &'static str)>,
    pub(crate) count: usize,
    /// Whether the programs that count allocations do it.
    pub(crate) heap: bool,
    pub(crate) measures: Vec<Measure>,
}

/// All that is measured in one go.
pub(crate) struct Plan {
    pub(crate) rows: Vec<Row>,
    pub(crate) rounds: usize,
}

impl Plan {
    /// Minutes.
    pub(crate) fn quick() -> Self {
        Self { rows: rows(false), rounds: 3 }
    }

    /// All rows, and more rounds.
    pub(crate) fn full() -> Self {
        Self { rows: rows(true), rounds: 7 }
    }

    /// One row of it.
    pub(crate) fn only(mut self, id: &str) -> Self {
        self.rows.retain(|row| row.id == id);
        self
    }
}

use Bound::{AtLeast, AtMost};
use Competitor::{ClientGo, Kube, Kubist};

fn measure(figure: Figure, must: &[(Competitor, Bound)]) -> Measure {
    Measure { figure, must: must.iter().map(|(against, bound)| Must { against: *against, bound: *bound }).collect() }
}

fn row(id: &'static str, title: &str, work: &'static str, count: usize, measures: Vec<Measure>) -> Row {
    let works = Competitor::ALL.iter().map(|competitor| (*competitor, work)).collect();
    Row { id, title: title.to_owned(), works, count, heap: false, measures }
}

/// The table of issue 4, row by row.
fn rows(full: bool) -> Vec<Row> {
    use Figure::{AllocationsPerItem, Cpu, CpuPerItem, HeapPerItem, ItemsPerCpuSecond, Peak, User, Wall};
    let pods = 10_000;
    let mut rows = vec![
        row(
            "list-json",
            "list 10,000 Pods, typed, JSON",
            "list-typed",
            pods,
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
            pods,
            vec![
                measure(Cpu, &[(ClientGo, AtMost(0.5))]),
                measure(Wall, &[]),
                measure(Peak, &[(ClientGo, AtMost(0.5))]),
            ],
        ),
        Row {
            works: vec![(Kubist, "list-view"), (Kube, "list-typed")],
            ..row(
                "list-view",
                "list 10,000 Pods through a view of three fields (kube-rs: typed)",
                "",
                pods,
                vec![measure(Wall, &[(Kube, AtMost(0.14))]), measure(Peak, &[(Kube, AtMost(0.05))])],
            )
        },
        row(
            "list-dynamic",
            "list 10,000 Pods, dynamic",
            "list-dynamic",
            pods,
            vec![
                measure(Wall, &[(Kube, AtMost(0.25)), (ClientGo, AtMost(0.06))]),
                measure(User, &[]),
                measure(Peak, &[(Kube, AtMost(0.25)), (ClientGo, AtMost(0.2))]),
            ],
        ),
        Row {
            heap: true,
            ..row(
                "heap",
                "hold 10,000 Pods, as each client lists them",
                "list-typed",
                pods,
                vec![
                    measure(HeapPerItem, &[(Kube, AtMost(0.18)), (ClientGo, AtMost(0.7))]),
                    measure(AllocationsPerItem, &[]),
                ],
            )
        },
        Row {
            heap: true,
            ..row(
                "heap-stripped",
                "the same, managedFields removed by all",
                "list-stripped",
                pods,
                vec![measure(HeapPerItem, &[])],
            )
        },
        row(
            "watch-json",
            "watch, decode only, JSON, events",
            "watch",
            if full { 20_000 } else { 5_000 },
            vec![measure(ItemsPerCpuSecond, &[(Kube, AtLeast(2.5)), (ClientGo, AtLeast(8.0))])],
        ),
        row(
            "watch-protobuf",
            "watch, decode only, protobuf, events",
            "watch-protobuf",
            if full { 20_000 } else { 5_000 },
            vec![measure(ItemsPerCpuSecond, &[])],
        ),
        row(
            "get",
            "GET a 1 KiB custom resource, 64 at once",
            "get",
            if full { 51_200 } else { 12_800 },
            vec![measure(CpuPerItem, &[(Kube, AtMost(1.0)), (ClientGo, AtMost(0.25))])],
        ),
        row("encode", "encode 10,000 Pods to JSON", "encode", pods, vec![measure(Cpu, &[(Kube, AtMost(0.5))])]),
        row(
            "items-1k",
            "read 1,000 Pods one by one, in pages of 500",
            "items",
            1_000,
            vec![measure(CpuPerItem, &[]), measure(Peak, &[])],
        ),
        row(
            "items-10k",
            "read 10,000 Pods one by one",
            "items",
            10_000,
            vec![measure(CpuPerItem, &[]), measure(Peak, &[])],
        ),
    ];
    if full {
        rows.push(row(
            "items-100k",
            "read 100,000 Pods one by one",
            "items",
            100_000,
            vec![measure(CpuPerItem, &[]), measure(Peak, &[])],
        ));
    }
    rows
}
