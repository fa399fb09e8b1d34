//! Arguments written as constants that no run could take.

use crate::ast::{Expr, Literal, Node};
use crate::source::Problem;
use crate::time;

/// Checks the constants that stand for durations and times.
pub(crate) fn check(expr: &Expr, problems: &mut Vec<Problem>) {
    let mut found = [Vec::new(), Vec::new()];
    walk(expr, &mut found);
    problems.extend(found.into_iter().flatten());
}

fn walk(expr: &Expr, found: &mut [Vec<Problem>; 2]) {
    if let Node::Call(name, None, args) = &expr.node
        && let [Expr { node: Node::Literal(literal), at, .. }] = args.as_slice()
    {
        let wrong = || Problem::new(*at, format!("invalid {name} argument"));
        match (name.as_str(), literal) {
            ("duration", Literal::String(text)) if time::duration(text).is_none() => found[0].push(wrong()),
            ("timestamp", Literal::String(text)) if time::timestamp(text).is_none() => found[1].push(wrong()),
            _ => {}
        }
    }
    for child in expr.children() {
        walk(child, found);
    }
}
