//! What the user said, in typed form: every value with the place where it was written.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, GenericArgument, Lit, Meta, Path, PathArguments, Type};

use crate::conversion::Conversion;
use crate::diag::{Errors, Spanned, instead, list};
use crate::parse::{Arg, args, string};
use crate::part::Sayings;

/// The keys of `#[resource(…)]` on the struct.
pub(crate) const KEYS: &[&str] = &[
    "group",
    "version",
    "kind",
    "namespaced",
    "cluster",
    "plural",
    "singular",
    "list_kind",
    "short_names",
    "categories",
    "column",
    "scale",
    "rule",
    "deprecated",
    "served",
    "storage",
    "label",
    "annotation",
    "selectable_fields",
    "conversion",
    "status_subresource",
    "no_constructor",
    "view_of",
    "preserve_unknown_fields",
    "struct_type",
    "min_properties",
    "max_properties",
    "one_of",
    "any_of",
    "all_of",
    "not",
    "crate",
];

/// What users of other libraries write, and what it is here.
const ALIASES: &[(&str, &str)] = &[
    ("printcolumn", "column"),
    ("printer_column", "column"),
    ("additional_printer_columns", "column"),
    ("validation", "rule"),
    ("cel", "rule"),
    ("cluster_scoped", "cluster"),
    ("scope", "namespaced` or `cluster"),
    ("api_group", "group"),
    ("api_version", "group` and `version"),
    ("resource", "plural"),
    ("subresource", "scale"),
    ("crates", "crate"),
    ("labels", "label"),
    ("annotations", "annotation"),
    ("selectable", "selectable_fields"),
    ("stored", "storage"),
    ("webhook", "conversion(webhook(…))"),
];

/// One derived resource.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that have nothing to do with one another")]
pub(crate) struct Model<'a> {
    pub(crate) input: &'a DeriveInput,
    /// Set once mistakes were found: the expansion then only keeps the user's other code compiling.
    pub(crate) broken: bool,
    pub(crate) serialize: bool,
    pub(crate) deserialize: bool,
    pub(crate) krate: Path,
    /// The place of the first `#[resource]`, or the struct's name where there is none.
    pub(crate) attr_span: Span,
    pub(crate) has_attr: bool,
    /// The keys that stand in `#[resource(…)]`, whether their values could be read or not.
    pub(crate) given: Vec<String>,
    pub(crate) group: Option<Spanned<String>>,
    pub(crate) version: Option<Spanned<String>>,
    pub(crate) kind: Spanned<String>,
    pub(crate) plural: Spanned<String>,
    pub(crate) singular: Spanned<String>,
    pub(crate) list_kind: Spanned<String>,
    pub(crate) namespaced: Option<Span>,
    pub(crate) cluster: Option<Span>,
    pub(crate) short_names: Vec<Spanned<String>>,
    pub(crate) categories: Vec<Spanned<String>>,
    pub(crate) columns: Vec<Column>,
    pub(crate) scale: Option<Scale>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) version_says: VersionSays,
    /// What is said of the schema of the whole object.
    pub(crate) whole: Sayings,
    pub(crate) fields: Vec<Field<'a>>,
    /// Whether the item is a struct with named fields and without parameters.
    pub(crate) shaped: bool,
    /// The first sentence of documentation to the last.
    pub(crate) docs: String,
}

/// What the definition says beside the kind and its schema.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that have nothing to do with one another")]
pub(crate) struct VersionSays {
    pub(crate) deprecated: bool,
    /// What the server tells those who use the version; it has words of its own where this is empty.
    pub(crate) deprecation_warning: Option<Spanned<String>>,
    pub(crate) served: bool,
    pub(crate) storage: bool,
    pub(crate) labels: Vec<(Spanned<String>, Spanned<String>)>,
    pub(crate) annotations: Vec<(Spanned<String>, Spanned<String>)>,
    pub(crate) selectable_fields: Vec<Spanned<String>>,
    /// How objects get from one version to another; of the whole definition.
    pub(crate) conversion: Option<Conversion>,
    pub(crate) constructor: bool,
    /// Whether there is a status subresource, where that does not follow from the fields.
    pub(crate) status_subresource: Option<bool>,
}

impl Default for VersionSays {
    fn default() -> Self {
        Self {
            deprecated: false,
            deprecation_warning: None,
            served: true,
            storage: true,
            labels: Vec::new(),
            annotations: Vec::new(),
            selectable_fields: Vec::new(),
            conversion: None,
            constructor: true,
            status_subresource: None,
        }
    }
}

/// A column that `kubectl get` prints.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: Spanned<String>,
    pub(crate) path: Spanned<String>,
    pub(crate) ty: Spanned<String>,
    pub(crate) format: Option<Spanned<String>>,
    pub(crate) description: Option<Spanned<String>>,
    pub(crate) priority: Option<Spanned<i32>>,
    /// Whether its path is taken as it is.
    pub(crate) unchecked: bool,
}

/// Where the scale subresource finds its numbers.
#[derive(Debug)]
pub(crate) struct Scale {
    pub(crate) spec: Option<Spanned<String>>,
    pub(crate) status: Option<Spanned<String>>,
    pub(crate) selector: Option<Spanned<String>>,
    /// Whether its paths are taken as they are.
    pub(crate) unchecked: bool,
}

/// A validation rule in CEL over the whole object.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) expression: Spanned<String>,
    pub(crate) message: Option<Spanned<String>>,
    pub(crate) message_expression: Option<Spanned<String>>,
    pub(crate) reason: Option<Spanned<String>>,
    pub(crate) field_path: Option<Spanned<String>>,
    pub(crate) optional_old_self: bool,
}

/// What part of the object a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Metadata,
    Status,
    /// `spec`, or whatever else stands at the root, such as the `data` of a config map.
    Other,
}

/// A field of the struct.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) item: &'a syn::Field,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) part: Part,
    /// The name on the wire.
    pub(crate) json: String,
    pub(crate) serde: Vec<&'a Attribute>,
    /// The keys in `#[serde(…)]`, with their places.
    pub(crate) serde_keys: Vec<Spanned<String>>,
    pub(crate) schemars: Vec<&'a Attribute>,
    pub(crate) docs: Vec<&'a Attribute>,
    /// What is said of its schema.
    pub(crate) said: Sayings,
}

impl Field<'_> {
    pub(crate) fn has_serde(&self, keys: &[&str]) -> bool {
        self.serde_keys.iter().any(|key| keys.contains(&key.value.as_str()))
    }

    /// Tells whether the field is `()`, which is an empty object at the root.
    pub(crate) fn is_unit(&self) -> bool {
        matches!(self.ty, Type::Tuple(tuple) if tuple.elems.is_empty()) && !self.has_serde(&["with", "skip"])
    }

    /// Returns `T` where the field is an `Option<T>`.
    pub(crate) fn optional(&self) -> Option<&Type> {
        option_of(self.ty)
    }
}

/// Returns `T` of `Option<T>`, however the path to `Option` is written.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// Reads the attributes and the fields.
pub(crate) fn read<'a>(input: &'a DeriveInput, krate: fn() -> Path, errors: &mut Errors) -> Model<'a> {
    let said = said(input, errors);
    let kind = said.kind.unwrap_or_else(|| Spanned::new(unraw(&input.ident), input.ident.span()));
    // A name that follows from the kind is written where the kind is.
    let follows = |name: fn(&str) -> String| Spanned::new(name(&kind.value), kind.span);
    let attr = input.attrs.iter().find(|attr| attr.path().is_ident("resource"));
    let shaped = shape(input, errors);
    Model {
        broken: false,
        serialize: true,
        deserialize: true,
        krate: said.krate.unwrap_or_else(krate),
        attr_span: attr.map_or(input.ident.span(), |attr| attr.path().span()),
        has_attr: attr.is_some(),
        given: said.given,
        group: said.group,
        version: said.version,
        plural: said.plural.unwrap_or_else(|| follows(kubist_naming::plural)),
        singular: said.singular.unwrap_or_else(|| follows(kubist_naming::singular)),
        list_kind: said.list_kind.unwrap_or_else(|| follows(kubist_naming::list_kind)),
        kind,
        namespaced: said.namespaced,
        cluster: said.cluster,
        short_names: said.short_names,
        categories: said.categories,
        columns: said.columns,
        scale: said.scale,
        rules: said.rules,
        fields: if shaped { fields(input, said.version_says.status_subresource, errors) } else { Vec::new() },
        whole: said.whole,
        version_says: said.version_says,
        shaped,
        docs: docs(&input.attrs),
        input,
    }
}

/// The keys of `#[resource(…)]` as they were given.
#[derive(Default)]
struct Said {
    group: Option<Spanned<String>>,
    version: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    plural: Option<Spanned<String>>,
    singular: Option<Spanned<String>>,
    list_kind: Option<Spanned<String>>,
    namespaced: Option<Span>,
    cluster: Option<Span>,
    short_names: Vec<Spanned<String>>,
    categories: Vec<Spanned<String>>,
    columns: Vec<Column>,
    scale: Option<Scale>,
    rules: Vec<Rule>,
    version_says: VersionSays,
    whole: Sayings,
    krate: Option<Path>,
    given: Vec<String>,
}

fn said(input: &DeriveInput, errors: &mut Errors) -> Said {
    let mut said = Said::default();
    for attr in &input.attrs {
        if attr.path().is_ident("serde") {
            errors.at(
                attr.path(),
                "the derive writes serde for the whole object; put `#[serde(…)]` on fields, or on the types of `spec` and `status`",
            );
        }
        if !attr.path().is_ident("resource") {
            continue;
        }
        let tokens = match &attr.meta {
            Meta::List(inner) => inner.tokens.clone(),
            // What is missing is told with the rest of what is missing.
            Meta::Path(_) => continue,
            Meta::NameValue(pair) => {
                errors.at(pair, "write `#[resource(group = \"…\", version = \"…\", namespaced)]`");
                continue;
            }
        };
        for arg in args(tokens, errors) {
            let Some(key) = arg.key() else {
                errors.at_span(arg.span(), format!("expected a key; it is one of {}", list(KEYS.iter().copied())));
                continue;
            };
            let name = key.to_string();
            if KEYS.contains(&name.as_str()) && !matches!(name.as_str(), "column" | "rule" | "label" | "annotation") {
                if said.given.contains(&name) {
                    errors.at(key, format!("`{name}` is given twice; keep one"));
                    continue;
                }
                said.given.push(name.clone());
            }
            set(&mut said, &name, &arg, errors);
        }
    }
    said
}

fn set(said: &mut Said, name: &str, arg: &Arg, errors: &mut Errors) {
    match name {
        "group" => said.group = arg.string("shop.example.com", errors),
        "version" => said.version = arg.string("v1", errors),
        "kind" => said.kind = arg.string("Website", errors),
        "plural" => said.plural = arg.string("websites", errors),
        "singular" => said.singular = arg.string("website", errors),
        "list_kind" => said.list_kind = arg.string("WebsiteList", errors),
        "namespaced" => said.namespaced = arg.flag(errors),
        "cluster" => said.cluster = arg.flag(errors),
        "short_names" => said.short_names = arg.strings("site", errors),
        "categories" => said.categories = arg.strings("all", errors),
        "column" => said.columns.extend(column(arg, errors)),
        "scale" => said.scale = scale(arg, errors),
        "rule" => said.rules.extend(rule(arg, errors)),
        "crate" => said.krate = arg.path(errors),
        "preserve_unknown_fields" | "struct_type" | "min_properties" | "max_properties" | "one_of" | "any_of"
        | "all_of" | "not" => crate::part::of_whole(&mut said.whole, arg, errors),
        "deprecated" | "served" | "storage" | "label" | "annotation" | "selectable_fields" | "conversion"
        | "no_constructor" | "status_subresource" => {
            version_says(&mut said.version_says, name, arg, errors);
        }
        "status" => errors.at_span(
            arg.span(),
            "`status` follows from the field `status: Option<…>`; to call the field something else, put `#[resource(status)]` on it",
        ),
        _ => {
            let hint = match ALIASES.iter().find(|alias| alias.0 == name) {
                Some((_, ours)) => format!("; write `{ours}`"),
                None => instead(name, KEYS.iter().copied()),
            };
            errors.at_span(arg.span(), format!("unknown key `{name}`{hint}"));
        }
    }
}

fn version_says(says: &mut VersionSays, name: &str, arg: &Arg, errors: &mut Errors) {
    match name {
        "deprecated" => {
            says.deprecated = true;
            if !matches!(arg, Arg::Flag(_)) {
                says.deprecation_warning = arg.string("use v1", errors);
            }
        }
        "served" => says.served = arg.truth(errors).unwrap_or(true),
        "storage" => says.storage = arg.truth(errors).unwrap_or(true),
        "label" => says.labels.extend(pair(arg, "\"app.kubernetes.io/part-of\", \"shop\"", errors)),
        "annotation" => says.annotations.extend(pair(arg, "\"example.com/owner\", \"shop\"", errors)),
        "selectable_fields" => says.selectable_fields = arg.strings(".spec.host", errors),
        "conversion" => says.conversion = crate::conversion::read(arg, errors),
        "status_subresource" => says.status_subresource = arg.truth(errors),
        _ => says.constructor = arg.flag(errors).is_none(),
    }
}

/// Reads `label("key", "value")`.
fn pair(arg: &Arg, example: &str, errors: &mut Errors) -> Option<(Spanned<String>, Spanned<String>)> {
    let key = arg.key()?;
    if let Arg::List(_, tokens) = arg
        && let [Arg::Plain(name), Arg::Plain(value)] = args(tokens.clone(), errors).as_slice()
    {
        return string(name, "\"…\"", errors).zip(string(value, "\"…\"", errors));
    }
    errors.at_span(arg.value_span(), format!("`{key}` needs a key and a value: write `{key}({example})`"));
    None
}

const COLUMN: &str = "column(\"Ready\", \".status.ready\", boolean)";

fn column(arg: &Arg, errors: &mut Errors) -> Option<Column> {
    let Arg::List(key, tokens) = arg else {
        errors.at_span(arg.span(), format!("`column` needs a name, a path and a type: write `{COLUMN}`"));
        return None;
    };
    let (plain, named): (Vec<_>, Vec<_>) = args(tokens.clone(), errors).into_iter().partition(|arg| match arg {
        Arg::Flag(word) => word != "unchecked",
        other => matches!(other, Arg::Plain(_)),
    });
    let [name, path, ty] = plain.as_slice() else {
        let place = plain.get(3).map_or(key.span(), Arg::span);
        errors.at_span(place, format!("`column` needs a name, a path and a type, in this order: write `{COLUMN}`"));
        return None;
    };
    let mut text = |arg: &Arg| {
        if let Arg::Plain(tokens) = arg {
            return string(tokens, "\"…\"", errors);
        }
        errors.at_span(arg.span(), format!("a text stands in quotes: write `{COLUMN}`"));
        None
    };
    let (name, path) = (text(name), text(path));
    let ty = match ty {
        Arg::Flag(word) => Some(Spanned::new(word.to_string(), word.span())),
        other => {
            errors.at_span(other.span(), format!("the type stands without quotes: write `{COLUMN}`"));
            None
        }
    };
    let (mut format, mut description, mut priority) = (None, None, None);
    let mut unchecked = false;
    options(&named, &["priority", "format", "description", "unchecked"], errors, |key, arg, errors| match key {
        "unchecked" => unchecked = arg.flag(errors).is_some(),
        "priority" => priority = arg.integer(1, errors),
        "format" => format = arg.string("date-time", errors),
        _ => description = arg.string("Whether it answers.", errors),
    });
    Some(Column { name: name?, path: path?, ty: ty?, format, description, priority, unchecked })
}

fn scale(arg: &Arg, errors: &mut Errors) -> Option<Scale> {
    const SCALE: &str = "scale(spec = \".spec.replicas\", status = \".status.replicas\")";
    let Arg::List(key, tokens) = arg else {
        errors.at_span(arg.span(), format!("`scale` needs two paths: write `{SCALE}`"));
        return None;
    };
    let mut scale = Scale { spec: None, status: None, selector: None, unchecked: false };
    let args = args(tokens.clone(), errors);
    let mut given = Vec::new();
    options(&args, &["spec", "status", "selector", "unchecked"], errors, |key, arg, errors| {
        given.push(key.to_owned());
        match key {
            "spec" => scale.spec = arg.string(".spec.replicas", errors),
            "status" => scale.status = arg.string(".status.replicas", errors),
            "unchecked" => scale.unchecked = arg.flag(errors).is_some(),
            _ => scale.selector = arg.string(".status.selector", errors),
        }
    });
    let missing: Vec<_> =
        ["spec", "status"].into_iter().filter(|key| !given.iter().any(|given| given == key)).collect();
    // Another key than these is told by itself.
    if !missing.is_empty() && args.iter().all(|arg| arg.key().is_some_and(|key| given.iter().any(|given| key == given)))
    {
        errors.at(key, format!("`scale` misses {}: write `{SCALE}`", list(missing)));
    }
    Some(scale)
}

pub(crate) fn rule(arg: &Arg, errors: &mut Errors) -> Option<Rule> {
    const RULE: &str = "rule(\"self.spec.min <= self.spec.max\", message = \"min must not exceed max\")";
    let Arg::List(key, tokens) = arg else {
        errors.at_span(arg.span(), format!("`rule` needs an expression: write `{RULE}`"));
        return None;
    };
    let args = args(tokens.clone(), errors);
    let Some((Arg::Plain(expression), named)) = args.split_first() else {
        errors.at_span(
            args.first().map_or(key.span(), Arg::span),
            format!("`rule` starts with its expression: write `{RULE}`"),
        );
        return None;
    };
    let expression = string(expression, RULE, errors);
    let (mut message, mut message_expression, mut reason, mut field_path) = (None, None, None, None);
    let mut optional_old_self = false;
    let keys = ["message", "message_expression", "reason", "field_path", "optional_old_self"];
    options(named, &keys, errors, |key, arg, errors| match key {
        "optional_old_self" => optional_old_self = arg.flag(errors).is_some(),
        "message" => message = arg.string("min must not exceed max", errors),
        "message_expression" => message_expression = arg.string("self.spec.max > 9 ? 'too many' : 'too few'", errors),
        "reason" => reason = arg.string("FieldValueInvalid", errors),
        _ => field_path = arg.string(".spec.min", errors),
    });
    Some(Rule { expression: expression?, message, message_expression, reason, field_path, optional_old_self })
}

/// Hands on each `key = value` once, and reports the others.
pub(crate) fn options(args: &[Arg], keys: &[&str], errors: &mut Errors, mut take: impl FnMut(&str, &Arg, &mut Errors)) {
    let mut seen: Vec<String> = Vec::new();
    for arg in args {
        let Some(key) = arg.key() else {
            errors.at_span(arg.span(), format!("expected `key = …`; the key is one of {}", list(keys.iter().copied())));
            continue;
        };
        let name = key.to_string();
        if seen.contains(&name) {
            errors.at(key, format!("`{name}` is given twice; keep one"));
        } else if keys.contains(&name.as_str()) {
            take(&name, arg, errors);
        } else {
            errors.at(key, format!("unknown key `{name}`{}", instead(&name, keys.iter().copied())));
        }
        seen.push(name);
    }
}

/// Tells whether the item has the shape of a resource, and what is wrong with it if not.
fn shape(input: &DeriveInput, errors: &mut Errors) -> bool {
    const WRITE: &str = "write `struct Name { pub metadata: ObjectMeta, pub spec: … }`";
    if !input.generics.params.is_empty() {
        errors.at(
            &input.generics,
            "a resource has no parameters: a kind has one schema; write one struct for each kind, and share the types of their fields",
        );
        return false;
    }
    match &input.data {
        Data::Enum(item) => errors.at(
            item.enum_token,
            format!("a resource is a struct, not an enum: {WRITE}; an enum can stand in its `spec`"),
        ),
        Data::Union(item) => errors.at(item.union_token, format!("a resource is a struct, not a union: {WRITE}")),
        Data::Struct(item) => match &item.fields {
            Fields::Named(_) => return true,
            Fields::Unnamed(fields) => errors.at(fields, format!("the fields of a resource have names: {WRITE}")),
            Fields::Unit => errors.at(&input.ident, format!("a resource has metadata: {WRITE}")),
        },
    }
    false
}

fn fields<'a>(input: &'a DeriveInput, status: Option<bool>, errors: &mut Errors) -> Vec<Field<'a>> {
    let Data::Struct(item) = &input.data else { return Vec::new() };
    item.fields.iter().filter_map(|field| Some(self::field(field, field.ident.as_ref()?, status, errors))).collect()
}

fn field<'a>(field: &'a syn::Field, ident: &'a Ident, status: Option<bool>, errors: &mut Errors) -> Field<'a> {
    let named = |name: &str| field.attrs.iter().filter(|attr| attr.path().is_ident(name)).collect::<Vec<_>>();
    let mut part = match unraw(ident).as_str() {
        "metadata" => Part::Metadata,
        // Without its subresource, it is a field as any other.
        "status" if status != Some(false) => Part::Status,
        _ => Part::Other,
    };
    let mut said = Sayings::default();
    for attr in named("resource") {
        let tokens = attr.meta.require_list().map(|inner| inner.tokens.clone()).unwrap_or_default();
        for arg in args(tokens, errors) {
            match arg.key() {
                Some(key) if key == "status" => {
                    arg.flag(errors);
                    part = Part::Status;
                }
                _ if part == Part::Metadata => {
                    errors.at_span(arg.span(), "Kubernetes has the schema of metadata; put a `rule(…)` on the struct");
                }
                Some(key) if !crate::part::is_like_a_key_of_fields(&key.to_string()) => errors.at_span(
                    arg.span(),
                    "a field takes `#[resource(status)]`, or what is said of its schema, such as `default = 1`; all else stands on the struct",
                ),
                _ => crate::part::of_field(&mut said, &arg, errors),
            }
        }
        crate::part::keyed(&mut said, attr.path().span(), errors);
    }
    crate::part::check_field(&said, field, errors);
    let serde = named("serde");
    let mut serde_keys = Vec::new();
    let mut rename = None;
    for attr in &serde {
        // What serde does not understand is serde's to tell: the attribute goes to it as it is.
        let Ok(inner) = attr.meta.require_list() else { continue };
        for arg in args(inner.tokens.clone(), &mut Errors::unheard()) {
            let Some(key) = arg.key() else { continue };
            if key == "rename"
                && let Arg::Value(_, tokens) = &arg
            {
                rename = syn::parse2::<syn::LitStr>(tokens.clone()).ok().map(|text| text.value());
            }
            serde_keys.push(Spanned::new(key.to_string(), key.span()));
        }
    }
    let json = match (part, rename) {
        (Part::Status, _) => "status".to_owned(),
        (_, Some(name)) => name,
        _ => camel_case(&unraw(ident)),
    };
    Field {
        item: field,
        ident,
        ty: &field.ty,
        part,
        json,
        serde,
        serde_keys,
        schemars: named("schemars"),
        docs: named("doc"),
        said,
    }
}

fn unraw(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// `string_data` → `stringData`, as serde's `rename_all = "camelCase"` does.
pub(crate) fn camel_case(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = !out.is_empty();
        } else if upper {
            out.extend(c.to_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}

/// Joins the lines of documentation comments; a blank line between paragraphs stays.
fn docs(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter(|attr| attr.path().is_ident("doc")).filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join("\n").trim().to_owned()
}
