//! Roots without a spec, with an empty one, with one of several, with data of their own; each with its constructor.

use std::collections::BTreeMap;

use kubist::types::apiextensions::v1::CustomResourceDefinition;
use kubist::{ObjectMeta, Resource};
use serde::Serialize;

/// Nothing but a name.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
#[resource(group = "shop.example.com", version = "v1", cluster)]
struct Flag {
    metadata: ObjectMeta,
}

/// A spec without fields, and a status.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
struct Lease {
    metadata: ObjectMeta,
    spec: (),
    status: Option<parts::Status>,
}

/// One of several.
#[derive(Resource, Clone, Debug, PartialEq)]
#[resource(group = "shop.example.com", version = "v1", namespaced)]
pub(crate) struct Source {
    metadata: ObjectMeta,
    spec: parts::From,
}

/// Data at the root, under a name that the constructor has too.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
#[resource(group = "shop.example.com", version = "v1", cluster)]
struct Settings {
    metadata: ObjectMeta,
    #[serde(default)]
    name: BTreeMap<String, i32>,
}

mod parts {
    use kubist::ResourcePart;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize, ResourcePart, Clone, Debug, Default, PartialEq)]
    pub(super) struct Status {
        pub(super) ready: bool,
    }

    #[derive(Serialize, Deserialize, ResourcePart, Clone, Debug, PartialEq)]
    #[serde(rename_all = "camelCase")]
    pub(crate) enum From {
        Git { url: String },
        Image(String),
    }

    pub mod inner {
        #[derive(kubist::Resource, Default)]
        #[resource(group = "shop.example.com", version = "v1", cluster)]
        pub(in super::super) struct Deep {
            metadata: kubist::ObjectMeta,
            pub(super) spec: Range<3>,
            status: ::core::option::Option<super::Status>,
        }

        impl Deep {
            pub(in super::super) fn limits(self) -> (Range<3>, Range<5>) {
                (self.spec, Range { least: 1, size: ::core::default::Default::default() })
            }
        }

        /// A part with a parameter that is no type.
        #[derive(serde::Serialize, serde::Deserialize, kubist::ResourcePart, Default, Debug, PartialEq)]
        pub(crate) struct Range<const N: usize> {
            pub(crate) least: i32,
            #[serde(default)]
            pub(crate) size: u8,
        }
    }
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<CustomResourceDefinition>> {
    let kind = |definition, takes, refuses, because| kubist_tests::Kind { definition, takes, refuses, because };
    vec![
        kind(
            Flag::crd(),
            "{}",
            r#"{"metadata":{"name":"a","labels":{"a b":"c"}}}"#,
            &[
                "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
            ],
        ),
        kind(
            Lease::crd(),
            r#"{"spec":{}}"#,
            r#"{"spec":5}"#,
            &[r#"spec: Invalid value: "integer": spec in body must be of type object: "integer""#],
        ),
        kind(
            Source::crd(),
            r#"{"spec":{"git":{"url":"a"}}}"#,
            r#"{"spec":{"image":1}}"#,
            &[r#"spec.image: Invalid value: "integer": spec.image in body must be of type string: "integer""#],
        ),
        kind(
            Settings::crd(),
            r#"{"name":{"a":1}}"#,
            r#"{"name":{"a":"b"}}"#,
            &[r#"name.a: Invalid value: "string": name.a in body must be of type integer: "string""#],
        ),
        kind(parts::inner::Deep::crd(), r#"{"spec":{"least":1}}"#, r#"{"spec":{}}"#, &["spec.least: Required value"]),
    ]
}

pub fn main() {
    drop(kinds());
    assert_eq!(json(&Flag::new("a")), r#"{"apiVersion":"shop.example.com/v1","kind":"Flag","metadata":{"name":"a"}}"#);
    assert_eq!(
        json(&Lease::new("a", ())),
        r#"{"apiVersion":"shop.example.com/v1","kind":"Lease","metadata":{"name":"a"},"spec":{}}"#,
    );
    let source = Source::new("a", parts::From::Git { url: "b".into() });
    assert_eq!(
        json(&source),
        r#"{"apiVersion":"shop.example.com/v1","kind":"Source","metadata":{"name":"a"},"spec":{"git":{"url":"b"}}}"#,
    );
    assert_eq!(
        json(&Settings::new("a", [("b".to_owned(), 1)].into())),
        r#"{"apiVersion":"shop.example.com/v1","kind":"Settings","metadata":{"name":"a"},"name":{"b":1}}"#,
    );
    for spec in ["", r#","spec":null"#, r#","spec":{}"#, r#","spec":{"old":1}"#] {
        let json = format!(r#"{{"apiVersion":"shop.example.com/v1","kind":"Lease","metadata":{{"name":"a"}}{spec}}}"#);
        assert_eq!(serde_json::from_str::<Lease>(&json).unwrap(), Lease::new("a", ()), "{json}");
    }
    assert_eq!(Flag::default().metadata.name, "");
    let () = Lease::default().spec;
    let (three, five) = parts::inner::Deep::default().limits();
    assert_eq!((three.least, five.least), (0, 1));
    let name = <parts::inner::Range<3> as schemars::JsonSchema>::schema_name();
    assert_ne!(name, <parts::inner::Range<5> as schemars::JsonSchema>::schema_name());
}

fn json(object: &impl Serialize) -> String {
    serde_json::to_string(object).unwrap()
}
