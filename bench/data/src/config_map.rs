//! Config maps from 1 KiB to 1 MiB.

use std::fmt::Write as _;

use crate::json::{Json, map};
use crate::managed::managed;
use crate::pod::NAMESPACES;
use crate::random::Random;

/// Of a hundred, so many have so many bytes of data: most are small, and most bytes are in the few that are large.
const SIZES: [(usize, usize); 6] =
    [(50, 1 << 10), (25, 4 << 10), (15, 16 << 10), (7, 64 << 10), (2, 256 << 10), (1, 1 << 20)];

/// Returns one `ConfigMap` as it stands in a list: without `kind` and `apiVersion`.
pub fn config_map(index: usize) -> String {
    let mut random = Random::new(5_000_000 + index);
    let size = size(index);
    let name = format!("config-{index}");
    let (key, map) = match index % 4 {
        0 => ("dashboard.json", map! { "dashboard.json": dashboard(size, &mut random) }),
        1 => ("application.yaml", map! { "application.yaml": settings(size, &mut random) }),
        2 => ("bundle.tar.gz", map! { "bundle.tar.gz": base64(size, &mut random) }),
        _ => (
            "rules",
            map! { "first.yaml": settings(size / 2, &mut random), "second.yaml": settings(size / 2, &mut random) },
        ),
    };
    let field = if key == "bundle.tar.gz" { "binaryData" } else { "data" };
    let written = Json::Map(vec![(field.to_owned(), map)]);
    let labels = map! {
        "app.kubernetes.io/managed-by": "Helm",
        "app.kubernetes.io/name": random.one_of(&["dashboards", "gateway", "rules", "shop"]),
    };
    let Json::Map(mut owned) = written.owned(&[]) else { unreachable!("a map owns a map") };
    owned.push(("f:metadata".to_owned(), map! { "labels": labels.clone() }.owned(&[])));
    let created = "2026-09-14T09:15:27Z";
    let metadata = map! {
        "name": name,
        "namespace": random.one_of(&NAMESPACES),
        "uid": random.uid(),
        "resourceVersion": (4_000_000 + index).to_string(),
        "creationTimestamp": created,
        "labels": labels,
        "managedFields": Json::List(vec![managed("helm", "v1", created, None, Json::Map(owned))]),
    };
    let Json::Map(data) = written else { unreachable!("it was made as one") };
    Json::Map([("metadata".to_owned(), metadata)].into_iter().chain(data).collect()).to_string()
}

/// The sizes take turns in an order that mixes them; 37 and 100 have no common factor, so that a hundred have each.
fn size(index: usize) -> usize {
    let mut place = index * 37 % 100;
    for (count, size) in SIZES {
        if place < count {
            return size;
        }
        place -= count;
    }
    unreachable!("the counts make a hundred")
}

/// Text of exactly this length, of lines that are made until there are enough. What is cut off is ASCII.
fn lines(length: usize, mut line: impl FnMut(usize, &mut String)) -> String {
    let mut text = String::with_capacity(length + 160);
    let mut number = 0;
    while text.len() < length {
        line(number, &mut text);
        number += 1;
    }
    let mut end = length;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text.extend(std::iter::repeat_n('#', length - end));
    text
}

/// YAML: a line feed every forty bytes, and now and then a letter that is no ASCII.
fn settings(length: usize, random: &mut Random) -> String {
    lines(length, |number, text| {
        let _ = match number % 8 {
            0 => writeln!(text, "# section {number}: the café’s till, ≤ {} requests", random.below(900)),
            1 => writeln!(text, "service-{number}:"),
            part => writeln!(
                text,
                "  setting-{part}: \"{}-{}\"",
                random.word(9, b"abcdefghiklmnoprstuwz"),
                random.below(10_000)
            ),
        };
    })
}

/// JSON in a text: every quote has a backslash in the answer, and `>` is `\u003e`.
fn dashboard(length: usize, random: &mut Random) -> String {
    lines(length, |number, text| {
        let _ = writeln!(
            text,
            r#"{{"id": {number}, "title": "Requests of {}", "expr": "rate(http_requests_total{{code=~\"5..\"}}[5m]) > {}", "unit": "ops"}},"#,
            random.word(12, b"abcdefghiklmnoprstuwz"),
            random.below(100)
        );
    })
}

/// Base64 of that many bytes.
fn base64(length: usize, random: &mut Random) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    random.word(length / 3 * 4, ALPHABET)
}
