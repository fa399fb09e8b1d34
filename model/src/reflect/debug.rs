//! How structs are printed for programmers.

use std::fmt;

use super::{Message, Ref, shown};

/// Prints the fields that are set, by the names that they have on the wire.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug(message: &dyn Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(message.table().name);
    for (field, value) in shown(message) {
        out.field(field.name, &Shown(value));
    }
    out.finish()
}

struct Shown<'a>(Ref<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ref::Null => f.write_str("null"),
            Ref::Str(text) => fmt::Debug::fmt(text, f),
            Ref::Bool(truth) => fmt::Debug::fmt(truth, f),
            Ref::Int(value) => fmt::Debug::fmt(value, f),
            Ref::Float(value) => fmt::Debug::fmt(value, f),
            Ref::Text(value) => fmt::Display::fmt(value, f),
            Ref::IntOrString(value) => fmt::Display::fmt(value, f),
            // Most bytes are secret.
            Ref::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Ref::Json(value) => fmt::Display::fmt(value, f),
            Ref::Fields(fields) => f.write_str(fields.as_json()),
            Ref::Message(message) => debug(*message, f),
            Ref::List(list) => f.debug_list().entries((0..list.len()).map(|index| Shown(list.item(index)))).finish(),
            Ref::Map(map) => {
                let mut out = f.debug_map();
                map.each(&mut |key, value| {
                    out.entry(&key, &Shown(value));
                    true
                });
                out.finish()
            }
            Ref::Choice(choice) => Shown(choice.current().1).fmt(f),
        }
    }
}
