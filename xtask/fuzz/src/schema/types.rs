//! Types of every shape that serde has, for what schemars says of them.

#![expect(dead_code, reason = "only their schemas are wanted")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(JsonSchema, Serialize)]
struct Plain {
    /// A text.
    text: String,
    count: Option<u32>,
    ratio: f64,
    flags: [bool; 3],
    pair: (i64, i64),
    mixed: (u8, String),
    anything: Value,
    map: BTreeMap<String, Leaf>,
    by_number: BTreeMap<i32, u64>,
    set: std::collections::BTreeSet<String>,
    unit: (),
    letter: char,
}

#[derive(JsonSchema, Serialize)]
struct Leaf {
    #[schemars(range(min = 1, max = 5))]
    size: i32,
    #[schemars(length(max = 5), regex(pattern = "^a"))]
    name: String,
    #[serde(default)]
    more: Vec<Tagged>,
}

#[derive(JsonSchema, Serialize)]
enum Words {
    One,
    /// The second.
    Two,
}

#[derive(JsonSchema, Serialize)]
enum Outside {
    Unit,
    New(Leaf),
    Tuple(u8, u8),
    Fields { words: Words, spec: Option<String> },
}

#[derive(JsonSchema, Serialize)]
#[serde(tag = "type")]
enum Tagged {
    A { a: u8, both: String },
    B { b: bool, both: String },
    C(Words2),
}

#[derive(JsonSchema, Serialize)]
struct Words2 {
    a: u16,
}

#[derive(JsonSchema, Serialize)]
#[serde(tag = "t", content = "c")]
enum Beside {
    A(u8),
    B(String),
    C,
}

#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
enum Untagged {
    One(String),
    Many(Vec<String>),
    Whole(Leaf),
    Number(i64),
}

#[derive(JsonSchema, Serialize)]
struct Flat {
    own: bool,
    #[serde(flatten)]
    leaf: Leaf,
    #[serde(flatten)]
    tagged: Tagged,
    #[serde(flatten)]
    outside: Outside,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(JsonSchema, Serialize)]
struct Cycle {
    children: Vec<Cycle>,
    other: Option<Box<Around>>,
}

#[derive(JsonSchema, Serialize)]
enum Around {
    Back(Box<Cycle>),
    Leaf(Untagged),
}

#[derive(JsonSchema, Serialize)]
struct All {
    plain: Plain,
    outside: Outside,
    beside: Option<Beside>,
    untagged: Vec<Untagged>,
    flat: Flat,
}

/// Returns schemas, each with the definitions that it refers to.
pub(super) fn schemas() -> Vec<(Value, Map<String, Value>)> {
    fn of<T: JsonSchema>() -> (Value, Map<String, Value>) {
        let mut generator = SchemaGenerator::default();
        let schema = T::json_schema(&mut generator);
        (schema.into(), generator.take_definitions(true).into_iter().collect())
    }
    vec![
        of::<Plain>(),
        of::<Leaf>(),
        of::<Words>(),
        of::<Outside>(),
        of::<Tagged>(),
        of::<Beside>(),
        of::<Untagged>(),
        of::<Flat>(),
        of::<Cycle>(),
        of::<All>(),
    ]
}
