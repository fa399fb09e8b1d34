//! Paths of columns and of the scale subresource, checked by the compiler against the fields that the parts have.

use std::marker::PhantomData;

use super::text::Text;

/// The fields of a part, by their names in JSON.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct Fields {
    /// Each field, with its own fields and its type in JSON where they are known (an empty type is not), and whether an object may be without it.
    pub fields: &'static [(&'static str, Option<&'static Fields>, &'static str, bool)],
    /// Whether there may be others: something is flattened into it.
    pub open: bool,
}

/// A type whose fields are known.
pub trait HasFields {
    /// The fields.
    const FIELDS: Option<&'static Fields>;
}

impl<T: HasFields> HasFields for Option<T> {
    const FIELDS: Option<&'static Fields> = T::FIELDS;
}

impl<T: HasFields> HasFields for Box<T> {
    const FIELDS: Option<&'static Fields> = T::FIELDS;
}

/// Asks any type for its fields: this constant is found first where there are some, and that of [`Unknown`] elsewhere.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: HasFields> Probe<T> {
    /// The fields.
    pub const FIELDS: Option<&'static Fields> = T::FIELDS;
}

/// What is known of other types.
pub trait Unknown {
    /// Nothing.
    const FIELDS: Option<&'static Fields> = None;
    /// It must be there.
    const IS_OPTION: bool = false;
    /// It has no value of its own, or none that can be written.
    const DEFAULT: fn() -> Option<serde_json::Value> = || None;
}

impl<T> Unknown for Probe<T> {}

/// Fails to compile where a path leads to no field; `fields` are those after its first name.
///
/// # Panics
///
/// If there is no such field: at compile time, since it is called in a constant.
#[track_caller]
pub const fn check_path(path: &str, fields: Option<&Fields>) {
    walk("", path, fields);
}

/// Fails to compile where a path leads to a value of none of these types; `purpose` says what it is for. Paths that lead to no field are [`check_path`]'s.
///
/// # Panics
///
/// If it is of another type: at compile time, since it is called in a constant.
#[track_caller]
pub const fn check_type(path: &str, fields: Option<&Fields>, types: &[&str], purpose: &str) {
    let found = type_at(path, fields);
    let mut index = 0;
    while index < types.len() {
        if same(types[index], found) {
            return;
        }
        index += 1;
    }
    if !found.is_empty() {
        of_another_type(path, found, &[purpose])
    }
}

/// Fails to compile where a column of this type shows nothing of the value that its path leads to. Paths that lead to no field are [`check_path`]'s.
///
/// # Panics
///
/// If it shows nothing: at compile time, since it is called in a constant.
#[track_caller]
pub const fn check_column(path: &str, fields: Option<&Fields>, column: &str) {
    let found = type_at(path, fields);
    let is_number = same(found, "integer") || same(found, "number");
    let shows = found.is_empty()
        || same(column, "string")
        || same(column, found)
        || ((same(column, "integer") || same(column, "number")) && is_number)
        || (same(column, "date") && same(found, "string"));
    if !shows {
        // Lists and objects are shown as JSON.
        let better = if is_number || same(found, "boolean") { found } else { "string" };
        let says = &["a column of the type `", column, "` does not show it: write `", better, "`"];
        of_another_type(path, found, says)
    }
}

/// The type of what a path leads to; empty where it is not known.
const fn type_at(path: &str, fields: Option<&Fields>) -> &'static str {
    let bytes = path.as_bytes();
    let (mut fields, mut found) = (fields, "");
    let mut start = end_of_name(bytes, 1);
    while start < bytes.len() {
        let Some(known) = fields else { return "" };
        if bytes[start] != b'.' {
            return "";
        }
        let end = end_of_name(bytes, start + 1);
        let Some(index) = position(known, bytes, start + 1, end) else { return "" };
        (fields, found) = (known.fields[index].1, known.fields[index].2);
        start = end;
    }
    found
}

#[track_caller]
const fn of_another_type(path: &str, found: &str, says: &[&str]) -> ! {
    let mut text = Text::new();
    text.push("`");
    text.push(path);
    text.push("` is of the type `");
    text.push(found);
    text.push("`, and ");
    let mut index = 0;
    while index < says.len() {
        text.push(says[index]);
        index += 1;
    }
    text.panic()
}

/// Fails to compile where a key does not tell the items of a list apart, as a server asks of it; `fields` are those of an item.
///
/// # Panics
///
/// If it is no field, no scalar, or may be missing: at compile time, since it is called in a constant.
#[track_caller]
pub const fn check_key(key: &str, fields: Option<&Fields>) {
    let Some(known) = fields else { return };
    let bytes = key.as_bytes();
    let Some(index) = position(known, bytes, 0, bytes.len()) else {
        if known.open {
            return;
        }
        fail("the items have ", bytes, 0, bytes.len(), "", known)
    };
    let (_, below, found, may_be_missing) = known.fields[index];
    let is_object = matches!(below, Some(below) if !below.open) || same(found, "object");
    let mut text = Text::new();
    text.push("`");
    text.push(key);
    if is_object || same(found, "array") {
        text.push("` is of the type `");
        text.push(if is_object { "object" } else { found });
        text.push("`, and items are told apart by texts, numbers and truth values");
        text.panic()
    }
    if may_be_missing {
        text.push("` may be missing, and items are told apart by it: make it a required field, or give it a default");
        text.panic()
    }
}

const fn position(known: &Fields, bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut index = 0;
    while index < known.fields.len() {
        if equal(bytes, start, end, known.fields[index].0.as_bytes()) {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// Fails to compile where a rule reads a field that is not there; `place` says where in the rule.
///
/// # Panics
///
/// If there is no such field: at compile time, since it is called in a constant.
#[track_caller]
pub const fn check_read(place: &str, path: &str, fields: Option<&Fields>) {
    walk(place, path, fields);
}

#[track_caller]
const fn walk(place: &str, path: &str, fields: Option<&Fields>) {
    let bytes = path.as_bytes();
    let mut fields = fields;
    // Past the dot and the name of the root.
    let mut start = end_of_name(bytes, 1);
    while let Some(known) = fields {
        // What is in brackets belongs to lists and maps, whose fields are not known.
        if start >= bytes.len() || bytes[start] != b'.' || known.open {
            return;
        }
        let end = end_of_name(bytes, start + 1);
        match position(known, bytes, start + 1, end) {
            Some(index) => fields = known.fields[index].1,
            None => fail(place, bytes, start + 1, end, " stands there", known),
        }
        start = end;
    }
}

const fn end_of_name(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() && bytes[end] != b'.' && bytes[end] != b'[' {
        end += 1;
    }
    end
}

const fn same(one: &str, other: &str) -> bool {
    equal(one.as_bytes(), 0, one.len(), other.as_bytes())
}

const fn equal(bytes: &[u8], start: usize, end: usize, name: &[u8]) -> bool {
    if end - start != name.len() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if bytes[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Says which field is meant, or which there are.
#[track_caller]
const fn fail(before: &str, bytes: &[u8], start: usize, end: usize, after: &str, known: &Fields) -> ! {
    let mut text = Text::new();
    text.push(before);
    text.push("no field `");
    text.push_bytes(bytes.split_at(end).0.split_at(start).1);
    text.push("`");
    text.push(after);
    let name = bytes.split_at(end).0.split_at(start).1;
    let mut near = None;
    let mut nearest = 1 + name.len() / 4;
    let mut index = 0;
    while index < known.fields.len() {
        let distance = distance(name, known.fields[index].0.as_bytes());
        if distance <= nearest {
            // Of two that are as near, the first.
            if near.is_none() || distance < nearest {
                near = Some(known.fields[index].0);
            }
            nearest = distance;
        }
        index += 1;
    }
    if let Some(near) = near {
        text.push("; did you mean `");
        text.push(near);
        text.push("`?");
    } else {
        text.push("; it is one of ");
        let mut index = 0;
        while index < known.fields.len() {
            text.push(if index == 0 { "`" } else { ", `" });
            text.push(known.fields[index].0);
            text.push("`");
            index += 1;
        }
    }
    text.panic()
}

/// The number of letters to add, remove or change; for long names any large number.
const fn distance(a: &[u8], b: &[u8]) -> usize {
    const MOST: usize = 64;
    if a.len() >= MOST || b.len() >= MOST {
        return MOST;
    }
    let mut row = [0; MOST];
    let mut at = 0;
    while at <= b.len() {
        row[at] = at;
        at += 1;
    }
    let mut line = 0;
    while line < a.len() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        let mut at = 0;
        while at < b.len() {
            let changed = diagonal + if a[line].eq_ignore_ascii_case(&b[at]) { 0 } else { 1 };
            diagonal = row[at + 1];
            let added = row[at] + 1;
            let removed = diagonal + 1;
            let mut least = changed;
            if added < least {
                least = added;
            }
            if removed < least {
                least = removed;
            }
            row[at + 1] = least;
            at += 1;
        }
        line += 1;
    }
    row[b.len()]
}
