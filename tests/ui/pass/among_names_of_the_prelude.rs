//! The user's own types may be called as those of the standard library.

#[expect(dead_code, reason = "only the names matter")]
mod own {
    pub struct Option;
    pub struct Result;
    pub struct Vec;
    pub struct String;
    pub struct Box;
    pub trait Default {}
    pub trait Clone {}
    pub trait Send {}
    pub trait Into {}
    pub trait Resource {}
    pub trait Serialize {}
    pub use super::{Body, Column};
    pub enum E {
        Ok,
        Err,
        Some,
        None,
    }
    #[expect(unused_imports, reason = "the expansion uses none of them")]
    pub use self::E::*;

    #[derive(kubist::Resource)]
    #[resource(
        group = "shop.example.com",
        version = "v1",
        namespaced,
        column("Replicas", ".spec.replicas", integer),
        rule("self.spec.replicas > 0")
    )]
    pub struct Website {
        metadata: kubist::ObjectMeta,
        spec: super::Spec,
        status: ::std::option::Option<super::Spec>,
        body: Body,
        column: Column,
    }

    #[derive(kubist::Resource)]
    #[resource(view_of = kubist::types::core::v1::Pod)]
    pub struct View {
        metadata: kubist::ObjectMeta,
        spec: Access,
    }

    #[derive(kubist::ResourcePart)]
    #[resource(view_of = kubist::types::core::v1::PodSpec)]
    pub struct Access {
        node_name: kubist::Str,
    }
}

#[derive(Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Spec {
    replicas: i32,
}

#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Body {
    pub text: String,
}

#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Column {
    pub width: u8,
}

/// What both servers are asked about.
pub fn kinds() -> Vec<kubist_tests::Kind<kubist::types::apiextensions::v1::CustomResourceDefinition>> {
    vec![kubist_tests::Kind {
        definition: own::Website::crd(),
        takes: r#"{"spec":{"replicas":1},"body":{"text":"a"},"column":{"width":255}}"#,
        refuses: r#"{"spec":{"replicas":1},"body":{"text":"a"},"column":{"width":256}}"#,
        because: &["column.width: Invalid value: 256: column.width in body should be less than or equal to 255"],
    }]
}

pub fn main() {
    drop(kinds());
}
