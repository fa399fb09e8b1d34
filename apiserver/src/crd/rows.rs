//! From a definition to the rows that serve its versions.

use std::borrow::Cow;
use std::sync::Arc;

use kubist_model::{ResourceInfo, Scope};
use serde_json::Value;

use super::custom::Custom;
use crate::registry::{FieldSelectorPath, ResourceDef, ScalePaths, Subresource};
use crate::schema;
use crate::tree;

pub(super) fn versions(definition: &Value) -> &[Value] {
    tree::at(definition, &["spec", "versions"]).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// `plural.group`, where the objects are stored; also the name of the definition.
pub(super) fn storage(definition: &Value) -> String {
    tree::meta(definition, "name").to_owned()
}

/// Returns a row for each served version.
pub(super) fn rows(definition: &Value) -> Vec<ResourceDef> {
    versions(definition)
        .iter()
        .filter(|version| flag(version, "served"))
        .map(|version| row(definition, version))
        .collect()
}

fn row(definition: &Value, version: &Value) -> ResourceDef {
    let spec = |path: &[&str]| tree::text(&definition["spec"], path).to_owned();
    let list = |field: &str| -> Cow<'static, [Cow<'static, str>]> {
        let names = tree::at(definition, &["spec", "names", field]).and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str).map(|name| Cow::Owned(name.to_owned())).collect()
    };
    let (group, version_name) = (spec(&["group"]), tree::text(version, &["name"]).to_owned());
    let own = |name: &str| Subresource {
        name: name.to_owned(),
        group: group.clone(),
        version: version_name.clone(),
        kind: spec(&["names", "kind"]),
        verbs: ["get", "patch", "update"].map(str::to_owned).to_vec(),
    };
    let declared = version.get("subresources");
    let has_status = declared.and_then(|all| all.get("status")).is_some();
    let scale = declared.and_then(|all| all.get("scale"));
    let mut subresources = Vec::new();
    if has_status {
        subresources.push(own("status"));
    }
    if scale.is_some() {
        subresources.push(Subresource {
            group: "autoscaling".to_owned(),
            version: "v1".to_owned(),
            kind: "Scale".to_owned(),
            ..own("scale")
        });
    }
    let info = ResourceInfo {
        kind: spec(&["names", "kind"]).into(),
        plural: spec(&["names", "plural"]).into(),
        singular: spec(&["names", "singular"]).into(),
        list_kind: spec(&["names", "listKind"]).into(),
        short_names: list("shortNames"),
        categories: list("categories"),
        scope: if spec(&["scope"]) == "Namespaced" { Scope::Namespaced } else { Scope::Cluster },
        subresources: subresources.iter().map(|sub| Cow::Owned(sub.name.clone())).collect(),
        version: version_name.clone().into(),
        group: group.clone().into(),
    };
    let mut row = ResourceDef::custom(info);
    row.subresources = subresources;
    row.scale = scale.map(|scale| ScalePaths {
        spec_replicas: path(tree::text(scale, &["specReplicasPath"])),
        status_replicas: path(tree::text(scale, &["statusReplicasPath"])),
        selector: Some(tree::text(scale, &["labelSelectorPath"])).filter(|text| !text.is_empty()).map(path),
    });
    let selectable = version.get("selectableFields").and_then(Value::as_array).into_iter().flatten();
    row.field_selectors = selectable
        .map(|field| FieldSelectorPath::dotted(tree::text(field, &["jsonPath"]).trim_start_matches('.').to_owned()))
        .collect();
    let schema = tree::at(version, &["schema", "openAPIV3Schema"]).cloned().unwrap_or_default();
    let warning = flag(version, "deprecated").then(|| match tree::text(version, &["deprecationWarning"]) {
        "" => format!("{group}/{version_name} {} is deprecated", row.info.kind),
        text => text.to_owned(),
    });
    let scale = row.scale.clone();
    let rules = schema::Rules::of(&schema);
    let (definition, patterns) = (storage(definition), schema::Patterns::default());
    row.behaviour = Some(Arc::new(Custom { schema, rules, patterns, definition, scale, warning }));
    row
}

/// A simple JSON path such as `.spec.replicas`.
fn path(text: &str) -> Vec<Cow<'static, str>> {
    text.trim_start_matches('.').split('.').map(|part| Cow::Owned(part.to_owned())).collect()
}
