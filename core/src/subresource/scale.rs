//! The scale subresource.

use kubist_model::{DecodeError, EncodeError, Format, ObjectMeta, Str, WholeObject, Wire};
use serde::{Deserialize, Serialize};

use crate::api::{Address, Document, GetRequest, PatchRequest, PatchStart, UpdateRequest};

/// How many replicas an object wants and has: `autoscaling/v1 Scale`, the same for all kinds that scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::exhaustive_structs, reason = "autoscaling/v1 has these fields")]
pub struct Scale {
    /// The metadata of the object that scales.
    pub metadata: ObjectMeta,
    /// What is wanted.
    pub spec: ScaleSpec,
    /// What there is.
    pub status: ScaleStatus,
}

/// How many replicas are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::exhaustive_structs, reason = "autoscaling/v1 has this field")]
pub struct ScaleSpec {
    /// The number of replicas; 0 where the object does not say.
    pub replicas: i32,
}

/// How many replicas there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::exhaustive_structs, reason = "autoscaling/v1 has these fields")]
pub struct ScaleStatus {
    /// The number of replicas that were counted last.
    pub replicas: i32,
    /// Selects the pods that are counted, as a label selector in text; empty if the kind gives none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub selector: Str,
}

const API_VERSION: &str = "autoscaling/v1";
const KIND: &str = "Scale";

/// A scale with what says that it is one.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<T> {
    api_version: Str,
    kind: Str,
    #[serde(flatten)]
    scale: T,
}

impl WholeObject for Scale {}

impl Wire for Scale {
    fn decode(bytes: &[u8], _: Format) -> Result<Self, DecodeError> {
        let Envelope { api_version, kind, scale } = serde_json::from_slice(bytes)?;
        if (api_version.as_str(), kind.as_str()) != (API_VERSION, KIND) {
            return Err(DecodeError::wrong_type((API_VERSION, KIND), (&api_version, &kind)));
        }
        Ok(scale)
    }

    fn decode_item(bytes: &[u8], _: Format, _: (&str, &str)) -> Result<Self, DecodeError> {
        Ok(serde_json::from_slice(bytes)?)
    }

    fn encode(&self, _: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let envelope = Envelope { api_version: API_VERSION.into(), kind: KIND.into(), scale: self };
        Ok(serde_json::to_writer(out, &envelope)?)
    }
}

/// The scale of one object, made by [`Api::scale`](crate::Api::scale).
#[doc(alias = "ScaleClient")]
#[derive(Clone, Debug)]
#[must_use = "call a verb on it"]
pub struct ScaleOf(Address);

impl ScaleOf {
    pub(crate) fn new(object: Address) -> Self {
        Self(object.subresource("scale"))
    }

    /// Reads how many replicas are wanted, and how many there are.
    ///
    /// # Request
    ///
    /// `GET /apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale`
    ///
    /// # Permissions
    ///
    /// `get` on `deployments/scale`.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is no such object.
    pub fn get(&self) -> GetRequest<Scale> {
        GetRequest::new(self.0.clone())
    }

    /// Sets how many replicas are wanted, whatever it was before.
    ///
    /// # Request
    ///
    /// `PATCH /apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale`, a merge patch.
    ///
    /// # Permissions
    ///
    /// `patch` on `deployments/scale`.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is no such object; `Invalid` if the number is negative.
    ///
    /// # Source
    ///
    /// <https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#scale-subresource>
    pub fn set(&self, replicas: i32) -> PatchRequest<Scale> {
        self.patch().merge(serde_json::json!({ "spec": { "replicas": replicas } }))
    }

    /// Replaces the scale with one that was read and changed.
    ///
    /// # Request
    ///
    /// `PUT /apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale`
    ///
    /// # Permissions
    ///
    /// `update` on `deployments/scale`.
    ///
    /// # Errors
    ///
    /// `Conflict` if the scale's `resource_version` is set and no longer current.
    pub fn replace(&self, scale: &Scale) -> UpdateRequest<Scale> {
        UpdateRequest::new(self.0.clone(), Document::of(scale))
    }

    /// Changes the scale by a patch. Say next how.
    ///
    /// # Permissions
    ///
    /// `patch` on `deployments/scale`.
    pub fn patch(&self) -> PatchStart<Scale> {
        PatchStart::new(self.0.clone())
    }
}
