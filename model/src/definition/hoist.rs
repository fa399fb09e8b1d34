//! Where the parts of versions stand when the server looks at them.
//!
//! What all versions have alike, it takes out of them and checks once: errors then name `spec.validation` where the definition says
//! `spec.versions[0].schema`. Source: `pkg/apis/apiextensions/v1/conversion.go`.

use serde_json::Value;

use super::Asker;
use super::rules::How;
use super::tree::{at, items, text, truth};
use crate::status::StatusCause;

/// A definition as the server looks at it.
pub(super) struct Parts<'a> {
    pub(super) versions: &'a [Value],
    schema: Option<&'a Value>,
    subresources: Option<&'a Value>,
    columns: Option<&'a Value>,
    selectable: Option<&'a Value>,
    /// The versions that there were.
    former: &'a [Value],
    asker: Asker<'a>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(spec: &'a Value, old: Option<&'a Value>, asker: Asker<'a>) -> Self {
        let versions = items(spec.get("versions"));
        let alike = |field: &str| -> Option<&'a Value> {
            let (first, rest) = versions.split_first()?;
            let value = first.get(field).filter(|value| !value.is_null())?;
            rest.iter().all(|version| version.get(field) == Some(value)).then_some(value)
        };
        Self {
            versions,
            schema: alike("schema"),
            subresources: alike("subresources"),
            columns: alike("additionalPrinterColumns"),
            selectable: alike("selectableFields"),
            former: items(old.and_then(|old| at(old, "spec.versions"))),
            asker,
        }
    }

    /// How the schema of a version is looked at.
    pub(super) fn how(&self, index: usize) -> How<'a> {
        let version = &self.versions[index];
        let former = self.former.iter().find(|former| former.get("name") == version.get("name"));
        let is_unchanged = former.is_some_and(|former| former.get("schema") == version.get("schema"));
        How { is_unchanged, asker: self.asker }
    }

    /// What all versions have alike.
    pub(super) fn hoisted(&self, field: &str) -> Option<&'a Value> {
        match field {
            "schema" => self.schema,
            "subresources" => self.subresources,
            "additionalPrinterColumns" => self.columns,
            _ => self.selectable,
        }
    }

    /// What a version has for itself.
    pub(super) fn own(&self, index: usize, field: &str) -> Option<&'a Value> {
        if self.hoisted(field).is_some() { None } else { self.versions[index].get(field) }
    }

    /// Whether a version has the status subresource.
    pub(super) fn has_status(&self, index: usize) -> bool {
        self.versions[index].get("subresources").and_then(|subresources| subresources.get("status")).is_some()
    }

    /// Says what is wrong with the versions, which the server prints field by field.
    pub(super) fn wrong(&self, detail: &str) -> StatusCause {
        let json = |value: Option<&Value>| value.map_or_else(|| "null".to_owned(), Value::to_string);
        let version = |(index, version): (usize, &Value)| {
            format!(
                r#"{{"Name":{},"Served":{},"Storage":{},"Deprecated":{},"DeprecationWarning":{},"Schema":{},"Subresources":{},"AdditionalPrinterColumns":{},"SelectableFields":{}}}"#,
                Value::from(text(version.get("name"))),
                truth(version.get("served")),
                truth(version.get("storage")),
                truth(version.get("deprecated")),
                json(version.get("deprecationWarning")),
                json(self.own(index, "schema")),
                json(self.own(index, "subresources")),
                json(self.own(index, "additionalPrinterColumns")),
                json(self.own(index, "selectableFields")),
            )
        };
        let versions: Vec<String> = self.versions.iter().enumerate().map(version).collect();
        let message = format!("Invalid value: [{}]: {detail}", versions.join(","));
        StatusCause { reason: "FieldValueInvalid".into(), message: message.into(), field: "spec.versions".into() }
    }
}
