//! Validation rules: what a server would refuse in their expressions, told on the literal.

use kubist_cel::{self as cel, Declared, Node, Problem, Scope, Type, What};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Fields, GenericArgument, PathArguments};

use crate::diag::{Errors, Spanned, instead};
use crate::model::{Model, Part as Role, Rule};
use crate::part::{Part, cased, says, value_of};
use crate::pattern;

/// The reasons that a validation rule may give.
const REASONS: &[&str] = &["FieldValueRequired", "FieldValueForbidden", "FieldValueInvalid", "FieldValueDuplicate"];

/// What other languages call a function, and what it is here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("len", "size"),
    ("length", "size"),
    ("count", "size"),
    ("any", "exists"),
    ("every", "all"),
    ("some", "exists"),
    ("reduce", "sum"),
    ("toLower", "lowerAscii"),
    ("toUpper", "upperAscii"),
    ("includes", "contains"),
    ("regex", "matches"),
    ("match", "matches"),
    ("str", "string"),
];

/// Checks a rule over values of a type.
pub(crate) fn check(rule: &Rule, of: &Type, errors: &mut Errors) {
    if rule.expression.value.trim().is_empty() {
        let message = "a rule needs an expression in CEL, such as \"self.spec.min <= self.spec.max\"";
        errors.at_span(rule.expression.span, message);
    } else {
        expressions(rule, of, errors);
    }
    if let Some(message) = rule.message.as_ref().filter(|message| message.value.trim().is_empty()) {
        errors.at_span(message.span, "say what must hold, or remove `message`");
    }
    if let Some(message) = rule.message.as_ref().filter(|message| message.value.contains('\n')) {
        errors.at_span(message.span, "a message is one line; the server refuses line breaks in it");
    }
    if rule.message.is_none() && rule.expression.value.trim().contains('\n') {
        errors.at_span(rule.expression.span, "a rule of several lines needs a `message = \"…\"`");
    }
    if let Some(reason) = &rule.reason
        && !REASONS.contains(&reason.value.as_str())
    {
        let hint = instead(&reason.value, REASONS.iter().copied());
        errors.at_span(reason.span, format!("a rule cannot have the reason `{}`{hint}", reason.value));
    }
}

fn expressions(rule: &Rule, of: &Type, errors: &mut Errors) {
    let old = if rule.optional_old_self { Type::optional(of.clone()) } else { of.clone() };
    let scope = Scope::new().with("self", of.clone()).with("oldSelf", old);
    if let Some(checked) = expression(&rule.expression, &scope, errors) {
        let found = &checked.result;
        if !matches!(found, Type::Bool) && !is_unknown(found) {
            let message = format!("a rule is true or false, and this one is of type `{found}`");
            errors.at_span(rule.expression.span, message);
        }
        if rule.optional_old_self && !checked.reads.contains("oldSelf") {
            let message = "`optional_old_self` is for rules that read `oldSelf`, and this one does not: remove it";
            errors.at_span(rule.expression.span, message);
        }
    }
    let Some(message) = &rule.message_expression else { return };
    if message.value.trim().is_empty() {
        errors.at_span(message.span, "say how the message is made, or remove `message_expression`");
    } else if let Some(checked) = expression(message, &scope, errors)
        && !matches!(checked.result, Type::String)
        && !is_unknown(&checked.result)
    {
        let message_type =
            format!("a message is a text, and this one is of type `{}`: `string(…)` makes it one", checked.result);
        errors.at_span(message.span, message_type);
    }
}

fn is_unknown(of: &Type) -> bool {
    matches!(of, Type::Dyn | Type::Error)
}

/// Parses and checks an expression; tells the first thing that is wrong with it.
fn expression(text: &Spanned<String>, scope: &Scope, errors: &mut Errors) -> Option<cel::Checked> {
    let found = cel::parse(&text.value).and_then(|expr| {
        let checked = cel::check(&expr, scope)?;
        cel::instantiate(&expr).map_err(|problem| vec![problem])?;
        Ok(checked)
    });
    match found {
        Ok(checked) => Some(checked),
        Err(problems) => {
            if let Some(first) = problems.iter().min_by_key(|problem| problem.at) {
                errors.at_span(text.span, told(&text.value, first));
            }
            None
        }
    }
}

/// A problem in the words of the derive, with its place.
fn told(text: &str, problem: &Problem) -> String {
    let words = match &problem.unknown {
        Some(unknown) => {
            let name = &unknown.name;
            let meant = unknown.suggestion.as_ref().map(|meant| format!("; did you mean `{meant}`?"));
            match unknown.what {
                What::Variable => {
                    let known = "; rules know `self` and `oldSelf`".to_owned();
                    format!("there is no variable `{name}`{}", meant.unwrap_or(known))
                }
                What::Function => {
                    let ours = ELSEWHERE.iter().find(|(theirs, _)| theirs == name);
                    let ours = ours.map(|(_, ours)| format!("; write `{ours}`"));
                    format!("there is no function `{name}`{}", meant.or(ours).unwrap_or_default())
                }
                What::Field if ["labels", "annotations", "namespace", "uid"].contains(&name.as_str()) => {
                    format!("there is no field `{name}`; of the metadata, rules see `name` and `generateName` alone")
                }
                What::Field => format!("there is no field `{name}`{}", meant.unwrap_or_default()),
                _ => format!("there is no type `{name}` to make"),
            }
        }
        None if problem.message == "invalid matches argument" => {
            pattern::told(problem.reason.as_deref().unwrap_or_default())
        }
        None => syntax(&problem.message).or_else(|| types(&problem.message)).unwrap_or_else(|| problem.message.clone()),
    };
    match problem.at {
        None => words,
        Some(at) => format!("{}: {words}", place(text, at)),
    }
}

/// Where something stands in a rule.
fn place(text: &str, at: usize) -> String {
    match cel::line_and_column(text, at) {
        (1, column) if !text.contains('\n') => format!("at column {column} of the rule"),
        (line, column) => format!("at line {line}, column {column} of the rule"),
    }
}

/// A mistake of syntax, said of the source.
fn syntax(message: &str) -> Option<String> {
    let message = message.strip_prefix("Syntax error: ")?;
    if let Some(shown) = message.strip_prefix("token recognition error at: ") {
        let read = shown.get(1..shown.len() - 1)?;
        let hint = match read.chars().next() {
            Some('\'' | '"') => "the text that starts here is not closed, or a backslash in it means nothing",
            Some('=') => "write `==` to compare",
            Some('&') => "write `&&`",
            Some('|') => "write `||`",
            _ => return Some(format!("`{}` means nothing here", read.trim())),
        };
        return Some(hint.to_owned());
    }
    if message.starts_with("no viable alternative") {
        return Some("a name is missing behind the dot".to_owned());
    }
    if let Some((missing, before)) = message.strip_prefix("missing ").and_then(|rest| rest.split_once(" at ")) {
        return Some(format!("{} is missing{}", ticks(missing), before_token(before)));
    }
    let (found, expected) = message
        .strip_prefix("mismatched input ")
        .or(message.strip_prefix("extraneous input "))?
        .split_once(" expecting ")?;
    Some(if expected == "<EOF>" {
        format!("{} follows a whole expression: an operator is missing before it, or it is too much", ticks(found))
    } else if expected.contains("IDENTIFIER") {
        format!("a value is missing{}", before_token(found))
    } else {
        let expected = expected.trim_matches(['{', '}']).replace("', '", "' or '");
        format!(
            "{} is missing{}",
            expected.split(" or ").map(ticks).collect::<Vec<_>>().join(" or "),
            before_token(found)
        )
    })
}

/// A mistake of types, said of the source.
fn types(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("found no matching overload for '") {
        let (name, found) = rest.split_once("' applied to '")?;
        let found = found.strip_suffix('\'')?;
        let hint = if found.contains("optional_type") {
            "; `orValue(…)` gives the value of an optional, or another one".to_owned()
        } else {
            takes(name)
        };
        return Some(match operator(name) {
            Some(operator) => format!("`{operator}` does not take `{found}`{hint}"),
            None => format!("`{name}` does not take `{found}`{hint}"),
        });
    }
    if let Some((wanted, found)) =
        message.strip_prefix("expected type '").and_then(|rest| rest.split_once("' but found '"))
    {
        return Some(format!("a `{wanted}` should stand here, and this is of type `{}`", found.strip_suffix('\'')?));
    }
    if let Some(words) = message.strip_prefix("error parsing regexp: ") {
        return Some(pattern::told(words));
    }
    if let Some(to) = message.strip_prefix("type conversion error from 'string' to '") {
        return Some(format!("no `{}` can be made of this text", to.trim_end_matches('\'')));
    }
    if let Some(word) = message.strip_prefix("reserved identifier: ") {
        return Some(format!("`{word}` is a reserved word: take another name"));
    }
    if let Some(rest) = message.strip_prefix("error during formatting: ") {
        return Some(rest.to_owned());
    }
    if let Some(index) = message.strip_prefix("index ").and_then(|rest| rest.strip_suffix(" out of range")) {
        return Some(format!("the text has more places to fill than there are values: {index} is too few"));
    }
    if let Some(counts) = message.strip_prefix("too many arguments supplied to string.format ") {
        return Some(format!("there are more values than places to fill in the text {counts}"));
    }
    Some(match message {
        "invalid duration argument" => {
            "this is no duration: write `1h30m`, with the units `h`, `m`, `s`, `ms`, `us` and `ns`".to_owned()
        }
        "integer overflow" => "this is no number that an `int` holds".to_owned(),
        "unsigned integer overflow" => "this is no number that an `uint` holds".to_owned(),
        "invalid timestamp argument" => "this is no time: write `2026-01-31T12:00:00Z`".to_owned(),
        "invalid argument to has() macro" => "`has` asks for a field: write `has(self.spec.host)`".to_owned(),
        "argument must be a simple name" | "argument is not an identifier" => {
            "a name for the item should stand here, as in `self.hosts.all(host, host != '')`".to_owned()
        }
        _ => return None,
    })
}

/// `_>_` as it is written.
fn operator(name: &str) -> Option<&str> {
    match name {
        "_?_:_" => Some("? :"),
        "_[_]" | "_[?_]" => Some("[ ]"),
        "@in" => Some("in"),
        _ => name.strip_suffix('_').map(|name| name.trim_start_matches('_')),
    }
}

/// What a function takes, if that is soon said.
fn takes(name: &str) -> String {
    let signatures = cel::signatures(name);
    if operator(name).is_some() || signatures.is_empty() || signatures.len() > 3 {
        return String::new();
    }
    let signatures: Vec<String> = signatures.iter().map(|signature| format!("`{signature}`")).collect();
    format!("; there is {}", signatures.join(", "))
}

fn ticks(quoted: &str) -> String {
    format!("`{}`", quoted.strip_prefix('\'').and_then(|quoted| quoted.strip_suffix('\'')).unwrap_or(quoted))
}

fn before_token(token: &str) -> String {
    if token == "'<EOF>'" { " at the end".to_owned() } else { format!(" before {}", ticks(token)) }
}

/// What rules over the whole object see.
pub(crate) fn of_root(model: &Model<'_>) -> Type {
    let name = |field: &str| (field.to_owned(), Type::String);
    let metadata = Declared::object("metadata", [name("name"), name("generateName")]);
    let own = model.fields.iter().filter(|field| field.part != Role::Metadata);
    let own = own.filter_map(|field| Some((cel::escape(&field.json)?, Type::Dyn)));
    let always = [name("apiVersion"), name("kind"), ("metadata".to_owned(), metadata.type_of())];
    Declared::object(&model.kind.value, always.into_iter().chain(own)).type_of()
}

/// Checks the rules of a part.
pub(crate) fn check_part(input: &DeriveInput, part: &Part, errors: &mut Errors) {
    for rule in &part.whole.rules {
        check(rule, &of_part(input), errors);
    }
    let Data::Struct(item) = &input.data else { return };
    for (index, sayings) in &part.fields {
        let of = item.fields.iter().nth(*index).map_or(Type::Dyn, of_field);
        for rule in &sayings.rules {
            check(rule, &of, errors);
        }
    }
}

/// What rules over a part see: the names of its fields, and their types where those cannot be anything else.
fn of_part(input: &DeriveInput) -> Type {
    let Data::Struct(item) = &input.data else { return Type::Dyn };
    let Fields::Named(fields) = &item.fields else { return Type::Dyn };
    let unclear =
        ["transparent", "from", "try_from", "into", "remote", "with", "schema_with", "tag", "extend", "transform"];
    if says(&input.attrs, &unclear) {
        return Type::Dyn;
    }
    let style = value_of(&input.attrs, &["rename_all"]);
    let style = style.map(|tokens| syn::parse2::<syn::LitStr>(tokens).map(|text| text.value()));
    let Ok(style) = style.transpose() else { return Type::Dyn };
    let mut declared = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        if says(&field.attrs, &["flatten"]) {
            return Type::Dyn;
        }
        let name = match value_of(&field.attrs, &["rename"]).map(syn::parse2::<syn::LitStr>) {
            None => cased(ident.to_string().trim_start_matches("r#"), style.as_deref()),
            Some(Ok(name)) => name.value(),
            Some(Err(_)) => return Type::Dyn,
        };
        if let Some(name) = cel::escape(&name) {
            declared.push((name, of_field(field)));
        }
    }
    Declared::object(&input.ident.to_string(), declared).type_of()
}

/// The type of a field, where it is plain.
pub(crate) fn of_field(field: &syn::Field) -> Type {
    // What is said of the schema may make it another one.
    let is_plain = !field.attrs.iter().any(|attr| attr.path().is_ident("schemars"))
        && !says(&field.attrs, &["with", "serialize_with", "deserialize_with", "flatten"]);
    let says_format = field.attrs.iter().filter(|attr| attr.path().is_ident("resource")).any(|attr| {
        let Ok(inner) = attr.meta.require_list() else { return true };
        let keys = ["format", "embedded_resource", "preserve_unknown_fields"];
        crate::parse::args(inner.tokens.clone(), &mut Errors::unheard())
            .iter()
            .any(|arg| arg.key().is_some_and(|key| keys.iter().any(|known| *key == known)))
    });
    if is_plain && !says_format { of_type(&field.ty) } else { Type::Dyn }
}

/// The type of a value by the name of its Rust type, where that name is one of the language's own.
fn of_type(ty: &syn::Type) -> Type {
    let syn::Type::Path(path) = ty else { return Type::Dyn };
    let Some(last) = path.path.segments.last() else { return Type::Dyn };
    let of = |arguments: &PathArguments, index: usize| match arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.iter().nth(index) {
            Some(GenericArgument::Type(ty)) => of_type(ty),
            _ => Type::Dyn,
        },
        _ => Type::Dyn,
    };
    match last.ident.to_string().as_str() {
        "bool" => Type::Bool,
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => Type::Int,
        "f32" | "f64" => Type::Double,
        "String" => Type::String,
        "Option" | "Box" => of(&last.arguments, 0),
        "Vec" => Type::list(of(&last.arguments, 0)),
        "BTreeMap" | "HashMap" => Type::map(Type::String, of(&last.arguments, 1)),
        _ => Type::Dyn,
    }
}

/// A chain of fields that a rule reads.
pub(crate) struct Read {
    /// `self.spec.replicas`, by the names in JSON.
    pub(crate) path: String,
    pub(crate) place: String,
    pub(crate) span: Span,
}

/// The chains of fields that a rule reads of `self` and `oldSelf`; both start with `self` here.
pub(crate) fn reads(rule: &Rule) -> Vec<Read> {
    let mut found = Vec::new();
    for text in std::iter::once(&rule.expression).chain(&rule.message_expression) {
        let Ok(expr) = cel::parse(&text.value) else { continue };
        let mut chains = Vec::new();
        walk(&expr, rule.optional_old_self, &mut chains);
        for (path, at) in chains {
            found.push(Read { path, place: format!("{}, ", place(&text.value, at)), span: text.span });
        }
    }
    found
}

fn walk(expr: &cel::Expr, is_old_optional: bool, chains: &mut Vec<(String, usize)>) {
    if let Node::Comprehension(fold) = &expr.node
        && [Some(&fold.var), fold.var2.as_ref(), Some(&fold.accumulator)].contains(&Some(&"self".to_owned()))
    {
        // Another `self` from here on.
        return walk(&fold.range, is_old_optional, chains);
    }
    if let Some(path) = chain(expr, is_old_optional) {
        if path.contains('.') {
            chains.push((path, expr.at));
        }
        return;
    }
    for child in expr.children() {
        walk(child, is_old_optional, chains);
    }
}

fn chain(expr: &cel::Expr, is_old_optional: bool) -> Option<String> {
    let (operand, field) = match &expr.node {
        Node::Ident(name) if name == "self" || name == "oldSelf" && !is_old_optional => return Some("self".to_owned()),
        Node::Select(operand, field, _) => (&**operand, field),
        Node::Call(name, None, args) if name == "_?._" => match args.as_slice() {
            [operand, cel::Expr { node: Node::Literal(cel::Literal::String(field)), .. }] => (operand, field),
            _ => return None,
        },
        _ => return None,
    };
    let before = chain(operand, is_old_optional)?;
    let field = cel::unescape(field).filter(|field| !field.contains(['.', '[']))?;
    Some(format!("{before}.{field}"))
}

/// Has the compiler look for the fields of a chain in those of a type.
pub(crate) fn check_of(p: &TokenStream, read: &Read, ty: &syn::Type) -> TokenStream {
    let Read { path, place, span } = read;
    let check = quote_spanned!(*span=> check_read(#place, #path, FIELDS););
    quote! {
        const _: () = {
            #[allow(unused_imports, reason = "for a field whose type is not known")]
            use #p::{Unknown as _, check_read};
            const FIELDS: #p::Option<&'static #p::Fields> = #p::Probe::<#ty>::FIELDS;
            #check
        };
    }
}

/// The same for all rules of a part.
pub(crate) fn checks_of_part(p: &TokenStream, input: &DeriveInput, part: &Part) -> TokenStream {
    let Data::Struct(item) = &input.data else { return TokenStream::new() };
    let ident = &input.ident;
    let whole: syn::Type = syn::parse_quote!(#ident);
    let of_whole = part.whole.rules.iter().flat_map(reads).map(|read| check_of(p, &read, &whole));
    let of_fields = part.fields.iter().flat_map(|(index, sayings)| {
        let field = item.fields.iter().nth(*index).filter(|field| !says(&field.attrs, &["with", "schema_with"]));
        let reads =
            field.into_iter().flat_map(|field| sayings.rules.iter().flat_map(reads).map(|read| (read, &field.ty)));
        reads.map(|(read, ty)| check_of(p, &read, ty)).collect::<Vec<_>>()
    });
    of_whole.chain(of_fields).collect()
}
