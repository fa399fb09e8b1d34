//! The walk over an expression.

use std::collections::{BTreeSet, HashMap};

use super::path::Path;
use super::span::Span;
use crate::ast::{Access, Comprehension, Expr, Literal, Node};
use crate::declared::{Bound, Declared};
use crate::functions::Overload;
use crate::notes::Notes;
use crate::types::Type;

const SELECT: Span = Span::fixed(1);
const LIST: Span = Span::fixed(10);
const MAP: Span = Span::fixed(30);
const MESSAGE: Span = Span::fixed(40);
/// What it costs to go through a text, for each character, and what an expression costs for each of its pattern.
pub(super) const TEXT: f64 = 0.1;
pub(super) const PATTERN: f64 = 0.25;

/// The name of what was collected in the macros of former versions, which no macro uses and no binding has.
const FORMER_ACCUMULATOR: &str = "__result__";

pub(super) fn run(expr: &Expr, notes: &Notes, root: &Declared) -> (Span, BTreeSet<(String, Bound)>) {
    let mut estimator = Estimator {
        notes,
        root,
        paths: HashMap::new(),
        sizes: HashMap::new(),
        entries: HashMap::new(),
        locals: Vec::new(),
        unbounded: BTreeSet::new(),
    };
    let cost = estimator.cost(expr);
    (cost, estimator.unbounded)
}

pub(super) struct Estimator<'a> {
    notes: &'a Notes,
    root: &'a Declared,
    paths: HashMap<*const Expr, Path>,
    sizes: HashMap<*const Expr, Span>,
    entries: HashMap<*const Expr, Entries>,
    /// The variables of macros, the innermost last.
    locals: Vec<(&'a str, Local)>,
    unbounded: BTreeSet<(String, Bound)>,
}

/// What is in a list or a map.
#[derive(Clone, Copy)]
struct Entries {
    is_list: bool,
    key: Span,
    value: Span,
}

impl Entries {
    fn or(self, other: Self) -> Self {
        Self { is_list: self.is_list, key: self.key.or(other.key), value: self.value.or(other.value) }
    }
}

/// A variable of a macro.
#[derive(Clone)]
struct Local {
    path: Path,
    size: Option<Span>,
    entries: Option<Entries>,
}

/// A target or an argument.
#[derive(Clone)]
pub(super) struct Operand<'a> {
    pub(super) expr: &'a Expr,
    pub(super) of: Type,
    pub(super) path: Path,
    pub(super) size: Option<Span>,
}

/// What a call costs, its arguments included, and the size of what it gives.
pub(super) struct Call {
    pub(super) cost: Span,
    pub(super) result: Option<Span>,
}

impl<'a> Estimator<'a> {
    fn cost(&mut self, expr: &'a Expr) -> Span {
        match &expr.node {
            Node::Literal(_) => Span::default(),
            Node::Ident(name) => {
                let path = self.local(name).map_or_else(|| Path::of(name), |local| local.path.clone());
                self.paths.insert(expr, path);
                SELECT
            }
            Node::Select(operand, field, access) => self.select(expr, operand, field, *access),
            Node::Call(_, target, args) => self.call(expr, target.as_deref(), args),
            Node::List(items, _) => {
                let mut cost = LIST;
                let mut value = if items.is_empty() { Span::default() } else { Span::NONE };
                for item in items {
                    cost = cost.plus(self.cost(item));
                    value = value.or(self.size_or_unknown(item));
                }
                self.entries.insert(expr, Entries { is_list: true, key: Span::fixed(1), value });
                cost
            }
            Node::Map(entries) => {
                let mut cost = MAP;
                let start = if entries.is_empty() { Span::default() } else { Span::NONE };
                let (mut key, mut value) = (start, start);
                for entry in entries {
                    cost = cost.plus(self.cost(&entry.key)).plus(self.cost(&entry.value));
                    key = key.or(self.size_or_unknown(&entry.key));
                    value = value.or(self.size_or_unknown(&entry.value));
                }
                self.entries.insert(expr, Entries { is_list: false, key, value });
                cost
            }
            Node::Message(_, fields) => fields.iter().fold(MESSAGE, |cost, (_, value)| cost.plus(self.cost(value))),
            Node::Comprehension(fold) if is_binding(fold) => self.binding(expr, fold),
            Node::Comprehension(fold) => self.fold(expr, fold),
        }
    }

    fn select(&mut self, expr: &'a Expr, operand: &'a Expr, field: &str, access: Access) -> Span {
        if self.notes.of(expr).is_some_and(|note| note.is_dotted) {
            let name = expr.qualified_name().unwrap_or_default();
            self.paths.insert(expr, Path::of(&name));
            return SELECT;
        }
        let cost = self.cost(operand);
        if access == Access::Test {
            // Asking whether a field is there is free, since it was in the first version.
            return cost;
        }
        let path = self.path(operand).then(field);
        self.paths.insert(expr, path);
        match self.type_of(operand) {
            Type::Map(_) | Type::Object(_) => cost.plus(SELECT),
            Type::Opaque(..) if is_message(&self.type_of(operand)) => cost.plus(SELECT),
            _ => cost,
        }
    }

    fn call(&mut self, expr: &'a Expr, target: Option<&'a Expr>, args: &'a [Expr]) -> Span {
        let notes = self.notes;
        let Some(note) = notes.of(expr) else { return Span::default() };
        if let ("dyn", [arg]) = (note.function.as_str(), args) {
            let cost = self.cost(arg);
            self.copy_sizes(expr, arg);
            return cost.plus(Span::fixed(1));
        }
        let mut costs = Vec::new();
        let mut operands = Vec::new();
        for arg in args {
            costs.push(self.cost(arg));
            operands.push(self.operand(arg));
        }
        let mut sum = Span::default();
        let target = target.filter(|_| !note.is_dotted).map(|target| {
            sum = self.cost(target);
            self.operand(target)
        });
        let mut cost = Span::NONE;
        let mut result: Option<Span> = None;
        for overload in &note.overloads {
            let call = self.overload(expr, &note.function, overload, target.as_ref(), &operands, &costs);
            cost = cost.or(call.cost);
            if let Some(size) = call.result {
                result = Some(result.map_or(size, |result| result.or(size)));
            }
            if let ("_[_]", [container, _]) = (note.function.as_str(), args) {
                let step = match overload.args.first() {
                    Some(Type::List(_)) => "@items",
                    Some(Type::Map(_)) => "@values",
                    _ => "",
                };
                if !step.is_empty() {
                    result = self.entries_of(container).map(|entries| entries.value);
                    let path = self.path(container).then(step);
                    self.paths.insert(expr, path);
                }
            }
            if result.is_none() {
                result = self.size(expr);
            }
        }
        if let Some(size) = result {
            self.sizes.insert(expr, size);
        }
        sum.plus(cost)
    }

    fn overload(
        &mut self,
        expr: &'a Expr,
        function: &str,
        overload: &Overload,
        target: Option<&Operand<'a>>,
        args: &[Operand<'a>],
        costs: &[Span],
    ) -> Call {
        let sum = costs.iter().fold(Span::default(), |sum, cost| sum.plus(*cost));
        match (function, args, costs) {
            ("_&&_" | "_||_", _, [left, right]) => {
                return Call { cost: Span { min: left.min, max: left.plus(*right).max }, result: None };
            }
            ("_?_:_", [_, yes, no], [condition, cost_of_yes, cost_of_no]) => {
                let result = yes.size.unwrap_or(Span::UNKNOWN).or(no.size.unwrap_or(Span::UNKNOWN));
                self.join_entries(expr, yes.expr, no.expr);
                return Call { cost: condition.plus(cost_of_yes.or(*cost_of_no)), result: Some(result) };
            }
            ("_+_", [left, right], _) if matches!(overload.args[0], Type::String | Type::Bytes | Type::List(_)) => {
                self.join_entries(expr, left.expr, right.expr);
            }
            _ => {}
        }
        let call = self.function(function, overload, target, args);
        Call { cost: call.cost.plus(sum), result: call.result }
    }

    fn join_entries(&mut self, expr: &'a Expr, one: &'a Expr, other: &'a Expr) {
        if let (Some(one), Some(other)) = (self.entries_of(one), self.entries_of(other)) {
            self.entries.insert(expr, one.or(other));
        }
    }

    fn fold(&mut self, expr: &'a Expr, fold: &'a Comprehension) -> Span {
        let mut cost = self.cost(&fold.range).plus(self.cost(&fold.init));
        self.bind(&fold.accumulator, &fold.init);
        let entries = self.entries_of(&fold.range);
        let is_list =
            entries.map_or_else(|| matches!(self.type_of(&fold.range), Type::List(_)), |entries| entries.is_list);
        let (key, value) = (entries.map(|entries| entries.key), entries.map(|entries| entries.value));
        let path = self.path(&fold.range);
        let mut push = |name: &'a str, step: &str, size| {
            self.locals.push((name, Local { path: path.then(step), size, entries: None }));
        };
        match &fold.var2 {
            Some(var2) => {
                push(&fold.var, if is_list { "@indices" } else { "@keys" }, key);
                push(var2, if is_list { "@items" } else { "@values" }, value);
            }
            None if is_list => push(&fold.var, "@items", value),
            None => push(&fold.var, "@keys", key),
        }
        let each = self.cost(&fold.condition);
        let each = self.cost(&fold.step).plus(each);
        self.unbind(&fold.var);
        if let Some(var2) = &fold.var2 {
            self.unbind(var2);
        }
        cost = cost.plus(self.cost(&fold.result));
        self.unbind(&fold.accumulator);
        let count = self.size_or_unknown(&fold.range);
        cost = cost.plus(count.times(each));
        match &fold.init.node {
            Node::Literal(_) => {
                if let Some(size) = self.size(&fold.init) {
                    self.sizes.insert(expr, size);
                }
            }
            Node::List(..) | Node::Map(_) => {
                self.sizes.insert(expr, count);
                if let Some(entries) = self.entries_of(&fold.step) {
                    self.entries.insert(expr, entries);
                }
            }
            _ => {}
        }
        cost
    }

    /// A name for a value: a fold over nothing.
    fn binding(&mut self, expr: &'a Expr, fold: &'a Comprehension) -> Span {
        let cost = self.cost(&fold.range).plus(self.cost(&fold.init));
        self.bind(&fold.accumulator, &fold.init);
        let cost = cost.plus(self.cost(&fold.result));
        self.unbind(&fold.accumulator);
        self.copy_sizes(expr, &fold.result);
        cost
    }

    fn bind(&mut self, name: &'a str, value: &'a Expr) {
        let local = Local { path: self.path(value), entries: self.entries_of(value), size: self.size(value) };
        self.locals.push((name, local));
    }

    fn unbind(&mut self, name: &str) {
        if let Some(position) = self.locals.iter().rposition(|(known, _)| *known == name) {
            self.locals.remove(position);
        }
    }

    fn local(&self, name: &str) -> Option<&Local> {
        self.locals.iter().rev().find(|(known, _)| *known == name).map(|(_, local)| local)
    }

    fn local_of(&self, expr: &Expr) -> Option<&Local> {
        match &expr.node {
            Node::Ident(name) => self.local(name),
            _ => None,
        }
    }

    fn type_of(&self, expr: &Expr) -> Type {
        self.notes.of(expr).map_or(Type::Dyn, |note| note.of.clone())
    }

    fn path(&self, expr: &Expr) -> Path {
        let local = self.local_of(expr).map(|local| local.path.clone());
        local.or_else(|| self.paths.get(&std::ptr::from_ref(expr)).cloned()).unwrap_or_default()
    }

    fn operand(&mut self, expr: &'a Expr) -> Operand<'a> {
        Operand { expr, of: self.type_of(expr), path: self.path(expr), size: self.size(expr) }
    }

    fn copy_sizes(&mut self, to: &'a Expr, from: &'a Expr) {
        if let Some(size) = self.size(from) {
            self.sizes.insert(to, size);
        }
        if let Some(entries) = self.entries_of(from) {
            self.entries.insert(to, entries);
        }
    }

    fn entries_of(&self, expr: &Expr) -> Option<Entries> {
        let entries = self.entries.get(&std::ptr::from_ref(expr)).copied();
        entries.or_else(|| self.local_of(expr)?.entries)
    }

    fn size_or_unknown(&mut self, expr: &'a Expr) -> Span {
        self.size(expr).unwrap_or(Span::UNKNOWN)
    }

    fn size(&mut self, expr: &'a Expr) -> Option<Span> {
        if let Some(size) = self.sizes.get(&std::ptr::from_ref(expr)) {
            return Some(*size);
        }
        if let Some(size) = written_size(expr) {
            return Some(Span::fixed(size));
        }
        if let Some(size) = self.declared_size(&self.path(expr)) {
            self.sizes.insert(expr, size);
            return Some(size);
        }
        if is_scalar(&self.type_of(expr)) {
            return Some(Span::fixed(1));
        }
        self.local_of(expr)?.size
    }

    /// The size that the schema gives a value.
    ///
    /// The first step is passed over as the server does, whatever it is, since it should be `self`. So the items of a list that is written
    /// out are taken for `self`.
    pub(super) fn declared_size(&mut self, path: &Path) -> Option<Span> {
        if path.is_empty() {
            return None;
        }
        let steps = path.steps();
        let mut at = self.root;
        for step in &steps[1..] {
            at = match &**step {
                "@items" | "@values" => at.item.as_deref()?,
                // Keys have no bound of their own, and none is assumed.
                "@keys" => return at.is_map().then(|| Span::up_to(0)),
                field => at.fields.get(field)?,
            };
        }
        if let Some(bound) = at.missing.filter(|_| matches!(&*steps[0], "self" | "oldSelf")) {
            self.unbounded.insert((shown(&steps[1..]), bound));
        }
        Some(Span::up_to(at.max_elements))
    }
}

/// A path as people write it: `.spec.hosts[*]`.
fn shown(steps: &[std::rc::Rc<str>]) -> String {
    let mut shown = String::new();
    for step in steps {
        match &**step {
            "@items" | "@values" => shown.push_str("[*]"),
            field => shown.extend([".", &crate::escape::unescape(field).unwrap_or_else(|| field.to_owned())]),
        }
    }
    shown
}

fn is_binding(fold: &Comprehension) -> bool {
    matches!(&fold.range.node, Node::List(items, _) if items.is_empty())
        && matches!(fold.condition.node, Node::Literal(Literal::Bool(false)))
        && fold.accumulator != FORMER_ACCUMULATOR
}

/// The size of what is written out.
fn written_size(expr: &Expr) -> Option<u64> {
    let size = match &expr.node {
        Node::Literal(Literal::String(text)) => text.chars().count(),
        Node::Literal(Literal::Bytes(bytes)) => bytes.len(),
        Node::Literal(_) => 1,
        Node::List(items, _) => items.len(),
        Node::Map(entries) => entries.len(),
        _ => return None,
    };
    Some(size as u64)
}

fn is_scalar(of: &Type) -> bool {
    match of {
        Type::Bool | Type::Double | Type::Duration | Type::Int | Type::Timestamp | Type::Uint => true,
        of => of.as_optional().is_some_and(is_scalar),
    }
}

/// Whether the server keeps a type of its libraries as a message, not as something of which nothing is known.
pub(super) fn is_message(of: &Type) -> bool {
    matches!(of, Type::Opaque(name, _) if name.starts_with("kubernetes."))
}
