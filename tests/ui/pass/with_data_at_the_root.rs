//! As a config map has it: no spec, and fields of the user's at the root, with their serde attributes.

use std::collections::BTreeMap;

use kubist::{ObjectMeta, Resource};

#[derive(Resource, Debug, PartialEq)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
struct Settings {
    metadata: ObjectMeta,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    data: BTreeMap<String, String>,
    string_data: Option<String>,
    #[serde(rename = "type", default = "opaque")]
    r#type: String,
    #[serde(with = "reversed")]
    #[schemars(with = "String")]
    token: String,
    #[serde(skip)]
    cache: u8,
    immutable: bool,
}

fn opaque() -> String {
    "Opaque".into()
}

mod reversed {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&text.chars().rev().collect::<String>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Ok(String::deserialize(deserializer)?.chars().rev().collect())
    }
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: Settings::crd(),
        takes: r#"{"data":{"a":"b"},"token":"x","immutable":true}"#,
        refuses: r#"{"data":{"a":1},"immutable":true}"#,
        because: &[
            "token: Required value",
            r#"data.a: Invalid value: "integer": data.a in body must be of type string: "integer""#,
        ],
    }]
}

pub fn main() {
    drop(kinds());
    let json = concat!(
        r#"{"apiVersion":"shop.example.com/v1","kind":"Settings","metadata":{},"#,
        r#""stringData":"x","type":"Opaque","token":"cba","immutable":true}"#
    );
    let settings: Settings = serde_json::from_str(&json.replace(r#""type":"Opaque","#, "")).unwrap();
    assert_eq!(settings.token, "abc");
    assert_eq!((settings.r#type.as_str(), settings.cache), ("Opaque", 0));
    assert_eq!(serde_json::to_string(&settings).unwrap(), json);
    assert!(Settings::try_crd().is_ok());
}
