//! The text of types, formatted as `rustfmt` does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::docs;
use super::names;
use super::rust::{Arg, Body, Field, Item, Ty, Variant};

/// The longest list of arguments that stands on one line, as in rustfmt's `attr_fn_like_width`.
const LIST: usize = 70;
const WIDTH: usize = 100;

/// A text under way, and the names that it uses.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) text: String,
    /// The paths of types, such as `kubist::Time`.
    pub(super) uses: BTreeSet<String>,
    /// Whether something has no comment.
    pub(super) is_bare: bool,
}

impl Writer {
    /// Writes a comment; nothing where there is none.
    pub(super) fn docs(&mut self, docs: Option<&str>, indent: usize) {
        let Some(docs) = docs else {
            self.is_bare = true;
            return;
        };
        for line in docs::lines(docs, indent) {
            let space = if line.is_empty() { "" } else { " " };
            self.line(indent, &format!("///{space}{line}"));
        }
    }

    pub(super) fn line(&mut self, indent: usize, line: &str) {
        if line.is_empty() {
            self.text.push('\n');
        } else {
            let _ = writeln!(self.text, "{:indent$}{line}", "");
        }
    }

    /// Writes what could not be said, at its place.
    pub(super) fn lost(&mut self, lost: &[String], indent: usize) {
        for lost in lost {
            self.line(indent, &format!("// Not imported: {}", lost.replace(['\n', '\r'], " ")));
        }
    }

    /// Writes an attribute: on one line, or with each argument on a line of its own.
    pub(super) fn attribute(&mut self, name: &str, args: &[Arg], indent: usize) {
        if !args.is_empty() {
            self.list(&format!("#[{name}("), args, ")]", indent);
        }
    }

    fn list(&mut self, start: &str, args: &[Arg], end: &str, indent: usize) {
        let one_line = list(args);
        let fits = one_line.len() <= LIST && indent + start.len() + one_line.len() + end.len() <= WIDTH;
        if fits && !one_line.contains('\n') {
            self.line(indent, &format!("{start}{one_line}{end}"));
            return;
        }
        // A list that holds nothing but a list opens and closes with it.
        if let [Arg::List(key, inner)] = args {
            self.list(&format!("{start}{key}("), inner, &format!("){end}"), indent);
            return;
        }
        self.line(indent, start);
        for (index, arg) in args.iter().enumerate() {
            let comma = if index + 1 == args.len() { "" } else { "," };
            match arg {
                Arg::List(key, inner) => self.list(&format!("{key}("), inner, &format!("){comma}"), indent + 4),
                other => self.line(indent + 4, &format!("{}{comma}", written(other))),
            }
        }
        self.line(indent, end);
    }

    pub(super) fn ty(&mut self, ty: &Ty, items: &[Item]) -> String {
        match ty {
            Ty::Own(index) => items[*index].name.clone(),
            Ty::Known(known) => {
                self.uses.insert(format!("kubist{}::{}", known.module, known.name));
                known.name.to_owned()
            }
            Ty::Plain(name) => {
                match *name {
                    "IntOrString" | "Quantity" | "Time" => drop(self.uses.insert(format!("kubist::{name}"))),
                    "Value" => drop(self.uses.insert("serde_json::Value".to_owned())),
                    "Map<String, Value>" => {
                        self.uses.insert("serde_json::Map".to_owned());
                        self.uses.insert("serde_json::Value".to_owned());
                    }
                    _ => {}
                }
                (*name).to_owned()
            }
            Ty::List(inner) => format!("Vec<{}>", self.ty(inner, items)),
            Ty::Boxed(inner) => format!("Box<{}>", self.ty(inner, items)),
            Ty::Map(inner) => {
                self.uses.insert("std::collections::BTreeMap".to_owned());
                format!("BTreeMap<String, {}>", self.ty(inner, items))
            }
        }
    }

    /// Writes a struct or an enum.
    pub(super) fn item(&mut self, item: &Item, items: &[Item], has_default: bool) {
        self.uses.extend(["kubist::ResourcePart", "serde::Deserialize", "serde::Serialize"].map(str::to_owned));
        self.line(0, "");
        self.docs(item.docs.as_deref(), 0);
        self.lost(&item.lost, 0);
        match &item.body {
            Body::Struct { fields, open } => {
                let default = if has_default { "Default, " } else { "" };
                self.derive(&format!("Clone, Debug, {default}PartialEq, Serialize, Deserialize, ResourcePart"));
                let is_camel = is_camel(fields);
                if is_camel {
                    self.attribute("serde", &[Arg::Value("rename_all", "\"camelCase\"".to_owned())], 0);
                }
                self.attribute("resource", &item.said, 0);
                if fields.is_empty() && !*open {
                    self.line(0, &format!("pub struct {} {{}}", item.name));
                    return;
                }
                self.line(0, &format!("pub struct {} {{", item.name));
                for field in fields {
                    self.field(field, items, is_camel, false);
                }
                if *open {
                    self.open(fields);
                }
                self.line(0, "}");
            }
            Body::Enum(variants) => self.enumeration(item, variants),
        }
    }

    fn derive(&mut self, traits: &str) {
        if traits.len() <= WIDTH - 11 {
            self.line(0, &format!("#[derive({traits})]"));
        } else {
            self.line(0, "#[derive(");
            self.line(4, &format!("{traits},"));
            self.line(0, ")]");
        }
    }

    fn enumeration(&mut self, item: &Item, variants: &[Variant]) {
        self.derive("Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart");
        let pairs: Vec<(String, String)> =
            variants.iter().map(|variant| (variant.ident.clone(), variant.value.clone())).collect();
        let differ = pairs.iter().any(|(name, value)| name != value);
        let rule = if differ { names::rule_of_variants(&pairs) } else { None };
        if let Some(rule) = rule {
            self.attribute("serde", &[Arg::Value("rename_all", format!("\"{rule}\""))], 0);
        }
        self.line(0, &format!("pub enum {} {{", item.name));
        self.is_bare = true;
        for Variant { ident, value } in variants {
            if rule.is_none() && ident != value {
                self.attribute("serde", &[Arg::Value("rename", super::says::text(value))], 4);
            }
            self.line(4, &format!("{ident},"));
        }
        self.line(0, "}");
    }

    /// Writes a field; that of a resource leaves to the derive how an absent one is written.
    pub(super) fn field(&mut self, field: &Field, items: &[Item], is_camel: bool, of_root: bool) {
        self.docs(field.docs.as_deref(), 4);
        self.lost(&field.lost, 4);
        let mut serde = Vec::new();
        let known_as =
            if is_camel { names::camel(&field.ident) } else { field.ident.trim_start_matches("r#").to_owned() };
        if known_as != field.json {
            serde.push(Arg::Value("rename", super::says::text(&field.json)));
        }
        // `null` is a value of its own where the field must be there.
        let is_null_written = field.nullable && field.required;
        if field.optional && !of_root && !is_null_written {
            serde.push(Arg::Value("skip_serializing_if", "\"Option::is_none\"".to_owned()));
        }
        self.attribute("serde", &serde, 4);
        if field.optional && field.required {
            self.attribute("schemars", &[Arg::Flag("required")], 4);
        }
        self.attribute("resource", &field.said, 4);
        let ty = self.ty(&field.ty, items);
        let ty = if field.optional { format!("Option<{ty}>") } else { ty };
        let line = format!("pub {}: {ty},", field.ident);
        if line.len() + 4 > WIDTH && ty.contains('<') {
            self.line(4, &format!("pub {}:", field.ident));
            self.line(8, &format!("{ty},"));
        } else {
            self.line(4, &line);
        }
    }

    /// Writes the field that keeps what has no name.
    fn open(&mut self, fields: &[Field]) {
        self.uses.insert("std::collections::BTreeMap".to_owned());
        self.uses.insert("serde_json::Value".to_owned());
        let name = ["other", "other_fields", "kept", "kept_fields"]
            .into_iter()
            .find(|name| fields.iter().all(|field| field.ident != *name))
            .unwrap_or("unknown_fields");
        self.docs(Some("What has no field of its own."), 4);
        self.attribute("serde", &[Arg::Flag("flatten")], 4);
        self.line(4, &format!("pub {name}: BTreeMap<String, Value>,"));
    }

    /// Returns the imports that the text needs.
    pub(super) fn imports(&self) -> String {
        let (std, others): (Vec<&String>, Vec<&String>) = self.uses.iter().partition(|path| path.starts_with("std::"));
        let mut out = String::new();
        for path in std {
            let _ = writeln!(out, "use {path};");
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let mut modules: Vec<(&str, Vec<&str>)> = Vec::new();
        for path in others {
            let Some((module, name)) = path.rsplit_once("::") else { continue };
            match modules.iter_mut().find(|known| known.0 == module) {
                Some((_, names)) => names.push(name),
                None => modules.push((module, vec![name])),
            }
        }
        modules.sort_by_key(|known| (known.0.split("::").next(), !known.0.contains("::"), known.0));
        for (module, names) in modules {
            import(module, &names, &mut out);
        }
        out
    }
}

fn import(module: &str, names: &[&str], out: &mut String) {
    if let [name] = names {
        let _ = writeln!(out, "use {module}::{name};");
        return;
    }
    let one_line = format!("use {module}::{{{}}};", names.join(", "));
    if one_line.len() <= WIDTH {
        let _ = writeln!(out, "{one_line}");
        return;
    }
    let _ = writeln!(out, "use {module}::{{");
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && 4 + line.len() + 1 + name.len() + 1 > WIDTH {
            let _ = writeln!(out, "    {line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        let _ = write!(line, "{name},");
    }
    let _ = writeln!(out, "    {line}\n}};");
}

/// Tells whether the names of the fields are those of Rust in camel case.
fn is_camel(fields: &[Field]) -> bool {
    let as_it_is = |field: &&Field| field.ident.trim_start_matches("r#") == field.json;
    let in_camel = |field: &&Field| names::camel(&field.ident) == field.json;
    fields.iter().filter(in_camel).count() > fields.iter().filter(as_it_is).count()
}

fn list(args: &[Arg]) -> String {
    args.iter().map(written).collect::<Vec<_>>().join(", ")
}

fn written(arg: &Arg) -> String {
    match arg {
        Arg::Flag(key) => (*key).to_owned(),
        Arg::Value(key, value) => format!("{key} = {value}"),
        Arg::List(key, args) => format!("{key}({})", list(args)),
        Arg::Plain(value) => value.clone(),
    }
}
