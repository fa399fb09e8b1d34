//! One module a group-version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::field::{RustField, fields, path_from};
use super::names::type_name;
use super::{Packages, enumeration, header};
use crate::facts::{Enumeration, Resource, Structure, Table};

/// Structs of `meta/v1` that `kubist-model` has.
const IN_MODEL: [&str; 6] =
    ["Condition", "LabelSelector", "LabelSelectorRequirement", "ManagedFieldsEntry", "ObjectMeta", "OwnerReference"];
/// Fields that hold a schema or something else, written by hand.
const BY_HAND: [&str; 3] = ["JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool", "JSONSchemaPropsOrStringArray"];

/// The structs and enumerations of one Go package.
pub(crate) struct Package {
    /// `apps/v1`
    pub(super) path: String,
    structs: Vec<Structure>,
    enums: Vec<String>,
    /// Other packages whose types it uses.
    pub(super) uses: BTreeSet<String>,
}

impl Package {
    /// The name of the feature: `apps-v1`.
    pub(super) fn feature(&self) -> String {
        feature(&self.path)
    }

    /// Whether it is compiled always, because it belongs to no group.
    pub(super) fn is_meta(&self) -> bool {
        self.path == "meta/v1"
    }

    /// Whether any of its structs is a document.
    pub(super) fn has_kinds(&self) -> bool {
        self.structs.iter().any(|found| found.kind)
    }

    /// Writes the module.
    pub(super) fn print(&self, table: &Table) -> String {
        let known = Known::new(table, &self.path);
        let mut body = String::new();
        for found in &self.structs {
            print_struct(&mut body, found, &known, table);
        }
        for found in table.enums.iter().filter(|found| found.package == self.path && self.enums.contains(&found.name)) {
            body.push_str(&enumeration::print(found));
        }
        let uses = imports(&body);
        format!("{}{uses}\n{body}", header(table, &format!("`{}`.", self.path)))
    }
}

/// What types stand for, seen from one package.
pub(super) struct Known<'a> {
    pub(super) structs: BTreeMap<String, &'a Structure>,
    enums: BTreeMap<String, &'a Enumeration>,
    package: &'a str,
}

impl<'a> Known<'a> {
    fn new(table: &'a Table, package: &'a str) -> Self {
        let enums = table.enums.iter().filter(|found| enumeration::is_enumeration(found));
        let enums = enums.map(|found| (format!("{}.{}", found.package, found.name), found)).collect();
        Self { structs: table.structs_by_name(), enums, package }
    }

    /// The path of a struct or an enumeration; `None` for other strings.
    pub(super) fn path(&self, text: &str) -> Option<String> {
        let (package, name) = text.rsplit_once('.')?;
        if package == "meta/v1" && IN_MODEL.contains(&name) {
            return Some(name.to_owned());
        }
        let known = self.structs.contains_key(text) || self.enums.contains_key(text) || BY_HAND.contains(&name);
        known.then(|| path_from(self.package, text))
    }
}

/// The feature of a package: `apps-v1`.
pub(super) fn feature(path: &str) -> String {
    path.replace('/', "-")
}

/// Sorts what the table holds into packages.
pub(super) fn all(table: &Table) -> Packages {
    let mut packages = Packages::new();
    let known = Known::new(table, "");
    // What is only ever embedded is flat in Rust and needs no struct of its own.
    let mut needed = BTreeSet::new();
    let mut enums = BTreeSet::new();
    for found in table.structs.iter().filter(|found| found.kind) {
        need(&format!("{}.{}", found.package, found.name), &known, &mut needed, &mut enums);
    }
    for name in &needed {
        let found = known.structs[name.as_str()];
        if found.package == "meta/v1" && IN_MODEL.contains(&found.name.as_str()) {
            continue;
        }
        let package = packages.entry(found.package.clone()).or_insert_with(|| Package {
            path: found.package.clone(),
            structs: Vec::new(),
            enums: Vec::new(),
            uses: BTreeSet::new(),
        });
        package.structs.push((*found).clone());
        for target in targets(found, &known) {
            let home = target.rsplit_once('.').map_or("", |(home, _)| home);
            if home != found.package && home != "meta/v1" {
                package.uses.insert(home.to_owned());
            }
        }
    }
    for name in &enums {
        let (home, name) = name.rsplit_once('.').expect("a named type has a package");
        let package = packages.entry(home.to_owned()).or_insert_with(|| Package {
            path: home.to_owned(),
            structs: Vec::new(),
            enums: Vec::new(),
            uses: BTreeSet::new(),
        });
        package.enums.push(name.to_owned());
    }
    packages
}

/// Walks to all structs and enumerations that a struct is made of.
fn need(name: &str, known: &Known<'_>, structs: &mut BTreeSet<String>, enums: &mut BTreeSet<String>) {
    if known.enums.contains_key(name) {
        enums.insert(name.to_owned());
    }
    let Some(found) = known.structs.get(name) else { return };
    if structs.insert(name.to_owned()) {
        for target in targets(found, known) {
            need(&target, known, structs, enums);
        }
    }
}

/// The named types of a struct's fields; those of embedded structs are its own.
fn targets(found: &Structure, known: &Known<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for field in &found.fields {
        let mut name = field.r#type.as_str();
        loop {
            name = match name.as_bytes().first() {
                Some(b'*') => &name[1..],
                Some(b'{') => &name[2..],
                Some(b'[') => &name[name.find(']').map_or(0, |end| end + 1)..],
                _ => break,
            };
        }
        match known.structs.get(name) {
            Some(embedded) if field.inline => all.extend(targets(embedded, known)),
            Some(_) => all.push(name.to_owned()),
            None if known.enums.contains_key(name) => all.push(name.to_owned()),
            None => {}
        }
    }
    all
}

fn print_struct(out: &mut String, found: &Structure, known: &Known<'_>, table: &Table) {
    let name = type_name(&found.name);
    let api_version = api_version(table, &found.package);
    let resource = table
        .resources
        .iter()
        .find(|resource| found.kind && resource.kind == found.name && package_of(resource) == found.package);
    let fields = fields(found, known);

    match resource {
        Some(resource) => {
            let scope =
                if resource.namespaced { "objects live in namespaces" } else { "objects belong to the cluster" };
            let _ = writeln!(out, "/// The kind `{}` of `{api_version}`; its {scope}.", found.name);
            let short: Vec<String> = resource.short_names.iter().map(|name| format!("`{name}`")).collect();
            let short = if short.is_empty() { String::new() } else { format!(", in short {}", short.join(" or ")) };
            let _ = writeln!(out, "///\n/// Its resource is `{}`{short}.", resource.plural);
        }
        None if found.kind => {
            let _ = writeln!(out, "/// The kind `{}` of `{api_version}`, sent to subresources only.", found.name);
        }
        None => {
            let _ = writeln!(out, "/// `{}` of `{}`.", found.name, found.package);
        }
    }
    if name != found.name {
        let _ = writeln!(out, "#[doc(alias = \"{}\")]", found.name);
    }
    out.push_str("#[derive(Clone, Default, PartialEq)]\n");
    if fields.iter().filter(|field| field.r#type == "bool").count() > 3 {
        out.push_str("#[expect(clippy::struct_excessive_bools, reason = \"the API has these fields\")]\n");
    }
    let _ = writeln!(out, "pub struct {name} {{");
    for field in &fields {
        out.push_str(&field.print());
    }
    out.push_str("}\n\n");

    let kind = if found.kind { format!(", kind = ({api_version:?}, {:?})", found.name) } else { String::new() };
    let atomic = if found.map_type == "atomic" { " as atomic" } else { "" };
    let _ = writeln!(out, "message! {{ {name}{kind}{atomic};");
    for (index, RustField { name, json, always, proto, facts, .. }) in fields.iter().enumerate() {
        let make = if *always { "always" } else { "new" };
        let proto: Vec<String> = proto.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "    {index} => {name}: {make}({json:?}, {}){facts},", proto.join(", "));
    }
    out.push_str("}\n\n");
    if found.kind {
        print_kind(out, found, resource, &name, &fields);
    }
}

/// Writes what makes a struct a kind: its metadata, its description, what can be done with it.
fn print_kind(out: &mut String, found: &Structure, resource: Option<&Resource>, name: &str, fields: &[RustField]) {
    let Some(resource) = resource else {
        let _ = writeln!(out, "document! {{ {name} }}\n");
        return;
    };
    let quoted =
        |list: &mut dyn Iterator<Item = &String>| list.map(|item| format!("{item:?}")).collect::<Vec<_>>().join(", ");
    let scope = if resource.namespaced { "Namespaced" } else { "ClusterScoped" };
    let _ = writeln!(
        out,
        "resource! {{ {name}, {scope};\n    group: {:?}, version: {:?}, kind: {:?},\n    plural: {:?}, singular: {:?},\n    short_names: [{}], categories: [{}],\n    subresources: [{}],",
        resource.group,
        resource.version,
        found.name,
        resource.plural,
        resource.singular,
        quoted(&mut resource.short_names.iter()),
        quoted(&mut resource.categories.iter()),
        quoted(&mut resource.subresources.iter().map(|sub| &sub.name)),
    );
    let has = |name: &str| resource.subresources.iter().any(|sub| sub.name == name);
    if let Some(status) = fields.iter().find(|field| field.json == "status" && has("status")) {
        match status.r#type.strip_prefix("Option<Box<").and_then(|inner| inner.strip_suffix(">>")) {
            Some(inner) => drop(writeln!(out, "    status: Option<{inner}>,")),
            None => drop(writeln!(out, "    status: {},", status.r#type)),
        }
    }
    if has("scale") {
        out.push_str("    scale: yes,\n");
    }
    out.push_str("}\n\n");
}

/// The Go package of a resource's types: the first label of the group is its folder.
pub(super) fn package_of(resource: &Resource) -> String {
    let group = if resource.group.is_empty() { "core" } else { resource.group.split('.').next().unwrap_or_default() };
    format!("{group}/{}", resource.version)
}

/// The `apiVersion` of a package's kinds.
fn api_version(table: &Table, package: &str) -> String {
    let group =
        table.resources.iter().find(|resource| package_of(resource) == package).map(|resource| resource.group.clone());
    let (folder, version) = package.split_once('/').unwrap_or_default();
    match group.as_deref() {
        Some("") => version.to_owned(),
        Some(group) => format!("{group}/{version}"),
        None => format!("{folder}/{version}"),
    }
}

/// Imports what a module names.
fn imports(body: &str) -> String {
    let names = |word: &str| {
        body.match_indices(word).any(|(at, _)| {
            let before = body[..at].chars().next_back().unwrap_or(' ');
            let after = body[at + word.len()..].chars().next().unwrap_or(' ');
            // Types stand behind `: ` or `<`; documentation and strings do not count.
            matches!(before, ' ' | '<') && matches!(after, ',' | '>') && !body[..at].ends_with("/// ")
        })
    };
    let mut out = String::new();
    let model: Vec<&str> = ["FieldsV1", "IntOrString", "Map", "MicroTime", "Quantity", "Str", "Time"]
        .into_iter()
        .chain(IN_MODEL)
        .filter(|word| names(word) || body.contains(&format!(" {word}<")) || body.contains(&format!("<{word}<")))
        .collect();
    let mut model: Vec<String> = model.into_iter().map(str::to_owned).collect();
    if names("Bytes") {
        model.push("reflect::Bytes".into());
    }
    for (word, import) in [("message! {", "message"), ("open_enum! {", "open_enum")] {
        if body.contains(word) {
            model.push(import.into());
        }
    }
    model.sort_by_key(|name| (name.chars().next().is_some_and(char::is_uppercase), name.clone()));
    if !model.is_empty() {
        let _ = writeln!(out, "use kubist_model::{{{}}};", model.join(", "));
    }
    if names("Value") {
        out.push_str("use serde_json::Value;\n");
    }
    let by_hand: Vec<String> = BY_HAND.iter().map(|name| type_name(name)).filter(|name| names(name)).collect();
    if !by_hand.is_empty() {
        let _ = writeln!(out, "\nuse crate::apiextensions::schema::{{{}}};", by_hand.join(", "));
    }
    out
}

/// Writes `types/src/<group>/mod.rs` for each group.
pub(super) fn groups(packages: &Packages) -> BTreeMap<String, String> {
    let mut groups = BTreeMap::<String, String>::new();
    for package in packages.values() {
        let (group, version) = package.path.split_once('/').expect("a package has a group and a version");
        let text =
            groups.entry(group.to_owned()).or_insert_with(|| format!("//! The versions of the group `{group}`.\n\n"));
        if !package.is_meta() {
            let _ = writeln!(text, "#[cfg(feature = {:?})]", package.feature());
        }
        let _ = writeln!(text, "pub mod {version};");
    }
    // Written by hand, because its values have several shapes.
    if let Some(text) = groups.get_mut("apiextensions") {
        text.push_str("#[cfg(feature = \"apiextensions-v1\")]\npub mod schema;\n");
    }
    groups
}

/// Writes the modules of the crate.
pub(super) fn modules(packages: &Packages) -> String {
    let mut out = String::new();
    let mut groups = BTreeMap::<&str, Vec<&Package>>::new();
    for package in packages.values() {
        groups.entry(package.path.split('/').next().unwrap_or_default()).or_default().push(package);
    }
    for (group, packages) in groups {
        if !packages.iter().any(|package| package.is_meta()) {
            let features: Vec<String> =
                packages.iter().map(|package| format!("feature = {:?}", package.feature())).collect();
            let condition =
                if features.len() == 1 { features.join("") } else { format!("any({})", features.join(", ")) };
            let _ = writeln!(out, "#[cfg({condition})]");
        }
        let _ = writeln!(out, "pub mod {group};");
    }
    out
}
