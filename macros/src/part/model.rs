//! What `#[resource(…)]` says on a part and on its fields.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Data, DeriveInput, Fields, LitBool, LitFloat, LitInt, LitStr, Meta, Path};

use crate::diag::{Errors, Spanned, instead, list};
use crate::model::{Rule, rule};
use crate::parse::{Arg, args};
use crate::pattern;

/// The keys on a struct or enum.
pub(crate) const WHOLE: &[&str] = &[
    "rule",
    "struct_type",
    "preserve_unknown_fields",
    "min_properties",
    "max_properties",
    "one_of",
    "any_of",
    "all_of",
    "not",
    "view_of",
    "crate",
];
/// The keys on a field.
pub(crate) const FIELD: &[&str] = &[
    "rule",
    "immutable",
    "list_type",
    "map_keys",
    "map_type",
    "struct_type",
    "minimum",
    "maximum",
    "exclusive_minimum",
    "exclusive_maximum",
    "multiple_of",
    "min_length",
    "max_length",
    "min_items",
    "max_items",
    "min_properties",
    "max_properties",
    "pattern",
    "format",
    "default",
    "nullable",
    "preserve_unknown_fields",
    "embedded_resource",
    "title",
    "example",
    "allowed",
    "one_of",
    "any_of",
    "all_of",
    "not",
    "items",
    "values",
];
/// The keys in `items(…)` and `values(…)` that a field does not have: it has comments instead.
const INNER: &[&str] = &["description"];
/// What others call it.
const ALIASES: &[(&str, &str)] = &[
    ("min", "minimum"),
    ("max", "maximum"),
    ("validation", "rule"),
    ("cel", "rule"),
    ("regex", "pattern"),
    ("list_map_keys", "map_keys"),
    ("merge_strategy", "list_type"),
    ("unique", "list_type = \"set\""),
    ("enumeration", "allowed"),
    ("inner", "items"),
    ("additional_properties", "values"),
];

/// A value that a keyword of a schema has.
#[derive(Debug)]
pub(crate) enum Said {
    Flag,
    Text(String),
    Texts(Vec<Spanned<String>>),
    Integer(i64),
    Number(f64),
    Truth(bool),
    /// A list or an object, as JSON writes it.
    Json(String),
}

/// A keyword of a schema.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) said: Said,
    /// The place of the value.
    pub(crate) span: Span,
}

/// What is said of a struct or of a field.
#[derive(Debug, Default)]
pub(crate) struct Sayings {
    pub(crate) keywords: Vec<Keyword>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) immutable: bool,
    /// What is said of each item of a list, or of each value of a map.
    pub(crate) items: Option<Box<Sayings>>,
}

impl Sayings {
    pub(crate) fn is_empty(&self) -> bool {
        self.keywords.is_empty() && self.rules.is_empty() && !self.immutable && self.items.is_none()
    }

    pub(crate) fn get(&self, keyword: &str) -> Option<&Keyword> {
        self.keywords.iter().find(|known| known.name == keyword)
    }

    fn has(&self, keyword: &str) -> bool {
        self.get(keyword).is_some()
    }

    fn say(&mut self, name: &'static str, said: Said, span: Span) {
        self.keywords.push(Keyword { name, said, span });
    }
}

/// A part.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) krate: Path,
    pub(crate) whole: Sayings,
    /// The place of each field that something is said of.
    pub(crate) fields: Vec<(usize, Sayings)>,
}

impl Part {
    /// What is said of a field, by its place.
    pub(crate) fn of_field(&self, index: usize) -> Option<&Sayings> {
        self.fields.iter().find(|(known, _)| *known == index).map(|(_, said)| said)
    }
}

/// Reads the attributes.
pub(crate) fn read(input: &DeriveInput, krate: fn() -> Path, errors: &mut Errors) -> Part {
    let mut given = None;
    let mut whole = Sayings::default();
    for arg in arguments(&input.attrs, errors) {
        if arg.key().is_some_and(|key| key == "crate") {
            given = arg.path(errors);
        } else {
            set(&mut whole, &arg, WHOLE, errors);
        }
    }
    let fields = match &input.data {
        Data::Struct(item) => {
            let is_other = super::says(&input.attrs, &["into", "try_from", "from", "with", "schema_with", "remote"]);
            if matches!(item.fields, Fields::Unit) && !is_other {
                errors.at(
                    &input.ident,
                    format!(
                        "a unit struct is `null` in JSON, which no server keeps: write `struct {} {{}}`",
                        input.ident
                    ),
                );
            }
            fields(&item.fields, errors)
        }
        Data::Enum(item) => {
            for variant in &item.variants {
                let attrs = variant.fields.iter().flat_map(|field| &field.attrs).chain(&variant.attrs);
                for attr in attrs.filter(|attr| attr.path().is_ident("resource")) {
                    errors.at(
                        attr.path(),
                        "the variants of an enum share one structure: put `#[resource(…)]` on the enum, or on the fields of a struct in the variant",
                    );
                }
            }
            Vec::new()
        }
        Data::Union(item) => {
            errors.at(item.union_token, "a part of a resource is a struct or an enum, not a union");
            Vec::new()
        }
    };
    Part { krate: given.unwrap_or_else(krate), whole, fields }
}

fn fields(fields: &Fields, errors: &mut Errors) -> Vec<(usize, Sayings)> {
    let mut all = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let mut sayings = Sayings::default();
        let mut first = None;
        for arg in arguments(&field.attrs, errors) {
            first.get_or_insert(arg.span());
            set(&mut sayings, &arg, FIELD, errors);
        }
        let Some(first) = first else { continue };
        keyed(&mut sayings, first, errors);
        if is_flattened(&field.attrs) {
            errors.at_span(
                first,
                "the fields of a flattened struct stand by themselves: put this on the fields of its type",
            );
        }
        if !sayings.is_empty() {
            all.push((index, sayings));
        }
    }
    all
}

/// Makes a list with keys one of the type `map`.
pub(crate) fn keyed(sayings: &mut Sayings, place: Span, errors: &mut Errors) {
    if let Some(keys) = sayings.get("x-kubernetes-list-map-keys").map(|keys| keys.span)
        && !sayings.has("x-kubernetes-list-type")
    {
        sayings.say("x-kubernetes-list-type", Said::Text("map".to_owned()), keys);
    }
    let is_map = sayings
        .get("x-kubernetes-list-type")
        .is_some_and(|keyword| matches!(&keyword.said, Said::Text(text) if text == "map"));
    if is_map != sayings.has("x-kubernetes-list-map-keys") {
        let message = if is_map {
            "`list_type = \"map\"` needs the fields that tell the items apart: add `map_keys(\"name\")`"
        } else {
            "`map_keys` goes with `list_type = \"map\"`: remove the other `list_type`"
        };
        errors.at_span(place, message);
    }
}

fn is_flattened(attrs: &[Attribute]) -> bool {
    attrs.iter().filter(|attr| attr.path().is_ident("serde")).any(|attr| {
        let Ok(inner) = attr.meta.require_list() else { return false };
        args(inner.tokens.clone(), &mut Errors::unheard())
            .iter()
            .any(|arg| arg.key().is_some_and(|key| key == "flatten"))
    })
}

fn arguments(attrs: &[Attribute], errors: &mut Errors) -> Vec<Arg> {
    let mut all = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("resource")) {
        match &attr.meta {
            Meta::List(inner) => all.extend(args(inner.tokens.clone(), errors)),
            other => errors.at(other, "write `#[resource(…)]` with something in it, or remove it"),
        }
    }
    all
}

/// Tells whether a key is one of a field's, or nearly so.
pub(crate) fn is_like_a_key_of_fields(key: &str) -> bool {
    FIELD.contains(&key)
        || crate::model::KEYS.contains(&key)
        || kubist_naming::nearest(key, FIELD.iter().copied()).is_some()
}

/// Takes what is said of a field.
pub(crate) fn of_field(sayings: &mut Sayings, arg: &Arg, errors: &mut Errors) {
    set(sayings, arg, FIELD, errors);
}

/// Takes what is said of a whole struct.
pub(crate) fn of_whole(sayings: &mut Sayings, arg: &Arg, errors: &mut Errors) {
    set(sayings, arg, WHOLE, errors);
}

fn set(sayings: &mut Sayings, arg: &Arg, keys: &'static [&'static str], errors: &mut Errors) {
    let Some(key) = arg.key() else {
        errors.at_span(arg.span(), format!("expected a key; it is one of {}", list(keys.iter().copied())));
        return;
    };
    let name = key.to_string();
    let Some(name) = keys.iter().copied().find(|known| *known == name) else {
        let hint = match ALIASES.iter().find(|alias| alias.0 == name && keys.contains(&first_word(alias.1))) {
            Some((_, ours)) => format!("; write `{ours}`"),
            None if WHOLE.contains(&name.as_str()) || FIELD.contains(&name.as_str()) => {
                let place = if FIELD.contains(&name.as_str()) { "a field" } else { "the struct" };
                format!("; it stands on {place}")
            }
            None if crate::model::KEYS.contains(&name.as_str()) => "; it stands on the resource itself".to_owned(),
            None => instead(&name, keys.iter().copied()),
        };
        errors.at_span(arg.span(), format!("unknown key `{name}`{hint}"));
        return;
    };
    if name == "rule" {
        sayings.rules.extend(rule(arg, errors));
        return;
    }
    if name == "immutable" {
        sayings.immutable = arg.flag(errors).is_some();
        return;
    }
    if name == "items" || name == "values" {
        if sayings.items.is_some() {
            errors.at(key, format!("`{name}` is given twice; keep one"));
        } else {
            sayings.items = inner(name, arg, errors);
        }
        return;
    }
    let keyword = keyword(name);
    if sayings.has(keyword) {
        errors.at(key, format!("`{name}` is given twice; keep one"));
        return;
    }
    if let Some(said) = said(name, arg, errors) {
        sayings.say(keyword, said, arg.value_span());
    }
}

/// Reads `items(pattern = "^[a-z]+$")`.
fn inner(name: &str, arg: &Arg, errors: &mut Errors) -> Option<Box<Sayings>> {
    let Arg::List(_, tokens) = arg else {
        errors.at_span(arg.span(), format!("`{name}` says something of each: write `{name}(max_length = 63)`"));
        return None;
    };
    let mut sayings = Sayings::default();
    for arg in args(tokens.clone(), errors) {
        match arg.key() {
            Some(key) if INNER.iter().any(|known| key == known) => {
                if let Some(text) = arg.string("A host.", errors) {
                    sayings.say("description", Said::Text(text.value), text.span);
                }
            }
            _ => set(&mut sayings, &arg, FIELD, errors),
        }
    }
    keyed(&mut sayings, arg.span(), errors);
    Some(Box::new(sayings))
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

/// The keyword of the schema.
fn keyword(name: &'static str) -> &'static str {
    match name {
        "list_type" => "x-kubernetes-list-type",
        "map_keys" => "x-kubernetes-list-map-keys",
        "map_type" | "struct_type" => "x-kubernetes-map-type",
        "preserve_unknown_fields" => "x-kubernetes-preserve-unknown-fields",
        "embedded_resource" => "x-kubernetes-embedded-resource",
        "exclusive_minimum" => "exclusiveMinimum",
        "exclusive_maximum" => "exclusiveMaximum",
        "multiple_of" => "multipleOf",
        "min_length" => "minLength",
        "max_length" => "maxLength",
        "min_items" => "minItems",
        "max_items" => "maxItems",
        "min_properties" => "minProperties",
        "max_properties" => "maxProperties",
        "allowed" => "enum",
        "one_of" => "oneOf",
        "any_of" => "anyOf",
        "all_of" => "allOf",
        same => same,
    }
}

fn said(name: &str, arg: &Arg, errors: &mut Errors) -> Option<Said> {
    match name {
        "preserve_unknown_fields" | "embedded_resource" | "nullable" => arg.flag(errors).map(|_| Said::Flag),
        "list_type" => one_of(arg, &["atomic", "set", "map"], errors),
        "map_type" | "struct_type" => one_of(arg, &["atomic", "granular"], errors),
        "map_keys" => {
            let keys = arg.strings("name", errors);
            (!keys.is_empty()).then_some(Said::Texts(keys))
        }
        "pattern" => {
            let text = arg.string("^[a-z]+$", errors)?;
            if let Some(mistake) = pattern::mistake(&text.value) {
                errors.at_span(text.span, mistake);
            }
            Some(Said::Text(text.value))
        }
        "format" => arg.string("date-time", errors).map(|text| Said::Text(text.value)),
        "title" => arg.string("A title", errors).map(|text| Said::Text(text.value)),
        "default" => {
            let said = value(arg).or_else(|| json_of(arg));
            if said.is_none() {
                errors.at_span(arg.value_span(), "`default` is a value as JSON writes it: write `default = 1`");
            }
            said
        }
        "example" => {
            let said = value(arg).or_else(|| json_of(arg));
            if said.is_none() {
                errors.at_span(arg.value_span(), "`example` is a value as JSON writes it: write `example = 1`");
            }
            said
        }
        "allowed" | "one_of" | "any_of" | "all_of" => {
            let said = json_of(arg).filter(|said| matches!(said, Said::Json(text) if text.starts_with('[')));
            if said.is_none() {
                let example = if name == "allowed" { "[1, 2]" } else { "[{\"required\": [\"host\"]}]" };
                errors.at_span(
                    arg.value_span(),
                    format!("`{name}` is a list as JSON writes it: write `{name} = {example}`"),
                );
            }
            said
        }
        "not" => {
            let said = json_of(arg).filter(|said| matches!(said, Said::Json(text) if text.starts_with('{')));
            if said.is_none() {
                let example = "`not = {\"required\": [\"host\"]}`";
                errors.at_span(arg.value_span(), format!("`not` is a schema as JSON writes it: write {example}"));
            }
            said
        }
        "minimum" | "maximum" | "exclusive_minimum" | "exclusive_maximum" | "multiple_of" => {
            let number = value(arg).filter(|said| matches!(said, Said::Integer(_) | Said::Number(_)));
            if number.is_none() {
                errors.at_span(arg.value_span(), format!("`{name}` is a number: write `{name} = 1`"));
            }
            number
        }
        _ => {
            let count = value(arg).filter(|said| matches!(said, Said::Integer(0..)));
            if count.is_none() {
                errors.at_span(arg.value_span(), format!("`{name}` counts: write `{name} = 1`"));
            }
            count
        }
    }
}

fn one_of(arg: &Arg, choices: &[&'static str], errors: &mut Errors) -> Option<Said> {
    let Spanned { value, span } = arg.string(choices[0], errors)?;
    if choices.contains(&value.as_str()) {
        return Some(Said::Text(value));
    }
    errors.at_span(span, format!("there is no such type as `{value}`{}", instead(&value, choices.iter().copied())));
    None
}

/// Reads `key = 1`, `key = -0.5`, `key = "text"` or `key = true`.
fn value(arg: &Arg) -> Option<Said> {
    if let Arg::Value(_, tokens) = arg { literal(tokens) } else { None }
}

/// Reads `key = [1, 2]` or `key = {"a": 1}`.
fn json_of(arg: &Arg) -> Option<Said> {
    if let Arg::Value(_, tokens) = arg { super::json::text(tokens.clone()).map(Said::Json) } else { None }
}

pub(super) fn literal(tokens: &TokenStream) -> Option<Said> {
    if let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) {
        return Some(Said::Text(text.value()));
    }
    if let Ok(truth) = syn::parse2::<LitBool>(tokens.clone()) {
        return Some(Said::Truth(truth.value));
    }
    if let Some(integer) = integer(tokens) {
        #[expect(clippy::cast_precision_loss, reason = "a server reads integers beyond 64 bits as floats, too")]
        return Some(i64::try_from(integer).map_or(Said::Number(integer as f64), Said::Integer));
    }
    let (is_negative, rest) = signed(tokens)?;
    let number = syn::parse2::<LitFloat>(rest).ok()?.base10_parse::<f64>().ok()?;
    Some(Said::Number(if is_negative { -number } else { number }))
}

/// Reads an integer, of the size that JSON may give it.
pub(super) fn integer(tokens: &TokenStream) -> Option<i128> {
    let (is_negative, rest) = signed(tokens)?;
    let number = syn::parse2::<LitInt>(rest).ok()?.base10_parse::<i128>().ok()?;
    Some(if is_negative { -number } else { number })
}

/// Takes the sign from a number.
fn signed(tokens: &TokenStream) -> Option<(bool, TokenStream)> {
    match tokens.to_string().strip_prefix('-') {
        Some(rest) => Some((true, rest.trim().parse().ok()?)),
        None => Some((false, tokens.clone())),
    }
}
