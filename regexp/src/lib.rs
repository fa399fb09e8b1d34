//! Go's regular expressions, as the API server reads them.
//!
//! A `pattern` of a schema and CEL's `matches`, `find` and `findAll` take the syntax of Go's package `regexp`. [`check`] says what Go would say of
//! a pattern; [`translate`] gives one that means the same in the syntax of the crate `regex`, which this crate does not need:
//!
//! ```
//! let error = kubist_regexp::check("^[a-z").expect_err("the bracket is open");
//! assert_eq!(error.to_string(), "error parsing regexp: missing closing ]: `[a-z`");
//!
//! assert_eq!(kubist_regexp::translate(r"^\w+$")?, r"\A[0-9A-Z_a-z]+\z");
//! # Ok::<(), kubist_regexp::Error>(())
//! ```
//!
//! Source: [`regexp/syntax`](https://pkg.go.dev/regexp/syntax@go1.26.0) of Go 1.26.

mod class;
mod error;
mod escape;
mod flags;
mod limits;
mod names;
mod parser;

pub use self::error::Error;
pub use self::parser::{check, translate};
