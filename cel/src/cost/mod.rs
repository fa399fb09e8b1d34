//! What an expression may cost at most, found before there is a value: what a server refuses definitions for.
//!
//! The figures are the server's, to the last unit: `tests/corpus/cost.txt` holds them. So what looks odd here is odd there, and is said where it is.
//!
//! Source: `checker/cost.go` and `ext` in cel-go v0.29.2, `pkg/cel/library/cost.go` in k8s.io/apiserver v0.37.2, `sizeEstimator` in
//! `pkg/apiserver/schema/cel/compilation.go` of k8s.io/apiextensions-apiserver v0.37.2.

mod calls;
mod estimator;
mod path;
mod span;

use std::collections::BTreeSet;

use crate::ast::Expr;
use crate::check::{Checked, Scope, check_noted};
use crate::declared::{Bound, Declared};
use crate::source::Problem;

pub use self::span::Span;

/// What is known of an expression before it runs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Estimate {
    /// What the checker found.
    pub checked: Checked,
    /// What it may cost, in the server's units.
    pub cost: Span,
    /// The values that it goes through whose size nothing bounds: their paths from `self`, and the bound that is missing.
    pub unbounded: BTreeSet<(String, Bound)>,
}

/// Checks an expression and estimates what it costs, where `self` and `oldSelf` are what a schema declares.
///
/// # Errors
///
/// What [`check`](crate::check()) finds.
pub fn estimate(expr: &Expr, scope: &Scope, root: &Declared) -> Result<Estimate, Vec<Problem>> {
    let (checked, notes) = check_noted(expr, scope)?;
    let (cost, unbounded) = estimator::run(expr, &notes, root);
    Ok(Estimate { checked, cost, unbounded })
}
