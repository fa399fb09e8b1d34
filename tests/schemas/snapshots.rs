//! The schemas as they were reviewed: one JSON file a topic.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::Case;

type Snapshots = BTreeMap<String, Value>;

/// Compares a schema with the file.
pub(crate) fn check(case: &Case) -> Result<(), Failed> {
    let expected = read(case.topic)?.remove(case.name).ok_or("there is no snapshot: run with KUBIST_BLESS=1")?;
    let found = case.schema();
    if found == expected {
        return Ok(());
    }
    Err(format!("the schema changed\nexpected {expected:#}\nfound    {found:#}").into())
}

/// A test that no file holds a snapshot of no case.
pub(crate) fn stale(cases: &[Arc<Case>]) -> Vec<Trial> {
    let topics: BTreeSet<&'static str> = cases.iter().map(|case| case.topic).collect();
    let names: Vec<(&'static str, &'static str)> = cases.iter().map(|case| (case.topic, case.name)).collect();
    let check = move || {
        for topic in topics {
            for name in read(topic)?.keys() {
                if !names.contains(&(topic, name.as_str())) {
                    return Err(format!("{topic}.json has {name}, and there is no such case").into());
                }
            }
        }
        Ok(())
    };
    vec![Trial::test("schema::every snapshot has its case", check)]
}

/// Writes all files anew.
pub(crate) fn write(cases: &[Arc<Case>]) -> ExitCode {
    let mut topics: BTreeMap<&str, Snapshots> = BTreeMap::new();
    for case in cases {
        topics.entry(case.topic).or_default().insert(case.name.to_owned(), case.schema());
    }
    for (topic, snapshots) in topics {
        let text = serde_json::to_string_pretty(&snapshots).expect("schemas are JSON") + "\n";
        std::fs::write(file(topic), text).expect("the folder can be written");
    }
    println!("wrote the snapshots of {} cases; read what changed", cases.len());
    ExitCode::SUCCESS
}

fn read(topic: &str) -> Result<Snapshots, Failed> {
    let file = file(topic);
    let text = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

fn file(topic: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas/snapshots").join(format!("{topic}.json"))
}
