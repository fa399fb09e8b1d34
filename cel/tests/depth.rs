//! However deep or long an expression is, nothing runs out of stack. `cargo xtask fuzz cel 600` tries all else.

use kubist_cel::{Scope, Type, check, parse, report};

fn try_out(text: &str) {
    let scope = Scope::new().with("self", Type::Dyn);
    if let Err(problems) = parse(text).and_then(|expr| check(&expr, &scope)) {
        assert!(report(text, &problems).starts_with("ERROR: <input>:"), "{problems:?}");
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
    try_out(&"a".repeat(100_001));
}
