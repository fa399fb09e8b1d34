//! Running expressions.

mod calls;
mod clock;
mod convert;
mod cost;
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
    /// The cost, in the API server's units.
    pub cost: u64,
}

/// Runs a checked expression with these variables; it stops when it costs more than the limit.
pub fn eval(expr: &Expr, variables: &[(&str, Value)], limit: u64, library: &dyn Library) -> Run {
    let variables = variables.iter().map(|(name, value)| Variable::of(name, Ok(value.clone()))).collect();
    let mut machine = Machine { variables, cost: 0, limit, library };
    let outcome = machine.expr(expr).and_then(Value::read);
    let outcome = if machine.cost > limit { Err(TOO_EXPENSIVE.to_owned()) } else { outcome };
    Run { outcome, cost: machine.cost }
}

/// How the error of an expression begins that cost more than its limit.
pub const TOO_EXPENSIVE: &str = "operation cancelled: actual cost limit exceeded";
const NO_OVERLOAD: &str = "no such overload";

struct Machine<'a> {
    variables: Vec<Variable>,
    cost: u64,
    limit: u64,
    library: &'a dyn Library,
}

struct Variable {
    name: String,
    value: Outcome,
    /// What it cost to find the value, which the first one to read it pays: a name in an expression stands for a value that nobody finds before.
    owed: u64,
}

impl Variable {
    fn of(name: &str, value: Outcome) -> Self {
        Self { name: name.to_owned(), value, owed: 0 }
    }
}

impl Machine<'_> {
    fn spend(&mut self, cost: u64) -> Result<(), String> {
        self.cost = self.cost.saturating_add(cost);
        if self.cost > self.limit { Err(TOO_EXPENSIVE.to_owned()) } else { Ok(()) }
    }

    fn expr(&mut self, expr: &Expr) -> Outcome {
        if expr.is_constant {
            let cost = self.cost;
            let value = self.node(expr);
            self.cost = cost;
            return value;
        }
        if is_attribute(expr) {
            let value = self.attribute(expr);
            // Which of two values it is costs nothing besides them.
            if !is_choice(expr) && !self.is_type(expr) {
                self.spend(1)?;
            }
            return value;
        }
        self.node(expr)
    }

    fn node(&mut self, expr: &Expr) -> Outcome {
        match &expr.node {
            Node::Literal(literal) => Ok(constant(literal)),
            Node::Ident(_) | Node::Select(_, _, Access::Read) => self.attribute(expr),
            Node::Select(operand, field, Access::Test) => self.has(operand, field),
            Node::Call(name, target, args) => self.call(name, target.as_deref(), args),
            Node::List(items, optional) => self.list(items, optional),
            Node::Map(entries) => self.map(entries),
            Node::Message(name, _) => Err(format!("unknown type: {name}")),
            Node::Comprehension(fold) => self.fold(fold),
        }
    }

    /// What is read of a variable or of a value, without what reading it as a whole costs.
    fn attribute(&mut self, expr: &Expr) -> Outcome {
        match &expr.node {
            Node::Ident(name) => self.ident(name),
            Node::Select(operand, field, Access::Read) => self.select(expr, operand, field),
            Node::Call(name, None, args) => match (name.as_str(), args.as_slice()) {
                ("_?_:_", [condition, yes, no]) => match self.expr(condition)? {
                    Value::Bool(true) => self.attribute(yes),
                    Value::Bool(false) => self.attribute(no),
                    _ => Err(NO_OVERLOAD.to_owned()),
                },
                ("_?._", [operand, Expr { node: Node::Literal(Literal::String(field)), .. }]) => {
                    let value = self.attribute(operand)?;
                    let found = optional(&value, &Value::string(field))?;
                    self.spend(u64::from(matches!(found, Value::Optional(Some(_)))))?;
                    Ok(found)
                }
                ("_[_]" | "_[?_]", [operand, key]) => self.index(name, operand, key),
                _ => self.expr(expr),
            },
            _ => self.expr(expr),
        }
    }

    fn index(&mut self, name: &str, operand: &Expr, key: &Expr) -> Outcome {
        let value = self.attribute(operand)?;
        if let Value::Optional(None) = value {
            return Ok(value);
        }
        let key = if is_attribute(key) { self.attribute(key)? } else { self.expr(key)? };
        let is_optional = name == "_[?_]" || matches!(value, Value::Optional(_));
        let found = self.function(name, &[value, key]);
        let is_absent = is_optional && matches!(found, Ok(Value::Optional(None)));
        self.spend(u64::from(!is_absent))?;
        found
    }

    fn ident(&mut self, name: &str) -> Outcome {
        let plain = name.strip_prefix('.').unwrap_or(name);
        let mut found = self.variables.iter_mut();
        let found = if plain == name {
            found.rfind(|variable| variable.name == plain)
        } else {
            found.find(|variable| variable.name == plain)
        };
        if let Some(variable) = found {
            let owed = std::mem::take(&mut variable.owed);
            let value = variable.value.clone();
            self.spend(owed)?;
            return value.and_then(Value::read);
        }
        Ok(Value::Type(plain.into()))
    }

    fn is_variable(&self, name: &str) -> bool {
        let first = name.trim_start_matches('.').split('.').next().unwrap_or_default();
        self.variables.iter().any(|variable| variable.name == first)
    }

    /// Whether an expression is the name of a type.
    fn is_type(&self, expr: &Expr) -> bool {
        match &expr.node {
            Node::Ident(name) => !self.is_variable(name),
            Node::Select(operand, _, Access::Read) => self.is_type(operand),
            _ => false,
        }
    }

    fn select(&mut self, expr: &Expr, operand: &Expr, field: &str) -> Outcome {
        if self.is_type(expr)
            && let Some(name) = expr.qualified_name()
        {
            return Ok(Value::Type(name.trim_start_matches('.').into()));
        }
        let value = self.attribute(operand)?;
        let found = field_of(&value, field);
        match value {
            Value::Map(_) => {
                self.spend(1)?;
                found.ok_or_else(|| format!("no such key: {field}"))?.read()
            }
            Value::Optional(inner) => match inner.and_then(|inner| field_of(&inner, field)) {
                Some(value) => {
                    self.spend(1)?;
                    Ok(Value::some(value.read()?))
                }
                None => Ok(Value::Optional(None)),
            },
            _ => {
                self.spend(1)?;
                Err(NO_OVERLOAD.to_owned())
            }
        }
    }

    /// Asking whether a field is there costs its step, and nothing for the value as a whole.
    fn has(&mut self, operand: &Expr, field: &str) -> Outcome {
        let value = self.attribute(operand)?;
        match value {
            Value::Map(_) => {
                self.spend(1)?;
                Ok(Value::Bool(field_of(&value, field).is_some()))
            }
            Value::Optional(None) => Ok(Value::Bool(false)),
            Value::Optional(Some(inner)) => {
                self.spend(1)?;
                Ok(Value::Bool(field_of(&inner, field).is_some()))
            }
            _ => Err(NO_OVERLOAD.to_owned()),
        }
    }

    fn call(&mut self, name: &str, target: Option<&Expr>, args: &[Expr]) -> Outcome {
        match (name, args) {
            ("_&&_", [one, other]) => return self.logic(false, one, other),
            ("_||_", [one, other]) => return self.logic(true, one, other),
            ("@not_strictly_false", [arg]) => {
                let holds = !matches!(self.expr(arg), Ok(Value::Bool(false)));
                self.spend(1)?;
                return Ok(Value::Bool(holds));
            }
            // The server makes a set of such a list, and finds things in it for nothing.
            ("@in", [item, list @ Expr { node: Node::List(items, _), .. }]) if list.is_constant => {
                if items.is_empty() {
                    return Ok(Value::Bool(false));
                }
                let item = self.expr(item)?;
                let list = self.expr(list)?;
                if !cost::is_set(&list) {
                    self.spend(items.len() as u64)?;
                }
                return self.function("@in", &[item, list]);
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
        let count = usize::from(target.is_some()) + args.len();
        let mut values = Vec::with_capacity(count);
        let mut failed = None;
        for arg in target.into_iter().chain(args) {
            match self.expr(arg) {
                Ok(value) => values.push(value),
                Err(why) if values.len() + 1 < count && count > 2 => return Err(why),
                // Calls with one argument or two are made all the same, and cost what they cost.
                Err(why) => {
                    values.push(Value::bad(&why));
                    failed.get_or_insert(why);
                }
            }
        }
        let name = full.as_deref().unwrap_or(name);
        if cost::growth(name, &values) > self.limit {
            return Err(TOO_EXPENSIVE.to_owned());
        }
        let found = failed.map_or_else(|| self.function(name, &values), Err);
        self.spend(cost::of_call(name, &values, &found))?;
        found
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
        self.spend(cost::LIST)?;
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
        self.spend(cost::MAP)?;
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
        let before = std::mem::take(&mut self.cost);
        let mut accumulated = self.expr(&fold.init);
        let owed = std::mem::replace(&mut self.cost, before);
        let depth = self.variables.len();
        for (item, second) in items {
            self.variables.push(Variable::of(&fold.accumulator, accumulated.clone()));
            self.variables.push(Variable::of(&fold.var, Ok(item)));
            if let (Some(name), Some(second)) = (&fold.var2, second) {
                self.variables.push(Variable::of(name, Ok(second)));
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
        self.variables.push(Variable { owed, ..Variable::of(&fold.accumulator, accumulated) });
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
                // The name, the call, and the list unless it is always the same.
                self.spend(2 + if more.iter().all(|item| item.is_constant) { 0 } else { cost::LIST })?;
                let mut items = Vec::new();
                for item in more {
                    items.push(self.expr(item)?);
                }
                if let Some(former) = self.variables.iter_mut().rfind(|variable| variable.name == *of) {
                    former.value = Ok(Value::Null);
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

/// Whether an expression reads something of a variable or a value.
fn is_attribute(expr: &Expr) -> bool {
    match &expr.node {
        Node::Ident(_) | Node::Select(_, _, Access::Read) => true,
        Node::Call(name, None, _) => matches!(name.as_str(), "_?_:_" | "_?._" | "_[_]" | "_[?_]"),
        _ => false,
    }
}

/// Whether what something is read of is one of two values.
fn is_choice(expr: &Expr) -> bool {
    match &expr.node {
        Node::Select(operand, _, Access::Read) => is_choice(operand),
        Node::Call(name, None, args) => match (name.as_str(), args.as_slice()) {
            ("_?_:_", _) => true,
            ("_?._" | "_[_]" | "_[?_]", [operand, _]) => is_choice(operand),
            _ => false,
        },
        _ => false,
    }
}
