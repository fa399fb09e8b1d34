//! What derived objects read and write.

use kubist_model::{Format, List, ManagedFields, ObjectMeta, Unstructured, Wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Resource;

/// A site.
#[derive(Clone, Debug, PartialEq, Resource)]
#[resource(group = "shop.example.com", version = "v1", namespaced, crate = crate)]
struct Website {
    metadata: ObjectMeta,
    spec: Spec,
    status: Option<Status>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Spec {
    replicas: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Status {
    ready: bool,
}

fn decode(json: &str) -> Result<Website, String> {
    Website::decode(json.as_bytes(), Format::Json).map_err(|error| error.to_string())
}

fn site() -> Website {
    let metadata = ObjectMeta { name: "home".into(), ..ObjectMeta::default() };
    Website { metadata, spec: Spec { replicas: 2 }, status: None }
}

#[test]
fn an_object_is_written_with_its_types_and_without_what_is_absent() {
    let mut bytes = Vec::new();
    site().encode(Format::Json, &mut bytes).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        r#"{"apiVersion":"shop.example.com/v1","kind":"Website","metadata":{"name":"home"},"spec":{"replicas":2}}"#
    );
}

#[test]
fn an_object_is_read_whatever_the_order_of_its_fields() {
    let in_order =
        r#"{"kind":"Website","apiVersion":"shop.example.com/v1","metadata":{"name":"home"},"spec":{"replicas":2}}"#;
    assert_eq!(decode(in_order).unwrap(), site());
    let turned = r#"{"spec":{"replicas":2},"status":null,"other":[1],"metadata":{"name":"home"},"apiVersion":"shop.example.com/v1","kind":"Website"}"#;
    assert_eq!(decode(turned).unwrap(), site());
}

#[test]
fn an_object_of_another_kind_is_refused_and_both_kinds_are_named() {
    let expected = "expected shop.example.com/v1 Website, found apps/v1 Deployment";
    let deployment = r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{},"spec":{"selector":{}}}"#;
    assert_eq!(decode(deployment).unwrap_err(), expected);
    // Also where its fields come before its types.
    let turned = r#"{"spec":{"selector":{}},"metadata":{},"kind":"Deployment","apiVersion":"apps/v1"}"#;
    assert_eq!(decode(turned).unwrap_err(), expected);
    let by_serde = serde_json::from_str::<Website>(deployment).unwrap_err().to_string();
    assert!(by_serde.starts_with(expected), "{by_serde}");
}

#[test]
fn another_version_is_another_type() {
    let json = r#"{"apiVersion":"shop.example.com/v2","kind":"Website","spec":{"replicas":2}}"#;
    assert_eq!(decode(json).unwrap_err(), "expected shop.example.com/v1 Website, found shop.example.com/v2 Website");
}

#[test]
fn types_may_be_absent_in_lists_only() {
    let bare = r#"{"metadata":{"name":"home"},"spec":{"replicas":2}}"#;
    assert_eq!(decode(bare).unwrap_err(), "expected shop.example.com/v1 Website, found no apiVersion and kind");
    let half = r#"{"kind":"Website","spec":{"replicas":2}}"#;
    assert_eq!(decode(half).unwrap_err(), "expected shop.example.com/v1 Website, found Website without apiVersion");
    let list = format!(
        r#"{{"apiVersion":"shop.example.com/v1","kind":"WebsiteList","metadata":{{}},"items":[{bare},{}]}}"#,
        bare.replacen('{', r#"{"apiVersion":"shop.example.com/v1","kind":"Website","#, 1)
    );
    let list = List::<Website>::decode(list.as_bytes(), Format::Json, ManagedFields::Keep, Website::info()).unwrap();
    assert_eq!(list.items, [site(), site()]);
    let foreign =
        r#"{"apiVersion":"shop.example.com/v1","kind":"WebsiteList","items":[{"apiVersion":"v1","kind":"Pod"}]}"#;
    let error = List::<Website>::decode(foreign.as_bytes(), Format::Json, ManagedFields::Keep, Website::info())
        .unwrap_err()
        .to_string();
    assert!(error.contains("items[0]") && error.contains("found v1 Pod"), "{error}");
}

#[test]
fn a_field_that_does_not_decode_is_named_by_its_path() {
    let json = r#"{"apiVersion":"shop.example.com/v1","kind":"Website","spec":{"replicas":"two"}}"#;
    assert_eq!(decode(json).unwrap_err(), ".spec.replicas: invalid type: string \"two\", expected i32");
    let json = r#"{"apiVersion":"shop.example.com/v1","kind":"Website","spec":{}}"#;
    assert_eq!(decode(json).unwrap_err(), ".spec: missing field `replicas`");
    let json = r#"{"apiVersion":"shop.example.com/v1","kind":"Website"}"#;
    assert_eq!(decode(json).unwrap_err(), "missing field `spec`");
    assert_eq!(decode("[]").unwrap_err(), "invalid type: sequence, expected an object of the kind Website");
}

#[test]
fn an_object_is_read_by_its_fields_as_serde_reads_it_and_else_left_to_serde() {
    let read = |text: &str, item_type, fields| Website::decode_prefix(text, item_type, fields);
    let metadata = r#"{"name":"home","managedFields":[{"manager":"kubist"}],"labels":{"app":"web"}}"#;
    let text = format!(
        r#"{{"apiVersion":"shop.example.com/v1","kind":"Website","metadata":{metadata},"spec":{{"replicas":2}},"other":[{{}}],"status":null}}"#
    );
    let (kept, length) = read(&format!("{text},{{}}"), None, ManagedFields::Keep).unwrap();
    assert_eq!((&kept, length), (&decode(&text).unwrap(), text.len()));
    assert_eq!(kept.metadata.managed_fields.len(), 1);
    let (skipped, _) = read(&text, None, ManagedFields::Skip).unwrap();
    assert!(skipped.metadata.managed_fields.is_empty() && skipped.metadata.labels["app"] == *"web");
    assert!(read(r#"{"spec":{"replicas":2}}"#, Some(("", "")), ManagedFields::Skip).is_some());
    let cut = text.len() - 1;
    let missing = text.replace("spec", "speck");
    let wrong = text.replace(":2", r#":"two""#);
    let foreign = text.replace("/v1", "/v2");
    for left in [&text[..cut], &missing, &wrong, &foreign, r#"{"spec":{"replicas":2}}"#, "[]"] {
        assert!(read(left, None, ManagedFields::Skip).is_none(), "{left}");
    }
}

#[test]
fn what_follows_the_object_is_an_error() {
    let json = r#"{"apiVersion":"shop.example.com/v1","kind":"Website","spec":{"replicas":2}} {}"#;
    assert_eq!(decode(json).unwrap_err(), "trailing characters at line 1 column 77");
}

#[test]
fn typed_and_untyped_turn_into_one_another() {
    let untyped = Unstructured::from_value(serde_json::to_value(site()).unwrap()).unwrap();
    assert_eq!(untyped.decode::<Website>().unwrap(), site());
}

#[test]
fn the_definition_has_names_scope_subresources_and_schema() {
    let crd = Website::try_crd().unwrap();
    let crd = serde_json::to_value(&crd).unwrap();
    assert_eq!(crd["metadata"]["name"], "websites.shop.example.com");
    assert_eq!(crd["spec"]["scope"], "Namespaced");
    assert_eq!(
        crd["spec"]["names"],
        json!({ "plural": "websites", "singular": "website", "kind": "Website", "listKind": "WebsiteList" })
    );
    let version = &crd["spec"]["versions"][0];
    assert_eq!(version["subresources"], json!({ "status": {} }));
    assert_eq!(
        version["schema"]["openAPIV3Schema"],
        json!({
            "type": "object",
            "description": "A site.",
            "properties": {
                "apiVersion": { "type": "string" },
                "kind": { "type": "string" },
                "metadata": { "type": "object" },
                "spec": {
                    "type": "object",
                    "properties": { "replicas": { "type": "integer", "format": "int32" } },
                    "required": ["replicas"],
                },
                "status": {
                    "type": "object",
                    "properties": { "ready": { "type": "boolean" } },
                    "required": ["ready"],
                },
            },
            "required": ["spec"],
        })
    );
}

/// Declares items twice: with the schema of schemars' derive, and with ours.
macro_rules! twice {
    ($($(#[$($attribute:tt)*])* $word:ident $name:ident { $($body:tt)* })*) => {
        mod by_schemars {
            use super::*;
            $(
                #[derive(Serialize, Deserialize, JsonSchema)]
                $(#[$($attribute)*])*
                pub(super) $word $name { $($body)* }
            )*
        }
        mod by_table {
            use super::*;
            $(
                #[derive(Serialize, Deserialize, crate::ResourcePart)]
                #[resource(crate = crate)]
                $(#[$($attribute)*])*
                pub(super) $word $name { $($body)* }
            )*
        }
        #[test]
        fn the_schema_of_a_plain_item_is_that_of_schemars() {
            $(
                let (schemars, ours) = (schemars::schema_for!(by_schemars::$name), schemars::schema_for!(by_table::$name));
                assert_eq!(ours, schemars, "{}", stringify!($name));
            )*
        }
    };
}

type Maybe = Option<String>;

twice! {
    /// The whole.
    ///
    /// It has two paragraphs,
    ///   the second over two lines.
    #[serde(rename_all = "camelCase")]
    struct Everything {
        /// What it is called.
        plain_text: String,
        whole_number: u32,
        r#type: bool,
        maybe: Option<String>,
        by_another_name: Maybe,
        boxed: Box<Option<i64>>,
        nested: Inner,
        many: Vec<Inner>,
        #[serde(default)]
        labels: std::collections::BTreeMap<String, String>,
        #[serde(default)]
        default_number: i32,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unless_empty: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless_nothing: Option<i32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        skipped: Option<i32>,
        #[serde(rename = "URL")]
        url: String,
        #[serde(default)]
        /// Of another type.
        mode: Mode,
        any: serde_json::Value,
    }
    struct Inner {
        itself: Option<Box<Inner>>,
    }
    #[serde(rename_all = "kebab-case")]
    struct Other {
        two_words: (i32, i32),
        tuple: [u8; 2],
    }
    struct Nothing {}
    /// One of these.
    #[derive(Default)]
    enum Mode {
        #[default]
        Fast,
        r#Slow,
    }
    /// # A title
    ///
    /// And a description.
    struct Titled {
        /// # Another
        titled: String,
    }
    enum Documented {
        /// The first.
        First,
        Second,
    }
    #[serde(rename_all = "lowercase")]
    enum Renamed {
        First,
    }
    #[serde(deny_unknown_fields)]
    struct Strict {
        #[serde(alias = "other")]
        name: String,
    }
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    let json = r#"{"apiVersion":"shop.example.com/v1","kind":"Website","spec":{"replicas":2},"spec":{"replicas":3}}"#;
    assert_eq!(decode(json).unwrap_err(), ".spec: duplicate field `spec`");
}

#[test]
fn a_field_whose_type_is_an_option_by_another_name_may_be_absent() {
    #[derive(Debug, Resource)]
    #[resource(group = "shop.example.com", version = "v1", cluster, crate = crate)]
    struct Named {
        metadata: ObjectMeta,
        title: Maybe,
    }
    let json = br#"{"apiVersion":"shop.example.com/v1","kind":"Named"}"#;
    assert_eq!(Named::decode(json, Format::Json).unwrap().title, None);
    let crd = serde_json::to_value(Named::crd()).unwrap();
    assert!(crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"].get("required").is_none());
}

#[test]
fn a_part_without_a_schema_takes_any_value_and_is_told_by_try_crd() {
    #[derive(Debug, Serialize, Deserialize, JsonSchema)]
    struct Tree {
        children: Vec<Tree>,
    }
    #[derive(Debug, Resource)]
    #[resource(group = "shop.example.com", version = "v1", cluster, crate = crate)]
    struct Forest {
        metadata: ObjectMeta,
        spec: Tree,
    }
    let error = Forest::try_crd().unwrap_err().to_string();
    assert!(error.starts_with(".spec.children[]: `Tree` contains itself (Tree → Tree)"), "{error}");
    let crd = serde_json::to_value(Forest::crd()).unwrap();
    let spec = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"];
    assert_eq!(spec["properties"]["children"]["items"], json!({ "x-kubernetes-preserve-unknown-fields": true }));
}
