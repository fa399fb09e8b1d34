use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kubist_model::{IntOrString, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::*;

const INFO: ResourceInfo = ResourceInfo {
    group: Cow::Borrowed("shop.example.com"),
    version: Cow::Borrowed("v1"),
    kind: Cow::Borrowed("Website"),
    plural: Cow::Borrowed("websites"),
    singular: Cow::Borrowed("website"),
    list_kind: Cow::Borrowed("WebsiteList"),
    short_names: Cow::Borrowed(&[Cow::Borrowed("site")]),
    categories: Cow::Borrowed(&[Cow::Borrowed("all")]),
    scope: Scope::Cluster,
    subresources: Cow::Borrowed(&[]),
};

fn info() -> &'static ResourceInfo {
    static OWN: ResourceInfo = INFO;
    &OWN
}

const PARTS: CrdParts = CrdParts {
    info,
    description: "A site.",
    columns: &[
        Column { name: "Zero", path: ".spec.zero", ty: "integer", format: "int32", description: "Zero.", priority: 1 },
        Column {
            name: "Age",
            path: ".metadata.creationTimestamp",
            ty: "date",
            format: "",
            description: "",
            priority: 0,
        },
    ],
    scale: Some(Scale { spec: ".spec.zero", status: ".status.zero", selector: "" }),
    status: true,
    rules: &[Rule {
        rule: "self.spec.zero == 0",
        message: "zero",
        message_expression: "",
        reason: "FieldValueInvalid",
        field_path: ".spec.zero",
        optional_old_self: false,
    }],
    version: VersionParts::PLAIN,
    schema: Root::json_schema,
};

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is read")]
struct Root {
    spec: Everything,
}

/// Everything that a schema can say.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Everything {
    #[serde(default)]
    zero: i32,
    #[serde(default)]
    no: bool,
    #[serde(default)]
    text: String,
    #[serde(default)]
    list: Vec<i32>,
    #[serde(default)]
    map: BTreeMap<String, i32>,
    #[schemars(range(min = 0, max = 0))]
    bounds: i64,
    #[schemars(extend("exclusiveMinimum" = 0.5))]
    above: f64,
    #[schemars(length(min = 0, max = 5), regex(pattern = "^a"))]
    short: String,
    any: Value,
    port: IntOrString,
    set: BTreeSet<String>,
    choice: Choice,
    #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["name"]))]
    named: Vec<Named>,
    #[schemars(extend("nullable" = true, "x-kubernetes-map-type" = "atomic"))]
    nullable: Option<Named>,
    #[schemars(extend("x-kubernetes-validations" = [{ "rule": "self.name != ''", "optionalOldSelf": true }]))]
    checked: Named,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Choice {
    A { x: f32 },
    B,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Named {
    name: String,
}

#[test]
fn the_typed_definition_loses_nothing_of_the_schema() {
    let (schema, checked) = schema(&PARTS);
    assert_eq!(checked, Ok(()));
    let expected = definition(&PARTS, schema.clone());
    let mut found = serde_json::to_value(try_crd(&PARTS).unwrap()).unwrap();
    // The typed kind writes what Go's type always writes.
    found.as_object_mut().unwrap().remove("status");
    assert_eq!(found, expected);
}

#[test]
fn empty_parts_are_left_out() {
    let parts = CrdParts { columns: &[], scale: None, status: false, rules: &[], description: "", ..PARTS };
    let (schema, _) = schema(&parts);
    let definition = definition(&parts, schema.clone());
    let version = definition["spec"]["versions"][0].as_object().unwrap();
    assert_eq!(version.keys().collect::<Vec<_>>(), ["name", "schema", "served", "storage"]);
    assert_eq!(schema.get("description"), None);
    assert_eq!(schema.get("x-kubernetes-validations"), None);
}

#[test]
fn what_no_definition_can_hold_is_told_and_the_definition_stays_usable() {
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is read")]
    struct Wrong {
        #[schemars(extend("x-kubernetes-list-map-keys" = 5))]
        list: Vec<String>,
    }
    let parts = CrdParts { schema: Wrong::json_schema, ..PARTS };
    let error = try_crd(&parts).unwrap_err().to_string();
    assert!(error.contains("x-kubernetes-list-map-keys"), "{error}");
    let usable = serde_json::to_value(crd(&parts)).unwrap();
    assert_eq!(
        usable["spec"]["versions"][0]["schema"]["openAPIV3Schema"],
        json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true })
    );
}
