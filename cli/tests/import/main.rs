//! Definitions that hold every construct, the Rust that is written for them, and what that Rust says again.
//!
//! `crds/*.yaml` are written by hand, `generated` by `kubist import`; `KUBIST_BLESS=1` writes it anew.

#![deny(warnings, missing_docs, clippy::pedantic)]

mod equivalence;

#[rustfmt::skip]
#[expect(clippy::exhaustive_enums, clippy::exhaustive_structs, reason = "it is the code of users, under their lints")]
pub mod generated;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use kubist::crd::CustomResourceDefinition;
use kubist::{Format, Wire, json};
use kubist_cli::import::{Import, differences, import, undescribed};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

pub(crate) fn definitions() -> Vec<Value> {
    let all = kubist::crd::read(folder().join("crds")).expect("the definitions can be read");
    all.iter().map(|crd| json!(crd)).collect()
}

fn imported() -> Import {
    import(&definitions()).expect("the definitions can be imported")
}

/// What the code that was written says again.
fn printed() -> Vec<CustomResourceDefinition> {
    use generated::*;
    let doors = door::crd().expect("the versions go together");
    let gates = gate::crd().expect("the versions go together");
    vec![
        doors,
        gates,
        http_route::HttpRoute::crd(),
        lamp::Lamp::crd(),
        machine::Machine::crd(),
        note::Note::crd(),
        option::OptionResource::crd(),
        shelf::Shelf::crd(),
        word::Word::crd(),
    ]
}

#[test]
fn the_committed_code_is_what_import_writes() {
    let bless = env::var_os("KUBIST_BLESS").is_some();
    let files: BTreeMap<String, String> = imported().files.into_iter().map(|file| (file.path, file.text)).collect();
    let generated = folder().join("generated");
    if bless {
        drop(fs::remove_dir_all(&generated));
        for (path, text) in &files {
            let path = generated.join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    for (path, text) in &files {
        let committed = fs::read_to_string(generated.join(path)).unwrap_or_default();
        assert!(committed == *text, "{path} is not what is written now: run this test with KUBIST_BLESS=1");
    }
}

#[test]
fn the_code_is_formatted_as_rustfmt_does() {
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path", "/dev/null", "--config", "max_width=100"])
        .arg(folder().join("generated/mod.rs"))
        .output()
        .expect("rustfmt is part of the toolchain");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_code_says_the_definitions_again() {
    let printed: Vec<Value> = printed().iter().map(|crd| json!(crd)).collect();
    let definitions = definitions();
    assert_eq!(printed.len(), definitions.len());
    for definition in definitions {
        let name = &definition["metadata"]["name"];
        let again = printed.iter().find(|crd| crd["metadata"]["name"] == *name).expect("each is printed");
        let found: Vec<String> = differences(&definition, again).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
        // Only the types of Kubernetes describe themselves.
        let lost: Vec<String> = undescribed(&definition, again);
        assert!(
            lost.iter().all(|path| [".selector.", ".conditions."].iter().any(|known| path.contains(known))),
            "{name}: {lost:?}"
        );
    }
}

#[test]
fn a_server_takes_what_is_said_again() {
    for crd in printed() {
        let causes = kubist::crd::check(&crd);
        assert!(causes.is_empty(), "{}: {causes:?}", crd.metadata.name);
    }
}

#[test]
fn objects_survive_whole() {
    use generated::*;
    same::<lamp::Lamp>(&json!({
        "apiVersion": "import.kubist.dev/v1",
        "kind": "Lamp",
        "metadata": { "name": "lamp" },
        "spec": {
            "big": 7, "color": "red", "flag": false, "maybe": null, "mode": "AutoDim", "ratio": 0.5, "when": "2026-11-24T09:00:00Z",
            "lower": "", "operator": "!=", "port": "http", "size": "1Gi", "anything": [1, { "a": null }],
        },
        "status": { "since": "2026-11-24T09:00:00Z", "phase": "Up", "count": 1, "inner": { "phase": "Down" } },
    }));
    same::<shelf::Shelf>(&json!({
        "apiVersion": "import.kubist.dev/v1alpha1",
        "kind": "Shelf",
        "metadata": { "name": "a" },
        "spec": {
            "texts": [], "books": [{ "title": "a" }], "counts": {}, "grid": [[1], []], "parts": { "a": { "weight": 1.5 } },
            "anyOfEach": { "a": [] }, "ports": [1, "a"],
        },
    }));
    same::<http_route::HttpRoute>(&json!({
        "apiVersion": "import.kubist.dev/v1",
        "kind": "HTTPRoute",
        "metadata": { "name": "a" },
        "spec": {
            "open": { "other": "a", "more": 1 }, "empty": {}, "free": { "a": 1 }, "template": { "kind": "Pod" },
            "ref": { "name": "a", "ns.of/it": "b" }, "union": { "type": "A", "a": { "x": 1 } },
        },
        "status": {
            "conditions": [{
                "type": "Ready", "status": "True", "reason": "Up", "message": "", "lastTransitionTime": "2026-11-24T09:00:00Z",
            }],
        },
    }));
    same::<note::Note>(&json!({
        "apiVersion": "import.kubist.dev/v1", "kind": "Note", "metadata": { "name": "a" }, "title": "b", "stringData": { "c": "d" },
        "status": { "read": true },
    }));
}

/// As in Go (tried with apimachinery v0.37.2), where `resource.Quantity` and `metav1.Time` print one spelling, and lists and maps are `omitempty`.
#[test]
fn types_of_kubernetes_have_one_spelling() {
    use generated::*;
    let lamp = |spec: Value| json!({ "apiVersion": "import.kubist.dev/v1", "kind": "Lamp", "metadata": { "name": "lamp" }, "spec": spec });
    let mut spec = json!({
        "big": 7, "color": "red", "flag": true, "maybe": null, "mode": "Off", "ratio": 0.5, "when": "2026-11-24T10:00:00+01:00", "size": 1024,
    });
    let written = again::<lamp::Lamp>(&lamp(spec.clone()));
    spec["when"] = json!("2026-11-24T09:00:00Z");
    spec["size"] = json!("1024");
    assert_eq!(written, lamp(spec));
    let machine = |selector: Value| json!({ "apiVersion": "import.kubist.dev/v1", "kind": "Machine", "metadata": { "name": "a" }, "spec": { "selector": selector } });
    let written = again::<machine::Machine>(&machine(json!({ "matchLabels": {}, "matchExpressions": [] })));
    assert_eq!(written, machine(json!({})));
}

fn same<K: Wire>(value: &Value) {
    assert_eq!(again::<K>(value), *value);
}

fn again<K: Wire>(value: &Value) -> Value {
    let object = K::decode(value.to_string().as_bytes(), Format::Json).expect("it is read");
    let mut out = Vec::new();
    object.encode(Format::Json, &mut out).expect("it is written");
    serde_json::from_slice(&out).expect("it is JSON")
}

#[test]
fn nothing_is_lost_in_silence() {
    assert_eq!(imported().notes, []);
    let mut definition = definitions().into_iter().find(|crd| crd["spec"]["names"]["kind"] == "Note").unwrap();
    let root = &mut definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
    root["properties"]["metadata"] = json!({ "type": "object", "properties": { "name": { "maxLength": 5 } } });
    root["properties"]["title"]["externalDocs"] = json!({ "url": "https://example.com" });
    let import = import(&[definition]).unwrap();
    let notes: Vec<String> = import.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "notes.import.kubist.dev v1 .metadata: what the schema says of the metadata has no words here",
            "notes.import.kubist.dev v1 .title: `externalDocs: {\"url\":\"https://example.com\"}` has no words here",
        ]
    );
    assert_eq!(import.files[0].text.matches("// Not imported: ").count(), 2, "{}", import.files[0].text);
}

/// Found by the fuzz target `import`: it became `column("", "", )`.
#[test]
fn a_definition_with_parts_of_other_types_is_refused() {
    let mut definition = definitions().remove(0);
    definition["spec"]["versions"][0]["additionalPrinterColumns"] = json!([true]);
    let error = import(&[definition]).unwrap_err().to_string();
    assert!(
        error.contains("this is no CustomResourceDefinition: ") && error.contains("additionalPrinterColumns"),
        "{error}"
    );
}

#[test]
fn what_is_no_definition_is_refused_by_its_name() {
    for (value, problem) in [
        (
            json!({ "kind": "Pod" }),
            "a definition without a name: this is no CustomResourceDefinition of apiextensions.k8s.io/v1",
        ),
        (
            json!({ "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": { "name": "a.b.c" } }),
            "a.b.c: it has no versions",
        ),
    ] {
        assert_eq!(import(&[value]).unwrap_err().to_string(), problem);
    }
}
