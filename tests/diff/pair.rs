//! One pair: the definitions, an object, and what a client does.

use kubist::crd::{self, Class, CustomResourceDefinition};
use kubist::json;
use serde_json::Value;

/// Two definitions of a kind, and what shows the difference.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) class: Class,
    pub(crate) old: Value,
    pub(crate) new: Value,
    /// What is stored while the old definition is there: the fields beside kind and metadata.
    pub(crate) stored: Value,
    /// Changes something else in the stored object, close by.
    pub(crate) edit: Value,
    /// What a client creates.
    pub(crate) create: Value,
    /// What a client does to the stored object.
    pub(crate) update: Option<Value>,
    /// What a client applies to the stored object.
    pub(crate) apply: Option<Value>,
}

impl Pair {
    /// Two definitions that differ in the schema of `.spec.a`, and an object with a value there that a client also creates.
    pub(crate) fn of_field(name: &'static str, class: Class, old: &Value, new: &Value, value: &Value) -> Self {
        let with = |schema: &Value| {
            let mut definition = definition();
            spec_of(&mut definition)["properties"]["a"] = schema.clone();
            definition
        };
        let spec = if value.is_null() { json!({}) } else { json!({ "a": value }) };
        Self {
            name,
            class,
            old: with(old),
            new: with(new),
            stored: json!({ "spec": spec }),
            edit: json!({ "spec": { "other": "changed" } }),
            create: json!({ "spec": spec }),
            update: None,
            apply: None,
        }
    }

    /// Two definitions made by changing a plain one.
    pub(crate) fn of(name: &'static str, class: Class, old: impl Fn(&mut Value), new: impl Fn(&mut Value)) -> Self {
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut definition = definition();
            change(&mut definition);
            definition
        };
        Self {
            old: changed(&old),
            new: changed(&new),
            ..Self::of_field(name, class, &json!({ "type": "string" }), &json!({ "type": "string" }), &json!("text"))
        }
    }

    pub(crate) fn stored(mut self, fields: Value) -> Self {
        self.stored = fields;
        self
    }

    pub(crate) fn edit(mut self, patch: Value) -> Self {
        self.edit = patch;
        self
    }

    pub(crate) fn create(mut self, fields: Value) -> Self {
        self.create = fields;
        self
    }

    pub(crate) fn update(mut self, patch: Value) -> Self {
        self.update = Some(patch);
        self
    }

    pub(crate) fn apply(mut self, fields: Value) -> Self {
        self.apply = Some(fields);
        self
    }

    /// The definitions, in a group of their own.
    pub(crate) fn definitions(&self, group: &str) -> (CustomResourceDefinition, CustomResourceDefinition) {
        let in_group = |definition: &Value| {
            let mut definition = definition.clone();
            if definition["spec"]["group"].is_null() {
                definition["spec"]["group"] = group.into();
            }
            definition["metadata"]["name"] = format!("lamps.{group}").into();
            serde_json::from_value(definition).expect("a definition")
        };
        (in_group(&self.old), in_group(&self.new))
    }

    /// Checks what the tool says.
    pub(crate) fn check(&self) -> Result<(), String> {
        let (old, new) = self.definitions("lamps.kubist.dev");
        let mistakes = crd::check(&old);
        if !mistakes.is_empty() {
            return Err(format!("a server takes the old definition, and the tool says {mistakes:?}"));
        }
        let changes = crd::diff(&old, &new);
        let found = changes.iter().map(|change| change.class).max();
        if found == Some(self.class) {
            return Ok(());
        }
        let lines: Vec<String> = changes.iter().map(ToString::to_string).collect();
        Err(format!("it is {:?}, and the tool says {found:?}:\n{}", self.class, lines.join("\n")))
    }
}

/// A plain definition, without a group.
fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {},
        "spec": {
            "scope": "Cluster",
            "names": { "plural": "lamps", "kind": "Lamp", "shortNames": ["lp"], "categories": ["lights"] },
            "versions": [{ "name": "v1", "served": true, "storage": true, "schema": { "openAPIV3Schema": {
                "type": "object",
                "properties": { "spec": { "type": "object", "properties": {
                    "a": { "type": "string" }, "other": { "type": "string" }, "replicas": { "type": "integer" },
                } } },
            } } }],
        },
    })
}

pub(crate) fn version_of(definition: &mut Value) -> &mut Value {
    &mut definition["spec"]["versions"][0]
}

pub(crate) fn root_of(definition: &mut Value) -> &mut Value {
    &mut version_of(definition)["schema"]["openAPIV3Schema"]
}

pub(crate) fn spec_of(definition: &mut Value) -> &mut Value {
    &mut root_of(definition)["properties"]["spec"]
}
