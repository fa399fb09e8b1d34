//! What the derive's expansion calls. Not for people: anything here may change in any release.

mod fields;
mod part;
mod place;
mod root;
#[cfg(test)]
mod tests;
mod text;
pub mod unit;
mod view;
#[cfg(test)]
mod view_tests;

pub use std::borrow::Cow;
pub use std::convert::Into;
pub use std::default::Default;
pub use std::marker::{Send, Sync};
pub use std::ops::FnMut;
pub use std::option::Option;
pub use std::result::Result;
pub use std::vec::Vec;

pub use kubist_model::reflect;
pub use kubist_model::schema::SchemaError;
pub use kubist_model::{
    ClusterScoped, DecodeError, EncodeError, Format, HasScale, HasStatus, Namespaced, Object, ObjectMeta, Resource,
    ResourceInfo, Scope, Str, WholeObject, Wire,
};
pub use {schemars, serde};

pub use self::fields::{
    Fields, HasFields, Probe, Unknown, check_column, check_key, check_path, check_read, check_type,
};
pub use self::part::{Said, Sayings, part_name, part_schema};
pub use self::root::{Root, Types, decode, encode, read};
pub use self::unit::Empty;
pub use self::view::{Access, NoAccess, PartViewed, Viewed, check_field, each, is_empty, row, same_name, type_of};
pub use crate::crd::{
    Column, Conversion, CrdParts, CustomResourceDefinition, Rule, Scale as ScalePaths, VersionParts, crd, try_crd,
};

/// Returns the metadata of a new object.
pub fn named<M: kubist_model::Metadata + Default>(name: &Str) -> M {
    let mut metadata = M::default();
    metadata.set_name(name);
    metadata
}

/// Returns the status to write to, which is empty where there is none.
pub fn status<T: Default>(status: &mut Option<T>) -> &mut T {
    status.get_or_insert_with(T::default)
}
