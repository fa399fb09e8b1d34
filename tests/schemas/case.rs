//! A type, values of it, and values that it is not.

use kubist::__private::{CrdParts, crd, schemars, try_crd};
use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{ResourceInfo, Scope};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One Rust type, as the `spec` of a kind of its own.
pub(crate) struct Case {
    pub(crate) topic: &'static str,
    pub(crate) name: &'static str,
    parts: fn() -> CrdParts,
    /// Reads a spec as serde does, and gives what serde then writes.
    read: fn(&Value) -> Result<Value, String>,
    pub(crate) values: Vec<(Value, Verdict)>,
    problem: &'static str,
}

/// Who takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Serde and the server.
    Taken,
    /// Neither.
    Refused,
    /// Serde, but not the server: a bound or rule that only the schema knows.
    ServerRefuses,
    /// The server, but not serde: Kubernetes has no words for the difference.
    ServerTakes,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Root<T> {
    spec: T,
}

/// Starts a case.
pub(crate) fn case<T: JsonSchema + Serialize + DeserializeOwned>(name: &'static str) -> Case {
    fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
        Root::<T>::json_schema(generator)
    }
    Case {
        topic: "",
        name,
        parts: || CrdParts::of(|| &INFO, schema::<T>),
        read: |value| {
            let root: Root<T> = serde_json::from_value(json!({ "spec": value })).map_err(|error| error.to_string())?;
            serde_json::to_value(&root).map(|mut root| root["spec"].take()).map_err(|error| error.to_string())
        },
        values: Vec::new(),
        problem: "",
    }
}

impl Case {
    pub(crate) fn of(mut self, topic: &'static str) -> Self {
        self.topic = topic;
        self
    }

    /// A value of the type.
    pub(crate) fn takes(mut self, value: Value) -> Self {
        self.values.push((value, Verdict::Taken));
        self
    }

    /// What is no value of the type.
    pub(crate) fn refuses(mut self, value: Value) -> Self {
        self.values.push((value, Verdict::Refused));
        self
    }

    /// A value of the type that the schema refuses, by what it says beyond the type.
    pub(crate) fn server_refuses(mut self, value: Value) -> Self {
        self.values.push((value, Verdict::ServerRefuses));
        self
    }

    /// What is no value of the type, and what Kubernetes has no words to refuse.
    pub(crate) fn server_takes(mut self, value: Value) -> Self {
        self.values.push((value, Verdict::ServerTakes));
        self
    }

    /// What `try_crd` says; a case without this has no problem.
    pub(crate) fn problem(mut self, problem: &'static str) -> Self {
        self.problem = problem;
        self
    }

    pub(crate) fn path(&self) -> String {
        format!("{}::{}", self.topic, self.name)
    }

    /// The definition, under names of the case's own.
    pub(crate) fn crd(&self) -> CustomResourceDefinition {
        let mut crd = crd(&(self.parts)());
        let words: String = self.path().chars().filter(char::is_ascii_alphanumeric).collect();
        let plural = words.to_lowercase();
        crd.metadata.name = format!("{plural}.{}", crd.spec.group).as_str().into();
        crd.spec.names.kind = words[..1].to_uppercase().as_str().into();
        crd.spec.names.kind = format!("{}{}", words[..1].to_uppercase(), &words[1..]).as_str().into();
        crd.spec.names.list_kind = format!("{}List", crd.spec.names.kind).as_str().into();
        crd.spec.names.singular = plural.as_str().into();
        crd.spec.names.plural = plural.as_str().into();
        crd
    }

    /// The schema of the spec.
    pub(crate) fn schema(&self) -> Value {
        let crd = serde_json::to_value(self.crd()).expect("a definition is JSON");
        crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"].clone()
    }

    pub(crate) fn read(&self, value: &Value) -> Result<Value, String> {
        (self.read)(value)
    }

    /// Checks the part that needs no server.
    pub(crate) fn check_serde(&self) -> Result<(), String> {
        let found = try_crd(&(self.parts)()).err().map(|error| error.to_string()).unwrap_or_default();
        if found != self.problem {
            return Err(format!("try_crd says {found:?}, and the case {:?}", self.problem));
        }
        for (value, verdict) in &self.values {
            let expected = matches!(verdict, Verdict::Taken | Verdict::ServerRefuses);
            match self.read(value) {
                Ok(_) if !expected => return Err(format!("serde takes {value}")),
                Err(error) if expected => return Err(format!("serde refuses {value}: {error}")),
                _ => {}
            }
        }
        Ok(())
    }
}

static INFO: ResourceInfo = ResourceInfo {
    group: std::borrow::Cow::Borrowed("schemas.kubist.dev"),
    version: std::borrow::Cow::Borrowed("v1"),
    kind: std::borrow::Cow::Borrowed("Case"),
    plural: std::borrow::Cow::Borrowed("cases"),
    singular: std::borrow::Cow::Borrowed("case"),
    list_kind: std::borrow::Cow::Borrowed("CaseList"),
    short_names: std::borrow::Cow::Borrowed(&[]),
    categories: std::borrow::Cow::Borrowed(&[]),
    scope: Scope::Cluster,
    subresources: std::borrow::Cow::Borrowed(&[]),
};
