//! The library beneath the program `kubist`.

pub mod import;
