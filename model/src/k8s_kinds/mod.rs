//! The kinds of the `k8s-openapi` crate, without conversion.
//!
//! Every kind of that crate is an [`Object`], goes over the [`Wire`], and is a [`Resource`] if it has a collection of its own. Its own derives
//! for serde read and write it, so that what Kubist's own kinds save does not apply here.

mod capabilities;
mod metadata;

use std::borrow::Cow;
use std::marker::PhantomData;

use ::k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use ::k8s_openapi::{ClusterResourceScope, Metadata, NamespaceResourceScope};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::object::{Object, WholeObject};
use crate::resource::{ClusterScoped, Namespaced, Resource, ResourceInfo, Scope};
use crate::wire::{DecodeError, EncodeError, Format, Wire};

impl<K: Metadata<Ty = ObjectMeta>> Object for K {
    type Meta = ObjectMeta;

    fn metadata(&self) -> &ObjectMeta {
        Metadata::metadata(self)
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        Metadata::metadata_mut(self)
    }
}

impl<K: Metadata<Ty = ObjectMeta> + Serialize + DeserializeOwned> WholeObject for K {}

impl<K: Metadata<Ty = ObjectMeta> + Serialize + DeserializeOwned> Wire for K {
    fn decode(bytes: &[u8], format: Format) -> Result<Self, DecodeError> {
        check_type(bytes, (K::API_VERSION, K::KIND), true)?;
        decode(bytes, format)
    }

    fn decode_item(bytes: &[u8], format: Format, item_type: (&str, &str)) -> Result<Self, DecodeError> {
        check_type(bytes, (K::API_VERSION, K::KIND), false)?;
        if item_type.1.is_empty() || item_type == (K::API_VERSION, K::KIND) {
            decode(bytes, format)
        } else {
            Err(DecodeError::wrong_type((K::API_VERSION, K::KIND), item_type))
        }
    }

    fn encode(&self, format: Format, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match format {
            Format::Json => Ok(serde_json::to_writer(out, self)?),
            Format::Protobuf => Err(EncodeError::new("kinds of k8s-openapi are written as JSON only")),
        }
    }
}

fn decode<K: DeserializeOwned>(bytes: &[u8], format: Format) -> Result<K, DecodeError> {
    match format {
        Format::Json => Ok(serde_json::from_slice(bytes)?),
        Format::Protobuf => Err(DecodeError::new("kinds of k8s-openapi are read from JSON only")),
    }
}

/// What a document says it is.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Types<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

fn check_type(bytes: &[u8], expected: (&str, &str), whole: bool) -> Result<(), DecodeError> {
    let found: Types<'_> = serde_json::from_slice(bytes)?;
    let fits = |found: &str, expected: &str| found == expected || (found.is_empty() && !whole);
    if fits(&found.api_version, expected.0) && fits(&found.kind, expected.1) {
        Ok(())
    } else {
        Err(DecodeError::wrong_type(expected, (&found.api_version, &found.kind)))
    }
}

impl<K> Resource for K
where
    K: Metadata<Ty = ObjectMeta, Scope: KnownScope> + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    const INFO: ResourceInfo = ResourceInfo {
        group: Cow::Borrowed(K::GROUP),
        version: Cow::Borrowed(K::VERSION),
        kind: Cow::Borrowed(K::KIND),
        plural: Cow::Borrowed(K::URL_PATH_SEGMENT),
        singular: Cow::Borrowed(Names::<K>::SINGULAR),
        list_kind: Cow::Borrowed(Names::<K>::LIST_KIND),
        short_names: Cow::Borrowed(&[]),
        categories: Cow::Borrowed(&[]),
        scope: <K::Scope as KnownScope>::SCOPE,
        subresources: Cow::Borrowed(&[]),
    };

    fn info() -> &'static ResourceInfo {
        Info::<K>::INFO
    }
}

/// Holds the description of a kind where a reference to it can be taken.
struct Info<K>(PhantomData<K>);

impl<K: Resource> Info<K> {
    const INFO: &ResourceInfo = &K::INFO;
}

impl<K> Namespaced for K where K: Resource + ::k8s_openapi::Resource<Scope = NamespaceResourceScope> {}
impl<K> ClusterScoped for K where K: Resource + ::k8s_openapi::Resource<Scope = ClusterResourceScope> {}

/// The scope of kinds that have a collection of their own; those of subresources have not.
trait KnownScope {
    const SCOPE: Scope;
}

impl KnownScope for NamespaceResourceScope {
    const SCOPE: Scope = Scope::Namespaced;
}

impl KnownScope for ClusterResourceScope {
    const SCOPE: Scope = Scope::Cluster;
}

/// Names that `k8s-openapi` does not give, made from the kind when the program is compiled.
struct Names<K>(PhantomData<K>);

/// The longest kind has about 40 letters.
type Letters = [u8; 96];

impl<K: ::k8s_openapi::Resource> Names<K> {
    const LOWER: &Letters = &lowercase(K::KIND);
    const SINGULAR: &str = text(Self::LOWER, K::KIND.len());
    const LIST: &Letters = &joined(K::KIND, "List");
    const LIST_KIND: &str = text(Self::LIST, K::KIND.len() + "List".len());
}

const fn lowercase(kind: &str) -> Letters {
    let mut letters = joined(kind, "");
    letters.make_ascii_lowercase();
    letters
}

const fn joined(first: &str, second: &str) -> Letters {
    let mut letters = [0; 96];
    let mut at = 0;
    while at < first.len() + second.len() {
        letters[at] = if at < first.len() { first.as_bytes()[at] } else { second.as_bytes()[at - first.len()] };
        at += 1;
    }
    letters
}

const fn text(letters: &Letters, length: usize) -> &str {
    match std::str::from_utf8(letters.split_at(length).0) {
        Ok(text) => text,
        Err(_) => panic!("kinds are ASCII"),
    }
}

#[cfg(test)]
mod tests;
