//! Whatever is read, nothing panics and nothing runs out of stack.

use kubist_cel::{Scope, Type, check, line_and_column, parse, report};

/// Numbers that look random and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

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
    "map",
    "filter",
    "optMap",
    "transformMap",
    "x",
    "int",
    "type",
    "optional",
    "of",
    "none",
    " ",
    "\n",
    "//c\n",
    "'",
    "\\",
    "é",
    "@",
    "duration",
    "'1h'",
    "if",
];

/// `KUBIST_FUZZ_ROUNDS` at compile time makes it longer.
fn rounds() -> usize {
    option_env!("KUBIST_FUZZ_ROUNDS").and_then(|rounds| rounds.parse().ok()).unwrap_or(20_000)
}

#[cfg(feature = "eval")]
struct NoPatterns;

#[cfg(feature = "eval")]
impl kubist_cel::Library for NoPatterns {
    fn find(&self, _: &str, text: &str, most: usize) -> Result<Vec<String>, String> {
        Ok([text.to_owned()].into_iter().take(most).collect())
    }

    fn format(&self, _: &str, _: &str) -> Option<Vec<String>> {
        Some(Vec::new())
    }
}

/// Runs an expression, checked or not.
#[cfg(feature = "eval")]
fn run(expr: &kubist_cel::Expr) {
    use kubist_cel::Value;
    let value = Value::map(vec![
        (Value::string("a"), Value::string("x")),
        (Value::string("n"), Value::Int(i64::MIN)),
        (Value::string("l"), Value::list(vec![Value::string("a"), Value::Timestamp(253_402_300_799, 1)])),
        (Value::string("t"), Value::Timestamp(-62_135_596_800, 0)),
        (Value::string("d"), Value::Duration(i64::MIN)),
    ]);
    drop(kubist_cel::eval(expr, &[("self", value.clone()), ("oldSelf", value)], 10_000, &NoPatterns));
}

/// Estimates what an expression costs, under a schema with bounds and without.
#[cfg(feature = "cost")]
fn estimate(expr: &kubist_cel::Expr) {
    let fields = [
        ("a", Type::String),
        ("n", Type::Int),
        ("l", Type::list(Type::String)),
        ("m", Type::map(Type::String, Type::Dyn)),
        ("t", Type::Timestamp),
        ("y", Type::Bytes),
    ];
    let declared = kubist_cel::Declared::object("Self", fields.map(|(name, of)| (name.to_owned(), of)));
    let scope = Scope::new().with("self", declared.type_of()).with("oldSelf", Type::Dyn);
    drop(kubist_cel::estimate(expr, &scope, &declared));
    let scope = Scope::new().with("self", Type::Dyn).with("oldSelf", Type::Dyn);
    drop(kubist_cel::estimate(expr, &scope, &declared));
}

fn try_out(text: &str) {
    #[cfg(feature = "cost")]
    if let Ok(expr) = parse(text) {
        estimate(&expr);
    }
    let scope = Scope::new().with("self", Type::map(Type::String, Type::Dyn)).with("oldSelf", Type::Dyn);
    #[cfg(feature = "eval")]
    if let Ok(expr) = parse(text) {
        run(&expr);
    }
    if let Err(problems) = parse(text).and_then(|expr| check(&expr, &scope)) {
        assert!(!problems.is_empty(), "{text}");
        for problem in &problems {
            if let Some(at) = problem.at {
                assert!(text.is_char_boundary(at), "{text}: {problem:?}");
                line_and_column(text, at);
            }
        }
        assert!(report(text, &problems).starts_with("ERROR: <input>:"), "{text}");
    }
}

#[test]
fn random_tokens_are_read_or_refused() {
    let mut random = Random(1);
    for _ in 0..rounds() {
        let text: String = (0..random.below(24)).map(|_| random.one(TOKENS)).collect();
        try_out(&text);
    }
}

#[test]
fn changed_expressions_are_read_or_refused() {
    let mut known: Vec<&str> =
        include_str!("corpus/check.txt").lines().filter_map(|line| line.strip_prefix(">> ")).collect();
    known.extend(include_str!("corpus/eval.txt").lines().filter_map(|line| line.split('\t').next()));
    known.extend(include_str!("corpus/cost.txt").lines().filter_map(|line| line.split('\t').next()));
    known.retain(|line| !line.starts_with('#'));
    let mut random = Random(2);
    for _ in 0..rounds() {
        let mut text: Vec<char> = random.one(&known).chars().collect();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len() + 1);
            match random.below(3) {
                0 if at < text.len() => drop(text.remove(at)),
                1 if at < text.len() => {
                    let other = random.below(text.len());
                    text.swap(at, other);
                }
                _ => {
                    let put: Vec<char> = random.one(TOKENS).chars().collect();
                    text.splice(at..at, put);
                }
            }
        }
        try_out(&text.into_iter().collect::<String>());
    }
}

#[test]
fn depth_is_limited() {
    let count = 20_000;
    for (start, end) in
        [("(", ")"), ("[", "]"), ("{1:", "}"), ("-(", ")"), ("size(", ")"), ("true ? 1 : (", ")"), ("x[", "]")]
    {
        try_out(&format!("{}1{}", start.repeat(count), end.repeat(count)));
        try_out(&start.repeat(count));
    }
    for link in [".a", ".f()", "[0]", ".?a", " + 1", " < 1", ".optMap(x, x)", ".all(x, x)", ".map(x, [x])"] {
        let text = format!("self{}", link.repeat(count / link.len()));
        try_out(&text);
        let problems = parse(&text).expect_err("it is too deep");
        let known = ["max recursion depth exceeded", "expression is too large"];
        assert!(problems.iter().any(|problem| known.contains(&problem.message.as_str())), "{link}: {problems:?}");
    }
    let long = vec!["self.a == 1"; 2_000].join(" && ");
    let expr = parse(&long).expect("conjunctions are not deep");
    let scope = Scope::new().with("self", Type::Dyn);
    check(&expr, &scope).expect("it is right");
    #[cfg(feature = "cost")]
    estimate(&expr);
    try_out(&"a".repeat(100_001));
}
