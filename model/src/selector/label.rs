//! Label selectors: `app=web,tier in (front,back),!legacy`.
//!
//! Source: `pkg/labels/selector.go` in k8s.io/apimachinery v0.37.2.

use std::fmt;
use std::str::FromStr;

use kubist_naming as naming;

use super::SelectorError;
use crate::meta::LabelSelector;

/// Selects objects by their labels; all requirements must hold. An empty one selects everything.
///
/// This is the selector of lists and watches. The struct that kinds such as `Deployment` hold is [`LabelSelector`]; it turns into one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMatcher(Vec<LabelRequirement>);

/// One requirement of a [`LabelMatcher`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelRequirement {
    key: String,
    operator: LabelOperator,
    /// Sorted, without repetitions.
    values: Vec<String>,
}

/// What a requirement asks of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the grammar has these")]
pub enum LabelOperator {
    /// `key = value`: the label has the value.
    Equals,
    /// `key != value`: the label has another value or is absent.
    NotEquals,
    /// `key in (a,b)`: the label has one of the values.
    In,
    /// `key notin (a,b)`: the label has none of the values or is absent.
    NotIn,
    /// `key`: there is such a label.
    Exists,
    /// `!key`: there is no such label.
    DoesNotExist,
    /// `key > 5`: the label is a whole number and greater.
    GreaterThan,
    /// `key < 5`: the label is a whole number and less.
    LessThan,
}

impl LabelRequirement {
    /// Makes one and checks it.
    ///
    /// # Errors
    ///
    /// A key or value outside of the grammar, or a number of values that the operator does not take.
    pub fn new(
        key: impl Into<String>,
        operator: LabelOperator,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Self, SelectorError> {
        let key = key.into();
        let mut values: Vec<String> = values.into_iter().map(Into::into).collect();
        values.sort();
        values.dedup();
        naming::label_key(&key).map_err(|error| SelectorError(format!("label key: {error}")))?;
        let fits = match operator {
            LabelOperator::In | LabelOperator::NotIn => !values.is_empty(),
            LabelOperator::Exists | LabelOperator::DoesNotExist => values.is_empty(),
            _ => values.len() == 1,
        };
        if !fits {
            let count = values.len();
            return Err(SelectorError(format!("label {key:?}: `{}` does not take {count} values", operator.word())));
        }
        for value in &values {
            if matches!(operator, LabelOperator::GreaterThan | LabelOperator::LessThan) && value.parse::<i64>().is_err()
            {
                return Err(SelectorError(format!(
                    "label {key:?}: `{}` needs a whole number, not {value:?}",
                    operator.word()
                )));
            }
            naming::label_value(value).map_err(|error| SelectorError(format!("label {key:?}: {error}")))?;
        }
        Ok(Self { key, operator, values })
    }

    /// Returns the label's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns what is asked of the label.
    pub fn operator(&self) -> LabelOperator {
        self.operator
    }

    /// Returns the values, sorted.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    fn holds(&self, value: Option<&str>) -> bool {
        let among = |value: &str| self.values.iter().any(|known| known == value);
        let compare = |ok: fn(&i64, &i64) -> bool| {
            let (found, wanted) = (value.and_then(|text| text.parse().ok()), self.values[0].parse().ok());
            found.zip(wanted).is_some_and(|(found, wanted)| ok(&found, &wanted))
        };
        match self.operator {
            LabelOperator::Equals | LabelOperator::In => value.is_some_and(among),
            LabelOperator::NotEquals | LabelOperator::NotIn => !value.is_some_and(among),
            LabelOperator::Exists => value.is_some(),
            LabelOperator::DoesNotExist => value.is_none(),
            LabelOperator::GreaterThan => compare(i64::gt),
            LabelOperator::LessThan => compare(i64::lt),
        }
    }
}

impl LabelOperator {
    fn word(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::NotEquals => "!=",
            Self::In => "in",
            Self::NotIn => "notin",
            Self::Exists => "exists",
            Self::DoesNotExist => "!",
            Self::GreaterThan => ">",
            Self::LessThan => "<",
        }
    }
}

impl LabelMatcher {
    /// Returns a selector that selects everything.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Adds a requirement.
    #[must_use]
    pub fn and(mut self, requirement: LabelRequirement) -> Self {
        self.0.push(requirement);
        self
    }

    /// Returns the requirements.
    pub fn requirements(&self) -> &[LabelRequirement] {
        &self.0
    }

    /// Tells whether all requirements hold; `value_of` gives the value of a label.
    pub fn matches<'a>(&self, mut value_of: impl FnMut(&str) -> Option<&'a str>) -> bool {
        self.0.iter().all(|requirement| requirement.holds(value_of(&requirement.key)))
    }
}

impl TryFrom<&LabelSelector> for LabelMatcher {
    type Error = SelectorError;

    fn try_from(selector: &LabelSelector) -> Result<Self, SelectorError> {
        let mut requirements = Vec::new();
        for (key, value) in &selector.match_labels {
            requirements.push(LabelRequirement::new(key, LabelOperator::Equals, [value])?);
        }
        for expression in &selector.match_expressions {
            let operator = match expression.operator.as_str() {
                "In" => LabelOperator::In,
                "NotIn" => LabelOperator::NotIn,
                "Exists" => LabelOperator::Exists,
                "DoesNotExist" => LabelOperator::DoesNotExist,
                other => {
                    let message = format!("{other:?} is no operator; there are In, NotIn, Exists and DoesNotExist");
                    return Err(SelectorError(message));
                }
            };
            requirements.push(LabelRequirement::new(&expression.key, operator, &expression.values)?);
        }
        Ok(Self(requirements))
    }
}

impl fmt::Display for LabelRequirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, values) = (&self.key, self.values.join(","));
        match self.operator {
            LabelOperator::Exists => f.write_str(key),
            LabelOperator::DoesNotExist => write!(f, "!{key}"),
            LabelOperator::In | LabelOperator::NotIn => write!(f, "{key} {} ({values})", self.operator.word()),
            _ => write!(f, "{key}{}{values}", self.operator.word()),
        }
    }
}

impl fmt::Display for LabelMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, requirement) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            requirement.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for LabelMatcher {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let mut parser = Parser { rest: text };
        let mut requirements = Vec::new();
        if parser.peek() == Token::End {
            return Ok(Self::default());
        }
        loop {
            requirements.push(parser.requirement()?);
            match parser.next() {
                Token::End => return Ok(Self(requirements)),
                Token::Symbol(",") => {}
                other => return Err(expected(other, "',' or 'end of string'")),
            }
        }
    }
}

fn expected(found: Token<'_>, what: &str) -> SelectorError {
    let found = match found {
        Token::End => "",
        Token::Word(text) | Token::Symbol(text) => text,
    };
    SelectorError(format!("unable to parse requirement: found '{found}', expected: {what}"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Symbol(&'a str),
    End,
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn next(&mut self) -> Token<'a> {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return Token::End;
        }
        let is_special = |c: char| matches!(c, '=' | '!' | '(' | ')' | ',' | '>' | '<') || c.is_whitespace();
        let symbols = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"];
        let symbol = symbols.into_iter().find(|symbol| self.rest.starts_with(symbol));
        let length = symbol.map_or_else(|| self.rest.find(is_special).unwrap_or(self.rest.len()), str::len);
        let (token, rest) = self.rest.split_at(length);
        self.rest = rest;
        if symbol.is_some() { Token::Symbol(token) } else { Token::Word(token) }
    }

    fn peek(&mut self) -> Token<'a> {
        let rest = self.rest;
        let token = self.next();
        self.rest = rest;
        token
    }

    fn requirement(&mut self) -> Result<LabelRequirement, SelectorError> {
        let absent = self.peek() == Token::Symbol("!");
        if absent {
            self.next();
        }
        let key = match self.next() {
            Token::Word(word) => word,
            other if absent => return Err(expected(other, "identifier")),
            other => return Err(expected(other, "!, identifier, or 'end of string'")),
        };
        if absent {
            return LabelRequirement::new(key, LabelOperator::DoesNotExist, [""; 0]);
        }
        if matches!(self.peek(), Token::End | Token::Symbol(",")) {
            return LabelRequirement::new(key, LabelOperator::Exists, [""; 0]);
        }
        let operator = match self.next() {
            Token::Symbol("=" | "==") => LabelOperator::Equals,
            Token::Symbol("!=") => LabelOperator::NotEquals,
            Token::Symbol(">") => LabelOperator::GreaterThan,
            Token::Symbol("<") => LabelOperator::LessThan,
            Token::Word("in") => LabelOperator::In,
            Token::Word("notin") => LabelOperator::NotIn,
            other => return Err(expected(other, "in, notin, =, ==, !=, gt, lt")),
        };
        match operator {
            LabelOperator::In | LabelOperator::NotIn => LabelRequirement::new(key, operator, self.values()?),
            _ => LabelRequirement::new(key, operator, [self.value()?]),
        }
    }

    /// A value may be empty: `key=`, `key in (a,)`.
    fn value(&mut self) -> Result<&'a str, SelectorError> {
        match self.peek() {
            Token::Word(word) => {
                self.next();
                Ok(word)
            }
            Token::End | Token::Symbol("," | ")") => Ok(""),
            other @ Token::Symbol(_) => Err(expected(other, "identifier")),
        }
    }

    fn values(&mut self) -> Result<Vec<&'a str>, SelectorError> {
        match self.next() {
            Token::Symbol("(") => {}
            other => return Err(expected(other, "'('")),
        }
        let mut values = Vec::new();
        loop {
            values.push(self.value()?);
            match self.next() {
                Token::Symbol(",") => {}
                Token::Symbol(")") => return Ok(values),
                other => return Err(expected(other, "',' or ')'")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn matches(selector: &str, labels: &[(&str, &str)]) -> bool {
        let labels: BTreeMap<&str, &str> = labels.iter().copied().collect();
        selector.parse::<LabelMatcher>().unwrap().matches(|key| labels.get(key).copied())
    }

    #[test]
    fn each_operator_asks_what_it_says() {
        let labels = [("app", "web"), ("size", "5")];
        for (selector, result) in [
            ("", true),
            ("app=web", true),
            ("app == web", true),
            ("app!=web", false),
            ("other!=web", true),
            ("app in (db, web)", true),
            ("app notin (db,web)", false),
            ("other notin (a)", true),
            ("app", true),
            ("!app", false),
            ("!other,app", true),
            ("size>4", true),
            ("size<5", false),
            ("app>1", false),
            ("other=", false),
        ] {
            assert_eq!(matches(selector, &labels), result, "{selector}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (selector, message) in [
            ("app=web,", "unable to parse requirement: found '', expected: !, identifier, or 'end of string'"),
            ("app is web", "unable to parse requirement: found 'is', expected: in, notin, =, ==, !=, gt, lt"),
            ("app in web", "unable to parse requirement: found 'web', expected: '('"),
            ("size>many", r#"label "size": `>` needs a whole number, not "many""#),
        ] {
            assert_eq!(selector.parse::<LabelMatcher>().unwrap_err().to_string(), message);
        }
        for selector in ["-a=b", "a=b c", "a in ()(", "app=a_very long", "=x", "a==b==c"] {
            assert!(selector.parse::<LabelMatcher>().is_err(), "{selector}");
        }
    }

    #[test]
    fn the_selector_of_a_kind_becomes_one_for_lists() {
        let selector: LabelSelector = serde_json::from_str(
            r#"{"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "tier", "operator": "In", "values": ["b", "a"]}, {"key": "old", "operator": "DoesNotExist"}]}"#,
        )
        .unwrap();
        assert_eq!(LabelMatcher::try_from(&selector).unwrap().to_string(), "app=web,tier in (a,b),!old");
    }

    fn requirement() -> impl Strategy<Value = LabelRequirement> {
        let many = prop::collection::vec("[a-c]{0,2}", 1..3);
        let operators = prop_oneof![Just(LabelOperator::In), Just(LabelOperator::NotIn)];
        prop_oneof![
            ("[a-c]", operators, many).prop_map(|(key, op, values)| LabelRequirement::new(key, op, values).unwrap()),
            ("[a-c]", prop_oneof![Just(LabelOperator::Equals), Just(LabelOperator::NotEquals)], "[a-c]{0,2}")
                .prop_map(|(key, op, value)| LabelRequirement::new(key, op, [value]).unwrap()),
            ("[a-c]", prop_oneof![Just(LabelOperator::Exists), Just(LabelOperator::DoesNotExist)])
                .prop_map(|(key, op)| LabelRequirement::new(key, op, [""; 0]).unwrap()),
            ("[a-c]", prop_oneof![Just(LabelOperator::GreaterThan), Just(LabelOperator::LessThan)], 0..9_i32).prop_map(
                |(key, op, value): (String, _, i32)| LabelRequirement::new(key, op, [value.to_string()]).unwrap()
            ),
        ]
    }

    proptest! {
        #[test]
        fn every_printed_selector_is_read_back(requirements in prop::collection::vec(requirement(), 0..4)) {
            let selector = LabelMatcher(requirements);
            prop_assert_eq!(selector.to_string().parse(), Ok(selector));
        }

        #[test]
        fn a_selector_holds_when_each_of_its_requirements_holds(
            requirements in prop::collection::vec(requirement(), 0..4),
            labels in prop::collection::btree_map("[a-c]", "[a-c]{0,2}", 0..3),
        ) {
            let value_of = |key: &str| labels.get(key).map(String::as_str);
            let each = requirements.iter().all(|one| LabelMatcher(vec![one.clone()]).matches(value_of));
            prop_assert_eq!(LabelMatcher(requirements).matches(value_of), each);
        }
    }
}
