//! What the comments say.

use super::prelude::*;

/// The struct.
///
/// A second paragraph
/// over two lines.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Documented {
    /// The field.
    field: i32,
    /// The field says more than its type.
    part: Part,
    silent: Part,
    /// Perhaps.
    optional: Option<Part>,
    #[deprecated = "use `field`"]
    #[schemars(title = "A title", example = 1, extend("readOnly" = true))]
    old: Option<i32>,
}

/// The part.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Part {
    /// Its name: "quoted", `code`, <b>, é and 日本.
    name: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Said otherwise.")]
struct Attribute {
    #[schemars(description = "Said here.")]
    field: i32,
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case::<Documented>("in comments")
            .takes(json!({ "field": 1, "part": { "name": "a" }, "silent": { "name": "b" } }))
            .refuses(json!({ "field": 1 })),
        case::<Attribute>("in attributes").takes(json!({ "field": 1 })).refuses(json!({})),
    ]
}
