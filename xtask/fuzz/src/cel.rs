//! Expressions: whatever is read, nothing panics, and each problem has a place in the text.

use kubist_cel::{Declared, Expr, Library, Scope, Type, Value, check, estimate, line_and_column, parse, report};

use crate::Outcome;
use crate::corpus::Corpus;
use crate::random::Random;

const TOKENS: &[&str] = &[
    "self",
    "oldSelf",
    ".",
    "?",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ",",
    ":",
    "+",
    "-",
    "*",
    "/",
    "%",
    "!",
    "&&",
    "||",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "true",
    "false",
    "null",
    "1",
    "0x1f",
    "2u",
    "1.5",
    ".5e3",
    "'a'",
    "\"b\"",
    "b'c'",
    "r'\\d'",
    "'''x'''",
    "`a-b`",
    "size",
    "has",
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
    "optMap",
    "optFlatMap",
    "transformMap",
    "x",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "type",
    "dyn",
    "optional",
    "of",
    "none",
    " ",
    "\n",
    "//c\n",
    "'",
    "\\",
    "é",
    "🦀",
    "@",
    "\u{0}",
    "duration",
    "timestamp",
    "'1h'",
    "'2026-11-24T00:00:00Z'",
    "if",
    "quantity",
    "'1Gi'",
    "url",
    "'https://a'",
    "semver",
    "'1.2.3'",
    "ip",
    "'10.0.0.1'",
    "cidr",
    "'10.0.0.0/8'",
    "format",
    "named",
    "matches",
    "find",
    "'(a'",
    "charAt",
    "substring",
    "replace",
    "split",
    "join",
    "'%s %.3f %e'",
    "cel",
    "bind",
    "sets",
    "contains",
    "sum",
    "min",
    "isSorted",
    "lowerAscii",
    "getHours",
    "'America/New_York'",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615u",
    "1e308",
    "1e309",
];

/// Reads, checks and runs an expression of random tokens, or one that was changed.
pub(crate) fn expression(corpus: &Corpus, random: &mut Random) -> Result<Outcome, String> {
    let text = match random.below(40) {
        0 => deep(random),
        1..14 => (0..random.below(24)).map(|_| *random.one(TOKENS)).collect(),
        _ => changed(corpus, random),
    };
    let scope = Scope::new().with("self", Type::map(Type::String, Type::Dyn)).with("oldSelf", Type::Dyn);
    let read = parse(&text);
    if let Ok(expr) = &read {
        run(expr);
        costs(expr);
    }
    let checked = read.and_then(|expr| check(&expr, &scope));
    let Err(problems) = checked else { return Ok(Outcome::Taken) };
    let places = problems.iter().filter_map(|problem| problem.at);
    for at in places {
        if !text.is_char_boundary(at) {
            return Err(format!("{text}\na problem has a place in the middle of a letter: {problems:?}"));
        }
        line_and_column(&text, at);
    }
    let said = report(&text, &problems);
    if problems.is_empty() || !said.starts_with("ERROR: <input>:") {
        return Err(format!("{text}\nit is refused, and the report is {said:?}"));
    }
    Ok(Outcome::Refused)
}

fn changed(corpus: &Corpus, random: &mut Random) -> String {
    let mut text: Vec<char> = random.one(&corpus.expressions).chars().collect();
    for _ in 0..random.below(4) {
        let at = random.below(text.len() + 1);
        match random.below(4) {
            0 if at < text.len() => drop(text.remove(at)),
            1 if at < text.len() => {
                let other = random.below(text.len());
                text.swap(at, other);
            }
            2 => drop(text.splice(at..at, random.one(&corpus.expressions).chars())),
            _ => drop(text.splice(at..at, random.one(TOKENS).chars())),
        }
    }
    text.into_iter().collect()
}

/// Nested, or a long chain: what a recursive reader fails on.
fn deep(random: &mut Random) -> String {
    const AROUND: [(&str, &str); 7] =
        [("(", ")"), ("[", "]"), ("{1:", "}"), ("-(", ")"), ("size(", ")"), ("true ? 1 : (", ")"), ("x[", "]")];
    const LINKS: [&str; 10] =
        [".a", ".f()", "[0]", ".?a", " + 1", " < 1", ".optMap(x, x)", ".all(x, x)", ".map(x, [x])", " || self"];
    let count = random.below(3000);
    if random.once_in(2) {
        let (start, end) = random.one(&AROUND);
        format!("{}1{}", start.repeat(count), end.repeat(count + random.below(2)))
    } else {
        format!("self{}", random.one(&LINKS).repeat(count))
    }
}

struct NoPatterns;

impl Library for NoPatterns {
    fn find(&self, _: &str, text: &str, most: usize) -> Result<Vec<String>, String> {
        Ok([text.to_owned()].into_iter().take(most).collect())
    }

    fn format(&self, _: &str, _: &str) -> Option<Vec<String>> {
        Some(Vec::new())
    }
}

/// Runs an expression, checked or not, on values at the ends of what there is.
fn run(expr: &Expr) {
    let value = Value::map(vec![
        (Value::string("a"), Value::string("x")),
        (Value::string("n"), Value::Int(i64::MIN)),
        (Value::string("l"), Value::list(vec![Value::string("a"), Value::Timestamp(253_402_300_799, 1)])),
        (Value::string("t"), Value::Timestamp(-62_135_596_800, 0)),
        (Value::string("d"), Value::Duration(i64::MIN)),
    ]);
    drop(kubist_cel::eval(expr, &[("self", value.clone()), ("oldSelf", value)], 10_000, &NoPatterns));
}

/// Estimates what an expression costs, under a schema with types and without.
fn costs(expr: &Expr) {
    let fields = [
        ("a", Type::String),
        ("n", Type::Int),
        ("l", Type::list(Type::String)),
        ("m", Type::map(Type::String, Type::Dyn)),
        ("t", Type::Timestamp),
        ("y", Type::Bytes),
    ];
    let declared = Declared::object("Self", fields.map(|(name, of)| (name.to_owned(), of)));
    for of_self in [declared.type_of(), Type::Dyn] {
        let scope = Scope::new().with("self", of_self).with("oldSelf", Type::Dyn);
        drop(estimate(expr, &scope, &declared));
    }
}
