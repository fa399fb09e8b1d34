//! Running expressions.

mod calls;
mod clock;
mod convert;
mod formatting;
mod kubernetes;
mod lists;
mod operators;
mod quantity;
mod semver;
mod texts;
mod url;
mod value;

use std::rc::Rc;

pub use self::quantity::Quantity;
pub use self::semver::Semver;
pub use self::url::Url;
pub use self::value::{List, ListKind, Map, Outcome, Value};
use crate::ast::{Access, Comprehension, Entry, Expr, Literal, Node};
use crate::functions;

/// What expressions need that this crate does not have.
pub trait Library {
    /// The parts of a text that a pattern matches, at most so many; an error if the pattern is none.
    ///
    /// # Errors
    ///
    /// What is wrong with the pattern.
    fn find(&self, pattern: &str, text: &str, most: usize) -> Result<Vec<String>, String>;

    /// What is wrong with a text of a named format; nothing if there is no such format.
    fn format(&self, format: &str, text: &str) -> Option<Vec<String>>;
}

/// What an expression came to, and what it cost.
#[derive(Debug)]
#[non_exhaustive]
pub struct Run {
    /// The value, or why there is none.
    pub outcome: Outcome,
    /// The cost, in units like those of the API server.
    pub cost: u64,
}

/// Runs a checked expression with these variables; it stops when it costs more than the limit.
pub fn eval(expr: &Expr, variables: &[(&str, Value)], limit: u64, library: &dyn Library) -> Run {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Ok(value.clone()))).collect();
    let mut machine = Machine { variables, cost: 0, limit, library };
    let outcome = machine.expr(expr).and_then(Value::read);
    let outcome = if machine.cost > limit { Err(TOO_EXPENSIVE.to_owned()) } else { outcome };
    Run { outcome, cost: machine.cost }
}

const TOO_EXPENSIVE: &str = "operation cancelled: actual cost limit exceeded";
const NO_OVERLOAD: &str = "no such overload";

struct Machine<'a> {
    variables: Vec<(String, Outcome)>,
    cost: u64,
    limit: u64,
    library: &'a dyn Library,
}

impl Machine<'_> {
    fn spend(&mut self, cost: u64) -> Result<(), String> {
        self.cost = self.cost.saturating_add(cost);
        if self.cost > self.limit { Err(TOO_EXPENSIVE.to_owned()) } else { Ok(()) }
    }

    fn expr(&mut self, expr: &Expr) -> Outcome {
        match &expr.node {
            Node::Literal(literal) => Ok(constant(literal)),
            Node::Ident(name) => self.ident(name),
            Node::Select(operand, field, access) => self.select(expr, operand, field, *access),
            Node::Call(name, target, args) => self.call(name, target.as_deref(), args),
            Node::List(items, optional) => self.list(items, optional),
            Node::Map(entries) => self.map(entries),
            Node::Message(name, _) => Err(format!("unknown type: {name}")),
            Node::Comprehension(fold) => self.fold(fold),
        }
    }

    fn ident(&mut self, name: &str) -> Outcome {
        let plain = name.strip_prefix('.').unwrap_or(name);
        let mut found = self.variables.iter();
        let found = if plain == name {
            found.rfind(|(known, _)| known == plain)
        } else {
            found.find(|(known, _)| known == plain)
        };
        if let Some((_, value)) = found {
            let value = value.clone();
            if !plain.starts_with('@') {
                self.spend(1)?;
            }
            return value.and_then(Value::read);
        }
        Ok(Value::Type(plain.into()))
    }

    fn is_variable(&self, name: &str) -> bool {
        let first = name.trim_start_matches('.').split('.').next().unwrap_or_default();
        self.variables.iter().any(|(known, _)| known == first)
    }

    fn select(&mut self, expr: &Expr, operand: &Expr, field: &str, access: Access) -> Outcome {
        if access == Access::Read
            && let Some(name) = expr.qualified_name().filter(|name| !self.is_variable(name))
        {
            return Ok(Value::Type(name.trim_start_matches('.').into()));
        }
        let value = self.expr(operand)?;
        if access == Access::Read {
            self.spend(1)?;
        }
        let found = field_of(&value, field);
        match (access, value) {
            (Access::Test, Value::Map(_)) => Ok(Value::Bool(found.is_some())),
            (Access::Test, Value::Optional(inner)) => {
                Ok(Value::Bool(inner.is_some_and(|inner| field_of(&inner, field).is_some())))
            }
            (Access::Read, Value::Map(_)) => found.ok_or_else(|| format!("no such key: {field}"))?.read(),
            (Access::Read, Value::Optional(inner)) => match inner.and_then(|inner| field_of(&inner, field)) {
                Some(value) => Ok(Value::some(value.read()?)),
                None => Ok(Value::Optional(None)),
            },
            _ => Err(NO_OVERLOAD.to_owned()),
        }
    }

    fn call(&mut self, name: &str, target: Option<&Expr>, args: &[Expr]) -> Outcome {
        match (name, args) {
            ("_&&_", [one, other]) => return self.logic(false, one, other),
            ("_||_", [one, other]) => return self.logic(true, one, other),
            ("_?_:_", [condition, yes, no]) => {
                return match self.expr(condition)? {
                    Value::Bool(true) => self.expr(yes),
                    Value::Bool(false) => self.expr(no),
                    _ => Err(NO_OVERLOAD.to_owned()),
                };
            }
            ("@not_strictly_false", [arg]) => {
                return Ok(Value::Bool(!matches!(self.expr(arg), Ok(Value::Bool(false)))));
            }
            ("_?._", [operand, Expr { node: Node::Literal(Literal::String(field)), .. }]) => {
                let value = self.expr(operand)?;
                self.spend(1)?;
                return optional(&value, &Value::string(field));
            }
            _ => {}
        }
        let name = name.strip_prefix('.').unwrap_or(name);
        // Either `or` of optionals is asked only if the first one is empty.
        if let (Some(target), "or" | "orValue", [other]) = (target, name, args) {
            return match self.expr(target)? {
                Value::Optional(Some(value)) if name == "orValue" => Ok((*value).clone()),
                Value::Optional(None) => self.expr(other),
                found @ Value::Optional(_) => Ok(found),
                _ => Err(NO_OVERLOAD.to_owned()),
            };
        }
        let prefix = target.and_then(Expr::qualified_name).filter(|prefix| !self.is_variable(prefix));
        let full = prefix.map(|prefix| format!("{}.{name}", prefix.trim_start_matches('.')));
        let full = full.filter(|full| functions::find(full).is_some());
        let target = if full.is_some() { None } else { target };
        let mut values = Vec::with_capacity(args.len() + 1);
        for arg in target.into_iter().chain(args) {
            values.push(self.expr(arg)?);
        }
        self.spend(1 + values.iter().map(size_cost).max().filter(|_| scans(name)).unwrap_or(0))?;
        let name = full.as_deref().unwrap_or(name);
        self.spend(growth(name, &values))?;
        self.function(name, &values)
    }

    /// `&&` and `||`: the side that decides is enough, whatever comes of the other one.
    fn logic(&mut self, decides: bool, one: &Expr, other: &Expr) -> Outcome {
        let first = self.expr(one);
        if matches!(first, Ok(Value::Bool(truth)) if truth == decides) {
            return first;
        }
        let second = self.expr(other);
        match (first, second) {
            (_, Ok(Value::Bool(truth))) if truth == decides => Ok(Value::Bool(decides)),
            (first @ Err(_), _) => first,
            (Ok(Value::Bool(_)), second @ Ok(Value::Bool(_))) | (_, second @ Err(_)) => second,
            _ => Err(NO_OVERLOAD.to_owned()),
        }
    }

    fn list(&mut self, items: &[Expr], optional: &[usize]) -> Outcome {
        self.spend(10)?;
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let value = self.expr(item)?;
            if optional.contains(&index) {
                let Value::Optional(value) = value else { return Err(NO_OVERLOAD.to_owned()) };
                values.extend(value.map(|value| (*value).clone()));
            } else {
                values.push(value);
            }
        }
        Ok(Value::list(values))
    }

    fn map(&mut self, entries: &[Entry]) -> Outcome {
        self.spend(30)?;
        let mut values: Vec<(Value, Value)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = self.expr(&entry.key)?;
            let mut value = self.expr(&entry.value)?;
            if entry.is_optional {
                match value {
                    Value::Optional(Some(inner)) => value = (*inner).clone(),
                    Value::Optional(None) => continue,
                    _ => return Err(NO_OVERLOAD.to_owned()),
                }
            }
            // Of two entries with one key, the last one stays.
            values.retain(|(known, _)| !value::equal(known, &key));
            values.push((key, value));
        }
        Ok(Value::map(values))
    }

    fn fold(&mut self, fold: &Comprehension) -> Outcome {
        let range = self.expr(&fold.range)?;
        let items: Vec<(Value, Option<Value>)> = match &range {
            Value::List(list) if fold.var2.is_some() => {
                list.items.iter().enumerate().map(|(index, item)| (Value::count(index), Some(item.clone()))).collect()
            }
            Value::List(list) => list.items.iter().map(|item| (item.clone(), None)).collect(),
            Value::Map(map) => map.entries.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect(),
            _ => return Err(NO_OVERLOAD.to_owned()),
        };
        let mut accumulated = self.expr(&fold.init);
        let depth = self.variables.len();
        for (item, second) in items {
            self.variables.push((fold.accumulator.clone(), accumulated.clone()));
            self.variables.push((fold.var.clone(), Ok(item)));
            if let (Some(name), Some(second)) = (&fold.var2, second) {
                self.variables.push((name.clone(), Ok(second)));
            }
            let goes_on = self.expr(&fold.condition);
            if matches!(goes_on, Ok(Value::Bool(true))) {
                accumulated = self.step(&fold.step, accumulated);
            }
            self.variables.truncate(depth);
            if self.cost > self.limit {
                return Err(TOO_EXPENSIVE.to_owned());
            }
            if !matches!(goes_on, Ok(Value::Bool(true))) {
                break;
            }
        }
        self.variables.push((fold.accumulator.clone(), accumulated));
        let result = self.expr(&fold.result);
        self.variables.truncate(depth);
        result
    }

    /// The next of what a fold collects. A list grows in place, since only the fold has it.
    fn step(&mut self, step: &Expr, accumulated: Outcome) -> Outcome {
        let Node::Call(name, None, args) = &step.node else { return self.expr(step) };
        match (name.as_str(), args.as_slice()) {
            ("_?_:_", [condition, yes, Expr { node: Node::Ident(no), .. }]) if no == crate::macros::ACCUMULATOR => {
                match self.expr(condition)? {
                    Value::Bool(true) => self.step(yes, accumulated),
                    Value::Bool(false) => accumulated,
                    _ => Err(NO_OVERLOAD.to_owned()),
                }
            }
            ("_+_", [Expr { node: Node::Ident(of), .. }, Expr { node: Node::List(more, _), .. }])
                if of == crate::macros::ACCUMULATOR =>
            {
                let Ok(Value::List(mut list)) = accumulated else { return self.expr(step) };
                self.spend(11)?;
                let mut items = Vec::new();
                for item in more {
                    items.push(self.expr(item)?);
                }
                if let Some((_, former)) = self.variables.iter_mut().rfind(|(name, _)| name == of) {
                    *former = Ok(Value::Null);
                }
                Rc::make_mut(&mut list).items.extend(items);
                Ok(Value::List(list))
            }
            _ => self.expr(step),
        }
    }
}

/// The value at a field or key, if there is one.
fn optional(value: &Value, key: &Value) -> Outcome {
    match value {
        Value::Optional(None) => Ok(Value::Optional(None)),
        Value::Optional(Some(inner)) => optional(inner, key),
        Value::Map(map) => {
            let found = key.text().and_then(|key| field_of(value, key)).or_else(|| map.get(key).cloned());
            match found {
                Some(found) => Ok(Value::some(found.read()?)),
                None => Ok(Value::Optional(None)),
            }
        }
        Value::List(list) => match operators::index(list, key) {
            Ok(found) => Ok(Value::some(found.clone().read()?)),
            Err(_) => Ok(Value::Optional(None)),
        },
        _ => Err(NO_OVERLOAD.to_owned()),
    }
}

/// The field of an object, or the value of a key.
fn field_of(value: &Value, field: &str) -> Option<Value> {
    let Value::Map(map) = value else { return None };
    let found = map.get(&Value::string(field));
    let escaped = || crate::escape::is_reserved(field).then(|| map.get(&Value::string(format!("__{field}__"))))?;
    found.or_else(escaped).cloned()
}

fn constant(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Bool(truth) => Value::Bool(*truth),
        Literal::Int(number) => Value::Int(*number),
        Literal::Uint(number) => Value::Uint(*number),
        Literal::Double(number) => Value::Double(*number),
        Literal::String(text) => Value::string(text),
        Literal::Bytes(bytes) => Value::Bytes(bytes.as_slice().into()),
    }
}

/// What it costs to go through a value once.
fn size_cost(value: &Value) -> u64 {
    match value {
        Value::String(text) => text.len() as u64 / 10,
        Value::Bytes(bytes) => bytes.len() as u64 / 10,
        Value::List(list) => list.items.len() as u64,
        Value::Map(map) => map.entries.len() as u64,
        _ => 0,
    }
}

/// What it costs to make something larger than the arguments.
fn growth(name: &str, values: &[Value]) -> u64 {
    let length = |value: Option<&Value>| value.and_then(Value::text).map_or(0, str::len) as u64;
    match name {
        "lists.range" => match values {
            [Value::Int(count)] => u64::try_from(*count).unwrap_or(0),
            _ => 0,
        },
        "replace" => length(values.first()).saturating_add(1).saturating_mul(length(values.get(2))) / 10,
        "join" => values.first().map_or(0, size_cost).saturating_mul(length(values.get(1))) / 10,
        _ => 0,
    }
}

/// Whether a function goes through its arguments.
fn scans(name: &str) -> bool {
    !matches!(name, "size" | "_[_]" | "_[?_]" | "type" | "dyn" | "isEmpty" | "value" | "hasValue")
}
