//! Files: one for a kind, or a folder where it has several versions.

use std::collections::HashSet;
use std::fmt::Write as _;

use kubist::crd::CustomResourceDefinition;
use serde::Deserialize as _;
use serde_json::Value;

use super::{File, Import, ImportError, Kind, names, root};

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
    // What stands in it is of the right types from here on.
    if let Err(error) = CustomResourceDefinition::deserialize(definition) {
        return Err(ImportError(format!("{name}: this is no CustomResourceDefinition: {error}")));
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
    let kind = root::rust_name(definition["spec"]["names"]["kind"].as_str().unwrap_or_default());
    let is_folder = texts.len() > 1;
    let of_version =
        |file: &String| if is_folder { format!("{module}::{file}::{kind}") } else { format!("{module}::{kind}") };
    import.kinds.push(Kind {
        name: name.to_owned(),
        module: module.to_owned(),
        types: texts.iter().map(|(file, _)| of_version(file)).collect(),
    });
    match <[(String, String); 1]>::try_from(texts) {
        Ok([(_, text)]) => import.files.push(File { path: format!("{module}.rs"), text }),
        Err(texts) if texts.is_empty() => return Err(ImportError(format!("{name}: it has no versions"))),
        Err(texts) => folder(module, &kind, name, texts, import),
    }
    Ok(())
}

/// Writes a module for each version, and a function that joins them.
fn folder(module: &str, kind: &str, name: &str, texts: Vec<(String, String)>, import: &mut Import) {
    let mut out = format!("//! `{name}`.\n//!\n//! Written by `kubist import`.\n\n{}\n\n", allow(true));
    let mut sorted: Vec<&String> = texts.iter().map(|(file, _)| file).collect();
    sorted.sort();
    for file in sorted {
        let _ = writeln!(out, "pub mod {file};");
    }
    out.push_str("\nuse kubist::crd::{self, CustomResourceDefinition, MergeError};\n");
    let calls: Vec<String> = texts.iter().map(|(file, _)| format!("{file}::{kind}::crd()")).collect();
    out.push_str("\n/// Returns the definition with all of its versions.\n///\n/// # Errors\n///\n/// Versions that do not go together.\n");
    out.push_str("pub fn crd() -> Result<CustomResourceDefinition, MergeError> {\n");
    let one_line = format!("crd::merge([{}])", calls.join(", "));
    if one_line.len() + 4 <= 100 && one_line.len() - 12 <= 60 {
        let _ = writeln!(out, "    {one_line}");
    } else {
        let _ = writeln!(out, "    crd::merge([\n        {},\n    ])", calls.join(",\n        "));
    }
    out.push_str("}\n");
    import.files.push(File { path: format!("{module}/mod.rs"), text: out });
    for (file, text) in texts {
        import.files.push(File { path: format!("{module}/{file}.rs"), text });
    }
}
