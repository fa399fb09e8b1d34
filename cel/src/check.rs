//! What type an expression has, and what in it has none.

use std::collections::HashSet;
use std::sync::Arc;

use crate::ast::{Access, Comprehension, Expr, Literal, Node};
use crate::declared::Declared;
use crate::formats;
use crate::functions::{self, Overload};
use crate::macros;
use crate::notes::Notes;
use crate::source::{Problem, Unknown, What};
use crate::suggest::nearest;
use crate::types::{Param, Type};
use crate::unify::{Known, Rest, most_general};

/// The variables of an expression.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    variables: Vec<(String, Type)>,
}

impl Scope {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a variable.
    #[must_use]
    pub fn with(mut self, name: &str, of: Type) -> Self {
        self.variables.push((name.to_owned(), of));
        self
    }

    fn find(&self, name: &str) -> Option<&Type> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, of)| of)
    }
}

/// What is known of an expression that is right.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// Its type.
    pub result: Type,
    /// The variables of the scope that it reads.
    pub reads: HashSet<String>,
}

/// Finds the type of an expression.
///
/// # Errors
///
/// Everything in it that has no type: unknown names and fields, calls that no function takes, lists of several types.
pub fn check(expr: &Expr, scope: &Scope) -> Result<Checked, Vec<Problem>> {
    let (checked, _) = run(expr, scope);
    checked
}

/// Does as [`check`], and gives what was found on the way.
#[cfg(feature = "cost")]
pub(crate) fn check_noted(expr: &Expr, scope: &Scope) -> Result<(Checked, Notes), Vec<Problem>> {
    let (found, checker) = run(expr, scope);
    Ok((found?, checker.notes.resolved(&checker.known)))
}

fn run(expr: &Expr, scope: &Scope) -> (Result<Checked, Vec<Problem>>, Checker) {
    let mut checker = Checker {
        scope: scope.clone(),
        globals: scope.variables.len(),
        known: Known::default(),
        problems: Vec::new(),
        reads: HashSet::new(),
        uniform: Vec::new(),
        formats: 0,
        formatted: Vec::new(),
        notes: Notes::new(),
    };
    let result = checker.expr(expr);
    let result = checker.known.resolve(&result, Rest::Dyn);
    if checker.problems.is_empty() {
        crate::constants::check(expr, &mut checker.problems);
        checker.check_uniform();
        checker.check_formats();
    }
    let problems = std::mem::take(&mut checker.problems);
    let reads = std::mem::take(&mut checker.reads);
    (if problems.is_empty() { Ok(Checked { result, reads }) } else { Err(problems) }, checker)
}

/// Names of types, as values.
const TYPE_NAMES: &[(&str, Type)] = &[
    ("bool", Type::Bool),
    ("int", Type::Int),
    ("uint", Type::Uint),
    ("double", Type::Double),
    ("string", Type::String),
    ("bytes", Type::Bytes),
    ("null_type", Type::Null),
    ("google.protobuf.Duration", Type::Duration),
    ("google.protobuf.Timestamp", Type::Timestamp),
    ("type", Type::Type(None)),
];

fn named_type(name: &str) -> Option<Type> {
    let plain = TYPE_NAMES.iter().find(|(known, _)| *known == name).map(|(_, of)| of.clone());
    plain.or_else(|| match name {
        "list" => Some(Type::list(Type::Dyn)),
        "map" => Some(Type::map(Type::Dyn, Type::Dyn)),
        "optional_type" => Some(Type::optional(Type::Param(Param::Letter(b'V')))),
        "net.IP" => Some(Type::Opaque("net.IP", [].into())),
        "net.CIDR" => Some(Type::Opaque("net.CIDR", [].into())),
        _ => None,
    })
}

struct Checker {
    scope: Scope,
    /// How many variables are not of a macro.
    globals: usize,
    known: Known,
    problems: Vec<Problem>,
    reads: HashSet<String>,
    /// The types of what stands in each list or map, with their places.
    uniform: Vec<Vec<(usize, Type)>>,
    /// How many calls of `format` are around.
    formats: usize,
    /// Those on constant texts.
    formatted: Vec<formats::Call>,
    notes: Notes,
}

impl Checker {
    fn wrong(&mut self, at: usize, message: String) {
        self.problems.push(Problem::new(at, message));
    }

    fn undeclared(&mut self, at: usize, what: What, name: &str, suggestion: Option<String>) {
        let message = format!("undeclared reference to '{name}' (in container '')");
        let unknown = Some(Unknown { what, name: name.to_owned(), suggestion });
        self.problems.push(Problem { at: Some(at), message, reason: None, unknown });
    }

    fn expr(&mut self, expr: &Expr) -> Type {
        let of = self.type_of(expr);
        self.notes.is_of(expr, &of);
        of
    }

    fn type_of(&mut self, expr: &Expr) -> Type {
        match &expr.node {
            Node::Literal(literal) => match literal {
                Literal::Null => Type::Null,
                Literal::Bool(_) => Type::Bool,
                Literal::Int(_) => Type::Int,
                Literal::Uint(_) => Type::Uint,
                Literal::Double(_) => Type::Double,
                Literal::String(_) => Type::String,
                Literal::Bytes(_) => Type::Bytes,
            },
            Node::Ident(name) => self.ident(expr.at, name),
            Node::Select(operand, field, access) => self.select(expr, operand, field, *access),
            Node::Call(name, target, args) => {
                self.formats += usize::from(name == "format");
                let of = self.call(expr, name, target.as_deref(), args);
                self.formats -= usize::from(name == "format");
                of
            }
            Node::List(items, optional) => self.list(items, optional),
            Node::Map(entries) => {
                let (mut keys, mut values) = (Vec::new(), Vec::new());
                for entry in entries {
                    keys.push((entry.key.at, self.expr(&entry.key)));
                    let value = self.expr(&entry.value);
                    let value = if entry.is_optional { self.unwrapped(entry.value.at, &value) } else { value };
                    values.push((entry.value.at, value));
                }
                Type::map(self.common(keys), self.common(values))
            }
            Node::Message(name, fields) => {
                self.undeclared(expr.at, What::Message, name, None);
                for (_, value) in fields {
                    self.expr(value);
                }
                Type::Error
            }
            Node::Comprehension(fold) => self.fold(fold),
        }
    }

    fn ident(&mut self, at: usize, name: &str) -> Type {
        let plain = name.strip_prefix('.').unwrap_or(name);
        // A leading dot passes over the variables of macros.
        let reach = if plain == name { self.scope.variables.len() } else { self.globals };
        let position = self.scope.variables[..reach].iter().rposition(|(known, _)| known == plain);
        if let Some(position) = position {
            if position < self.globals {
                self.reads.insert(plain.to_owned());
            }
            return self.scope.variables[position].1.clone();
        }
        if let Some(named) = named_type(plain) {
            return Type::Type(Some(named.into()));
        }
        let variables: Vec<String> = self
            .scope
            .variables
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| !name.contains(['@', '#']))
            .collect();
        let suggestion = nearest(plain, variables.iter().map(String::as_str)).map(str::to_owned);
        self.undeclared(at, What::Variable, name, suggestion);
        Type::Error
    }

    fn select(&mut self, expr: &Expr, operand: &Expr, field: &str, access: Access) -> Type {
        if access == Access::Read
            && let Some(name) = expr.qualified_name()
            && let Some((first, _)) = name.split_once('.')
            && self.scope.find(first).is_none()
            && let Some(named) = named_type(name.strip_prefix('.').unwrap_or(&name))
        {
            self.notes.is_dotted(expr);
            return Type::Type(Some(named.into()));
        }
        let found = self.field(expr.at, operand, field, false);
        match access {
            Access::Test => Type::Bool,
            Access::Read => self.known.resolve(&found, Rest::Stays),
        }
    }

    fn field(&mut self, at: usize, operand: &Expr, field: &str, is_optional: bool) -> Type {
        let of = self.expr(operand);
        let of = self.known.resolve(&of, Rest::Stays);
        let (target, was_optional) = match of.as_optional() {
            Some(value) => (value.clone(), true),
            None => (of, false),
        };
        let found = match &target {
            Type::Map(types) => types.1.clone(),
            Type::Object(declared) => {
                declared.field(field).map_or_else(|| self.undefined(at, declared, field), Declared::type_of)
            }
            Type::Param(_) => {
                self.known.fit(&[(&Type::Dyn, &target)]);
                Type::Dyn
            }
            other => {
                if !other.is_dyn_or_error() {
                    self.wrong(at, format!("type '{other}' does not support field selection"));
                }
                Type::Dyn
            }
        };
        if was_optional || is_optional { Type::optional(found) } else { found }
    }

    fn undefined(&mut self, at: usize, declared: &Declared, field: &str) -> Type {
        let suggestion = nearest(field, declared.fields.keys().map(String::as_str)).map(str::to_owned);
        let unknown = Some(Unknown { what: What::Field, name: field.to_owned(), suggestion });
        self.problems.push(Problem {
            at: Some(at),
            message: format!("undefined field '{field}'"),
            reason: None,
            unknown,
        });
        Type::Error
    }

    fn call(&mut self, expr: &Expr, name: &str, target: Option<&Expr>, args: &[Expr]) -> Type {
        if name == "_?._"
            && let [operand, Expr { node: Node::Literal(Literal::String(field)), .. }] = args
        {
            let found = self.field(expr.at, operand, field, true);
            self.notes.calls(expr, name, functions::find(name).into_iter().flatten());
            return self.known.resolve(&found, Rest::Stays);
        }
        let mut types = self.arguments(expr, name, target, args);
        let plain = name.strip_prefix('.').unwrap_or(name);
        let Some(target) = target else {
            let Some(overloads) = functions::find(plain) else {
                self.unknown_function(expr.at, name, false);
                return Type::Error;
            };
            return self.resolve(expr, plain, overloads, false, args, &types);
        };
        // `a.b(c)` is a function `a.b`, if there is one.
        if let Some(prefix) = target.qualified_name() {
            let full = format!("{}.{name}", prefix.strip_prefix('.').unwrap_or(&prefix));
            if let Some(overloads) = functions::find(&full) {
                self.notes.is_dotted(expr);
                return self.resolve(expr, &full, overloads, false, args, &types);
            }
        }
        types.insert(0, self.expr(target));
        let Some(overloads) = functions::find(name) else {
            self.unknown_function(expr.at, name, true);
            return Type::Error;
        };
        self.resolve(expr, name, overloads, true, args, &types)
    }

    fn arguments(&mut self, expr: &Expr, name: &str, target: Option<&Expr>, args: &[Expr]) -> Vec<Type> {
        if name == "format"
            && let Some(Expr { node: Node::Literal(Literal::String(text)), .. }) = target
            && let [list @ Expr { node: Node::List(items, optional), .. }] = args
            && optional.is_empty()
        {
            let args: Vec<(usize, Type)> = items.iter().map(|item| (item.at, self.expr(item))).collect();
            let of = Type::list(self.common(args.clone()));
            self.notes.is_of(list, &of);
            self.formatted.push(formats::Call { at: expr.at, text: text.clone(), args });
            return vec![of];
        }
        args.iter().map(|arg| self.expr(arg)).collect()
    }

    /// Refuses texts of `format` that go not with their values.
    fn check_formats(&mut self) {
        for mut call in std::mem::take(&mut self.formatted) {
            for (_, of) in &mut call.args {
                *of = self.known.resolve(of, Rest::Dyn);
            }
            self.problems.extend(formats::check(&call));
        }
    }

    fn unknown_function(&mut self, at: usize, name: &str, is_method: bool) {
        let of_style = |known: &&str| {
            functions::find(known).is_some_and(|overloads| overloads.iter().any(|one| one.is_method == is_method))
        };
        let known =
            functions::names().filter(of_style).chain(macros::names().filter(|name| (*name != "has") == is_method));
        let suggestion = nearest(name, known).map(str::to_owned);
        self.undeclared(at, What::Function, name, suggestion);
    }

    fn resolve(
        &mut self,
        expr: &Expr,
        name: &str,
        overloads: &'static [Overload],
        is_method: bool,
        args: &[Expr],
        types: &[Type],
    ) -> Type {
        if matches!(name, "_&&_" | "_||_") {
            self.notes.calls(expr, name, overloads);
            let mut is_right = true;
            for (arg, of) in args.iter().zip(types) {
                if !self.known.fit(&[(of, &Type::Bool)]) {
                    self.wrong(arg.at, format!("expected type 'bool' but found '{of}'"));
                    is_right = false;
                }
            }
            return if is_right { Type::Bool } else { Type::Error };
        }
        let mut result: Option<Type> = None;
        for overload in overloads.iter().filter(|overload| overload.is_method == is_method) {
            let mut letters = Vec::new();
            let wanted: Vec<Type> = overload.args.iter().map(|arg| self.fresh(arg, &mut letters)).collect();
            let of = self.fresh(&overload.result, &mut letters);
            let pairs: Vec<(&Type, &Type)> = types.iter().zip(&wanted).collect();
            if types.len() != wanted.len() || !self.known.fit(&pairs) {
                continue;
            }
            let of = self.known.resolve(&of, Rest::Stays);
            self.notes.calls(expr, name, [overload]);
            result = Some(match result {
                None => of,
                Some(former) if !former.is_dyn() && !of.is(&former) => Type::Dyn,
                Some(former) => former,
            });
        }
        result.unwrap_or_else(|| {
            let mut shown: Vec<String> = types.iter().map(|of| self.known.resolve(of, Rest::Dyn).to_string()).collect();
            let target = if is_method { format!("{}.", shown.remove(0)) } else { String::new() };
            let message =
                format!("found no matching overload for '{name}' applied to '{target}({})'", shown.join(", "));
            self.wrong(expr.at, message);
            Type::Error
        })
    }

    /// A type of a signature, with its letters as types not known yet.
    fn fresh(&mut self, of: &Type, letters: &mut Vec<(u8, Type)>) -> Type {
        match of {
            Type::Param(Param::Letter(letter)) => {
                if let Some((_, used)) = letters.iter().find(|(known, _)| known == letter) {
                    return used.clone();
                }
                let fresh = self.known.fresh();
                letters.push((*letter, fresh.clone()));
                fresh
            }
            Type::List(item) => Type::list(self.fresh(item, letters)),
            Type::Map(types) => Type::map(self.fresh(&types.0, letters), self.fresh(&types.1, letters)),
            Type::Type(Some(of)) => Type::Type(Some(Arc::new(self.fresh(of, letters)))),
            Type::Opaque(name, parameters) => {
                Type::Opaque(name, parameters.iter().map(|parameter| self.fresh(parameter, letters)).collect())
            }
            _ => of.clone(),
        }
    }

    fn list(&mut self, items: &[Expr], optional: &[usize]) -> Type {
        let mut types = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let found = self.expr(item);
            let found = if optional.contains(&index) { self.unwrapped(item.at, &found) } else { found };
            types.push((item.at, found));
        }
        Type::list(self.common(types))
    }

    /// The type that all items of a list have in common.
    fn common(&mut self, types: Vec<(usize, Type)>) -> Type {
        let common = types.iter().fold(None, |common, (_, of)| Some(self.join(common, of.clone())));
        // `format` takes lists of several types.
        if self.formats == 0 && types.len() > 1 {
            self.uniform.push(types);
        }
        common.unwrap_or_else(|| self.known.fresh())
    }

    /// Refuses lists of several types.
    fn check_uniform(&mut self) {
        for types in std::mem::take(&mut self.uniform) {
            let mut types = types.into_iter().map(|(at, of)| (at, self.known.resolve(&of, Rest::Dyn)));
            let Some((_, first)) = types.next() else { continue };
            let other = types.find(|(_, of)| !of.is(&first));
            if let Some((at, of)) = other {
                self.wrong(at, format!("expected type '{first}' but found '{of}'"));
            }
        }
    }

    /// The value of an optional item.
    fn unwrapped(&mut self, at: usize, of: &Type) -> Type {
        if let Some(value) = of.as_optional() {
            return value.clone();
        }
        if !of.is_dyn() {
            self.wrong(at, format!("expected type '{}' but found '{of}'", Type::optional(of.clone())));
        }
        of.clone()
    }

    /// The type that the items so far and the next one have in common.
    fn join(&mut self, former: Option<Type>, next: Type) -> Type {
        let Some(former) = former else { return next };
        if self.known.fit(&[(&former, &next)]) {
            return most_general(&former, &next).clone();
        }
        Type::Dyn
    }

    fn fold(&mut self, fold: &Comprehension) -> Type {
        let range = self.expr(&fold.range);
        let range = self.known.resolve(&range, Rest::Stays);
        let accumulated = self.expr(&fold.init);
        let mut var2 = None;
        let var = match &range {
            Type::List(item) if fold.var2.is_some() => {
                var2 = Some((**item).clone());
                Type::Int
            }
            Type::List(item) => (**item).clone(),
            Type::Map(types) => {
                var2 = Some(types.1.clone());
                types.0.clone()
            }
            Type::Dyn | Type::Error | Type::Param(_) => {
                self.known.fit(&[(&Type::Dyn, &range)]);
                var2 = Some(Type::Dyn);
                Type::Dyn
            }
            other => {
                let message = format!(
                    "expression of type '{other}' cannot be range of a comprehension (must be list, map, or dynamic)"
                );
                self.wrong(fold.range.at, message);
                var2 = Some(Type::Error);
                Type::Error
            }
        };
        let depth = self.scope.variables.len();
        self.scope.variables.push((fold.accumulator.clone(), accumulated.clone()));
        let inner = self.scope.variables.len();
        self.scope.variables.push((fold.var.clone(), var));
        if let (Some(name), Some(of)) = (&fold.var2, var2) {
            self.scope.variables.push((name.clone(), of));
        }
        let condition = self.expr(&fold.condition);
        self.expect(fold.condition.at, &Type::Bool, &condition);
        let step = self.expr(&fold.step);
        self.expect(fold.step.at, &accumulated, &step);
        self.scope.variables.truncate(inner);
        let result = self.expr(&fold.result);
        self.scope.variables.truncate(depth);
        self.known.resolve(&result, Rest::Stays)
    }

    fn expect(&mut self, at: usize, wanted: &Type, found: &Type) {
        if !self.known.fit(&[(wanted, found)]) {
            self.wrong(at, format!("expected type '{wanted}' but found '{found}'"));
        }
    }
}
