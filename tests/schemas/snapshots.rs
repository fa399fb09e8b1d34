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
    let found = short(case.schema());
    if found == expected {
        return Ok(());
    }
    Err(format!("the schema changed\nexpected {expected:#}\nfound    {found:#}").into())
}

/// The schema of a pod is half a megabyte: of such a one the deeper parts stand as their hashes.
fn short(mut schema: Value) -> Value {
    const LARGE: usize = 16 * 1024;
    const DEPTH: usize = 4;
    fn cut(value: &mut Value, depth: usize) {
        match value {
            Value::Object(fields) if depth > 0 => fields.values_mut().for_each(|value| cut(value, depth - 1)),
            Value::Object(fields) if fields.contains_key("properties") => {
                *value = format!("hash {:016x}", fnv(&value.to_string())).into();
            }
            Value::Object(fields) => fields.values_mut().for_each(|value| cut(value, 0)),
            _ => {}
        }
    }
    if schema.to_string().len() > LARGE {
        cut(&mut schema, DEPTH);
    }
    schema
}

/// A hash that is the same in every release of Rust.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
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
        topics.entry(case.topic).or_default().insert(case.name.to_owned(), short(case.schema()));
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
