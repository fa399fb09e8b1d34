//! Definitions that somebody broke: import says so, or writes Rust. Where a server would take the definition, the derives take the Rust.

use kubist::crd::{self, CustomResourceDefinition};
use kubist_cli::import;
use serde::Deserialize as _;
use serde_json::Value;
use syn::Item;

use crate::corpus::Corpus;
use crate::random::Random;
use crate::{Outcome, derive, tree};

/// What means something in a definition, and what import has to find other names for.
const WORDS: &[&str] = &[
    "type",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "properties",
    "items",
    "enum",
    "default",
    "description",
    "format",
    "int32",
    "date-time",
    "byte",
    "spec",
    "status",
    "metadata",
    "kind",
    "apiVersion",
    "self",
    "Self",
    "nullable",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "minLength",
    "maxItems",
    "multipleOf",
    "required",
    "additionalProperties",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "title",
    "example",
    "uniqueItems",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
    "map",
    "set",
    "atomic",
    "x-kubernetes-validations",
    "rule",
    "message",
    "self == oldSelf",
    "scale",
    "specReplicasPath",
    ".spec.replicas",
    "jsonPath",
    "priority",
    "additionalPrinterColumns",
    "selectableFields",
    "conversion",
    "deprecated",
    "deprecationWarning",
    "names",
    "plural",
    "singular",
    "listKind",
    "shortNames",
    "categories",
    "group",
    "scope",
    "Cluster",
    "Namespaced",
    "versions",
    "v1",
    "v1beta1",
    "served",
    "storage",
    "schema",
    "openAPIV3Schema",
    "subresources",
    "annotations",
    "labels",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "crate",
    "super",
    "Default",
    "Option",
    "Box",
    "Condition",
    "ObjectMeta",
    "Result",
    "Ok",
    "Some",
    "None",
    "async",
    "gen",
    "try",
    "1st",
    "$ref",
    "x",
];

/// Imports one mutated definition, or two.
pub(crate) fn definition(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let mut definitions = Vec::new();
    for _ in 0..if random.once_in(16) { 2 } else { 1 } {
        let mut definition = random.one(&corpus.definitions).clone();
        tree::mutate(&mut definition, WORDS, 6, random);
        definitions.push(definition);
    }
    let fail = |problem: String| Err(format!("{problem}\nof {}", Value::from(definitions.clone())));
    let import = match crate::run::catch(|| import::import(&definitions)) {
        Ok(Ok(import)) => import,
        Ok(Err(_)) => return Ok(Outcome::Refused),
        Err(said) => return fail(said),
    };
    let is_right = definitions.iter().all(|definition| {
        CustomResourceDefinition::deserialize(definition).is_ok_and(|definition| crd::check(&definition).is_empty())
    });
    for file in &import.files {
        let parsed = match syn::parse_file(&file.text) {
            Ok(parsed) => parsed,
            Err(error) => return fail(format!("{}: {error}\n{}", file.path, file.text)),
        };
        for item in parsed.items {
            let (name, tokens) = match item {
                Item::Struct(item) => (item.ident.to_string(), quote::quote!(#item)),
                Item::Enum(item) => (item.ident.to_string(), quote::quote!(#item)),
                _ => continue,
            };
            match derive::mistakes(tokens) {
                Ok(mistakes) if mistakes.is_empty() || !is_right => {}
                Ok(mistakes) => return fail(format!("{}: {name}: {mistakes:?}\n{}", file.path, file.text)),
                Err(problem) => return fail(format!("{}: {name}: {problem}\n{}", file.path, file.text)),
            }
        }
    }
    Ok(Outcome::Taken)
}
