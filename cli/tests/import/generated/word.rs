//! `words.import.kubist.dev`, version `v1`.
//!
//! Written by `kubist import`.

#![allow(
    missing_docs,
    clippy::duplicated_attributes,
    clippy::pedantic,
    clippy::style,
    rustdoc::all,
    reason = "names and texts are those of the definition"
)]

use kubist::{ObjectMeta, Resource, ResourcePart};
use serde::{Deserialize, Serialize};

/// \# About words
///
/// Text with <tags>, [links], https://example.com/a_b and
///
/// ```text
///     some: code
///     more: code
///
/// ```
/// ```text
/// and more
/// ```
/// - an item that is so long that it does not fit into one line of a comment, and has to be broken
///   between two words
#[derive(Clone, Debug, Default, PartialEq, Resource)]
#[resource(group = "import.kubist.dev", version = "v1", namespaced)]
pub struct Word {
    /// Its name, labels and the like.
    pub metadata: ObjectMeta,
    pub spec: Option<WordSpec>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "camelCase")]
pub struct WordSpec {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<String>,
    #[serde(rename = "2fa", skip_serializing_if = "Option::is_none")]
    pub field_2fa: Option<bool>,
    #[serde(rename = "HTTPGet", skip_serializing_if = "Option::is_none")]
    pub http_get: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deep: Option<Deep>,
    #[serde(rename = "foo-bar", skip_serializing_if = "Option::is_none")]
    pub foo_bar: Option<String>,
    #[serde(rename = "fooBar", skip_serializing_if = "Option::is_none")]
    pub foo_bar_2: Option<String>,
    #[serde(rename = "foo_bar", skip_serializing_if = "Option::is_none")]
    pub foo_bar_3: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loud: Option<Loud>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WordMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<WordOption>,
    #[serde(rename = "podCIDRs", skip_serializing_if = "Option::is_none")]
    pub pod_cidrs: Option<Vec<String>>,
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string: Option<WordString>,
    /// \# What it is
    ///
    /// Of all things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<WordValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vec: Option<WordVec>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wide: Option<Wide>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<Word2>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word_spec: Option<WordSpec2>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Deep {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<DeepConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<DeepWord>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct DeepConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub h: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct DeepWord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub g: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
#[serde(rename_all = "UPPERCASE")]
pub enum Loud {
    Get,
    Put,
    Patch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ResourcePart)]
pub enum WordMode {
    #[serde(rename = "SCREAMING_CASE")]
    ScreamingCase,
    #[serde(rename = "kebab-case")]
    KebabCase,
    #[serde(rename = "1.2")]
    V12,
    #[serde(rename = "*")]
    Star,
    #[serde(rename = "a")]
    A,
    #[serde(rename = "A")]
    A2,
    #[serde(rename = "Self")]
    SelfValue,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WordOption {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WordString {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WordValue {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub d: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WordVec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub c: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Wide {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<WideConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<WideWord>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WideConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub j: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WideWord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub i: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct Word2 {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ResourcePart)]
pub struct WordSpec2 {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f: Option<String>,
}
