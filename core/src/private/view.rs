//! What the expansion of a view calls: its rows in the table of the kind, and the check of its fields.

use std::marker::PhantomData;

use kubist_model::reflect::{Field, Merged, Message, Ref, Source, Table, Type, Typed, is_absent};
use kubist_model::{Format, Resource, ResourceInfo};

use super::text::Text;

/// A kind that views can be of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind that a view can be of",
    label = "name a built-in kind, such as `Pod`",
    note = "views of parts, such as `PodSpec`, derive `ResourcePart`",
    note = "for a kind of your own, derive `Resource` on a second struct with the same group, version and kind, and the fields that you want"
)]
pub trait Viewed {
    /// What it is.
    const TYPE: Type;
    /// Its table.
    const TABLE: &'static Table;
    /// The description of the kind.
    const INFO: ResourceInfo;
    /// The formats that it is read from.
    const FORMATS: &'static [Format];

    /// Returns the description of the kind.
    fn info() -> &'static ResourceInfo;
}

/// A part of a kind that views can be of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no part of a kind that a view can be of",
    label = "name a struct of a built-in kind, such as `PodSpec`"
)]
pub trait PartViewed {
    /// What it is.
    const TYPE: Type;
    /// Its table.
    const TABLE: &'static Table;
}

#[diagnostic::do_not_recommend]
impl<T: Typed> PartViewed for T {
    const TYPE: Type = <T as Typed>::TYPE;
    const TABLE: &'static Table = <T as Typed>::TYPE.table();
}

#[diagnostic::do_not_recommend]
impl<T: Resource + Typed> Viewed for T {
    const TYPE: Type = <T as Typed>::TYPE;
    const TABLE: &'static Table = <T as Typed>::TYPE.table();
    const INFO: ResourceInfo = <T as Resource>::INFO;
    const FORMATS: &'static [Format] = T::FORMATS;

    fn info() -> &'static ResourceInfo {
        <T as Resource>::info()
    }
}

/// Returns the row of a field, by the name that the field has in Rust.
///
/// The row is empty where there is none: [`check_field`] tells that mistake.
pub const fn row(table: &Table, name: &str) -> Field {
    let mut index = 0;
    while index < table.fields.len() {
        if same_name(table.fields[index].name().as_bytes(), name.as_bytes()) {
            return table.fields[index];
        }
        index += 1;
    }
    Field::new("", "\"\":", &[])
}

/// Tells whether a field has these names in JSON and in Rust: letters and digits are the same, whatever their case.
pub const fn same_name(json: &[u8], rust: &[u8]) -> bool {
    // Past `r#`.
    let (mut left, mut right) = (0, if rust.len() > 1 && rust[1] == b'#' { 2 } else { 0 });
    loop {
        while left < json.len() && !json[left].is_ascii_alphanumeric() {
            left += 1;
        }
        while right < rust.len() && !rust[right].is_ascii_alphanumeric() {
            right += 1;
        }
        if left == json.len() || right == rust.len() {
            return left == json.len() && right == rust.len();
        }
        if !json[left].eq_ignore_ascii_case(&rust[right]) {
            return false;
        }
        left += 1;
        right += 1;
    }
}

/// Returns the type of the field that a function borrows.
pub const fn type_of<S, T: Typed>(_: fn(&S) -> &T) -> Type {
    T::TYPE
}

/// Fails to compile where the type of a view's field is not that of the kind's field.
///
/// # Panics
///
/// If it is another type, or if there is no such field: at compile time, since it is called in a constant.
#[track_caller]
pub const fn check_field(found: Option<Type>, table: &Table, name: &str, expected: Type) {
    let mut text = Text::new();
    if row(table, name).name().is_empty() {
        text.push("no field `");
        text.push(name);
        text.push("` stands on the wire");
        text.panic();
    }
    if let Some(found) = found
        && fits(found, expected)
    {
        return;
    }
    text.push("`");
    text.push(name);
    text.push("` of `");
    text.push(table.name);
    text.push("` is ");
    describe(&mut text, expected, false);
    text.push(": write `");
    spell(&mut text, expected);
    text.push("`");
    match element(expected) {
        Type::Message(part) => {
            text.push(", or a part with `#[resource(view_of = ");
            text.push(part.name);
            text.push(")]` in its place");
        }
        Type::Enum(..) => text.push(", or `Str` in its place"),
        _ => {
            text.push(" or `Option<");
            spell(&mut text, expected);
            text.push(">`");
        }
    }
    text.panic()
}

/// Tells whether a view may have a field of this type for one of that.
const fn fits(view: Type, kind: Type) -> bool {
    match (view, kind) {
        (Type::Enum(module, name), Type::Enum(of_module, of_name)) => same(module, of_module) && same(name, of_name),
        (Type::Choice(name), Type::Choice(of_name)) => same(name, of_name),
        (Type::Message(table), Type::Message(of)) => same(table.module, of.module) && same(table.name, of.name),
        (Type::List(item), Type::List(of)) => fits(*item, *of),
        (Type::Map(value), Type::Map(of)) => fits(*value, *of),
        (Type::Unknown, _)
        | (Type::Str, Type::Str | Type::Enum(..))
        | (Type::Bool, Type::Bool)
        | (Type::Int32, Type::Int32)
        | (Type::Int64, Type::Int64)
        | (Type::Float, Type::Float)
        | (Type::Time, Type::Time)
        | (Type::MicroTime, Type::MicroTime)
        | (Type::Quantity, Type::Quantity)
        | (Type::IntOrString, Type::IntOrString)
        | (Type::Bytes, Type::Bytes)
        | (Type::Json, Type::Json)
        | (Type::Fields, Type::Fields) => true,
        _ => false,
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while index < a.len() && index < b.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    a.len() == b.len()
}

/// Returns what lists and maps hold in the end.
const fn element(ty: Type) -> Type {
    match ty {
        Type::List(item) => element(*item),
        Type::Map(value) => element(*value),
        other => other,
    }
}

/// Says what a type is, as one or as many.
const fn describe(text: &mut Text, ty: Type, many: bool) {
    let (one, several) = match ty {
        Type::Str => ("a string", "strings"),
        Type::Bool => ("true or false", "truth values"),
        Type::Int32 => ("an integer of 32 bits", "integers of 32 bits"),
        Type::Int64 => ("an integer of 64 bits", "integers of 64 bits"),
        Type::Float => ("a number", "numbers"),
        Type::Time => ("a time", "times"),
        Type::MicroTime => ("a time in microseconds", "times in microseconds"),
        Type::Quantity => ("a quantity", "quantities"),
        Type::IntOrString => ("an integer or a string", "integers or strings"),
        Type::Bytes => ("bytes", "bytes"),
        Type::Json => ("any JSON", "values of any JSON"),
        Type::Fields => ("a set of fields", "sets of fields"),
        Type::Enum(..) => ("a string with known values", "strings with known values"),
        Type::Message(_) => ("a struct", "structs"),
        Type::List(item) => {
            text.push(if many { "lists of " } else { "a list of " });
            return describe(text, *item, true);
        }
        Type::Map(value) => {
            text.push(if many { "maps of " } else { "a map of " });
            return describe(text, *value, true);
        }
        _ => ("a value of one of several shapes", "values of one of several shapes"),
    };
    text.push(if many { several } else { one });
}

/// Writes a type as it is written in Rust.
const fn spell(text: &mut Text, ty: Type) {
    match ty {
        Type::Str => text.push("Str"),
        Type::Bool => text.push("bool"),
        Type::Int32 => text.push("i32"),
        Type::Int64 => text.push("i64"),
        Type::Float => text.push("f64"),
        Type::Time => text.push("Time"),
        Type::MicroTime => text.push("MicroTime"),
        Type::Quantity => text.push("Quantity"),
        Type::IntOrString => text.push("IntOrString"),
        Type::Bytes => text.push("Bytes"),
        Type::Json => text.push("serde_json::Value"),
        Type::Fields => text.push("FieldsV1"),
        Type::Enum(_, name) | Type::Choice(name) => text.push(name),
        Type::Message(table) => text.push(table.name),
        Type::List(item) => {
            text.push("Vec<");
            spell(text, *item);
            text.push(">");
        }
        Type::Map(value) => {
            text.push("Map<");
            spell(text, *value);
            text.push(">");
        }
        _ => text.push("_"),
    }
}

/// Tells whether a field is written even if it is empty; false if there is none of this number.
pub fn is_always_written(fields: &[Field], index: usize) -> bool {
    fields.get(index).is_some_and(Field::is_always_written)
}

/// Tells whether a view says nothing: it is part of an object, and all its fields are absent.
pub fn is_empty(view: &dyn Message) -> bool {
    view.table().kind.is_none() && is_absent(view)
}

/// Reaches a field of any type: these functions are found first where it can stand in a view, and those of [`NoAccess`] elsewhere, so that a wrong
/// type is one mistake with one message.
#[derive(Debug)]
pub struct Access<T>(PhantomData<T>);

impl<T: Typed> Access<T> {
    /// Its type.
    pub const TYPE: Option<Type> = Some(T::TYPE);

    /// Makes an empty field.
    pub fn empty() -> T {
        T::empty()
    }

    /// Returns the field, unless it is left out.
    pub fn show(field: &T, always: bool) -> Ref<'_> {
        field.show(always)
    }

    /// Reads the field.
    ///
    /// # Errors
    ///
    /// What stood there.
    pub fn read(field: &mut T, from: &mut dyn Source) -> Merged {
        field.read(from)
    }
}

/// The functions of [`Access`] for types that cannot stand in a view; [`check_field`] does not compile for them, so that these never run.
pub trait NoAccess<T>: Sized {
    /// None that a kind has.
    const TYPE: Option<Type> = None;

    /// Never returns.
    fn empty() -> T {
        never()
    }

    /// Never returns.
    fn show(_: &T, _: bool) -> Ref<'_> {
        never()
    }

    /// Never returns.
    ///
    /// # Errors
    ///
    /// None.
    fn read(_: &mut T, _: &mut dyn Source) -> Merged {
        never()
    }
}

impl<T> NoAccess<T> for Access<T> {}

fn never() -> ! {
    unreachable!("a view with such a field does not compile")
}
