//! Validation rules: their expressions against the types of the schema.
//!
//! Source: `pkg/apiserver/schema/cel/compilation.go` and the end of `ValidateCustomResourceDefinitionOpenAPISchema`.

use std::sync::Arc;

use kubist_cel::{self as cel, Declared, Level, Schema, Scope, Type};
use serde_json::Value;

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

/// Where the walk is.
#[derive(Clone, Copy)]
struct At<'a> {
    place: &'a str,
    level: Level,
    /// The list above whose items cannot be told from one another.
    uncorrelatable: Option<&'a str>,
}

/// Checks the rules of a schema without mistakes of structure; `wrong` are those found otherwise.
pub(super) fn check(schema: &Value, place: &str, wrong: &[StatusCause]) -> Vec<StatusCause> {
    let mut causes = Vec::new();
    walk(schema, At { place, level: Level::Resource, uncorrelatable: None }, wrong, &mut causes);
    causes
}

fn level_of(schema: &Value) -> Level {
    if truth(schema.get("x-kubernetes-embedded-resource")) { Level::Resource } else { Level::Part }
}

fn walk(schema: &Value, at: At<'_>, wrong: &[StatusCause], causes: &mut Vec<StatusCause>) {
    let below = |child: &Value, step: &str, uncorrelatable, causes: &mut Vec<StatusCause>| {
        let place = format!("{}.{step}", at.place);
        walk(child, At { place: &place, level: level_of(child), uncorrelatable }, wrong, causes);
    };
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        below(values, "additionalProperties", at.uncorrelatable, causes);
    }
    for (name, property) in fields(schema.get("properties")) {
        below(property, &format!("properties[{name}]"), at.uncorrelatable, causes);
    }
    if let Some(item) = schema.get("items").filter(|item| item.is_object()) {
        let is_keyed = text(schema.get("x-kubernetes-list-type")) == "map";
        let uncorrelatable = at.uncorrelatable.or((!is_keyed).then_some(at.place));
        below(item, "items", uncorrelatable, causes);
    }
    let rules = items(schema.get("x-kubernetes-validations"));
    // What is wrong with the schema comes first.
    let is_within = |cause: &StatusCause| {
        cause.field.strip_prefix(at.place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if rules.is_empty() || wrong.iter().any(is_within) {
        return;
    }
    let field = format!("{}.x-kubernetes-validations", at.place);
    let Some(declared) = declared(schema, at.level) else {
        let message = "Internal error: internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations";
        causes.push(StatusCause {
            reason: "InternalError".into(),
            message: message.into(),
            field: field.as_str().into(),
        });
        return;
    };
    for (index, rule) in rules.iter().enumerate() {
        one(rule, &scope(&declared, rule), &format!("{field}[{index}]"), at.uncorrelatable, causes);
    }
}

fn one(rule: &Value, scope: &Scope, field: &str, uncorrelatable: Option<&str>, causes: &mut Vec<StatusCause>) {
    let mut wrong = |name: &str, detail: &str| {
        let message = format!("Invalid value: {}: {detail}", shown(rule));
        let field = format!("{field}.{name}");
        causes.push(StatusCause { reason: "FieldValueInvalid".into(), message: message.into(), field: field.into() });
    };
    let mut reads_old = false;
    match compile(text(rule.get("rule")), scope) {
        Err(report) => wrong("rule", &format!("compilation failed: {report}")),
        Ok(checked) if !matches!(checked.result, Type::Bool) => wrong("rule", "cel expression must evaluate to a bool"),
        Ok(checked) => {
            reads_old = checked.reads.contains("oldSelf");
            let message = text(rule.get("messageExpression"));
            if !message.is_empty() {
                match compile(message, scope) {
                    Err(report) => {
                        wrong("messageExpression", &format!("messageExpression compilation failed: {report}"));
                    }
                    Ok(checked) if !matches!(checked.result, Type::String) => {
                        wrong("messageExpression", "messageExpression must evaluate to a string");
                    }
                    Ok(_) => {}
                }
            }
        }
    }
    if let Some(list) = uncorrelatable.filter(|_| reads_old) {
        let detail = format!("oldSelf cannot be used on the uncorrelatable portion of the schema within {list}");
        causes.push(StatusCause::invalid(&format!("{field}.rule"), &text(rule.get("rule")).into(), &detail));
    } else if !reads_old && let Some(optional) = rule.get("optionalOldSelf").filter(|optional| !optional.is_null()) {
        let detail = "may not be set if oldSelf is not used in rule";
        causes.push(StatusCause::invalid(&format!("{field}.optionalOldSelf"), optional, detail));
    }
}

fn compile(expression: &str, scope: &Scope) -> Result<cel::Checked, String> {
    let checked = cel::parse(expression).and_then(|expr| cel::check(&expr, scope));
    checked.map_err(|problems| cel::report(expression, &problems))
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
