//! What is said of a field, held against its type where that is plain: a server refuses what does not fit.

use kubist_cel::Type;
use syn::{Data, DeriveInput, Field};

use super::model::{Keyword, Part, Said, Sayings};
use crate::diag::Errors;
use crate::rules;

/// Checks what is said of the fields of a part.
pub(super) fn check_part(input: &DeriveInput, part: &Part, errors: &mut Errors) {
    let Data::Struct(item) = &input.data else { return };
    for (index, said) in &part.fields {
        if let Some(field) = item.fields.iter().nth(*index) {
            check(said, field, errors);
        }
    }
}

/// Checks what is said of a field.
pub(crate) fn check(said: &Sayings, field: &Field, errors: &mut Errors) {
    of_type(said, &rules::of_field(field), errors);
}

fn of_type(said: &Sayings, of: &Type, errors: &mut Errors) {
    let Some(name) = name(of) else { return };
    let list_type = said.get("x-kubernetes-list-type");
    match (of, list_type) {
        (Type::List(item), Some(list)) => {
            if let (Said::Text(kind), Some(item)) = (&list.said, self::name(item))
                && kind == "map"
                && item != "object"
            {
                errors.at_span(
                    list.span,
                    format!("a list with keys has objects as its items, and these are of the type `{item}`: write `list_type = \"set\"`"),
                );
            }
        }
        (_, Some(list)) => {
            errors.at_span(
                list.span,
                format!("this says how a list is merged, and the field is of the type `{name}`: remove it"),
            );
        }
        _ => {}
    }
    if let Some(map) = said.get("x-kubernetes-map-type").filter(|_| name != "object") {
        errors.at_span(
            map.span,
            format!("this says how an object is merged, and the field is of the type `{name}`: remove it"),
        );
    }
    if let Some(default) = said.get("default") {
        self::default(default, said, of, name, errors);
    }
    let inner = match of {
        Type::List(item) => &**item,
        Type::Map(types) => &types.1,
        _ => return,
    };
    if let Some(said) = &said.items {
        of_type(said, inner, errors);
    }
}

fn default(default: &Keyword, said: &Sayings, of: &Type, name: &str, errors: &mut Errors) {
    let (found, fits) = match &default.said {
        Said::Text(_) => ("string", matches!(of, Type::String)),
        Said::Truth(_) => ("boolean", matches!(of, Type::Bool)),
        Said::Integer(_) => ("integer", matches!(of, Type::Int | Type::Double)),
        Said::Number(_) => ("number", matches!(of, Type::Double)),
        Said::Json(text) if text.starts_with('[') => ("array", matches!(of, Type::List(_))),
        Said::Json(text) if text.starts_with('{') => ("object", matches!(of, Type::Map(_))),
        _ => return,
    };
    if !fits {
        let example = match (&default.said, of) {
            (Said::Text(text), Type::Int | Type::Double) if text.parse::<f64>().is_ok() => text,
            (Said::Text(text), Type::Bool) if text.parse::<bool>().is_ok() => text,
            (_, Type::Bool) => "true",
            (_, Type::Int) => "1",
            (_, Type::Double) => "0.5",
            (_, Type::List(_)) => "[…]",
            (_, Type::Map(_)) => "{…}",
            _ => "\"…\"",
        };
        let message = format!(
            "a default of the type `{found}` does not fit a field of the type `{name}`: write `default = {example}`"
        );
        errors.at_span(default.span, message);
        return;
    }
    let number = |keyword: &Keyword| match keyword.said {
        #[expect(clippy::cast_precision_loss, reason = "bounds that differ by less than that are taken")]
        Said::Integer(value) => Some(value as f64),
        Said::Number(value) => Some(value),
        _ => None,
    };
    let Some(value) = number(default) else { return };
    for (keyword, key, is_within) in [
        ("minimum", "minimum", (|value, bound| value >= bound) as fn(f64, f64) -> bool),
        ("maximum", "maximum", |value, bound| value <= bound),
        ("exclusiveMinimum", "exclusive_minimum", |value, bound| value > bound),
        ("exclusiveMaximum", "exclusive_maximum", |value, bound| value < bound),
    ] {
        if let Some(bound) = said.get(keyword).and_then(number)
            && !is_within(value, bound)
        {
            errors.at_span(default.span, format!("the default is outside of `{key} = {bound}`"));
        }
    }
}

/// The name of a type in JSON, where it is known.
pub(super) fn name(of: &Type) -> Option<&'static str> {
    Some(match of {
        Type::Bool => "boolean",
        Type::Int => "integer",
        Type::Double => "number",
        Type::String => "string",
        Type::List(_) => "array",
        Type::Map(_) => "object",
        _ => return None,
    })
}
