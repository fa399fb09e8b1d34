//! Trees of JSON that somebody broke.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Does something to a tree, up to so many times. `words` are keys and texts that mean something there.
pub(crate) fn mutate(root: &mut Value, words: &[&str], most: usize, random: &mut Random) {
    for _ in 0..=random.below(most) {
        let mut all = Vec::new();
        places(root, "", &mut all);
        let place = random.one(&all).clone();
        let other = root.pointer(random.one(&all).as_str()).cloned().unwrap_or_default();
        let Some(found) = root.pointer_mut(&place) else { continue };
        match (random.below(6), found) {
            (0, found) => *found = value(words, random),
            (1, found) => *found = other,
            (2, Value::Object(fields)) => {
                let keys: Vec<String> = fields.keys().cloned().collect();
                if let Some(value) = keys.get(random.below(keys.len().max(1))).and_then(|key| fields.remove(key))
                    && random.once_in(2)
                {
                    fields.insert(word(words, random), value);
                }
            }
            (3, Value::Object(fields)) => {
                fields.insert(word(words, random), value(words, random));
            }
            (4, Value::Object(fields)) => {
                fields.insert(word(words, random), other);
            }
            (3, Value::Array(items)) if !items.is_empty() => drop(items.remove(random.below(items.len()))),
            (_, Value::Array(items)) => items.push(if random.once_in(2) { other } else { value(words, random) }),
            (_, Value::String(text)) => text.push_str(&word(words, random)),
            (5, found) => *found = Value::Object(Map::new()),
            (_, found) => *found = value(words, random),
        }
    }
}

/// Returns any small value.
pub(crate) fn value(words: &[&str], random: &mut Random) -> Value {
    let text = word(words, random);
    match random.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(-1),
        4 => json!(1.5),
        5 => json!(u64::MAX),
        6 => json!(0),
        7 => json!([]),
        8 => json!({}),
        9 => json!([text, text]),
        10 => json!({ text: { "type": "string" } }),
        11 => json!(1e300),
        _ => json!(text),
    }
}

/// What stands in a text at its worst.
const WORDS: &[&str] = &[
    "", "_", "-", ".", "é", "🦀", "\u{0}", "\n", "\r", "\t", "r#\"", "\"#", "```", "    x", "*/", "//", "\\", "1", "{",
    "}", "{}", "[0]", "\u{202e}", "\u{feff}", "a.b/c", "AAAa", "aAAs", "ß", "ﬁ", "self", "Self", "type", "Option",
    "Vec", "String", "$", "#", "'", "\"", "%",
];

fn word(words: &[&str], random: &mut Random) -> String {
    match random.below(40) {
        0..30 => random.one(words).to_string(),
        30 => random.one(words).repeat(1 + random.below(300)),
        _ => random.one(WORDS).to_string(),
    }
}

/// All places of a tree, as JSON pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
            fields.iter().for_each(|(key, value)| places(value, &format!("{at}/{}", escaped(key)), out));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), out));
        }
        _ => {}
    }
}
