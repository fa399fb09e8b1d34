//! In which form an answer goes out.

use http::HeaderMap;
use http::header::ACCEPT;
use kubist_model::Status;
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::registry::{Origin, ResourceDef};
use crate::tree;

/// The form that a client asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presented {
    /// The object itself.
    Whole,
    /// Its metadata only: `PartialObjectMetadata`.
    Metadata,
}

/// The formats of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Yaml,
}

/// What answers can be written as; the real server adds protobuf and CBOR.
const ACCEPTED: [&str; 2] = ["application/json", "application/yaml"];

/// Reads the `Accept` header: the first form in it that is known here.
pub(crate) fn negotiate(headers: &HeaderMap) -> Result<(Presented, Encoding), ApiError> {
    let accept = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    if accept.trim().is_empty() {
        return Ok((Presented::Whole, Encoding::Json));
    }
    for clause in accept.split(',') {
        let mut parts = clause.split(';').map(str::trim);
        let encoding = match parts.next().unwrap_or_default() {
            "application/json" | "*/*" | "application/*" => Encoding::Json,
            "application/yaml" => Encoding::Yaml,
            _ => continue,
        };
        let form = parts.find_map(|part| part.strip_prefix("as="));
        match form {
            None => return Ok((Presented::Whole, encoding)),
            Some("PartialObjectMetadata" | "PartialObjectMetadataList") => return Ok((Presented::Metadata, encoding)),
            // Tables come with the issue that builds them; kubectl offers the plain object as well.
            Some(_) => {}
        }
    }
    Err(Status::not_acceptable(&ACCEPTED).into())
}

impl Presented {
    /// Returns a stored object in this form, at the version of the row.
    pub(crate) fn object(self, row: &ResourceDef, object: &Value) -> Value {
        match self {
            Presented::Whole => {
                let mut object = object.clone();
                // Versions of one kind share a store.
                let api_version = row.info.api_version();
                if tree::text(&object, &["apiVersion"]) != api_version {
                    tree::set(&mut object, &["apiVersion"], Some(api_version.as_ref().into()));
                }
                if let Some(behaviour) = &row.behaviour {
                    behaviour.present(&mut object);
                }
                object
            }
            Presented::Metadata => json!({
                "kind": "PartialObjectMetadata",
                "apiVersion": "meta.k8s.io/v1",
                "metadata": object.get("metadata").cloned().unwrap_or_default(),
            }),
        }
    }

    /// Returns a stored object as it stands in a list: built-in kinds leave out what the list says already.
    pub(crate) fn item(self, row: &ResourceDef, object: &Value) -> Value {
        let mut item = self.object(row, object);
        if self == Presented::Whole && row.origin == Origin::BuiltIn {
            tree::set(&mut item, &["apiVersion"], None);
            tree::set(&mut item, &["kind"], None);
        }
        item
    }

    /// Returns the `apiVersion` and kind of a list in this form.
    pub(crate) fn list_type(self, api_version: &str, list_kind: &str) -> (String, String) {
        match self {
            Presented::Whole => (api_version.to_owned(), list_kind.to_owned()),
            Presented::Metadata => ("meta.k8s.io/v1".to_owned(), "PartialObjectMetadataList".to_owned()),
        }
    }
}
