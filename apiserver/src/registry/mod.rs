//! The table of resources: one row a kind, and what a kind does that a row cannot say.

mod behaviour;
mod row;
mod table;

pub(crate) use behaviour::{Behaviour, Write};
pub(crate) use row::{
    FieldSelectorPath, GenerationRule, GraceRule, NameRule, Origin, Propagation, ResourceDef, ScalePaths, StatusWrite,
    Subresource, Verb,
};
pub(crate) use table::Registry;
