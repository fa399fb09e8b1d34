//! Who may depend on whom.
//!
//! Reads the manifests (through `cargo metadata`) and the paths in the sources, and fails when a crate, or a module of
//! `core`, depends the wrong way. `DESIGN.md` §1 draws the same picture for people.

#[path = "crates.rs"]
mod crates;
#[path = "modules.rs"]
mod modules;
