//! Tokens to expressions, by the grammar of CEL with optional syntax and names in backticks.

use crate::ast::{Access, Entry, Expr, Literal, Node};
use crate::escape::SET_ASIDE;
use crate::lexer::{self, Kind, Token};
use crate::literal;
use crate::macros;
use crate::source::Problem;

/// How deep expressions may nest.
pub(crate) const DEEPEST: usize = 250;
/// The most characters of an expression.
const LONGEST: usize = 100_000;

/// What stands for the bracket of an index, among those that are open.
const INDEX: &str = "index";
/// What a value may start with, as errors list it.
const STARTS: &str =
    "'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER";
/// Operators with two sides, from those that bind least.
const RANKS: [&[&str]; 3] = [&["<", "<=", ">=", ">", "==", "!=", "in"], &["+", "-"], &["*", "/", "%"]];

/// Parses an expression and expands its macros.
///
/// # Errors
///
/// Everything that is wrong with its syntax, as far as it could be read.
pub fn parse(text: &str) -> Result<Expr, Vec<Problem>> {
    let length = text.chars().count();
    if length > LONGEST {
        let message = format!("expression code point size exceeds limit: size: {length}, limit {LONGEST}");
        return Err(vec![Problem::whole(message)]);
    }
    let mut problems = Vec::new();
    let tokens = lexer::tokens(text, &mut problems);
    let mut parser = Parser { text, tokens, at: 0, depth: 0, open: Vec::new(), problems };
    let parsed = parser.expr().and_then(|expr| {
        if parser.peek().kind == Kind::End {
            return Ok(expr);
        }
        parser.unexpected_rest()
    });
    match parsed {
        Ok(expr) if parser.problems.is_empty() => Ok(expr),
        _ => Err(parser.problems),
    }
}

/// The problem is already among the parser's.
#[derive(Debug)]
struct Stop;

type Parsed<T = Expr> = Result<T, Stop>;

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    depth: usize,
    /// What closes the brackets that are open; a bracket around one expression counts as `(`.
    open: Vec<&'static str>,
    problems: Vec<Problem>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn peek_at(&self, ahead: usize) -> Token<'a> {
        self.tokens[(self.at + ahead).min(self.tokens.len() - 1)]
    }

    fn take(&mut self) -> Token<'a> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn take_if(&mut self, symbol: &str) -> Option<Token<'a>> {
        self.peek().is(symbol).then(|| self.take())
    }

    fn say(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(Problem::new(at, message));
    }

    fn wrong<T>(&mut self, at: usize, message: impl Into<String>) -> Parsed<T> {
        self.say(at, message);
        Err(Stop)
    }

    fn too_deep<T>(&mut self, message: String) -> Parsed<T> {
        self.problems.push(Problem::whole(message));
        Err(Stop)
    }

    /// Takes a symbol, or says that it is not there; goes on where that is a matter of one token.
    fn expect(&mut self, symbol: &'static str, expected: &str) -> Parsed<()> {
        if self.take_if(symbol).is_some() {
            return Ok(());
        }
        let token = self.peek();
        let shown = token.shown();
        if token.kind != Kind::End && self.peek_at(1).is(symbol) {
            self.say(token.at, format!("Syntax error: extraneous input {shown} expecting {expected}"));
            self.at += 2;
            return Ok(());
        }
        let is_alone = expected.starts_with('\'');
        let follows = if symbol == ":" { starts_value(token) } else { self.may_follow(token) };
        if is_alone && follows {
            self.say(token.at, format!("Syntax error: missing '{symbol}' at {shown}"));
            return Ok(());
        }
        self.wrong(token.at, format!("Syntax error: mismatched input {shown} expecting {expected}"))
    }

    /// Whether a token may stand behind what is closed now.
    fn may_follow(&self, token: Token<'_>) -> bool {
        match self.open.last() {
            None => token.kind == Kind::End,
            Some(&INDEX) => token.is("]"),
            Some(&"(") => token.is(")"),
            Some(close) => token.is(close) || token.is(","),
        }
    }

    /// Something follows a whole expression.
    fn unexpected_rest<T>(&mut self) -> Parsed<T> {
        let token = self.peek();
        let word = if self.peek_at(1).kind == Kind::End { "extraneous" } else { "mismatched" };
        self.wrong(token.at, format!("Syntax error: {word} input {} expecting <EOF>", token.shown()))
    }

    fn built(&mut self, node: Node, at: usize) -> Parsed {
        let expr = Expr::new(node, at);
        if expr.height > DEEPEST { self.too_deep("max recursion depth exceeded".to_owned()) } else { Ok(expr) }
    }

    fn call(&mut self, name: &str, target: Option<Expr>, args: Vec<Expr>, at: usize) -> Parsed {
        match macros::expand(name, target, args, at) {
            Ok((target, args)) => self.built(Node::Call(name.to_owned(), target.map(Box::new), args), at),
            Err(Ok(expanded)) => {
                let Expr { node, at, .. } = *expanded;
                self.built(node, at)
            }
            Err(Err(problem)) => {
                self.problems.push(problem);
                // The rest may hold further mistakes.
                Ok(Expr::literal(Literal::Null, at))
            }
        }
    }

    fn expr(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.too_deep(format!("expression recursion limit exceeded: {DEEPEST}"));
        }
        let condition = self.logic()?;
        let question = self.peek();
        let expr = if question.is("?") { self.choice(condition) } else { Ok(condition) };
        self.depth -= 1;
        expr
    }

    // Functions on the way down are kept apart from those that build, so that each level takes little stack.

    fn choice(&mut self, condition: Expr) -> Parsed {
        let question = self.take();
        let yes = self.logic()?;
        self.expect(":", "':'")?;
        let no = self.expr()?;
        self.call("_?_:_", None, vec![condition, yes, no], question.at)
    }

    fn logic(&mut self) -> Parsed {
        let first = self.operation(0)?;
        if self.peek().is("&&") || self.peek().is("||") { self.terms(first) } else { Ok(first) }
    }

    /// Terms between `||`, of terms between `&&`, as balanced trees.
    fn terms(&mut self, first: Expr) -> Parsed {
        let (mut all, mut ands) = (vec![first], Vec::new());
        let (mut any, mut ors) = (Vec::new(), Vec::new());
        loop {
            while let Some(and) = self.take_if("&&") {
                ands.push(and.at);
                all.push(self.operation(0)?);
            }
            any.push(balanced("_&&_", std::mem::take(&mut all), &std::mem::take(&mut ands)));
            match self.take_if("||") {
                Some(or) => ors.push(or.at),
                None => return Ok(balanced("_||_", any, &ors)),
            }
            all.push(self.operation(0)?);
        }
    }

    /// Comparisons, sums and products, of at least the given rank.
    fn operation(&mut self, least: usize) -> Parsed {
        let mut left = self.unary()?;
        while let Some(rank) = self.rank().filter(|rank| *rank >= least) {
            left = self.operator(left, rank)?;
        }
        Ok(left)
    }

    fn rank(&self) -> Option<usize> {
        let token = self.peek();
        RANKS.iter().position(|symbols| token.kind == Kind::Symbol && symbols.contains(&token.text))
    }

    fn operator(&mut self, left: Expr, rank: usize) -> Parsed {
        let operator = self.take();
        let right = self.operation(rank + 1)?;
        let name = if operator.text == "in" { "@in".to_owned() } else { format!("_{}_", operator.text) };
        self.call(&name, None, vec![left, right], operator.at)
    }

    fn unary(&mut self) -> Parsed {
        let first = self.peek();
        let is_number = matches!(self.peek_at(1).kind, Kind::Int | Kind::Float);
        if first.is("!") || first.is("-") && !is_number { self.signs(first) } else { self.member() }
    }

    fn signs(&mut self, first: Token<'a>) -> Parsed {
        let mut count = 0;
        while self.peek().is(first.text) {
            self.take();
            count += 1;
        }
        let operand = self.member()?;
        let name = if first.text == "!" { "!_" } else { "-_" };
        if count % 2 == 0 { Ok(operand) } else { self.call(name, None, vec![operand], first.at) }
    }

    fn member(&mut self) -> Parsed {
        let mut expr = self.primary()?;
        loop {
            expr = if let Some(dot) = self.take_if(".") {
                self.selected(expr, dot.at)?
            } else if let Some(open) = self.take_if("[") {
                self.indexed(expr, open.at)?
            } else {
                return Ok(expr);
            }
        }
    }

    fn selected(&mut self, operand: Expr, dot: usize) -> Parsed {
        let is_optional = self.take_if("?").is_some();
        let Some(name) = self.field_name(dot) else { return Ok(operand) };
        let text = name.text.trim_matches('`');
        if is_optional {
            let field = Expr::literal(Literal::String(text.to_owned()), name.at);
            return self.built(Node::Call("_?._".to_owned(), None, vec![operand, field]), dot);
        }
        if name.kind == Kind::Ident && self.peek().is("(") {
            let open = self.take();
            let args = self.arguments()?;
            return self.call(name.text, Some(operand), args, open.at);
        }
        self.built(Node::Select(Box::new(operand), text.to_owned(), Access::Read), dot)
    }

    fn indexed(&mut self, operand: Expr, open: usize) -> Parsed {
        let name = if self.take_if("?").is_some() { "_[?_]" } else { "_[_]" };
        let index = self.within(INDEX, Self::expr)?;
        self.expect("]", "']'")?;
        self.call(name, None, vec![operand, index], open)
    }

    /// The name behind a dot. Where there is none, what was read so far may stand without it.
    fn field_name(&mut self, dot: usize) -> Option<Token<'a>> {
        if matches!(self.peek().kind, Kind::Ident | Kind::Quoted) {
            return Some(self.take());
        }
        let token = self.peek();
        let read = &self.text[dot..token.at + token.text.len()];
        self.say(token.at, format!("Syntax error: no viable alternative at input '{}'", read.trim_end()));
        if matches!(token.kind, Kind::Int | Kind::Uint | Kind::Float | Kind::String | Kind::Bytes) {
            self.take();
        }
        None
    }

    /// Reads what stands between brackets.
    fn within<T>(&mut self, close: &'static str, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.open.push(close);
        let read = read(self);
        self.open.pop();
        read
    }

    /// The arguments of a call, with the bracket that closes them.
    fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        if self.take_if(")").is_some() {
            return Ok(Vec::new());
        }
        let args = self.within(")", |parser| {
            let mut args = vec![parser.expr()?];
            while parser.take_if(",").is_some() {
                args.push(parser.expr()?);
            }
            Ok(args)
        })?;
        self.expect(")", "')'")?;
        Ok(args)
    }

    /// What stands between commas, with the bracket that closes it; one comma may stand behind the last item.
    fn items(&mut self, close: &'static str, mut item: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        if self.peek().is(",") && self.peek_at(1).is(close) {
            self.take();
        }
        while self.take_if(close).is_none() {
            self.within(close, &mut item)?;
            if self.take_if(",").is_none() {
                return self.expect(close, &format!("{{'{close}', ','}}"));
            }
            if self.peek().is(",") {
                return self.expect(close, &format!("'{close}'"));
            }
        }
        Ok(())
    }

    fn primary(&mut self) -> Parsed {
        let token = self.peek();
        match token.kind {
            Kind::Ident => return self.named(),
            Kind::Symbol => {}
            Kind::End | Kind::Quoted => return self.no_value(),
            _ => return Ok(self.literal()),
        }
        match token.text {
            "(" => self.nested(),
            "[" => self.list(),
            "{" => self.map(),
            "." if self.peek_at(1).kind == Kind::Ident => self.named(),
            "-" if matches!(self.peek_at(1).kind, Kind::Int | Kind::Float) => Ok(self.literal()),
            "true" | "false" | "null" => Ok(self.literal()),
            _ => self.no_start(),
        }
    }

    fn nested(&mut self) -> Parsed {
        self.take();
        let inner = self.within("(", Self::expr)?;
        self.expect(")", "')'")?;
        Ok(inner)
    }

    /// Something stands where a value should start.
    fn no_start(&mut self) -> Parsed {
        let (token, next) = (self.peek(), self.peek_at(1));
        if token.is(".") {
            return self.wrong(next.at, format!("Syntax error: no viable alternative at input '.{}'", next.text));
        }
        // One token too many before what could have stood here.
        if starts_value(next) {
            let message = format!("Syntax error: extraneous input {} expecting {{{STARTS}}}", token.shown());
            self.say(token.at, message);
            self.take();
            return self.unary();
        }
        self.no_value()
    }

    fn no_value<T>(&mut self) -> Parsed<T> {
        let token = self.peek();
        let before = self.at.checked_sub(1).map(|at| self.tokens[at]);
        let is_call = before.is_some_and(|before| before.is("("))
            && self.at.checked_sub(2).is_some_and(|at| self.tokens[at].kind == Kind::Ident);
        // Where a list of arguments starts, it may also end, and an index may be optional.
        let starts = match before {
            Some(before) if before.is("[") && self.open.last() == Some(&INDEX) => STARTS.replace("'!'", "'!', '?'"),
            _ if is_call => STARTS.replace("'('", "'(', ')'"),
            _ => STARTS.to_owned(),
        };
        self.wrong(token.at, format!("Syntax error: mismatched input {} expecting {{{starts}}}", token.shown()))
    }

    /// A variable, a call, or a message, with or without a leading dot.
    fn named(&mut self) -> Parsed {
        let dot = self.take_if(".");
        let name = self.take();
        let start = dot.map_or(name.at, |dot| dot.at);
        let prefix = if dot.is_some() { "." } else { "" };
        if let Some(open) = self.message_at() {
            return self.message(prefix, name, open);
        }
        if SET_ASIDE.contains(&name.text) {
            self.problems.push(Problem::new(start, format!("reserved identifier: {}", name.text)));
        }
        let full = format!("{prefix}{}", name.text);
        if self.peek().is("(") {
            let open = self.take();
            let args = self.arguments()?;
            return self.call(&full, None, args, open.at);
        }
        Ok(Expr::ident(&full, name.at))
    }

    /// How far ahead a `{` stands that makes the name the type of a message.
    fn message_at(&self) -> Option<usize> {
        let mut ahead = 0;
        while self.peek_at(ahead).is(".") && self.peek_at(ahead + 1).kind == Kind::Ident {
            ahead += 2;
        }
        self.peek_at(ahead).is("{").then_some(ahead)
    }

    fn message(&mut self, prefix: &str, first: Token<'a>, ahead: usize) -> Parsed {
        let mut name = format!("{prefix}{}", first.text);
        for _ in 0..ahead {
            name.push_str(self.take().text);
        }
        let open = self.take();
        let mut fields = Vec::new();
        self.items("}", |parser| {
            parser.take_if("?");
            let start = parser.peek().at;
            let Some(field) = parser.field_name(start) else { return Err(Stop) };
            parser.expect(":", "':'")?;
            fields.push((field.text.trim_matches('`').to_owned(), parser.expr()?));
            Ok(())
        })?;
        self.built(Node::Message(name, fields), open.at)
    }

    fn list(&mut self) -> Parsed {
        let open = self.take();
        let (mut items, mut optional) = (Vec::new(), Vec::new());
        self.items("]", |parser| {
            if parser.take_if("?").is_some() {
                optional.push(items.len());
            }
            items.push(parser.expr()?);
            Ok(())
        })?;
        self.built(Node::List(items, optional), open.at)
    }

    fn map(&mut self) -> Parsed {
        let open = self.take();
        let mut entries = Vec::new();
        self.items("}", |parser| {
            let is_optional = parser.take_if("?").is_some();
            let key = parser.expr()?;
            parser.expect(":", "':'")?;
            entries.push(Entry { key, value: parser.expr()?, is_optional });
            Ok(())
        })?;
        self.built(Node::Map(entries), open.at)
    }

    fn literal(&mut self) -> Expr {
        let first = self.take();
        let is_negative = first.is("-");
        let token = if is_negative { self.take() } else { first };
        let read = match (token.kind, token.text) {
            (Kind::Symbol, "true") => Ok(Literal::Bool(true)),
            (Kind::Symbol, "false") => Ok(Literal::Bool(false)),
            (Kind::Symbol, _) => Ok(Literal::Null),
            (Kind::Int, text) => literal::int(text, is_negative),
            (Kind::Uint, text) => literal::uint(text),
            (Kind::Float, text) => literal::double(text, is_negative),
            (Kind::Bytes, text) => literal::bytes(&text[1..]),
            (_, text) => literal::string(text),
        };
        match read {
            Ok(literal) => Expr::literal(literal, first.at),
            Err(message) => {
                self.say(first.at, message);
                Expr::literal(Literal::Null, first.at)
            }
        }
    }
}

/// Whether a value may start with a token.
fn starts_value(token: Token<'_>) -> bool {
    match token.kind {
        Kind::Symbol => ["[", "{", "(", ".", "-", "!", "true", "false", "null"].contains(&token.text),
        Kind::End | Kind::Quoted => false,
        _ => true,
    }
}

fn balanced(name: &str, mut terms: Vec<Expr>, operators: &[usize]) -> Expr {
    if terms.len() == 1 {
        return terms.remove(0);
    }
    let middle = operators.len() / 2;
    let right = terms.split_off(middle + 1);
    let left = balanced(name, terms, &operators[..middle]);
    let right = balanced(name, right, &operators[middle + 1..]);
    Expr::call(name, vec![left, right], operators[middle])
}
