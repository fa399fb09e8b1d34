//! Kinds that other programs define.
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

pub mod door;
pub mod gate;
pub mod http_route;
pub mod lamp;
pub mod machine;
pub mod note;
pub mod option;
pub mod shelf;
pub mod word;
