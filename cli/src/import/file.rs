//! Files: one for a kind, or a folder where it has several versions.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::{File, Import, ImportError, Kind, Note, names, root};

/// Writes the files of all definitions.
pub(super) fn all(definitions: &[Value]) -> Result<Import, ImportError> {
    let mut import = Import::default();
    let mut modules: Vec<String> = Vec::new();
    for definition in definitions {
        let module = module(definition, &modules)?;
        one(definition, &module, &mut import)?;
        modules.push(module);
    }
    modules.sort();
    let mut text = "//! Kinds that other programs define.\n//!\n//! Written by `kubist import`.\n\n".to_owned();
    for module in &modules {
        let _ = writeln!(text, "pub mod {module};");
    }
    text.insert_str(text.find("pub mod").unwrap_or(text.len()), &format!("{}\n\n", allow(true)));
    import.files.push(File { path: "mod.rs".to_owned(), text });
    Ok(import)
}

/// The lints that the names and texts of a definition would set off.
pub(super) fn allow(is_bare: bool) -> String {
    let mut args = if is_bare { "missing_docs, ".to_owned() } else { String::new() };
    args += "clippy::duplicated_attributes, clippy::pedantic, clippy::style, rustdoc::all";
    format!(
        "#![allow(\n    {},\n    reason = \"names and texts are those of the definition\"\n)]",
        args.replace(", ", ",\n    ")
    )
}

/// Returns a name for the module of a kind that no other has.
fn module(definition: &Value, taken: &[String]) -> Result<String, ImportError> {
    let name = definition["metadata"]["name"].as_str().unwrap_or("a definition without a name");
    let api_version = definition["apiVersion"].as_str().unwrap_or_default();
    if definition["kind"] != "CustomResourceDefinition" || api_version != "apiextensions.k8s.io/v1" {
        return Err(ImportError(format!("{name}: this is no CustomResourceDefinition of apiextensions.k8s.io/v1")));
    }
    let spec = &definition["spec"];
    let kind = spec["names"]["kind"].as_str().unwrap_or_default();
    let field = names::field(&names::words(kind).join("_"));
    let plain = field.trim_start_matches("r#").to_owned();
    let base = if plain == field { plain } else { format!("{plain}_kind") };
    let group = names::words(spec["group"].as_str().unwrap_or_default());
    let mut names = vec![base.clone()];
    names.extend(group.first().map(|first| format!("{first}_{base}")));
    names.push(format!("{}_{base}", group.join("_")));
    names.extend((2..10_000).map(|number| format!("{base}_{number}")));
    let free = |name: &String| !taken.contains(name) && !name.starts_with(|c: char| c.is_ascii_digit());
    names.into_iter().find(free).ok_or_else(|| ImportError(format!("{name}: there is no name left for its module")))
}

fn one(definition: &Value, module: &str, import: &mut Import) -> Result<(), ImportError> {
    let name = definition["metadata"]["name"].as_str().unwrap_or_default();
    let versions: &[Value] = definition["spec"]["versions"].as_array().map_or(&[], Vec::as_slice);
    let stored = versions.iter().position(|version| version["storage"] == true).unwrap_or_default();
    let mut seen = HashSet::new();
    let mut texts = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let written = root::version(definition, version, index == stored)?;
        import.notes.extend(written.notes);
        let file = names::field(version["name"].as_str().unwrap_or_default());
        if !seen.insert(file.clone()) {
            return Err(ImportError(format!("{name}: two versions are called {}", version["name"])));
        }
        texts.push((file, written.text));
    }
    let conversion = conversion(definition, name, &mut import.notes);
    let kind = root::rust_name(definition["spec"]["names"]["kind"].as_str().unwrap_or_default());
    let is_folder = texts.len() > 1 || conversion.is_some();
    let of_version =
        |file: &String| if is_folder { format!("{module}::{file}::{kind}") } else { format!("{module}::{kind}") };
    import.kinds.push(Kind {
        name: name.to_owned(),
        module: module.to_owned(),
        types: texts.iter().map(|(file, _)| of_version(file)).collect(),
    });
    match <[(String, String); 1]>::try_from(texts) {
        Ok([(_, text)]) if conversion.is_none() => import.files.push(File { path: format!("{module}.rs"), text }),
        Ok([only]) => folder(module, &kind, name, vec![only], conversion, import),
        Err(texts) if texts.is_empty() => return Err(ImportError(format!("{name}: it has no versions"))),
        Err(texts) => folder(module, &kind, name, texts, conversion, import),
    }
    Ok(())
}

/// Writes a module for each version, and a function that joins them.
fn folder(
    module: &str,
    kind: &str,
    name: &str,
    texts: Vec<(String, String)>,
    conversion: Option<(String, Vec<&'static str>)>,
    import: &mut Import,
) {
    let mut out = format!("//! `{name}`.\n//!\n//! Written by `kubist import`.\n\n{}\n\n", allow(true));
    let mut sorted: Vec<&String> = texts.iter().map(|(file, _)| file).collect();
    sorted.sort();
    for file in sorted {
        let _ = writeln!(out, "pub mod {file};");
    }
    out.push_str("\nuse kubist::crd::{self, CustomResourceDefinition, MergeError};\n");
    let calls: Vec<String> = texts.iter().map(|(file, _)| format!("{file}::{kind}::crd()")).collect();
    let (body, uses) = conversion.unwrap_or_default();
    if let [only] = uses.as_slice() {
        let _ = writeln!(out, "use kubist::types::apiextensions::v1::{only};");
    } else if !uses.is_empty() {
        let _ = writeln!(out, "use kubist::types::apiextensions::v1::{{\n    {},\n}};", uses.join(", "));
    }
    out.push_str("\n/// Returns the definition with all of its versions.\n///\n/// # Errors\n///\n/// Versions that do not go together.\n");
    out.push_str("pub fn crd() -> Result<CustomResourceDefinition, MergeError> {\n");
    let one_line = format!("crd::merge([{}])", calls.join(", "));
    let (start, end) = if body.is_empty() { ("", "") } else { ("let mut definition = ", "?;") };
    if start.len() + one_line.len() + end.len() + 4 <= 100 && one_line.len() - 12 <= 60 {
        let _ = writeln!(out, "    {start}{one_line}{end}");
    } else {
        let _ = writeln!(out, "    {start}crd::merge([\n        {},\n    ]){end}", calls.join(",\n        "));
    }
    out.push_str(&body);
    out.push_str("}\n");
    import.files.push(File { path: format!("{module}/mod.rs"), text: out });
    for (file, text) in texts {
        import.files.push(File { path: format!("{module}/{file}.rs"), text });
    }
}

/// Writes how objects are converted, where another program does it.
fn conversion(definition: &Value, name: &str, notes: &mut Vec<Note>) -> Option<(String, Vec<&'static str>)> {
    let conversion = &definition["spec"]["conversion"];
    if conversion["strategy"] != "Webhook" {
        return None;
    }
    let webhook = &conversion["webhook"];
    let client = &webhook["clientConfig"];
    let mut uses = vec!["CustomResourceConversion", "WebhookClientConfig", "WebhookConversion"];
    let text = |value: &Value| super::says::text(value.as_str().unwrap_or_default());
    let mut out = String::new();
    let mut line = |indent: usize, line: &str| out.extend([" ".repeat(indent).as_str(), line, "\n"]);
    line(4, "definition.spec.conversion = Some(Box::new(CustomResourceConversion {");
    line(8, "strategy: \"Webhook\".into(),");
    line(8, "webhook: Some(Box::new(WebhookConversion {");
    line(12, "client_config: Some(Box::new(WebhookClientConfig {");
    if client["service"].is_object() {
        uses.insert(1, "ServiceReference");
        line(16, "service: Some(Box::new(ServiceReference {");
        for key in ["name", "namespace"] {
            line(20, &format!("{key}: {}.into(),", text(&client["service"][key])));
        }
        if client["service"]["path"].is_string() {
            line(20, &format!("path: Some({}.into()),", text(&client["service"]["path"])));
        }
        if let Some(port) = client["service"]["port"].as_i64() {
            line(20, &format!("port: Some({port}),"));
        }
        if client["service"]["path"].is_null() || client["service"]["port"].is_null() {
            line(20, "..ServiceReference::default()");
        }
        line(16, "})),");
    }
    if client["url"].is_string() {
        line(16, &format!("url: Some({}.into()),", text(&client["url"])));
    }
    line(16, "..WebhookClientConfig::default()");
    line(12, "})),");
    let versions: Vec<String> = webhook["conversionReviewVersions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|version| format!("{}.into()", text(version)))
        .collect();
    line(12, &format!("conversion_review_versions: vec![{}],", versions.join(", ")));
    line(8, "})),");
    line(4, "}));");
    line(4, "Ok(definition)");
    if client["caBundle"].is_string() {
        let path = format!("{name} spec.conversion");
        notes.push(Note {
            path,
            text: "the certificates of the webhook belong to a cluster; they are left out".to_owned(),
        });
    }
    Some((out, uses))
}
