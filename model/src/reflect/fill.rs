//! Puts a value into every field, for tests.

use super::{Bytes, Message, Shape, Slot, Table};
use crate::int_or_string::IntOrString;

/// How often a struct may stand inside itself: schemas do without end.
const MAX_NESTING: usize = 2;

/// Puts a value into every field of an empty struct: the same ones every time, and mostly different ones in different fields.
///
/// Lists and maps get one item. A struct that can contain itself is filled twice, the inner one with its scalars only. The values are sound
/// each by itself; together they need not make an object that a server accepts.
pub fn fill(message: &mut dyn Message) {
    Filler { count: 0, inside: Vec::new() }.message(message);
}

struct Filler {
    count: usize,
    inside: Vec<&'static Table>,
}

impl Filler {
    fn message(&mut self, message: &mut dyn Message) {
        let table = message.table();
        self.inside.push(table);
        let nested = self.inside.iter().filter(|outer| std::ptr::eq(**outer, table)).count() >= MAX_NESTING;
        for (index, field) in table.fields.iter().enumerate() {
            let slot = message.slot(index);
            if !nested
                || matches!(slot, Slot::Str(_) | Slot::Bool(_) | Slot::Int32(_) | Slot::Int64(_) | Slot::Float(_))
            {
                self.slot(field.name, slot);
            }
        }
        self.inside.pop();
    }

    fn slot(&mut self, name: &str, slot: Slot<'_>) {
        self.count += 1;
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        match slot {
            Slot::Str(place) => *place = format!("{name}-{count}").into(),
            Slot::Bool(place) => *place = true,
            Slot::Int32(place) => *place = count.into(),
            Slot::Int64(place) => *place = i64::from(count) << 33,
            Slot::Float(place) => *place = f64::from(count) + 0.5,
            Slot::Text(field) => {
                let examples = field.examples();
                field.set_text(examples[self.count % examples.len()]).expect("examples are taken");
            }
            Slot::IntOrString(place) if count % 2 == 0 => *place = IntOrString::Int(count.into()),
            Slot::IntOrString(place) => *place = "25%".into(),
            Slot::Bytes(place) => *place = Bytes::from(&count.to_be_bytes()),
            Slot::Json(place) => *place = serde_json::json!({ name: [count, null, {}] }),
            Slot::Fields(place) => {
                let text = format!("{{\"f:{name}\":{{\"f:{count}\":{{}}}}}}");
                *place = serde_json::from_str(&text).expect("it is JSON");
            }
            Slot::Message(message) => self.message(message),
            Slot::List(list) => self.slot(name, list.push()),
            Slot::Map(map) => {
                let key = format!("key-{count}");
                self.slot(name, map.entry(&key));
            }
            Slot::Option(option) => self.slot(name, option.make()),
            Slot::Choice(choice) => {
                let place = choice.choose(Shape::Object).expect("every choice takes an object");
                self.slot(name, place);
            }
        }
    }
}
