//! What Kubernetes can say of a schema and no type of Rust says.

use std::collections::BTreeMap;

use kubist::{ObjectMeta, Resource, ResourcePart, json};
use serde::{Deserialize, Serialize};

#[derive(Resource)]
#[resource(
    group = "shop.example.com",
    version = "v1",
    cluster,
    column("Gone", ".spec.gone", string, unchecked),
    status_subresource = true,
    preserve_unknown_fields
)]
pub struct Website {
    pub metadata: ObjectMeta,
    #[resource(default = {"hosts": ["a.example.com"], "level": 2.5, "every": "1h"}, immutable)]
    pub spec: Option<WebsiteSpec>,
}

#[derive(Resource)]
#[resource(group = "shop.example.com", version = "v1", cluster, status_subresource = false)]
pub struct Note {
    pub metadata: ObjectMeta,
    pub status: String,
}

#[derive(Serialize, Deserialize, ResourcePart)]
#[resource(
    one_of = [{"required": ["hosts"]}, {"required": ["names"]}],
    not = {"properties": {"level": {"enum": [0, null]}}},
    min_properties = 1
)]
pub struct WebsiteSpec {
    #[resource(
        list_type = "set",
        items(description = "A host.", max_length = 253, pattern = r"^[a-z.]+$", rule("self != ''"))
    )]
    pub hosts: Option<Vec<String>>,
    #[resource(values(items(minimum = 1)), title = "Names", example = {"a": [1]})]
    pub names: Option<BTreeMap<String, Vec<i32>>>,
    #[resource(allowed = [1, 2.5, -3], any_of = [{"minimum": 1}, {"maximum": 0}])]
    pub level: f64,
    #[resource(format = "duration", all_of = [{"maxLength": 9}, {"minLength": 2}])]
    pub every: String,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![
        kubist_tests::Kind {
            definition: Website::crd(),
            takes: r#"{"spec":{"hosts":["a.b"],"level":1,"every":"1h"},"more":1}"#,
            refuses: r#"{"spec":{"hosts":["A"],"names":{"a":[0]},"level":4,"every":"soon"}}"#,
            because: &[
                r#"<nil>: Invalid value: "": "spec" must validate one and only one schema (oneOf). Found 2 valid alternatives"#,
                "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
                r#"spec.every: Invalid value: "soon": spec.every in body must be of type duration: "soon""#,
                r#"spec.hosts[0]: Invalid value: "A": spec.hosts[0] in body should match '^[a-z.]+$'"#,
                r#"spec.level: Unsupported value: 4: supported values: "1", "2.5", "-3""#,
                "spec.names.a[0]: Invalid value: 0: spec.names.a[0] in body should be greater than or equal to 1",
            ],
        },
        kubist_tests::Kind {
            definition: Note::crd(),
            takes: r#"{"status":"x"}"#,
            refuses: r#"{"status":1}"#,
            because: &[r#"status: Invalid value: "integer": status in body must be of type string: "integer""#],
        },
    ]
}

pub fn main() {
    drop(kinds());
    let crd = json!(Website::crd());
    let version = &crd["spec"]["versions"][0];
    assert_eq!(version["subresources"], json!({ "status": {} }));
    assert_eq!(Website::INFO.subresources.len(), 1);
    let root = &version["schema"]["openAPIV3Schema"];
    assert_eq!(root["x-kubernetes-preserve-unknown-fields"], true);
    let spec = &root["properties"]["spec"];
    assert_eq!(spec["default"], Website::crd_default());
    assert_eq!(
        spec["x-kubernetes-validations"],
        json!([{ "rule": "self == oldSelf", "message": "spec is immutable" }])
    );
    assert_eq!(spec["oneOf"], json!([{ "required": ["hosts"] }, { "required": ["names"] }]));
    assert_eq!(spec["not"], json!({ "properties": { "level": { "enum": [0, null] } } }));
    assert_eq!(spec["minProperties"], 1);
    assert_eq!(
        spec["properties"],
        json!({
            "hosts": {
                "type": "array",
                "x-kubernetes-list-type": "set",
                "items": {
                    "type": "string",
                    "description": "A host.",
                    "maxLength": 253,
                    "pattern": "^[a-z.]+$",
                    "x-kubernetes-validations": [{ "rule": "self != ''" }],
                },
            },
            "names": {
                "type": "object",
                "title": "Names",
                "example": { "a": [1] },
                "additionalProperties": {
                    "type": "array",
                    "items": { "type": "integer", "format": "int32", "minimum": 1 },
                },
            },
            "level": {
                "type": "number",
                "format": "double",
                "enum": [1, 2.5, -3],
                "anyOf": [{ "minimum": 1 }, { "maximum": 0 }],
            },
            "every": { "type": "string", "format": "duration", "allOf": [{ "maxLength": 9 }, { "minLength": 2 }] },
        })
    );

    let version = &json!(Note::crd())["spec"]["versions"][0];
    assert!(version["subresources"].is_null());
    assert_eq!(version["schema"]["openAPIV3Schema"]["required"], json!(["status"]));
}

impl Website {
    fn crd_default() -> serde_json::Value {
        json!({ "hosts": ["a.example.com"], "level": 2.5, "every": "1h" })
    }
}
