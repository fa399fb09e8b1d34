//! Whether two definitions mean the same.

use std::fmt;

use serde_json::{Map, Value, json};

use super::canonical::{Descriptions, Place, canonical, words};

/// One place in which two definitions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// Where it is, such as `spec.versions[v1].schema.properties.spec`.
    pub path: String,
    /// What the first definition has there; `null` where it has nothing.
    pub first: Value,
    /// What the second definition has there; `null` where it has nothing.
    pub second: Value,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} is not {}", self.path, self.first, self.second)
    }
}

/// Returns where two definitions, given as JSON, do not mean the same.
///
/// Compared are group, names, scope, labels, annotations, conversion, and of each version whether it is served, stored and deprecated, its
/// columns, subresources, selectable fields, and its schema: every keyword of every node. What means the same is the same:
///
/// * The order of `required` and `enum`, an empty `required`, `properties` or list of rules, `null`, and a flag that is `false`.
/// * A list of the type `atomic` and one without a type, a map of the type `granular` and one without: a server takes them alike.
/// * An integer of the format `int64`, a number of the format `double`, and those without a format: a server has no others.
/// * `x-kubernetes-int-or-string` with and without the `anyOf` that it stands for, or a `type`, which a server does not look at there.
/// * A map whose values are anything, in each of the three ways to say so.
/// * `required` on a value of another type than `object`, `items` on one of another type than `array`, and none.
/// * `1` and `1.0`.
/// * The reason `FieldValueInvalid` of a rule and none: it is the default.
/// * What is said of `apiVersion` and `kind` at the root, and that these and `metadata` are required: they always are.
/// * The singular name, the list kind and the conversion that a server fills in.
/// * Spaces and line breaks in descriptions, the fences that mark code in them, and a backslash before a heading they begin with.
/// * The certificates of a conversion webhook, what `kubectl apply` remembers in an annotation, and the status of the definition.
///
/// Descriptions that the second does not have are left to [`undescribed`].
pub fn differences(first: &Value, second: &Value) -> Vec<Difference> {
    let mut out = Vec::new();
    compare("", &of_definition(first), &of_definition(second), &mut out);
    out.retain(|difference| !(difference.path.ends_with(".description") && difference.second.is_null()));
    out
}

/// Returns the places that the first definition describes and the second does not: below a type that Kubist has, the descriptions are in
/// that type's documentation.
pub fn undescribed(first: &Value, second: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare("", &of_definition(first), &of_definition(second), &mut out);
    let is_gone = |difference: &Difference| difference.path.ends_with(".description") && difference.second.is_null();
    out.into_iter().filter(is_gone).map(|difference| difference.path).collect()
}

fn compare(path: &str, first: &Value, second: &Value, out: &mut Vec<Difference>) {
    if first == second {
        return;
    }
    if let (Value::Object(ours), Value::Object(theirs)) = (first, second) {
        let names = ours.keys().chain(theirs.keys().filter(|name| !ours.contains_key(*name)));
        for name in names {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let of = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
            compare(&path, &of(ours), &of(theirs), out);
        }
        return;
    }
    out.push(Difference { path: path.to_owned(), first: first.clone(), second: second.clone() });
}

/// Returns a definition in one form for all that mean the same.
fn of_definition(definition: &Value) -> Value {
    let spec = &definition["spec"];
    let names = &spec["names"];
    let kind = names["kind"].as_str().unwrap_or_default();
    let or = |value: &Value, usual: String| match value.as_str() {
        Some(text) if !text.is_empty() => text.to_owned(),
        _ => usual,
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut annotations = definition["metadata"]["annotations"].as_object().cloned().unwrap_or_default();
    annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    let versions: Map<String, Value> = list(&spec["versions"])
        .iter()
        .map(|version| (format!("[{}]", version["name"].as_str().unwrap_or_default()), of_version(version)))
        .collect();
    json!({
        "metadata": {
            "name": definition["metadata"]["name"],
            "labels": definition["metadata"]["labels"].as_object().cloned().unwrap_or_default(),
            "annotations": annotations,
        },
        "spec": {
            "group": spec["group"],
            "scope": spec["scope"],
            "names": {
                "kind": kind,
                "plural": names["plural"],
                "singular": or(&names["singular"], kind.to_lowercase()),
                "listKind": or(&names["listKind"], format!("{kind}List")),
                "shortNames": list(&names["shortNames"]),
                "categories": list(&names["categories"]),
            },
            "conversion": conversion(&spec["conversion"]),
            "versions": versions,
        },
    })
}

fn of_version(version: &Value) -> Value {
    let columns: Vec<Value> = version["additionalPrinterColumns"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|column| {
            let mut column = without_empty(column);
            if let Some(text) = column["description"].as_str().map(words) {
                column["description"] = text.into();
            }
            column
        })
        .collect();
    let mut subresources = without_empty(&version["subresources"]);
    if version["subresources"]["status"].is_object() {
        subresources["status"] = json!({});
    }
    json!({
        "served": version["served"] == true,
        "storage": version["storage"] == true,
        "deprecated": version["deprecated"] == true,
        "deprecationWarning": version["deprecationWarning"].as_str().unwrap_or_default(),
        "columns": columns,
        "subresources": subresources,
        "selectableFields": version["selectableFields"].as_array().cloned().unwrap_or_default(),
        "schema": canonical(&version["schema"]["openAPIV3Schema"], Descriptions::Kept, Place::Root),
    })
}

fn conversion(conversion: &Value) -> Value {
    if conversion["strategy"] != "Webhook" {
        return Value::Null;
    }
    let mut conversion = without_empty(conversion);
    if let Some(client) = conversion.pointer_mut("/webhook/clientConfig").and_then(Value::as_object_mut) {
        client.remove("caBundle");
    }
    conversion
}

/// Drops what a server reads as absent.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), without_empty(value)))
            .filter(|(_, value)| !matches!(value, Value::Null) && *value != "" && *value != 0 && *value != json!({}))
            .collect::<Map<_, _>>()
            .into(),
        Value::Null => json!({}),
        other => other.clone(),
    }
}
