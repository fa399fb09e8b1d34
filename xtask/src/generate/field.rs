//! A field of a generated struct.

use std::fmt::Write as _;

use super::names::{field_name, type_name};
use super::package::Known;
use crate::facts::{Field, Structure};

/// A field as it stands in Rust.
pub(super) struct RustField {
    pub(super) json: String,
    pub(super) name: String,
    pub(super) r#type: String,
    /// Whether it is written even if it is empty.
    pub(super) always: bool,
    /// What the server knows of it, as calls: `.required()`.
    pub(super) facts: String,
    /// Its number in protobuf, behind those of the embedded structs that it stands in.
    pub(super) proto: Vec<u8>,
    doc: Vec<String>,
}

impl RustField {
    pub(super) fn print(&self) -> String {
        let mut out = String::new();
        for line in &self.doc {
            let _ = writeln!(out, "    /// {line}");
        }
        let _ = writeln!(out, "    pub {}: {},", self.name, self.r#type);
        out
    }
}

/// The fields of a struct; embedded structs are flat, as they are in JSON.
pub(super) fn fields(found: &Structure, known: &Known<'_>) -> Vec<RustField> {
    let mut all = Vec::new();
    for field in &found.fields {
        if field.inline {
            let name = field.r#type.trim_start_matches('*');
            for mut inner in fields(known.structs[name], known) {
                inner.proto.insert(0, field.proto);
                all.push(inner);
            }
        } else {
            all.push(rust_field(field, known));
        }
    }
    all
}

fn rust_field(field: &Field, known: &Known<'_>) -> RustField {
    let r#type = match rust_type(&field.r#type, known) {
        time if matches!(time.as_str(), "Time" | "MicroTime") => format!("Option<{time}>"),
        other => other,
    };
    // A list of Go that is nil is `null` there and absent here; everything else without `omitempty` is always written.
    let always = !field.omit_empty && !r#type.starts_with("Option<");
    let mut first = format!("`{}`.", field.json);
    first.push_str(match &*r#type {
        _ if always => " Always written.",
        "bool" => " Absent when false.",
        "i32" | "i64" | "f64" => " Absent when 0.",
        option if option.starts_with("Option<") => " Absent when `None`.",
        _ => " Absent when empty.",
    });
    if field.required {
        first.push_str(" The server requires it.");
    }
    let mut doc = vec![first];
    if let Some(default) = &field.default {
        doc.push(format!("The server's default: `{default}`."));
    }
    match (field.list_type.as_str(), &field.list_map_keys) {
        ("map", keys) => {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            doc.push(format!("Items are told apart by {}.", keys.join(" and ")));
        }
        ("set", _) => doc.push("Each item occurs once.".to_owned()),
        _ => {}
    }
    if doc.len() > 1 {
        doc.insert(1, String::new());
    }
    RustField {
        json: field.json.clone(),
        name: field_name(&field.json),
        r#type,
        always,
        proto: vec![field.proto],
        facts: facts(field),
        doc,
    }
}

/// What the server knows of a field, as calls on the constant that describes it.
fn facts(field: &Field) -> String {
    let mut out = String::new();
    if field.required {
        out.push_str(".required()");
    }
    if let Some(default) = &field.default {
        let _ = write!(out, ".default({:?})", default.to_string());
    }
    match field.list_type.as_str() {
        "atomic" => out.push_str(".atomic()"),
        "set" => out.push_str(".set()"),
        "map" => drop(write!(out, ".keyed(&{:?})", field.list_map_keys)),
        _ => {}
    }
    if field.map_type == "atomic" {
        out.push_str(".atomic_map()");
    }
    out
}

/// Writes a type of the table as a Rust type.
pub(super) fn rust_type(text: &str, known: &Known<'_>) -> String {
    if let Some(pointed) = text.strip_prefix('*') {
        let inner = rust_type(pointed, known);
        return if known.structs.contains_key(pointed) || inner.starts_with("JsonSchemaPropsOr") {
            format!("Option<Box<{inner}>>")
        } else {
            format!("Option<{inner}>")
        };
    }
    if let Some(item) = text.strip_prefix('[') {
        // What stands in the brackets is the name of a list type in Go, which matters to protobuf only.
        let (_, item) = item.split_once(']').expect("a bracket is closed");
        return format!("Vec<{}>", rust_type(item, known));
    }
    if let Some(value) = text.strip_prefix("{}") {
        return format!("Map<{}>", rust_type(value, known));
    }
    match text {
        "bool" => "bool".into(),
        "int32" => "i32".into(),
        "int64" => "i64".into(),
        "float64" => "f64".into(),
        "bytes" => "Bytes".into(),
        "meta/v1.Time" => "Time".into(),
        "meta/v1.MicroTime" => "MicroTime".into(),
        "api/resource.Quantity" => "Quantity".into(),
        "util/intstr.IntOrString" => "IntOrString".into(),
        "meta/v1.FieldsV1" => "FieldsV1".into(),
        "runtime.RawExtension" | "apiextensions/v1.JSON" => "Value".into(),
        _ => known.path(text).unwrap_or_else(|| "Str".into()),
    }
}

/// Writes the path of a struct or an enumeration as it is seen from a package.
pub(super) fn path_from(package: &str, text: &str) -> String {
    let (home, name) = text.rsplit_once('.').expect("a named type has a package");
    if home == package { type_name(name) } else { format!("crate::{}::{}", home.replace('/', "::"), type_name(name)) }
}
