//! Objects of which only the metadata is known.

use serde::{Deserialize, Serialize};

use crate::gvk::TypeMeta;
use crate::meta::ObjectMeta;
use crate::object::Object;
use crate::resource::Dynamic;
use crate::wire::{DecodeError, EncodeError, Format, Wire};

/// An object of any kind without the rest: `meta/v1 PartialObjectMetadata`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_structs, reason = "meta/v1 has these two")]
pub struct PartialObjectMetadata {
    /// What the document says it is: `meta.k8s.io/v1 PartialObjectMetadata`, or the kind itself.
    #[serde(flatten)]
    pub types: TypeMeta,
    /// The metadata.
    #[serde(default)]
    pub metadata: ObjectMeta,
}

impl Object for PartialObjectMetadata {
    type Meta = ObjectMeta;

    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

impl Wire for PartialObjectMetadata {
    fn decode(bytes: &[u8], _: Format) -> Result<Self, DecodeError> {
        Ok(serde_json::from_slice(bytes)?)
    }

    fn decode_item(bytes: &[u8], format: Format, _: (&str, &str)) -> Result<Self, DecodeError> {
        Self::decode(bytes, format)
    }

    fn encode(&self, _: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Ok(serde_json::to_writer(out, self)?)
    }
}

impl Dynamic for PartialObjectMetadata {
    const METADATA_ONLY: bool = true;
}
