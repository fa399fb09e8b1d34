//! Expressions, with macros expanded.

/// An expression and its place in the text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Its place in the text, in bytes.
    pub at: usize,
    /// How deep it is, where depth counts.
    pub(crate) height: usize,
    /// How many expressions it holds, itself included.
    pub(crate) size: usize,
    /// Whether it is always the same value, which the server keeps rather than make it each time.
    pub(crate) is_constant: bool,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// A value as it is written.
    Literal(Literal),
    /// A variable, or the start of a qualified name.
    Ident(String),
    /// `operand.field`, or `has(operand.field)`.
    Select(Box<Expr>, String, Access),
    /// A function, an operator, or a method with its target.
    Call(String, Option<Box<Expr>>, Vec<Expr>),
    /// `[a, ?b]`: the items, and which of them are optional.
    List(Vec<Expr>, Vec<usize>),
    /// `{a: b, ?c: d}`.
    Map(Vec<Entry>),
    /// `a.Name{field: value}`.
    Message(String, Vec<(String, Expr)>),
    /// What a macro over a list or map stands for.
    Comprehension(Box<Comprehension>),
}

/// Whether a field is read, or asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a field is read or asked for")]
pub enum Access {
    /// `a.b`
    Read,
    /// `has(a.b)`
    Test,
}

/// An entry of a map as it is written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// The key.
    pub key: Expr,
    /// The value.
    pub value: Expr,
    /// Whether the value is an optional that may be left out.
    pub is_optional: bool,
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the types of CEL")]
pub enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    String(String),
    Bytes(Vec<u8>),
}

/// A fold: `result`, after `step` has been taken for each item while `condition` holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Comprehension {
    /// What is gone through.
    pub range: Expr,
    /// The item of a list or the key of a map; the index or key where there is a second variable.
    pub var: String,
    /// The item or value, where there are two variables.
    pub var2: Option<String>,
    /// The name of what is collected.
    pub accumulator: String,
    /// What it starts with.
    pub init: Expr,
    /// Whether to go on.
    pub condition: Expr,
    /// What it is next.
    pub step: Expr,
    /// What comes of it.
    pub result: Expr,
}

/// Functions that make one value of another.
const CONVERSIONS: [&str; 10] =
    ["bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint"];

impl Expr {
    pub(crate) fn new(node: Node, at: usize) -> Self {
        let height = match &node {
            Node::Literal(_) | Node::Ident(_) => 0,
            Node::Select(operand, ..) => operand.height + 1,
            Node::Call(name, target, args) => {
                let below = target.iter().map(|e| e.height).chain(args.iter().map(|e| e.height)).max().unwrap_or(0);
                // Chains of these are balanced, so that they do not grow deep.
                below + usize::from(name != "_&&_" && name != "_||_")
            }
            Node::List(items, _) => items.iter().map(|e| e.height).max().unwrap_or(0) + 1,
            Node::Map(entries) => {
                entries.iter().map(|entry| entry.key.height.max(entry.value.height)).max().unwrap_or(0) + 1
            }
            Node::Message(_, fields) => fields.iter().map(|(_, e)| e.height).max().unwrap_or(0) + 1,
            Node::Comprehension(fold) => fold.range.height.max(fold.step.height).max(fold.result.height) + 1,
        };
        let is_constant = match &node {
            Node::Literal(_) => true,
            Node::List(items, optional) => optional.is_empty() && items.iter().all(|item| item.is_constant),
            Node::Map(entries) => {
                entries.iter().all(|entry| entry.key.is_constant && entry.value.is_constant && !entry.is_optional)
            }
            Node::Call(name, None, args) => match args.as_slice() {
                [arg] => arg.is_constant && CONVERSIONS.contains(&name.as_str()),
                _ => false,
            },
            _ => false,
        };
        let mut expr = Self { node, at, height, size: 1, is_constant };
        expr.size = expr.children().iter().fold(1, |size: usize, child| size.saturating_add(child.size));
        expr
    }

    pub(crate) fn ident(name: &str, at: usize) -> Self {
        Self::new(Node::Ident(name.to_owned()), at)
    }

    pub(crate) fn call(name: &str, args: Vec<Self>, at: usize) -> Self {
        Self::new(Node::Call(name.to_owned(), None, args), at)
    }

    pub(crate) fn literal(literal: Literal, at: usize) -> Self {
        Self::new(Node::Literal(literal), at)
    }

    /// The dotted name that a chain of selections on an identifier spells.
    pub fn qualified_name(&self) -> Option<String> {
        match &self.node {
            Node::Ident(name) => Some(name.clone()),
            Node::Select(operand, field, Access::Read) => Some(format!("{}.{field}", operand.qualified_name()?)),
            _ => None,
        }
    }

    /// The expressions directly in this one.
    pub fn children(&self) -> Vec<&Self> {
        match &self.node {
            Node::Literal(_) | Node::Ident(_) => Vec::new(),
            Node::Select(operand, ..) => vec![operand],
            Node::Call(_, target, args) => target.as_deref().into_iter().chain(args).collect(),
            Node::List(items, _) => items.iter().collect(),
            Node::Map(entries) => entries.iter().flat_map(|entry| [&entry.key, &entry.value]).collect(),
            Node::Message(_, fields) => fields.iter().map(|(_, value)| value).collect(),
            Node::Comprehension(fold) => vec![&fold.range, &fold.init, &fold.condition, &fold.step, &fold.result],
        }
    }
}
