//! Puts a value into every field, for tests.

use serde_json::{Value, json};

use super::{Bytes, ChoiceField, ListField, MapField, Merged, Message, OptionField, Shape, Source, Table, TextField};
use crate::int_or_string::IntOrString;
use crate::meta::FieldsV1;
use crate::str::Str;
use crate::wire::DecodeError;

/// How often a struct may stand inside itself: schemas do without end.
const MAX_NESTING: usize = 2;

/// Puts a value into every field of an empty struct: the same ones every time, and mostly different ones in different fields.
///
/// Lists and maps get one item. A struct that can contain itself is filled twice, the inner one with its scalars only. The values are sound
/// each by itself; together they need not make an object that a server accepts.
///
/// # Panics
///
/// If a type does not take its own example.
pub fn fill(message: &mut dyn Message) {
    let mut filler = Filler { count: 0, name: "", key: String::new(), inside: Vec::new() };
    filler.fields(message).expect("values are taken");
}

struct Filler {
    count: u16,
    /// The field that is filled.
    name: &'static str,
    key: String,
    inside: Vec<&'static Table>,
}

impl Filler {
    fn fields(&mut self, message: &mut dyn Message) -> Merged {
        let table = message.table();
        let outer = self.name;
        self.inside.push(table);
        for (index, field) in table.fields.iter().enumerate() {
            self.name = field.name;
            message.read(index, self)?;
        }
        self.inside.pop();
        self.name = outer;
        Ok(())
    }

    /// A struct inside itself has its scalars only.
    fn is_nested(&self) -> bool {
        let Some(table) = self.inside.last() else { return false };
        self.inside.iter().filter(|outer| std::ptr::eq(**outer, *table)).count() >= MAX_NESTING
    }

    fn next(&mut self) -> u16 {
        self.count = self.count.saturating_add(1);
        self.count
    }

    /// Fills a value that is no scalar.
    fn unless_nested(&mut self, fill: impl FnOnce(&mut Self, u16) -> Merged) -> Merged {
        if self.is_nested() {
            return Ok(());
        }
        let count = self.next();
        fill(self, count)
    }
}

impl Source for Filler {
    fn str(&mut self, place: &mut Str) -> Merged {
        let count = self.next();
        *place = format!("{}-{count}", self.name).into();
        Ok(())
    }

    fn bool(&mut self, place: &mut bool) -> Merged {
        self.next();
        *place = true;
        Ok(())
    }

    fn int32(&mut self, place: &mut i32) -> Merged {
        *place = self.next().into();
        Ok(())
    }

    fn int64(&mut self, place: &mut i64) -> Merged {
        *place = i64::from(self.next()) << 33;
        Ok(())
    }

    fn float(&mut self, place: &mut f64) -> Merged {
        *place = f64::from(self.next()) + 0.5;
        Ok(())
    }

    fn text(&mut self, field: &mut dyn TextField) -> Merged {
        self.unless_nested(|_, count| {
            let examples = field.examples();
            field.set_text(examples[usize::from(count) % examples.len()]).map_err(DecodeError::new)
        })
    }

    fn int_or_string(&mut self, place: &mut IntOrString) -> Merged {
        self.unless_nested(|_, count| {
            *place = if count % 2 == 0 { IntOrString::Int(count.into()) } else { "25%".into() };
            Ok(())
        })
    }

    fn bytes(&mut self, place: &mut Bytes) -> Merged {
        self.unless_nested(|_, count| {
            *place = Bytes::from(&count.to_be_bytes());
            Ok(())
        })
    }

    fn json(&mut self, place: &mut Value) -> Merged {
        self.unless_nested(|filler, count| {
            *place = json!({ filler.name: [count, null, {}] });
            Ok(())
        })
    }

    fn fields_v1(&mut self, place: &mut FieldsV1) -> Merged {
        self.unless_nested(|filler, count| {
            *place = serde_json::from_str(&format!("{{\"f:{}\":{{\"f:{count}\":{{}}}}}}", filler.name))?;
            Ok(())
        })
    }

    fn message(&mut self, message: &mut dyn Message) -> Merged {
        self.unless_nested(|filler, _| filler.fields(message))
    }

    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        self.unless_nested(|filler, _| list.read_item(filler))
    }

    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        self.unless_nested(|filler, count| {
            filler.key = format!("key-{count}");
            map.read_entry(filler)
        })
    }

    fn key(&mut self) -> Result<&str, DecodeError> {
        Ok(&self.key)
    }

    fn option(&mut self, option: &mut dyn OptionField) -> Merged {
        self.unless_nested(|filler, _| option.read_some(filler))
    }

    fn choice(&mut self, choice: &mut dyn ChoiceField) -> Merged {
        self.unless_nested(|filler, _| if choice.choose(Shape::Object) { choice.read_chosen(filler) } else { Ok(()) })
    }
}
