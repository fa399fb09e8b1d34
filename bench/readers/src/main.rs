//! Reads 300 Pods without managedFields from memory, over and over, with each reader in turn, and prints the best round of each.
//!
//! `cargo run --release -p bench-readers`. What is read: a `Pod` through the tables, and a tree.

use std::hint::black_box;
use std::time::Instant;

use kubist_model::reflect::{deserialize, read_json};
use kubist_model::{Format, ManagedFields, Node, Unstructured, Wire as _};
use kubist_types::core::v1::Pod;

const PODS: usize = 300;
const ROUNDS: usize = 60;

type Read = fn(&str);

const READERS: &[(&str, Read)] = &[
    ("Pod, kubist", |text| {
        let mut pod = Pod::default();
        assert_eq!(read_json(&mut pod, text, true, ManagedFields::Keep), Some(text.len()));
        black_box(pod);
    }),
    ("Pod, serde_json", |text| {
        let mut pod = Pod::default();
        deserialize(&mut pod, &mut serde_json::Deserializer::from_str(text)).expect("a Pod");
        black_box(pod);
    }),
    ("Pod, sonic-rs", |text| {
        let mut pod = Pod::default();
        deserialize(&mut pod, &mut sonic_rs::Deserializer::from_str(text)).expect("a Pod");
        black_box(pod);
    }),
    ("Node, kubist", |text| {
        black_box(Unstructured::decode_prefix(text, None, ManagedFields::Keep).expect("a Pod"));
    }),
    ("Node, serde_json", |text| {
        black_box(serde_json::from_str::<Node>(text).expect("a Pod"));
    }),
    ("Node, sonic-rs", |text| {
        black_box(sonic_rs::from_str::<Node>(text).expect("a Pod"));
    }),
    ("its own tree, jiter", |text| {
        black_box(jiter::JsonValue::parse(text.as_bytes(), false).expect("a Pod"));
    }),
    ("its own tree, sonic-rs", |text| {
        black_box(sonic_rs::from_str::<sonic_rs::Value>(text).expect("a Pod"));
    }),
];

fn main() {
    let pods: Vec<String> = (0..PODS).map(pod).collect();
    let bytes: usize = pods.iter().map(String::len).sum();
    let mut best = vec![f64::INFINITY; READERS.len()];
    for _ in 0..ROUNDS {
        for (best, (_, read)) in best.iter_mut().zip(READERS) {
            let start = Instant::now();
            for pod in &pods {
                read(pod);
            }
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    println!("{PODS} Pods of {} bytes, best of {ROUNDS} rounds", bytes / PODS);
    for (best, (name, _)) in best.iter().zip(READERS) {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (each, speed) = (best / PODS as f64 * 1e6, bytes as f64 / best / 1e6);
        println!("{name:24} {each:6.1} µs {speed:6.0} MB/s");
    }
}

fn pod(index: usize) -> String {
    let pod = bench_data::with_type("v1", "Pod", &bench_data::pod(index));
    let pod = ManagedFields::Skip.of(pod.as_bytes(), Format::Json).into_owned();
    String::from_utf8(pod).expect("JSON is text")
}
