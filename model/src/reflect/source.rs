//! What fields are read from.

use serde_json::Value;

use super::{Bytes, ChoiceField, ListField, MapField, Message, OptionField, TextField};
use crate::int_or_string::IntOrString;
use crate::meta::FieldsV1;
use crate::str::Str;
use crate::wire::DecodeError;

/// What has been read, or why not.
pub type Merged = Result<(), DecodeError>;

/// Something that stands in front of a value, and has it put into its place.
///
/// A struct leads it to a field, by [`Message::read`], and the type of the field calls the function of its own. So what is in a format
/// and what is in a struct meet without a word about each other; writing a value into every field and describing the fields go the same way.
/// What is not said here reads nothing.
#[expect(clippy::missing_errors_doc, reason = "all errors say what stood there")]
pub trait Source {
    /// Reads a string.
    fn str(&mut self, place: &mut Str) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads a truth value.
    fn bool(&mut self, place: &mut bool) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads an integer of 32 bits.
    fn int32(&mut self, place: &mut i32) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads an integer of 64 bits.
    fn int64(&mut self, place: &mut i64) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads a number.
    fn float(&mut self, place: &mut f64) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads a value that is a string in JSON.
    fn text(&mut self, field: &mut dyn TextField) -> Merged {
        let _ = field;
        Ok(())
    }
    /// Reads an integer or a string.
    fn int_or_string(&mut self, place: &mut IntOrString) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads bytes.
    fn bytes(&mut self, place: &mut Bytes) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads JSON of any shape.
    fn json(&mut self, place: &mut Value) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads a set of fields.
    fn fields_v1(&mut self, place: &mut FieldsV1) -> Merged {
        let _ = place;
        Ok(())
    }
    /// Reads a struct.
    fn message(&mut self, message: &mut dyn Message) -> Merged {
        let _ = message;
        Ok(())
    }
    /// Reads a list.
    fn list(&mut self, list: &mut dyn ListField) -> Merged {
        let _ = list;
        Ok(())
    }
    /// Reads a list that is the value of a map, which protobuf has as something else.
    fn list_in_map(&mut self, list: &mut dyn ListField) -> Merged {
        self.list(list)
    }
    /// Reads a map.
    fn map(&mut self, map: &mut dyn MapField) -> Merged {
        let _ = map;
        Ok(())
    }
    /// Returns the key of the entry of a map, and goes to its value.
    fn key(&mut self) -> Result<&str, DecodeError> {
        Ok("")
    }
    /// Reads a value that may be absent.
    fn option(&mut self, option: &mut dyn OptionField) -> Merged {
        let _ = option;
        Ok(())
    }
    /// Reads a value of one of several shapes.
    fn choice(&mut self, choice: &mut dyn ChoiceField) -> Merged {
        let _ = choice;
        Ok(())
    }
}
