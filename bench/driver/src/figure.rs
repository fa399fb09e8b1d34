//! The figures of a run.

use crate::program::Sample;

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
    Crates,
    Build,
    BuildCpu,
    /// The version that client and server agreed on.
    Http,
}

impl Figure {
    pub(crate) const ALL: [Self; 12] = [
        Self::Wall,
        Self::User,
        Self::Cpu,
        Self::Peak,
        Self::HeapPerItem,
        Self::AllocationsPerItem,
        Self::CpuPerItem,
        Self::ItemsPerCpuSecond,
        Self::Crates,
        Self::Build,
        Self::BuildCpu,
        Self::Http,
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
            Self::Crates => "crates",
            Self::Build => "build",
            Self::BuildCpu => "CPU of the build",
            Self::Http => "protocol",
        }
    }

    /// Whether the picture has it; the table has all.
    pub(crate) fn is_drawn(self) -> bool {
        !matches!(self, Self::User | Self::AllocationsPerItem | Self::Http)
    }

    /// Whether a value can be divided by another's.
    pub(crate) fn is_quantity(self) -> bool {
        self != Self::Http
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
            Self::Crates => get("crates"),
            Self::Build => Some(get("wall_us")? / 1e6),
            Self::BuildCpu => Some(cpu()? / 1e6),
            Self::Http => get("http"),
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
            Self::Build | Self::BuildCpu => format!("{value:.1} s"),
            Self::Http if value > 1.0 => "HTTP/2".to_owned(),
            Self::Http => "HTTP/1.1".to_owned(),
            Self::AllocationsPerItem | Self::ItemsPerCpuSecond | Self::Crates => thousands(value),
        }
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}
