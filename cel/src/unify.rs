//! When a value of one type may stand where another is wanted, and what that says of types not known yet.

use std::sync::Arc;

use crate::types::{Param, Type};

/// What is known of types that follow from use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known(Vec<Option<Type>>);

impl Known {
    pub(crate) fn fresh(&mut self) -> Type {
        self.0.push(None);
        Type::Param(Param::Fresh(self.0.len() - 1))
    }

    fn find(&self, found: &Type) -> Option<&Type> {
        match found {
            Type::Param(Param::Fresh(number)) => self.0.get(*number)?.as_ref(),
            _ => None,
        }
    }

    fn set(&mut self, param: &Type, found: Type) {
        if let Type::Param(Param::Fresh(number)) = param
            && let Some(slot) = self.0.get_mut(*number)
        {
            *slot = Some(found);
        }
    }

    /// Takes what is known into a type; what is not known stays, or becomes `dyn`.
    pub(crate) fn resolve(&self, of: &Type, rest: Rest) -> Type {
        if let Some(found) = self.find(of) {
            return self.resolve(found, rest);
        }
        let inner = |of: &Type| self.resolve(of, rest);
        match of {
            Type::Param(_) if rest == Rest::Dyn => Type::Dyn,
            Type::List(item) => Type::list(inner(item)),
            Type::Map(types) => Type::map(inner(&types.0), inner(&types.1)),
            Type::Type(Some(of)) => Type::Type(Some(Arc::new(inner(of)))),
            Type::Opaque(name, parameters) => Type::Opaque(name, parameters.iter().map(inner).collect()),
            _ => of.clone(),
        }
    }

    /// Whether each type may stand for the other one; nothing is learned if not.
    pub(crate) fn fit(&mut self, pairs: &[(&Type, &Type)]) -> bool {
        let before = self.0.clone();
        let all = pairs.iter().all(|(one, other)| self.assignable(one, other));
        if !all {
            self.0 = before;
        }
        all
    }

    fn assignable(&mut self, one: &Type, other: &Type) -> bool {
        if matches!(other, Type::Param(_)) {
            match self.substitutes(one, other) {
                (true, _) => return true,
                (false, true) => return false,
                (false, false) => {}
            }
        }
        if matches!(one, Type::Param(_)) {
            return self.substitutes(other, one).0;
        }
        if one.is_dyn_or_error() || other.is_dyn_or_error() {
            return true;
        }
        match (one, other) {
            (Type::Null, other) => nullable(other),
            (one, Type::Null) => nullable(one),
            (Type::Type(_), Type::Type(_)) => true,
            (Type::List(one), Type::List(other)) => self.assignable(one, other),
            (Type::Map(one), Type::Map(other)) => {
                self.assignable(&one.0, &other.0) && self.assignable(&one.1, &other.1)
            }
            (Type::Opaque(one, of_one), Type::Opaque(other, of_other)) => {
                one == other
                    && of_one.len() == of_other.len()
                    && of_one.iter().zip(&**of_other).all(|(one, other)| self.assignable(one, other))
            }
            _ => one.is(other),
        }
    }

    /// Whether the parameter may stand for a type, and whether it stood for one before.
    fn substitutes(&mut self, found: &Type, param: &Type) -> (bool, bool) {
        if found.is(param) {
            return (true, true);
        }
        if let Some(known) = self.find(param).cloned() {
            if found.is(&known) {
                return (true, true);
            }
            if self.assignable(found, &known) {
                let general = most_general(found, &known).clone();
                if self.is_absent(param, &general) {
                    self.set(param, general);
                }
                return (true, true);
            }
            return (false, true);
        }
        if self.is_absent(param, found) {
            self.set(param, found.clone());
            return (true, false);
        }
        (false, false)
    }

    /// Whether a parameter does not occur in a type, which would then contain itself.
    fn is_absent(&self, param: &Type, within: &Type) -> bool {
        if param.is(within) {
            return false;
        }
        match within {
            Type::Param(_) => self.find(within).is_none_or(|known| self.is_absent(param, known)),
            Type::List(item) => self.is_absent(param, item),
            Type::Map(types) => self.is_absent(param, &types.0) && self.is_absent(param, &types.1),
            Type::Type(Some(of)) => self.is_absent(param, of),
            Type::Opaque(_, parameters) => parameters.iter().all(|parameter| self.is_absent(param, parameter)),
            _ => true,
        }
    }
}

/// What becomes of a type that nothing is known of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Stays,
    Dyn,
}

fn nullable(of: &Type) -> bool {
    matches!(of, Type::Null | Type::Opaque(..) | Type::Object(_) | Type::Duration | Type::Timestamp)
}

/// The type that takes more, of two that go together.
pub(crate) fn most_general<'a>(one: &'a Type, other: &'a Type) -> &'a Type {
    if less_specific(one, other) { one } else { other }
}

fn less_specific(one: &Type, other: &Type) -> bool {
    if one.is_dyn() || matches!(one, Type::Param(_)) {
        return true;
    }
    if other.is_dyn() || matches!(other, Type::Param(_)) {
        return false;
    }
    match (one, other) {
        (Type::Opaque(one, of_one), Type::Opaque(other, of_other)) => {
            one == other
                && of_one.len() == of_other.len()
                && of_one.iter().zip(&**of_other).all(|(one, other)| less_specific(one, other))
        }
        (Type::List(one), Type::List(other)) => less_specific(one, other),
        (Type::Map(one), Type::Map(other)) => less_specific(&one.0, &other.0) && less_specific(&one.1, &other.1),
        (Type::Type(_), Type::Type(_)) => true,
        _ => one.is(other),
    }
}
