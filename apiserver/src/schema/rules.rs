//! Validation rules: `x-kubernetes-validations`, compiled with the definition and run on each write.
//!
//! Source: `pkg/apiserver/schema/cel/validation.go` in k8s.io/apiextensions-apiserver. The warnings about what is let through since it did not
//! change are not given.

use kubist_cel::{self as cel, Expr, Level, Value as Cel};
use kubist_model::StatusCause;
use kubist_model::definition;
use serde_json::Value;

use super::library::Patterns;
use super::{flag, values};
use crate::handlers::cause;

/// The most that one rule may cost, and all rules of an object.
const OF_ONE: u64 = 1_000_000;
const OF_ALL: u64 = 10_000_000;
const OUT_OF_BUDGET: &str =
    "validation failed due to running out of cost budget, no further validation rules will be run";
const OUT_OF_BUDGET_OF_MESSAGE: &str =
    "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run";

/// The rules of a schema and of the schemas in it.
#[derive(Debug)]
pub(crate) struct Rules {
    own: Vec<Rule>,
    level: Level,
    below: Vec<(Step, Rules)>,
}

#[derive(Debug)]
enum Step {
    Property(String),
    Values,
    Items,
}

#[derive(Debug)]
struct Rule {
    expression: Result<Expr, String>,
    /// The rule as errors name it: by its message, or as it is written.
    name: String,
    message: Option<String>,
    /// As it is written, and as it is read.
    message_expression: Option<(String, Expr)>,
    reason: String,
    field_path: Option<String>,
    reads_old: bool,
    is_old_optional: bool,
}

impl Rules {
    /// Compiles the rules of a schema; nothing if there are none.
    pub(crate) fn of(schema: &Value) -> Option<Self> {
        compile(schema, Level::Resource)
    }

    /// Runs the rules on an object, and on what it replaces.
    pub(crate) fn check(
        &self,
        schema: &Value,
        object: &Value,
        old: Option<&Value>,
        patterns: &Patterns,
    ) -> Vec<StatusCause> {
        let mut run = Run { patterns, budget: Some(OF_ALL), causes: Vec::new() };
        let at = At { path: "", value: object, old, was_equal: false };
        run.node(self, schema, &at);
        run.causes
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn compile(schema: &Value, level: Level) -> Option<Rules> {
    let level_of = |schema: &Value| {
        if flag(schema, "x-kubernetes-embedded-resource") { Level::Resource } else { Level::Part }
    };
    let mut below = Vec::new();
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        below.extend(compile(property, level_of(property)).map(|rules| (Step::Property(name.clone()), rules)));
    }
    for (name, step) in [("additionalProperties", Step::Values), ("items", Step::Items)] {
        let Some(child) = schema.get(name).filter(|child| child.is_object()) else { continue };
        below.extend(compile(child, level_of(child)).map(|rules| (step, rules)));
    }
    let rules = schema.get("x-kubernetes-validations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let declared = definition::declared(schema, level);
    let own: Vec<Rule> = rules
        .iter()
        .filter(|rule| !text(rule, "rule").trim().is_empty())
        .filter_map(|rule| Some(compile_one(rule, schema, declared.as_ref()?)))
        .collect();
    (!own.is_empty() || !below.is_empty()).then_some(Rules { own, level, below })
}

fn compile_one(rule: &Value, schema: &Value, declared: &std::sync::Arc<cel::Declared>) -> Rule {
    let scope = definition::scope(declared, rule);
    let compiled = |text: &str| {
        let expr = cel::parse(text).and_then(|expr| cel::check(&expr, &scope).map(|checked| (expr, checked)));
        expr.map_err(|problems| format!("compilation failed: {}", cel::report(text, &problems)))
    };
    let expression = compiled(text(rule, "rule"));
    let message = Some(text(rule, "message").trim()).filter(|message| !message.is_empty()).map(str::to_owned);
    let written = text(rule, "messageExpression");
    let message_expression = (!written.is_empty()).then(|| compiled(written).ok()).flatten();
    let message_expression = message_expression.map(|(expr, _)| (written.to_owned(), expr));
    Rule {
        reads_old: expression.as_ref().is_ok_and(|(_, checked)| checked.reads.contains("oldSelf")),
        expression: expression.map(|(expr, _)| expr),
        name: message.clone().unwrap_or_else(|| text(rule, "rule").trim().to_owned()),
        message,
        message_expression,
        reason: text(rule, "reason").to_owned(),
        field_path: definition::field_path(schema, text(rule, "fieldPath")).filter(|path| !path.is_empty()),
        is_old_optional: flag(rule, "optionalOldSelf"),
    }
}

/// A value, and what it replaces.
struct At<'a> {
    path: &'a str,
    value: &'a Value,
    /// The former value, where it can be told which one it is.
    old: Option<&'a Value>,
    /// Whether the nearest value above that has a former one equals it.
    was_equal: bool,
}

impl At<'_> {
    fn did_not_change(&self) -> bool {
        self.old.map_or(self.was_equal, |old| old == self.value)
    }
}

struct Run<'a> {
    patterns: &'a Patterns,
    /// What may still be spent; nothing once it ran out.
    budget: Option<u64>,
    causes: Vec<StatusCause>,
}

impl Run<'_> {
    fn node(&mut self, rules: &Rules, schema: &Value, at: &At<'_>) {
        if at.value.is_null() || self.budget.is_none() {
            return;
        }
        if !rules.own.is_empty() {
            self.own(rules, schema, at);
        }
        for (step, rules) in &rules.below {
            self.below(step, rules, schema, at);
        }
    }

    fn below(&mut self, step: &Step, rules: &Rules, schema: &Value, at: &At<'_>) {
        let was_equal = at.did_not_change();
        match (step, at.value) {
            (Step::Property(name), Value::Object(fields)) => {
                let (Some(value), Some(schema)) = (fields.get(name), super::property(schema, name)) else { return };
                let old = at.old.and_then(|old| old.get(name));
                let path = super::below(at.path, name);
                self.node(rules, schema, &At { path: &path, value, old, was_equal });
            }
            (Step::Values, Value::Object(fields)) => {
                let Some(schema) = schema.get("additionalProperties") else { return };
                for (name, value) in fields {
                    let old = at.old.and_then(|old| old.get(name));
                    let path = format!("{}[{name}]", at.path);
                    self.node(rules, schema, &At { path: &path, value, old, was_equal });
                }
            }
            (Step::Items, Value::Array(items)) => {
                let Some(of_items) = schema.get("items") else { return };
                let former = at.old.and_then(Value::as_array);
                for (index, value) in items.iter().enumerate() {
                    let old = former.and_then(|former| same_item(schema, former, value));
                    let path = format!("{}[{index}]", at.path);
                    self.node(rules, of_items, &At { path: &path, value, old, was_equal });
                }
            }
            _ => {}
        }
    }

    fn own(&mut self, rules: &Rules, schema: &Value, at: &At<'_>) {
        let resource = (rules.level == Level::Resource).then(|| values::with_metadata(schema));
        let schema_of_value = resource.as_ref().unwrap_or(schema);
        let kind = text(schema, "type");
        let wrong = |causes: &mut Vec<StatusCause>, detail: String| {
            causes.push(cause("FieldValueInvalid", named(at.path), format!("Invalid value: {kind:?}: {detail}")));
        };
        if self.budget == Some(0) {
            wrong(&mut self.causes, OUT_OF_BUDGET.to_owned());
            self.budget = None;
            return;
        }
        let value = values::value(schema_of_value, at.value);
        let old = at.old.filter(|old| !old.is_null()).map(|old| values::value(schema_of_value, old));
        for rule in &rules.own {
            if rule.reads_old && old.is_none() && !rule.is_old_optional {
                continue;
            }
            let expression = match &rule.expression {
                Ok(expression) => expression,
                Err(problem) => {
                    wrong(&mut self.causes, format!("rule compile error: {problem}"));
                    continue;
                }
            };
            let mut variables = vec![("self", value.clone())];
            match (&old, rule.is_old_optional) {
                (former, true) => variables.push(("oldSelf", Cel::Optional(former.clone().map(Into::into)))),
                (Some(former), false) => variables.push(("oldSelf", former.clone())),
                (None, false) => {}
            }
            let run = cel::eval(expression, &variables, OF_ONE, self.patterns);
            self.budget = self.budget.and_then(|budget| budget.checked_sub(run.cost));
            if self.budget.is_none() {
                wrong(&mut self.causes, OUT_OF_BUDGET.to_owned());
                return;
            }
            match run.outcome {
                Ok(Cel::Bool(true)) => {}
                Err(problem) if problem.starts_with("no such overload") => wrong(
                    &mut self.causes,
                    format!(
                        "'{problem}': call arguments did not match a supported operator, function or macro signature for rule: {}",
                        rule.name
                    ),
                ),
                Err(problem) if problem.starts_with(cel::TOO_EXPENSIVE) => {
                    let detail = format!(
                        "'{problem}': no further validation rules will be run due to call cost exceeds limit for rule: {}",
                        rule.name
                    );
                    wrong(&mut self.causes, detail);
                    self.budget = None;
                    return;
                }
                Err(problem) => wrong(&mut self.causes, format!("{problem} evaluating rule: {}", rule.name)),
                Ok(_) => self.failed(rule, kind, &variables, at),
            }
            if self.budget.is_none() {
                return;
            }
        }
    }

    /// The message that a rule's expression makes, if it makes a good one; an error where it costs too much.
    fn message(&mut self, rule: &Rule, variables: &[(&str, Cel)]) -> Result<Option<String>, String> {
        let Some((text, expression)) = &rule.message_expression else { return Ok(None) };
        let run = cel::eval(expression, variables, OF_ONE, self.patterns);
        self.budget = self.budget.and_then(|budget| budget.checked_sub(run.cost));
        if self.budget.is_none() {
            return Err(OUT_OF_BUDGET_OF_MESSAGE.to_owned());
        }
        match run.outcome {
            Err(problem) if problem.starts_with(cel::TOO_EXPENSIVE) => {
                self.budget = None;
                Err(format!(
                    "no further validation rules will be run due to call cost exceeds limit for messageExpression: {text:?}"
                ))
            }
            outcome => Ok(message_of(outcome)),
        }
    }

    /// A rule is not met: says so in its words.
    fn failed(&mut self, rule: &Rule, kind: &str, variables: &[(&str, Cel)], at: &At<'_>) {
        let path = match &rule.field_path {
            Some(field) => super::below(at.path, field),
            None => named(at.path).to_owned(),
        };
        let made = self.message(rule, variables);
        if !rule.reads_old && at.did_not_change() {
            return;
        }
        let made = match made {
            Ok(made) => made,
            Err(why) => {
                self.causes.push(cause("FieldValueInvalid", &path, format!("Invalid value: {kind:?}: {why}")));
                return;
            }
        };
        let detail = made.or_else(|| rule.message.clone()).unwrap_or_else(|| format!("failed rule: {}", rule.name));
        let value = match kind {
            "object" | "array" => None,
            _ => Some(shown(at.value)),
        };
        self.causes.push(match rule.reason.as_str() {
            "FieldValueForbidden" => StatusCause::forbidden(&path, &detail),
            "FieldValueRequired" => StatusCause::required(&path, &detail),
            "FieldValueDuplicate" => {
                let shown =
                    value.map_or_else(|| "Duplicate value".to_owned(), |value| format!("Duplicate value: {value}"));
                cause("FieldValueDuplicate", &path, shown)
            }
            _ => {
                let shown = value.map_or_else(|| "Invalid value".to_owned(), |value| format!("Invalid value: {value}"));
                cause("FieldValueInvalid", &path, format!("{shown}: {detail}"))
            }
        });
    }
}

/// The whole object has no path.
fn named(path: &str) -> &str {
    if path.is_empty() { "<nil>" } else { path }
}

/// A value as the server prints it: a number that is whole has no point.
fn shown(value: &Value) -> String {
    match value.as_f64().filter(|_| value.is_f64()) {
        Some(number) if (1e-4..1e21).contains(&number.abs()) || number == 0.0 => number.to_string(),
        _ => value.to_string(),
    }
}

/// The most bytes of a message that an expression makes.
const LONGEST_MESSAGE: usize = 5 * 1024;

/// The message that an expression makes, if it makes a good one.
fn message_of(outcome: cel::Outcome) -> Option<String> {
    let Ok(Cel::String(text)) = outcome else { return None };
    let text = text.trim();
    (!text.is_empty() && text.len() <= LONGEST_MESSAGE && !text.contains('\n')).then(|| text.to_owned())
}

/// The former one of an item, in a list whose items have keys.
fn same_item<'a>(schema: &Value, former: &'a [Value], item: &Value) -> Option<&'a Value> {
    if text(schema, "x-kubernetes-list-type") != "map" {
        return None;
    }
    let keys = schema.get("x-kubernetes-list-map-keys").and_then(Value::as_array)?;
    former.iter().find(|former| keys.iter().filter_map(Value::as_str).all(|key| former.get(key) == item.get(key)))
}
