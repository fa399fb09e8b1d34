//! Paths: into objects, of columns, of rules and of patches.

use kubist::__private::{Fields, check_path, check_read, check_type};
use kubist_model::definition::{check, field_path};
use kubist_model::patch::json::apply;
use kubist_model::{JsonPatch, Node, Unstructured};
use serde_json::{Value, json};

use crate::corpus::Corpus;
use crate::random::Random;
use crate::{Outcome, tree};

const PIECES: &[&str] = &[
    ".",
    ".",
    ".",
    "[",
    "]",
    "[0]",
    "[1]",
    "[-1]",
    "[99999999999999999999]",
    "[*]",
    "[\"a.b/c\"]",
    "[\"",
    "\"]",
    "['a']",
    "[name=a]",
    "[name=",
    "[=a]",
    "[n=1]",
    "=",
    "\"",
    "'",
    "\\",
    "spec",
    "status",
    "metadata",
    "labels",
    "items",
    "name",
    "a",
    "b",
    "replicas",
    "é",
    "🦀",
    "\u{0}",
    " ",
    "$",
    "@",
    "?(@.a)",
    "{",
    "}",
    "a_very_long_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on",
    "/",
    "~",
    "~0",
    "~1",
    "-",
    "0",
];

/// A table as the derive writes it.
const FIELDS: Fields = Fields {
    fields: &[
        ("replicas", None, "integer", true),
        (
            "a",
            Some(&Fields { fields: &[("b", None, "string", false), ("é", None, "", true)], open: false }),
            "object",
            false,
        ),
        ("name", Some(&Fields { fields: &[], open: true }), "", true),
        ("items", None, "array", true),
        ("a_very_long_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_onn", None, "boolean", false),
        ("", Some(&Fields { fields: &[], open: false }), "", true),
    ],
    open: false,
};

/// Reads one path in all the ways there are.
pub(crate) fn paths(_: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let path: String = (0..random.below(10)).map(|_| *random.one(PIECES)).collect();
    let outcome = into_an_object(&path, random)?;
    in_a_constant(&path)?;
    let schema = schema();
    let _one_or_none = field_path(&schema, &path);
    let causes = check(&definition(&path, random), None, &|_, _| true);
    if causes.iter().any(|cause| cause.message.is_empty()) {
        return Err(format!("{path:?}: a cause without words"));
    }
    let mut target = object(random);
    let (from, value) = (path.replace('.', "/"), tree::value(PIECES, random));
    let change = match random.below(4) {
        0 => JsonPatch::new().add(from, value),
        1 => JsonPatch::new().remove(from),
        2 => JsonPatch::new().replace(from, value),
        _ => JsonPatch::new().test(from, value),
    };
    // Whether it applies depends on the object.
    let _applied = apply(&mut target, &change);
    Ok(outcome)
}

/// What is set is there, and what is removed is not.
fn into_an_object(path: &str, random: &mut Random) -> Result<Outcome, String> {
    let Ok(mut object) = Unstructured::from_value(object(random)) else { return Ok(Outcome::Refused) };
    let before = object.at::<&Node>(path).cloned();
    if let Err(error) = &before
        && error.to_string().is_empty()
    {
        return Err(format!("{path:?}: an error without words"));
    }
    let Ok(()) = object.set(path, Node::from(7)) else { return Ok(Outcome::Refused) };
    let found = object.at::<&Node>(path).cloned();
    // An item is found by a value that is no longer there.
    let by_value = path.contains('=');
    if !by_value && found.as_ref().ok() != Some(&Node::from(7)) {
        return Err(format!("{path:?}: 7 was set, and {found:?} is there"));
    }
    let removed = object.remove(path);
    if !by_value && removed.as_ref().ok() != Some(&Some(Node::from(7))) {
        return Err(format!("{path:?}: 7 was set, and {removed:?} removed"));
    }
    if !path.contains('[') && object.at::<&Node>(path).is_ok() {
        return Err(format!("{path:?}: it was removed, and is there"));
    }
    Ok(Outcome::Taken)
}

/// The compiler's checks fail in their own words, or not at all.
fn in_a_constant(path: &str) -> Result<(), String> {
    let expected = ["stands there", "is of the type", "cut in the middle"];
    let checks: [&dyn Fn(); 3] =
        [&|| check_path(path, Some(&FIELDS)), &|| check_read("in `self`: ", path, Some(&FIELDS)), &|| {
            check_type(path, Some(&FIELDS), &["integer"], "a scale needs an integer");
        }];
    for run in checks {
        if let Err(said) = crate::run::catch(run)
            && !expected.iter().any(|expected| said.contains(expected))
        {
            return Err(format!("{path:?}: {said}"));
        }
    }
    Ok(())
}

fn object(random: &mut Random) -> Value {
    let mut object = json!({
        "apiVersion": "v1", "kind": "A", "metadata": { "name": "a", "labels": { "a.b/c": "x" } },
        "spec": { "a": { "b": [1, { "name": "a", "n": 1 }, [2, 3]] }, "items": [{ "name": "a" }, { "name": "b" }], "é": null },
        "status": { "replicas": 1.5 },
    });
    if random.once_in(2) {
        tree::mutate(&mut object, PIECES, 3, random);
    }
    object
}

fn schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "properties": {
            "a": { "type": "object", "properties": { "b": text, "é": text } },
            "items": { "type": "array", "items": { "type": "object", "properties": { "name": text } } },
            "labels": { "type": "object", "additionalProperties": text },
            "a.b/c": text,
        },
    })
}

fn definition(path: &str, random: &mut Random) -> Value {
    let mut spec = schema();
    spec["x-kubernetes-validations"] = json!([{ "rule": "true", "fieldPath": path }]);
    let columns = [json!({ "name": "A", "type": "string", "jsonPath": path })];
    json!({
        "metadata": { "name": "as.example.com" },
        "spec": { "group": "example.com", "scope": "Cluster", "names": { "plural": "as", "singular": "a", "kind": "A", "listKind": "AList" },
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": { "openAPIV3Schema": { "type": "object", "properties": { "spec": spec } } },
                "selectableFields": [{ "jsonPath": path }],
                "additionalPrinterColumns": columns,
                "subresources": { "scale": { "specReplicasPath": path, "statusReplicasPath": path, "labelSelectorPath": random.one(PIECES) } },
            }],
        },
        "status": { "storedVersions": ["v1"] },
    })
}
