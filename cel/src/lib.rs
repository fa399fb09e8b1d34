//! CEL as Kubernetes has it: the parser, the checker and the evaluator of `x-kubernetes-validations`.
//!
//! [`parse`] reads an expression and expands its macros, [`check`](check()) finds its type, in the words of the API server where it has none,
//! [`instantiate`] looks at what would be computed once, `estimate` (feature `cost`) says what it may cost, and `eval` (feature of the same name) runs it. One table of overloads says which functions there are.
//!
//! Source: the [language definition](https://github.com/google/cel-spec/blob/master/doc/langdef.md), cel-go v0.29.2, and `pkg/cel` in
//! k8s.io/apiserver v0.37.2.

mod ast;
mod check;
mod constants;
#[cfg(feature = "cost")]
mod cost;
mod declared;
mod escape;
#[cfg(feature = "eval")]
mod eval;
mod formats;
mod functions;
mod lexer;
mod literal;
mod macros;
mod notes;
mod parser;
mod scalar;
mod source;
mod suggest;
mod table;
mod time;
mod types;
mod unify;

pub use self::ast::{Access, Comprehension, Entry, Expr, Literal, Node};
pub use self::check::{Checked, Scope, check};
pub use self::constants::instantiate;
#[cfg(feature = "cost")]
pub use self::cost::{Estimate, Span, estimate};
pub use self::declared::{Bound, Declared, Level, Schema};
pub use self::escape::{escape, unescape};
#[cfg(feature = "eval")]
pub use self::eval::{Library, List, ListKind, Map, Outcome, Quantity, Run, Semver, TOO_EXPENSIVE, Url, Value, eval};
pub use self::functions::signatures;
pub use self::parser::parse;
pub use self::source::{Problem, Unknown, What, line_and_column, report};
pub use self::time::{duration, timestamp};
pub use self::types::{Param, Type};
