//! Macros: calls that stand for folds and tests.

use crate::ast::{Access, Comprehension, Expr, Literal, Node};
use crate::source::Problem;

/// What folds collect their result in; no source can name it.
pub(crate) const ACCUMULATOR: &str = "@result";
/// The largest target that is copied.
const LARGEST_COPY: usize = 10_000;
const FORMER_ACCUMULATOR: &str = "__result__";

/// The macros, with the count of arguments and whether they have a target.
const MACROS: &[(&str, usize, bool)] = &[
    ("has", 1, false),
    ("all", 2, true),
    ("exists", 2, true),
    ("exists_one", 2, true),
    ("map", 2, true),
    ("map", 3, true),
    ("filter", 2, true),
    ("optMap", 2, true),
    ("optFlatMap", 2, true),
    ("all", 3, true),
    ("exists", 3, true),
    ("existsOne", 3, true),
    ("exists_one", 3, true),
    ("transformList", 3, true),
    ("transformList", 4, true),
    ("transformMap", 3, true),
    ("transformMap", 4, true),
    ("transformMapEntry", 3, true),
    ("transformMapEntry", 4, true),
    ("sortBy", 2, true),
];

/// The names of all macros.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    MACROS.iter().map(|(name, ..)| *name)
}

/// The call as it was, or what it stands for, or what is wrong with it.
type Expanded = Result<(Option<Expr>, Vec<Expr>), Result<Box<Expr>, Problem>>;

pub(crate) fn expand(name: &str, target: Option<Expr>, mut args: Vec<Expr>, at: usize) -> Expanded {
    if !MACROS.contains(&(name, args.len(), target.is_some())) {
        return Ok((target, args));
    }
    let Some(target) = target else {
        return Err(has(args.remove(0), at).map(Box::new));
    };
    let expanded = match (name, args.len()) {
        ("optMap" | "optFlatMap", _) => optional(name, target, args, at),
        ("sortBy", _) => sort_by(target, args, at),
        ("all" | "exists" | "exists_one", 2) | ("map" | "filter", _) => one(name, target, args, at),
        _ => two(name, target, args, at),
    };
    Err(expanded.map(Box::new))
}

fn has(arg: Expr, at: usize) -> Result<Expr, Problem> {
    match arg.node {
        Node::Select(operand, field, Access::Read) => Ok(Expr::new(Node::Select(operand, field, Access::Test), at)),
        _ => Err(Problem::new(arg.at, "invalid argument to has() macro")),
    }
}

fn variable(arg: &Expr, otherwise: &str) -> Result<String, Problem> {
    match &arg.node {
        Node::Ident(name) if name == ACCUMULATOR || name == FORMER_ACCUMULATOR => {
            Err(Problem::new(arg.at, "iteration variable overwrites accumulator variable"))
        }
        Node::Ident(name) => Ok(name.clone()),
        _ => Err(Problem::new(arg.at, otherwise)),
    }
}

/// Macros with one variable.
fn one(name: &str, target: Expr, mut args: Vec<Expr>, at: usize) -> Result<Expr, Problem> {
    let otherwise = if matches!(name, "map" | "filter") {
        "argument is not an identifier"
    } else {
        "argument must be a simple name"
    };
    let var = variable(&args[0], otherwise)?;
    let first = args.remove(0);
    Ok(match name {
        "map" => {
            let transform = args.pop();
            collect(target, (var, None), transform, args.pop(), at)
        }
        "filter" => collect(target, (var, None), Some(first), args.pop(), at),
        _ => quantifier(name, target, (var, None), args.remove(0), at),
    })
}

/// Macros with two variables: index and item, or key and value.
fn two(name: &str, target: Expr, mut args: Vec<Expr>, at: usize) -> Result<Expr, Problem> {
    let simple = "argument must be a simple name";
    let (first, second) = (variable(&args[0], simple)?, variable(&args[1], simple)?);
    if first == second {
        return Err(Problem::new(args[1].at, format!("duplicate variable name: {first}")));
    }
    args.drain(..2);
    let vars = (first.clone(), Some(second));
    Ok(match name {
        "transformList" => {
            let transform = args.pop();
            collect(target, vars, transform, args.pop(), at)
        }
        "transformMap" | "transformMapEntry" => {
            let transform = args.pop();
            let mut insert = vec![Expr::ident(ACCUMULATOR, at)];
            if name == "transformMap" {
                insert.push(Expr::ident(&first, at));
            }
            insert.extend(transform);
            let step = Expr::call("cel.@mapInsert", insert, at);
            let init = Expr::new(Node::Map(Vec::new()), at);
            fold(target, vars, init, None, filtered(step, args.pop(), at), None, at)
        }
        _ => quantifier(name, target, vars, args.remove(0), at),
    })
}

type Vars = (String, Option<String>);

fn quantifier(name: &str, target: Expr, vars: Vars, predicate: Expr, at: usize) -> Expr {
    let so_far = || Expr::ident(ACCUMULATOR, at);
    let int = |n| Expr::literal(Literal::Int(n), at);
    match name {
        "all" => {
            let condition = Expr::call("@not_strictly_false", vec![so_far()], at);
            let step = Expr::call("_&&_", vec![so_far(), predicate], at);
            fold(target, vars, Expr::literal(Literal::Bool(true), at), Some(condition), step, None, at)
        }
        "exists" => {
            let condition = Expr::call("@not_strictly_false", vec![Expr::call("!_", vec![so_far()], at)], at);
            let step = Expr::call("_||_", vec![so_far(), predicate], at);
            fold(target, vars, Expr::literal(Literal::Bool(false), at), Some(condition), step, None, at)
        }
        _ => {
            let more = Expr::call("_+_", vec![so_far(), int(1)], at);
            let result = Expr::call("_==_", vec![so_far(), int(1)], at);
            fold(target, vars, int(0), None, filtered(more, Some(predicate), at), Some(result), at)
        }
    }
}

/// A list of what comes of the items, or of those that a filter lets through.
fn collect(target: Expr, vars: Vars, transform: Option<Expr>, filter: Option<Expr>, at: usize) -> Expr {
    let item = Expr::new(Node::List(transform.into_iter().collect(), Vec::new()), at);
    let step = Expr::call("_+_", vec![Expr::ident(ACCUMULATOR, at), item], at);
    let init = Expr::new(Node::List(Vec::new(), Vec::new()), at);
    fold(target, vars, init, None, filtered(step, filter, at), None, at)
}

fn filtered(step: Expr, filter: Option<Expr>, at: usize) -> Expr {
    match filter {
        Some(filter) => Expr::call("_?_:_", vec![filter, step, Expr::ident(ACCUMULATOR, at)], at),
        None => step,
    }
}

fn fold(
    range: Expr,
    (var, var2): Vars,
    init: Expr,
    condition: Option<Expr>,
    step: Expr,
    result: Option<Expr>,
    at: usize,
) -> Expr {
    let condition = condition.unwrap_or_else(|| Expr::literal(Literal::Bool(true), at));
    let result = result.unwrap_or_else(|| Expr::ident(ACCUMULATOR, at));
    let accumulator = ACCUMULATOR.to_owned();
    Expr::new(
        Node::Comprehension(Box::new(Comprehension { range, var, var2, accumulator, init, condition, step, result })),
        at,
    )
}

/// A name for a value, within one expression: a fold over nothing.
fn bound(name: String, value: Expr, result: Expr, at: usize) -> Expr {
    let step = Expr::ident(&name, at);
    Expr::new(
        Node::Comprehension(Box::new(Comprehension {
            range: Expr::new(Node::List(Vec::new(), Vec::new()), at),
            var: "#unused".to_owned(),
            var2: None,
            accumulator: name,
            init: value,
            condition: Expr::literal(Literal::Bool(false), at),
            step,
            result,
        })),
        at,
    )
}

fn method(name: &str, target: Expr, args: Vec<Expr>, at: usize) -> Expr {
    Expr::new(Node::Call(name.to_owned(), Some(Box::new(target)), args), at)
}

fn optional(name: &str, target: Expr, mut args: Vec<Expr>, at: usize) -> Result<Expr, Problem> {
    let Node::Ident(var) = &args[0].node else {
        let message = format!("{name}() variable name must be a simple identifier");
        return Err(Problem::new(args[0].at, message));
    };
    // The target stands twice in what comes of it, so chains of these double.
    if target.size > LARGEST_COPY {
        return Err(Problem::whole("expression is too large"));
    }
    let var = var.clone();
    let transform = args.remove(1);
    let value = method("value", target.clone(), Vec::new(), at);
    let mapped = bound(var, value, transform, at);
    let some = if name == "optMap" { Expr::call("optional.of", vec![mapped], at) } else { mapped };
    let none = Expr::call("optional.none", Vec::new(), at);
    Ok(Expr::call("_?_:_", vec![method("hasValue", target, Vec::new(), at), some, none], at))
}

/// `list.sortBy(item, key)`: the list, in the order of the keys.
fn sort_by(target: Expr, mut args: Vec<Expr>, at: usize) -> Result<Expr, Problem> {
    const INPUT: &str = "@__sortBy_input__";
    if !matches!(
        target.node,
        Node::Select(..) | Node::List(..) | Node::Ident(_) | Node::Comprehension(_) | Node::Call(..)
    ) {
        let message = "sortBy can only be applied to a list, identifier, comprehension, call or select expression";
        return Err(Problem::new(target.at, message));
    }
    let Node::Ident(var) = &args[0].node else {
        return Err(Problem::new(args[0].at, "argument is not an identifier"));
    };
    let keys = collect(Expr::ident(INPUT, at), (var.clone(), None), Some(args.remove(1)), None, at);
    let sorted = method("@sortByAssociatedKeys", Expr::ident(INPUT, at), vec![keys], at);
    Ok(bound(INPUT.to_owned(), target, sorted, at))
}
