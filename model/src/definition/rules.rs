//! Validation rules: their expressions against the types of the schema.
//!
//! Source: `pkg/apiserver/schema/cel/compilation.go` and the end of `ValidateCustomResourceDefinitionOpenAPISchema`.

use std::sync::Arc;

use kubist_cel::{self as cel, Declared, Estimate, Level, Schema, Scope, Type};
use serde_json::Value;

use super::Asker;
use super::cost::{self, Total};
use super::tree::{fields, items, text, truth};
use crate::status::StatusCause;

/// A schema, as rules see it.
#[derive(Clone, Copy)]
struct Node<'a>(&'a Value);

impl Schema for Node<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    fn flag(&self, name: &str) -> bool {
        truth(self.0.get(name))
    }

    fn child(&self, name: &str) -> Option<Self> {
        self.0.get(name).filter(|child| child.is_object()).map(Node)
    }

    fn properties(&self) -> Vec<(String, Self)> {
        fields(self.0.get("properties")).map(|(name, schema)| (name.clone(), Node(schema))).collect()
    }

    fn requires(&self, field: &str) -> bool {
        items(self.0.get("required")).iter().any(|required| required == field)
    }

    fn has_default(&self) -> bool {
        self.0.get("default").is_some_and(|default| !default.is_null())
    }

    fn longest_choice(&self) -> Option<u64> {
        let choices = items(self.0.get("enum"));
        let lengths = choices.iter().map(|choice| choice.as_str().map_or(0, str::len) as u64);
        lengths.max()
    }
}

/// What a schema declares to rules; nothing where they cannot see its values.
pub fn declared(schema: &Value, level: Level) -> Option<Arc<Declared>> {
    Declared::of(Node(schema), level)
}

/// The variables of a rule: the value, and the one that it replaces, which may be an optional.
pub fn scope(declared: &Arc<Declared>, rule: &Value) -> Scope {
    let of = declared.type_of();
    let old = if truth(rule.get("optionalOldSelf")) { Type::optional(of.clone()) } else { of.clone() };
    Scope::new().with("self", of).with("oldSelf", old)
}

/// How a schema is looked at.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    /// Whether the schema did not change: then no single rule is too expensive.
    pub(super) is_unchanged: bool,
    pub(super) asker: Asker<'a>,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct At<'a> {
    place: &'a str,
    /// The place in objects: `.spec.hosts[*]`.
    path: &'a str,
    level: Level,
    /// The list above whose items cannot be told from one another.
    uncorrelatable: Option<&'a str>,
    /// How often a value of the schema may stand in an object; nothing if no bound says so.
    count: Option<u64>,
    /// The lists and maps above that have no bound.
    unbounded: &'a [String],
}

/// Checks the rules of a schema without mistakes of structure; `wrong` are those found otherwise.
pub(super) fn check(schema: &Value, place: &str, wrong: &[StatusCause], how: How<'_>) -> Vec<StatusCause> {
    let mut walk = Walk { wrong, how, causes: Vec::new(), total: Total::default() };
    let at = At { place, path: "", level: Level::Resource, uncorrelatable: None, count: Some(1), unbounded: &[] };
    walk.node(schema, at);
    let Walk { mut causes, total, .. } = walk;
    total.check(place, &mut causes);
    causes
}

fn level_of(schema: &Value) -> Level {
    if truth(schema.get("x-kubernetes-embedded-resource")) { Level::Resource } else { Level::Part }
}

struct Walk<'a> {
    wrong: &'a [StatusCause],
    how: How<'a>,
    causes: Vec<StatusCause>,
    total: Total,
}

impl Walk<'_> {
    fn node(&mut self, schema: &Value, at: At<'_>) {
        self.below(schema, at);
        let rules = items(schema.get("x-kubernetes-validations"));
        // What is wrong with the schema comes first.
        let is_within = |cause: &StatusCause| {
            cause.field.strip_prefix(at.place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if rules.is_empty() || self.wrong.iter().any(is_within) {
            return;
        }
        let field = format!("{}.x-kubernetes-validations", at.place);
        let Some(declared) = declared(schema, at.level) else {
            let message = "Internal error: internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations";
            self.causes.push(StatusCause {
                reason: "InternalError".into(),
                message: message.into(),
                field: field.as_str().into(),
            });
            return;
        };
        for (index, rule) in rules.iter().enumerate() {
            self.rule(rule, &declared, &format!("{field}[{index}]"), at);
        }
    }

    fn below(&mut self, schema: &Value, at: At<'_>) {
        let (bound, count) = cost::repetition(schema);
        let mut unbounded = at.unbounded.to_vec();
        if let Some(bound) = bound.filter(|_| count.is_none()) {
            unbounded.push(cost::missing(at.path, bound));
        }
        let count = at.count.zip(count).map(|(above, here)| above.saturating_mul(here));
        let mut down = |child: &Value, step: &str, path: &str, uncorrelatable| {
            let (place, path) = (format!("{}.{step}", at.place), format!("{}{path}", at.path));
            let level = level_of(child);
            self.node(child, At { place: &place, path: &path, level, uncorrelatable, count, unbounded: &unbounded });
        };
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
            down(values, "additionalProperties", "[*]", at.uncorrelatable);
        }
        for (name, property) in fields(schema.get("properties")) {
            down(property, &format!("properties[{name}]"), &format!(".{name}"), at.uncorrelatable);
        }
        if let Some(item) = schema.get("items").filter(|item| item.is_object()) {
            let is_keyed = text(schema.get("x-kubernetes-list-type")) == "map";
            let uncorrelatable = at.uncorrelatable.or((!is_keyed).then_some(at.place));
            down(item, "items", "[*]", uncorrelatable);
        }
    }

    fn rule(&mut self, rule: &Value, declared: &Arc<Declared>, field: &str, at: At<'_>) {
        let scope = scope(declared, rule);
        let wrong = |name: &str, detail: &str| {
            let message = format!("Invalid value: {}: {detail}", shown(rule));
            let field = format!("{field}.{name}");
            StatusCause { reason: "FieldValueInvalid".into(), message: message.into(), field: field.into() }
        };
        let found = compile(text(rule.get("rule")), &OF_RULES, &scope, declared);
        let reads_old = match &found {
            Ok(found) => found.checked.reads.contains("oldSelf"),
            Err(failure) => failure.reads_old,
        };
        match found {
            Err(failure) => self.causes.push(wrong("rule", &failure.detail)),
            Ok(found) => {
                let count = at.count.unwrap_or_else(|| cost::most_that_fit(declared));
                let unbounded = [at.unbounded, &cost::all_missing(&found, at.path)].concat();
                let cost = found.cost.max.saturating_mul(count);
                self.observe("estimated rule cost", format!("{field}.rule"), cost, &unbounded);
                let message = Some(text(rule.get("messageExpression"))).filter(|message| !message.is_empty());
                match message.map(|message| compile(message, &OF_MESSAGES, &scope, declared)) {
                    None => {}
                    Some(Err(failure)) => self.causes.push(wrong("messageExpression", &failure.detail)),
                    // Messages are made of the first that fails, however many there are.
                    Some(Ok(found)) => {
                        let unbounded = cost::all_missing(&found, at.path);
                        let field = format!("{field}.messageExpression");
                        self.observe("estimated messageExpression cost", field, found.cost.max, &unbounded);
                    }
                }
            }
        }
        if let Some(list) = at.uncorrelatable.filter(|_| reads_old) {
            let detail = format!("oldSelf cannot be used on the uncorrelatable portion of the schema within {list}");
            self.causes.push(StatusCause::invalid(&format!("{field}.rule"), &text(rule.get("rule")).into(), &detail));
        } else if !reads_old && let Some(optional) = rule.get("optionalOldSelf").filter(|optional| !optional.is_null())
        {
            let detail = "may not be set if oldSelf is not used in rule";
            self.causes.push(StatusCause::invalid(&format!("{field}.optionalOldSelf"), optional, detail));
        }
    }

    fn observe(&mut self, what: &str, field: String, cost: u64, unbounded: &[String]) {
        let hint = if self.how.asker.names_bounds { cost::hint(unbounded) } else { String::new() };
        if !self.how.is_unchanged
            && let Some(detail) = cost::over_budget(what, cost)
        {
            self.causes.push(StatusCause::forbidden(&field, &(detail + &hint)));
        }
        self.total.add(field, cost, hint);
    }
}

/// What an expression is to the server, and how it says that it is not.
struct Wanted {
    is_of: fn(&Type) -> bool,
    not_compiled: &'static str,
    of_another_type: &'static str,
    not_instantiated: &'static str,
}

const OF_RULES: Wanted = Wanted {
    is_of: |of| matches!(of, Type::Bool),
    not_compiled: "compilation failed",
    of_another_type: "cel expression must evaluate to a bool",
    not_instantiated: "program instantiation failed",
};

const OF_MESSAGES: Wanted = Wanted {
    is_of: |of| matches!(of, Type::String),
    not_compiled: "messageExpression compilation failed",
    of_another_type: "messageExpression must evaluate to a string",
    not_instantiated: "messageExpression instantiation failed",
};

/// Why an expression is none.
struct Failure {
    detail: String,
    /// Whether it came so far that it is known to read `oldSelf`.
    reads_old: bool,
}

fn compile(expression: &str, wanted: &Wanted, scope: &Scope, declared: &Declared) -> Result<Estimate, Failure> {
    let failure = |detail| Failure { detail, reads_old: false };
    let found = cel::parse(expression).and_then(|expr| Ok((cel::estimate(&expr, scope, declared)?, expr)));
    let (estimate, expr) = found
        .map_err(|problems| failure(format!("{}: {}", wanted.not_compiled, cel::report(expression, &problems))))?;
    if !(wanted.is_of)(&estimate.checked.result) {
        return Err(failure(wanted.of_another_type.to_owned()));
    }
    match cel::instantiate(&expr) {
        Ok(()) => Ok(estimate),
        Err(problem) => Err(Failure {
            detail: format!("{}: {}", wanted.not_instantiated, problem.message),
            reads_old: estimate.checked.reads.contains("oldSelf"),
        }),
    }
}

/// A rule as the server prints it: its own struct, as Go's JSON.
fn shown(rule: &Value) -> String {
    let word = |name: &str| {
        let json = Value::from(text(rule.get(name))).to_string();
        json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    };
    let or_null = |name: &str| rule.get(name).unwrap_or(&Value::Null);
    format!(
        "{{\"Rule\":{},\"Message\":{},\"MessageExpression\":{},\"Reason\":{},\"FieldPath\":{},\"OptionalOldSelf\":{}}}",
        word("rule"),
        word("message"),
        word("messageExpression"),
        or_null("reason"),
        word("fieldPath"),
        or_null("optionalOldSelf"),
    )
}

/// The field that the `fieldPath` of a rule leads to, as errors name it; nothing if it leads nowhere.
pub fn field_path(schema: &Value, path: &str) -> Option<String> {
    let (mut schema, mut rest, mut found) = (schema, path, String::new());
    while !rest.is_empty() {
        let (name, after) = step(rest)?;
        rest = after;
        if let Some(properties) = schema.get("properties").and_then(Value::as_object).filter(|all| !all.is_empty()) {
            schema = properties.get(&name)?;
            if !found.is_empty() {
                found.push('.');
            }
            found.push_str(&name);
        } else {
            schema = schema.get("additionalProperties").filter(|values| values.is_object())?;
            found.extend(["[", &name, "]"]);
        }
    }
    Some(found)
}

/// One step of a path, `.name` or `['name']`, and what follows it.
fn step(path: &str) -> Option<(String, &str)> {
    if let Some(rest) = path.strip_prefix('.') {
        let end = rest.find(['.', '[', ']']).unwrap_or(rest.len());
        return (end > 0).then(|| (rest[..end].to_owned(), &rest[end..]));
    }
    let mut characters = path.strip_prefix("['")?.char_indices();
    let mut name = String::new();
    while let Some((at, c)) = characters.next() {
        match c {
            '\'' => return Some((name, path[2 + at + 1..].strip_prefix(']')?)),
            '\\' => name.push(match characters.next()?.1 {
                'a' => '\u{7}',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\u{b}',
                c @ ('\'' | '\\') => c,
                _ => return None,
            }),
            c => name.push(c),
        }
    }
    None
}
