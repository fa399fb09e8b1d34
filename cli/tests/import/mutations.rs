//! Definitions that somebody broke: import says so, or writes something, and never panics.

use std::panic;
use std::time::{Duration, Instant};

use kubist::json;
use kubist_cli::import::import;
use serde_json::{Map, Value};

/// Small, fast, and the same on every machine: xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).expect("it fits")).expect("it fits")
    }
}

const WORDS: &[&str] = &[
    "",
    "type",
    "object",
    "array",
    "string",
    "properties",
    "items",
    "enum",
    "default",
    "description",
    "spec",
    "status",
    "metadata",
    "self",
    "Self",
    "_",
    "-",
    "é",
    "🦀",
    "\u{0}",
    "\n",
    "r#\"",
    "\"#",
    "```",
    "    x",
    "*/",
    "//",
    "\\",
    "1",
    "x-kubernetes-int-or-string",
    "required",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-list-map-keys",
    "additionalProperties",
    "oneOf",
    "int-or-string",
    "Option",
    "Vec",
    "\u{202e}",
    "\r",
    "a.b/c",
    "AAAa",
    "aAAs",
    "ß",
    "ﬁ",
];

fn value(random: &mut Random) -> Value {
    let word = WORDS[random.below(WORDS.len())];
    match random.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(-1),
        4 => json!(1.5),
        5 => json!(u64::MAX),
        6 => json!([]),
        7 => json!({}),
        8 => json!([word, word]),
        9 => json!({ word: { "type": "string" } }),
        _ => json!(word),
    }
}

/// All places of a value.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    let escaped = |key: &String| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| places(value, &format!("{at}/{}", escaped(key)), out));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), out));
        }
        _ => {}
    }
}

fn mutate(definition: &mut Value, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let mut all = Vec::new();
        places(definition, "", &mut all);
        let place = all[random.below(all.len())].clone();
        let other = definition.pointer(&all[random.below(all.len())]).cloned().unwrap_or_default();
        let Some(found) = definition.pointer_mut(&place) else { continue };
        match (random.below(5), found) {
            (0, found) => *found = value(random),
            (1, found) => *found = other,
            (2, Value::Object(fields)) => {
                let keys: Vec<String> = fields.keys().cloned().collect();
                if let Some(value) = keys.get(random.below(keys.len())).and_then(|key| fields.remove(key)) {
                    fields.insert(WORDS[random.below(WORDS.len())].to_owned(), value);
                }
            }
            (3, Value::Object(fields)) => {
                fields.insert(WORDS[random.below(WORDS.len())].to_owned(), value(random));
            }
            (_, Value::Array(items)) => items.push(value(random)),
            (_, Value::String(text)) => text.push_str(WORDS[random.below(WORDS.len())]),
            (_, found) => *found = Value::Object(Map::new()),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the fuzzer runs for as long as it is told")]
fn run(until: impl Fn(usize, Duration) -> bool, seed: u64) -> usize {
    let definitions = super::definitions();
    let mut random = Random(seed);
    let started = Instant::now();
    let mut count = 0;
    while until(count, started.elapsed()) {
        let mut definition = definitions[random.below(definitions.len())].clone();
        mutate(&mut definition, &mut random);
        let text = definition.to_string();
        assert!(panic::catch_unwind(|| import(&[definition])).is_ok(), "import panics on {text}");
        count += 1;
    }
    count
}

#[test]
fn import_never_panics() {
    run(|count, _| count < 300, 0x9e37_79b9_7f4a_7c15);
}

/// `KUBIST_FUZZ_SECONDS=600 cargo test -p kubist-cli --release --test import -- --ignored fuzz`
#[test]
#[ignore = "takes as long as one wants"]
#[expect(clippy::print_stdout, reason = "a fuzzer says how far it came")]
fn fuzz_import() {
    let seconds = std::env::var_os("KUBIST_FUZZ_SECONDS").and_then(|text| text.to_str()?.parse().ok()).unwrap_or(60);
    let seed = u64::from(std::process::id()).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let count = run(|_, elapsed| elapsed < Duration::from_secs(seconds), seed);
    println!("{count} mutated definitions, seed {seed}");
}
