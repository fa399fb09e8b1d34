//! What is measured, and what must be.

use std::cmp::Ordering;

use crate::Result;
use crate::figure::Figure;
use crate::rows::rows;

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

/// How the server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// HTTP/1.1 without TLS.
    Plain,
    /// TLS, and the version of HTTP that the client chooses.
    Tls,
    /// As `Plain`, answers compressed.
    Gzip,
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
    pub(crate) over: Over,
    /// Whether it takes objects in protobuf, which Go makes.
    pub(crate) protobuf: bool,
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

    /// These rows of it; an error names one that is not there.
    pub(crate) fn only(mut self, ids: &[&str]) -> Result<Self> {
        if let Some(id) = ids.iter().find(|id| self.rows.iter().all(|row| row.id != **id)) {
            let all: Vec<&str> = self.rows.iter().map(|row| row.id).collect();
            return Err(format!("there is no row {id}; there are {}", all.join(", ")));
        }
        self.rows.retain(|row| ids.contains(&row.id));
        Ok(self)
    }
}
