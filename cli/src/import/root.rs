//! One version of a kind: its struct, and the types below.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::rust::{Arg, Body, Field, Hint, Item, Ty, Use};
use super::shape::Shapes;
use super::write::Writer;
use super::{ImportError, Note, fit, names, naming, paths, says};

/// A version as Rust.
pub(super) struct Version {
    pub(super) text: String,
    pub(super) notes: Vec<Note>,
}

/// Writes a version of a definition. The metadata of the definition stands in one of them, which is the `first`.
pub(super) fn version(definition: &Value, version: &Value, first: bool) -> Result<Version, ImportError> {
    let spec = &definition["spec"];
    let name = definition["metadata"]["name"].as_str().unwrap_or_default();
    let missing = |what: &str| ImportError(format!("{name}: {what}"));
    let kind = spec["names"]["kind"].as_str().filter(|kind| !kind.is_empty());
    let kind = kind.ok_or_else(|| missing("spec.names.kind is missing"))?;
    let of_version = version["name"].as_str().filter(|name| !name.is_empty());
    let of_version = of_version.ok_or_else(|| missing("a version has no name"))?;
    let schema = version["schema"]["openAPIV3Schema"].as_object();
    let schema = schema.ok_or_else(|| missing(&format!("version {of_version} has no schema")))?;

    let rust = rust_name(kind);
    let mut shapes = Shapes::default();
    shapes.items.push(Item {
        name: rust.clone(),
        docs: schema
            .get("description")
            .and_then(Value::as_str)
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned),
        lost: Vec::new(),
        said: Vec::new(),
        body: Body::Struct { fields: Vec::new(), open: false },
        hints: vec![Hint { parent: None, name: rust.clone() }],
        described: Use::Bare,
    });
    let fields = fields(&mut shapes, schema, version);
    let has_subresource = version["subresources"]["status"].is_object();
    let status = fields.iter().find(|field| field.json == "status");
    let needed: Vec<usize> = status.filter(|_| has_subresource).and_then(|field| field.ty.own()).into_iter().collect();
    let status_subresource = (has_subresource != status.is_some()).then_some(has_subresource);
    fit::boxes(&mut shapes.items);
    let mut has_default = fit::defaults(&mut shapes.items, &needed);
    let root_has_default = fields.iter().all(|field| {
        field.optional || field.ty.own().is_none_or(|own| has_default[own] || !matches!(field.ty, Ty::Own(_)))
    });
    let docs = shapes.items[0].docs.clone();
    fit::describe(&mut shapes.items);
    shapes.items[0].docs = docs;
    let known = known_names(&shapes.items, &fields);
    naming::assign(&mut shapes.items, &known);

    let mut said = of_kind(spec, version, kind, &rust);
    said.extend(columns(&shapes, version, &fields));
    said.extend(scale(&shapes, version, &fields));
    said.extend(status_subresource.map(|there| Arg::Value("status_subresource", there.to_string())));
    said.extend(of_definition(definition, version, first));
    if first {
        said.extend(conversion(&mut shapes, spec));
    }
    said.extend(of_schema(&mut shapes, schema));
    shapes.items[0].said = said;
    has_default[0] = root_has_default;

    let text = text(&shapes, &fields, name, of_version, &has_default);
    let notes =
        shapes.notes.into_iter().map(|note| Note { path: format!("{name} {of_version} {}", note.path), ..note });
    Ok(Version { text, notes: notes.collect() })
}

/// Returns the names of the types that Kubist has and the module uses.
fn known_names(items: &[Item], root: &[Field]) -> HashSet<String> {
    let below = items.iter().flat_map(|item| match &item.body {
        Body::Struct { fields, .. } => fields.as_slice(),
        Body::Enum(_) => &[],
    });
    below.chain(root).filter_map(|field| field.ty.known()).map(|known| known.name.to_owned()).collect()
}

/// Returns the name of the struct: that of the kind, unless it is one of Rust's.
pub(super) fn rust_name(kind: &str) -> String {
    const PRELUDE: &[&str] = &[
        "Box",
        "BTreeMap",
        "Default",
        "Deserialize",
        "Err",
        "IntOrString",
        "Map",
        "None",
        "ObjectMeta",
        "Ok",
        "Option",
        "Quantity",
        "Resource",
        "ResourcePart",
        "Result",
        "Self",
        "Serialize",
        "Some",
        "String",
        "Time",
        "Value",
        "Vec",
    ];
    let name = names::pascal(kind);
    if name.is_empty() || PRELUDE.contains(&name.as_str()) || name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{name}Resource")
    } else {
        name
    }
}

fn fields(shapes: &mut Shapes, schema: &Map<String, Value>, version: &Value) -> Vec<Field> {
    let mut node = schema.clone();
    if let Some(Value::Object(properties)) = node.get_mut("properties") {
        if let Some(metadata) = properties.get("metadata")
            && metadata["properties"].as_object().is_some_and(|fields| !fields.is_empty())
        {
            let lost = "what the schema says of the metadata has no words here";
            shapes.note(".metadata", lost);
            shapes.items[0].lost.push(format!("{lost}: {}", metadata["properties"]));
        }
        properties.retain(|name, _| !matches!(name.as_str(), "apiVersion" | "kind" | "metadata"));
    }
    if let Some(Value::Array(required)) = node.get_mut("required") {
        required.retain(|name| !matches!(name.as_str(), Some("apiVersion" | "kind" | "metadata")));
    }
    let has_subresource = version["subresources"]["status"].is_object();
    let mut fields = shapes.fields(&node, 0, "");
    for field in fields.iter_mut().filter(|field| field.json == "status" && has_subresource) {
        field.optional = true;
        field.nullable = false;
    }
    fields
}

/// What the kind is.
fn of_kind(spec: &Value, version: &Value, kind: &str, rust: &str) -> Vec<Arg> {
    let text = |value: &Value| says::text(value.as_str().unwrap_or_default());
    let names = &spec["names"];
    let mut said = vec![Arg::Value("group", text(&spec["group"])), Arg::Value("version", text(&version["name"]))];
    said.push(Arg::Flag(if spec["scope"] == "Cluster" { "cluster" } else { "namespaced" }));
    if rust != kind {
        said.push(Arg::Value("kind", says::text(kind)));
    }
    for (key, keyword, usual) in [
        ("plural", "plural", kubist_naming::plural(kind)),
        ("singular", "singular", kubist_naming::singular(kind)),
        ("list_kind", "listKind", kubist_naming::list_kind(kind)),
    ] {
        if let Some(given) = names[keyword].as_str().filter(|given| *given != usual && !given.is_empty()) {
            said.push(Arg::Value(key, says::text(given)));
        }
    }
    for (key, keyword) in [("short_names", "shortNames"), ("categories", "categories")] {
        let all: Vec<Arg> =
            names[keyword].as_array().into_iter().flatten().map(|name| Arg::Plain(text(name))).collect();
        if !all.is_empty() {
            said.push(Arg::List(key, all));
        }
    }
    said
}

fn columns(shapes: &Shapes, version: &Value, fields: &[Field]) -> Vec<Arg> {
    let mut said = Vec::new();
    for column in version["additionalPrinterColumns"].as_array().into_iter().flatten() {
        let text = |key: &str| column[key].as_str().unwrap_or_default();
        let of = text("type");
        // Types are words; what no server takes for one must still be read.
        let is_word =
            of.starts_with(|c: char| c.is_ascii_alphabetic()) && of.bytes().all(|b| b.is_ascii_alphanumeric());
        let mut args = vec![
            Arg::Plain(says::text(text("name"))),
            Arg::Plain(says::text(text("jsonPath"))),
            Arg::Plain(if is_word { of.to_owned() } else { says::text(of) }),
        ];
        if let Some(priority) = column["priority"].as_i64().filter(|priority| *priority != 0) {
            args.push(Arg::Value("priority", priority.to_string()));
        }
        for key in ["format", "description"] {
            if !text(key).is_empty() {
                args.push(Arg::Value(key, says::text(text(key))));
            }
        }
        let end = paths::end(text("jsonPath"), fields, &shapes.items);
        if !end.is_some_and(|end| end.is_shown_as(text("type"))) {
            args.push(Arg::Flag("unchecked"));
        }
        said.push(Arg::List("column", args));
    }
    said
}

fn scale(shapes: &Shapes, version: &Value, fields: &[Field]) -> Option<Arg> {
    let scale = version["subresources"]["scale"].as_object()?;
    let mut args = Vec::new();
    let mut is_checked = true;
    for (key, keyword, ty) in [
        ("spec", "specReplicasPath", "integer"),
        ("status", "statusReplicasPath", "integer"),
        ("selector", "labelSelectorPath", "string"),
    ] {
        if let Some(path) = scale.get(keyword).and_then(Value::as_str).filter(|path| !path.is_empty()) {
            args.push(Arg::Value(key, says::text(path)));
            is_checked &= paths::end(path, fields, &shapes.items).is_some_and(|end| end.may_be(ty));
        }
    }
    if !is_checked {
        args.push(Arg::Flag("unchecked"));
    }
    Some(Arg::List("scale", args))
}

/// What is said of the version, and of the definition.
fn of_definition(definition: &Value, version: &Value, first: bool) -> Vec<Arg> {
    let mut said = Vec::new();
    let paths: Vec<Arg> = version["selectableFields"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|field| field["jsonPath"].as_str())
        .map(|path| Arg::Plain(says::text(path)))
        .collect();
    if !paths.is_empty() {
        said.push(Arg::List("selectable_fields", paths));
    }
    for key in ["served", "storage"] {
        if version[key] != true {
            said.push(Arg::Value(key, "false".to_owned()));
        }
    }
    match (version["deprecated"] == true, version["deprecationWarning"].as_str()) {
        (true, Some(warning)) if !warning.is_empty() => said.push(Arg::Value("deprecated", says::text(warning))),
        (true, _) => said.push(Arg::Flag("deprecated")),
        _ => {}
    }
    for (key, keyword) in [("label", "labels"), ("annotation", "annotations")] {
        for (name, value) in definition["metadata"][keyword].as_object().into_iter().flatten() {
            // The derive asks each version of a group of Kubernetes for the approval.
            let belongs_here = first || (key == "annotation" && name == "api-approved.kubernetes.io");
            // What `kubectl apply` remembers is no part of the definition.
            if belongs_here && name != "kubectl.kubernetes.io/last-applied-configuration" {
                let value = value.as_str().unwrap_or_default();
                said.push(Arg::List(key, vec![Arg::Plain(says::text(name)), Arg::Plain(says::text(value))]));
            }
        }
    }
    said
}

/// How objects are converted, where another program does it.
fn conversion(shapes: &mut Shapes, spec: &Value) -> Option<Arg> {
    let webhook = Some(&spec["conversion"]).filter(|conversion| conversion["strategy"] == "Webhook")?.get("webhook")?;
    let client = &webhook["clientConfig"];
    let mut args = Vec::new();
    let text = |value: &Value| value.as_str().map(says::text);
    let service = &client["service"];
    if let (Some(namespace), Some(name)) = (service["namespace"].as_str(), service["name"].as_str()) {
        args.push(Arg::Value("service", says::text(&format!("{namespace}/{name}"))));
    }
    args.extend(text(&service["path"]).map(|path| Arg::Value("path", path)));
    args.extend(service["port"].as_i64().map(|port| Arg::Value("port", port.to_string())));
    args.extend(text(&client["url"]).map(|url| Arg::Value("url", url)));
    let versions = webhook["conversionReviewVersions"].as_array().into_iter().flatten();
    args.push(Arg::List("versions", versions.filter_map(text).map(Arg::Plain).collect()));
    if client["caBundle"].is_string() {
        shapes.note("spec.conversion", "the certificates of the webhook belong to a cluster; they are left out");
    }
    Some(Arg::List("conversion", vec![Arg::List("webhook", args)]))
}

/// What the schema says of the whole object.
fn of_schema(shapes: &mut Shapes, schema: &Map<String, Value>) -> Vec<Arg> {
    let consumed = ["type", "properties", "required", "description"];
    let (mut said, mut lost) = says::of(schema, &consumed, false);
    // A key of fields, and not of structs.
    for key in ["default", "title", "nullable", "example", "embedded_resource"] {
        said.retain(|arg| {
            let is_it = matches!(arg, Arg::Flag(name) | Arg::Value(name, _) if *name == key);
            if is_it {
                lost.push(format!("the `{key}` of the whole object has no words here"));
            }
            !is_it
        });
    }
    for lost in lost {
        shapes.note(".", &lost);
        shapes.items[0].lost.push(lost);
    }
    said
}

fn text(shapes: &Shapes, fields: &[Field], name: &str, version: &str, has_default: &[bool]) -> String {
    let mut body = Writer::default();
    body.uses.extend(["kubist::ObjectMeta", "kubist::Resource"].map(str::to_owned));
    let root = &shapes.items[0];
    body.line(0, "");
    body.docs(root.docs.as_deref(), 0);
    body.lost(&root.lost, 0);
    let default = if has_default[0] { "Default, " } else { "" };
    body.line(0, &format!("#[derive(Clone, Debug, {default}PartialEq, Resource)]"));
    body.attribute("resource", &root.said, 0);
    body.line(0, &format!("pub struct {} {{", root.name));
    body.docs(Some("Its name, labels and the like."), 4);
    body.line(4, "pub metadata: ObjectMeta,");
    for field in fields {
        body.field(field, &shapes.items, true, true);
    }
    body.line(0, "}");
    for (index, item) in shapes.items.iter().enumerate().skip(1) {
        body.item(item, &shapes.items, has_default[index]);
    }
    let mut head = Writer::default();
    head.line(0, &format!("//! `{name}`, version `{version}`."));
    head.line(0, "//!");
    head.line(0, "//! Written by `kubist import`.");
    head.line(0, "");
    head.line(0, &super::file::allow(body.is_bare));
    head.line(0, "");
    head.text + &body.imports() + &body.text
}
