//! From the name of a function to what does it.

use super::value::{Outcome, Value};
use super::{Machine, NO_OVERLOAD, convert, kubernetes, lists, operators, optional, texts};

impl Machine<'_> {
    pub(super) fn function(&mut self, name: &str, args: &[Value]) -> Outcome {
        if name == "_[?_]"
            && let [value, key] = args
        {
            return optional(value, key);
        }
        if name == "_[_]"
            && let [value @ Value::Optional(_), key] = args
        {
            return optional(value, key);
        }
        let plain = operators::call(name, args)
            .or_else(|| convert::call(name, args))
            .or_else(|| texts::call(name, args, self.library))
            .or_else(|| lists::call(name, args))
            .or_else(|| kubernetes::call(name, args, self.library))
            .or_else(|| optionals(name, args));
        plain.unwrap_or_else(|| Err(NO_OVERLOAD.to_owned()))
    }
}

fn optionals(name: &str, args: &[Value]) -> Option<Outcome> {
    Some(Ok(match (name, args) {
        ("optional.ofNonZeroValue", [value]) if value.is_zero() => Value::Optional(None),
        ("optional.of" | "optional.ofNonZeroValue", [value]) => Value::some(value.clone()),
        ("optional.none", []) => Value::Optional(None),
        ("hasValue", [Value::Optional(value)]) => Value::Bool(value.is_some()),
        ("value", [Value::Optional(value)]) => {
            return Some(value.as_deref().cloned().ok_or_else(|| "optional.none() dereference".to_owned()));
        }
        ("first", [Value::List(list)]) => list.items.first().cloned().map_or(Value::Optional(None), Value::some),
        ("last", [Value::List(list)]) => list.items.last().cloned().map_or(Value::Optional(None), Value::some),
        ("optional.unwrap" | "unwrapOpt", [Value::List(list)]) => {
            let values = list.items.iter().filter_map(|item| match item {
                Value::Optional(value) => value.as_deref().cloned(),
                _ => None,
            });
            Value::list(values.collect())
        }
        _ => return None,
    }))
}
