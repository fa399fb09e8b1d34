//! Tests that need more than one crate.

/// What a program of `tests/ui/pass` makes of one of its types, for both servers: see `tests/it/programs.rs`.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the programs write it")]
pub struct Kind<D> {
    /// The definition.
    pub definition: D,
    /// An object that the server takes, as JSON without its types and metadata.
    pub takes: &'static str,
    /// One that it refuses.
    pub refuses: &'static str,
    /// The causes of that, as `field: message`.
    pub because: &'static [&'static str],
}
