//! What the derive's expansion calls. Not for people: anything here may change in any release.

mod by_field;
mod fields;
mod part;
mod place;
mod root;
mod schema;
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
    ClusterScoped, DecodeError, EncodeError, Format, HasScale, HasStatus, ManagedFields, Namespaced, Object,
    ObjectMeta, Resource, ResourceInfo, Scope, Str, WholeObject, Wire,
};
pub use serde::de::{Error, MapAccess};
pub use serde::ser::SerializeStruct;
pub use {schemars, serde};

pub use self::by_field::{ReadField, begin, complete, put, put_text, read_fields, read_text, required, show};
pub use self::fields::{
    Fields, HasFields, Probe, Unknown, check_column, check_key, check_path, check_read, check_type,
};
pub use self::part::{Said, Sayings, part_name, part_schema};
pub use self::root::{Root, Types, decode, decode_prefix, encode, read};
pub use self::schema::{Property, enum_schema, object_schema};
pub use self::unit::Empty;
pub use self::view::{
    Access, NoAccess, PartViewed, Viewed, check_field, is_always_written, is_empty, row, same_name, type_of,
};
pub use crate::crd::{
    Column, Conversion, CrdParts, CustomResourceDefinition, Rule, Scale as ScalePaths, VersionParts, crd, try_crd,
};

/// Describes a kind: its group and version, its names (kind, plural, singular, kind of the list), its lists of names (short ones, categories,
/// subresources) and where its objects live.
pub const fn info(
    [group, version]: [&'static str; 2],
    [kind, plural, singular, list_kind]: [&'static str; 4],
    [short_names, categories, subresources]: [&'static [Cow<'static, str>]; 3],
    scope: Scope,
) -> ResourceInfo {
    ResourceInfo {
        group: Cow::Borrowed(group),
        version: Cow::Borrowed(version),
        kind: Cow::Borrowed(kind),
        plural: Cow::Borrowed(plural),
        singular: Cow::Borrowed(singular),
        list_kind: Cow::Borrowed(list_kind),
        short_names: Cow::Borrowed(short_names),
        categories: Cow::Borrowed(categories),
        scope,
        subresources: Cow::Borrowed(subresources),
    }
}

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
