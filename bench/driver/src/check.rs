//! What makes a figure doubtful.

use crate::figure::Figure;
use crate::measure::{Samples, Spread};
use crate::plan::{Competitor, Row};
use crate::program::{Sample, can_pin};

/// Says what is doubtful about the runs of a row: each note begins with the row's name.
pub(crate) fn doubts(row: &Row, samples: &Samples) -> Vec<String> {
    let runs = samples.iter().filter_map(|(who, samples)| Some((*who, samples.as_ref().ok()?.as_slice())));
    runs.flat_map(|(who, samples)| [served(row, who, samples), pinned(row, who, samples)]).flatten().collect()
}

/// A client that costs less than its server may have waited for it.
fn served(row: &Row, who: Competitor, samples: &[Sample]) -> Option<String> {
    // What is encoded is listed before the clock starts.
    if row.id == "encode" {
        return None;
    }
    let median =
        |of: fn(&Sample) -> Option<f64>| Some(Spread::of(&samples.iter().filter_map(of).collect::<Vec<_>>())?.median);
    let server = median(|sample| Some(sample.get("server_us")? / 1e3))?;
    let client = median(|sample| Figure::Cpu.of(sample))?;
    let show = |value| Figure::Cpu.show(value);
    (server >= client).then(|| {
        let (id, name, server, client) = (row.id, who.name(), show(server), show(client));
        format!("{id}: the server took {server} of CPU for {name}, which took {client}: wall may be the server's")
    })
}

/// A client that has more than one CPU is not where the others are.
fn pinned(row: &Row, who: Competitor, samples: &[Sample]) -> Option<String> {
    let cpus = samples.iter().filter_map(|sample| sample.get("cpus")).fold(1.0, |most: f64, cpus| most.max(*cpus));
    (can_pin() && cpus > 1.0)
        .then(|| format!("{}: {} had {cpus} CPUs, not the one it is told to take", row.id, who.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    fn doubts_of(figures: [(&str, f64); 3]) -> Vec<String> {
        let row = Plan::quick().only(&["list-json"]).unwrap().rows.remove(0);
        let mut sample: Sample = figures.map(|(name, value)| (name.to_owned(), value)).into();
        sample.insert("system_us".to_owned(), 0.0);
        doubts(&row, &[(Competitor::Kubist, Ok(vec![sample]))].into())
    }

    #[test]
    fn a_server_that_costs_more_than_the_client_is_doubtful() {
        let doubts = doubts_of([("user_us", 5_000.0), ("server_us", 6_000.0), ("cpus", 1.0)]);
        let said = "list-json: the server took 6.0 ms of CPU for Kubist, which took 5.0 ms: wall may be the server's";
        assert_eq!(doubts, [said]);
        assert!(doubts_of([("user_us", 5_000.0), ("server_us", 4_000.0), ("cpus", 1.0)]).is_empty());
    }
}
