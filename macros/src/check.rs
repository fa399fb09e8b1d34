//! The rules of the API server, checked on the values that the user wrote.

use kubist_naming::{self as naming, NameError};

use crate::diag::{Errors, Spanned, instead, list};
use crate::model::{Column, Field, Model, Part, Rule, Scale};
use crate::rules;

/// The types that a printer column may have.
const COLUMN_TYPES: &[&str] = &["string", "integer", "number", "boolean", "date"];
/// The formats that a printer column may have.
const COLUMN_FORMATS: &[&str] = &["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];
/// Checks everything that can be checked without knowing the types of the fields.
///
/// Source: [`ValidateCustomResourceDefinition`](https://github.com/kubernetes/apiextensions-apiserver/blob/v0.37.2/pkg/apis/apiextensions/validation/validation.go).
pub(crate) fn check(model: &Model<'_>, errors: &mut Errors) {
    missing(model, errors);
    names(model, errors);
    if model.shaped {
        fields(model, errors);
        for column in &model.columns {
            self::column(model, column, errors);
        }
        model.scale.iter().for_each(|scale| self::scale(model, scale, errors));
        selectable(model, errors);
        deprecation(model, errors);
        labels(model, errors);
        model.rules.iter().for_each(|rule| self::rule(model, rule, errors));
    }
}

fn missing(model: &Model<'_>, errors: &mut Errors) {
    if !model.has_attr {
        let message = format!(
            "`{}` does not say which kind it is: add `#[resource(group = \"shop.example.com\", version = \"v1\", namespaced)]`",
            model.input.ident
        );
        errors.at(&model.input.ident, message);
        return;
    }
    let given = |key: &str| model.given.iter().any(|given| given == key);
    let mut missing = Vec::new();
    let mut add = Vec::new();
    if !given("group") {
        missing.push("group");
        add.push("`group = \"shop.example.com\"`");
    }
    if !given("version") {
        missing.push("version");
        add.push("`version = \"v1\"`");
    }
    if !missing.is_empty() {
        errors.at_span(model.attr_span, format!("{} missing: add {}", is(&missing), add.join(", ")));
    }
    match (model.namespaced, model.cluster) {
        (None, None) if !given("namespaced") && !given("cluster") => errors.at_span(
            model.attr_span,
            "the scope is missing: add `namespaced` if the objects live in namespaces, else `cluster`",
        ),
        (Some(_), Some(second)) => {
            errors.at_span(
                second,
                "objects live in namespaces or in the whole cluster: keep `namespaced` or `cluster`, not both",
            );
        }
        _ => {}
    }
}

fn is(names: &[&str]) -> String {
    format!("{} {}", list(names.iter().copied()), if names.len() == 1 { "is" } else { "are" })
}

fn names(model: &Model<'_>, errors: &mut Errors) {
    if let Some(group) = &model.group {
        if let Err(error) = naming::api_group(&group.value) {
            errors.at_span(group.span, format!("{error}{}", group_hint(&error)));
        } else if let Some(group_and_plural) = too_long(model) {
            errors.at_span(group.span, group_and_plural);
        } else if naming::is_protected_group(&group.value) && !is_approved(model) {
            errors.at_span(
                group.span,
                format!(
                    "{:?} is a group of Kubernetes, which servers protect: add `annotation(\"api-approved.kubernetes.io\", \"https://…\")` with the address of the approval, or \"unapproved, …\" with the reason",
                    group.value
                ),
            );
        }
    }
    if let Some(version) = &model.version
        && let Err(error) = naming::dns1035_label(&version.value)
    {
        errors.at_span(version.span, format!("{error}{}", version_hint(&error)));
    }
    if !name(&model.kind, naming::kind, errors) {
        // The others follow from it.
        return;
    }
    for other in [&model.plural, &model.singular] {
        name(other, naming::dns1035_label, errors);
    }
    if name(&model.list_kind, naming::kind, errors) && model.list_kind.value == model.kind.value {
        errors.at_span(model.list_kind.span, "the kind of a list must differ from the kind of its items");
    }
    for (key, names) in [("short_names", &model.short_names), ("categories", &model.categories)] {
        for (index, one) in names.iter().enumerate() {
            name(one, naming::dns1035_label, errors);
            if names[..index].iter().any(|before| before.value == one.value) {
                errors.at_span(one.span, format!("{:?} stands twice in `{key}`; keep one", one.value));
            }
        }
    }
}

/// Tells whether the definition says where its group was approved, or why it was not.
fn is_approved(model: &Model<'_>) -> bool {
    let approval = model.version_says.annotations.iter().find(|(key, _)| key.value == "api-approved.kubernetes.io");
    approval.is_some_and(|(_, value)| value.value.starts_with("unapproved") || value.value.contains("://"))
}

fn group_hint(error: &NameError) -> String {
    let group = error.value();
    if ["", "apps", "autoscaling", "batch", "policy"].contains(&group) {
        return "; the kinds of Kubernetes itself are in `kubist::types`".into();
    }
    match group.split_once('/') {
        Some((group, version)) if naming::api_group(group).is_ok() && naming::dns1035_label(version).is_ok() => {
            format!("; write `group = {group:?}, version = {version:?}`")
        }
        _ => meant(error),
    }
}

/// `1` and `V1.0` mean `v1`.
fn version_hint(error: &NameError) -> String {
    let lower = error.value().to_lowercase();
    let digits = lower.trim_start_matches('v');
    let end = digits.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(digits.len());
    let version = format!("v{}", &digits[..end]);
    if naming::version::parse(&version).is_some() { format!("; did you mean {version:?}?") } else { meant(error) }
}

fn name(name: &Spanned<String>, check: fn(&str) -> Result<(), NameError>, errors: &mut Errors) -> bool {
    match check(&name.value) {
        Ok(()) => true,
        Err(error) => {
            errors.at_span(name.span, format!("{error}{}", meant(&error)));
            false
        }
    }
}

fn meant(error: &NameError) -> String {
    error.suggestion().map_or_else(String::new, |better| format!("; did you mean {better:?}?"))
}

fn too_long(model: &Model<'_>) -> Option<String> {
    let name = format!("{}.{}", model.plural.value, model.group.as_ref()?.value);
    let error = naming::dns1123_subdomain(&name).err()?;
    naming::dns1035_label(&model.plural.value).ok()?;
    Some(format!("the definition is called `<plural>.<group>`, but {error}"))
}

fn fields(model: &Model<'_>, errors: &mut Errors) {
    match model.fields.iter().find(|field| field.part == Part::Metadata) {
        Some(field) => {
            if field.optional().is_some() {
                errors.at(field.ty, "write `ObjectMeta`, without `Option`: empty metadata is absent metadata");
            }
        }
        None => match near_metadata(model) {
            Some(field) => errors.at(field.ident, "the field that holds the metadata is called `metadata`"),
            None => {
                errors.at(&model.input.ident, "the object has no metadata: add the field `pub metadata: ObjectMeta`");
            }
        },
    }
    let mut status = model.fields.iter().filter(|field| field.part == Part::Status);
    if let Some(first) = status.next() {
        if first.optional().is_none() {
            let ty = quote::ToTokens::to_token_stream(first.ty).to_string();
            errors.at(first.ty, format!("an object has no status until one is written: make it `Option<{ty}>`"));
        }
        for second in status {
            errors.at(second.ident, format!("`{}` is the status already; an object has one", first.ident));
        }
    }
    for (index, field) in model.fields.iter().enumerate() {
        self::field(field, &model.fields[..index], errors);
    }
}

fn near_metadata<'m>(model: &'m Model<'_>) -> Option<&'m Field<'m>> {
    model.fields.iter().find(|field| {
        let name = field.ident.to_string();
        name == "meta" || naming::nearest(&name, ["metadata"]).is_some()
    })
}

fn field(field: &Field<'_>, before: &[Field<'_>], errors: &mut Errors) {
    if matches!(field.json.as_str(), "apiVersion" | "kind") {
        errors.at(
            field.ident,
            format!(
                "the derive writes and checks `{}` itself: remove the field; `Resource::INFO` has its value",
                field.json
            ),
        );
    }
    if before.iter().any(|other| other.json == field.json && (other.part != field.part || field.part == Part::Other)) {
        errors.at(field.ident, format!("`{}` stands on the wire already; rename one of the two", field.json));
    }
    let place = if field.part == Part::Metadata { "metadata" } else { "status" };
    for key in &field.serde_keys {
        let name = key.value.as_str();
        if name == "flatten" {
            errors.at_span(
                key.span,
                "the fields of the whole object stand in it by name: remove `flatten`, and nest the type",
            );
        } else if field.part != Part::Other
            && !matches!(name, "default" | "skip_serializing_if" | "deserialize_with" | "serialize_with" | "with")
        {
            errors.at_span(key.span, format!("`{place}` has its place in every object: remove `{name}`"));
        } else if name == "rename" && field.ident == "spec" && field.json != "spec" {
            errors.at_span(
                key.span,
                "`spec` has its place in every object: remove `rename`, or call the field as it is called on the wire",
            );
        }
    }
}

fn column(model: &Model<'_>, column: &Column, errors: &mut Errors) {
    if column.name.value.is_empty() {
        errors.at_span(column.name.span, "a column needs a heading, such as \"Ready\"");
    }
    if !column.unchecked {
        path(model, &column.path, None, errors);
    }
    if !COLUMN_TYPES.contains(&column.ty.value.as_str()) {
        let ty = column.ty.value.as_str();
        let hint = match ty {
            "int" | "i32" | "i64" | "u32" | "u64" => "; did you mean `integer`?".to_owned(),
            "bool" => "; did you mean `boolean`?".to_owned(),
            "f32" | "f64" | "float" | "double" => "; did you mean `number`?".to_owned(),
            "time" | "datetime" | "timestamp" => "; did you mean `date`?".to_owned(),
            "str" | "String" | "text" => "; did you mean `string`?".to_owned(),
            _ => instead(ty, COLUMN_TYPES.iter().copied()),
        };
        errors.at_span(column.ty.span, format!("a column cannot have the type `{ty}`{hint}"));
    }
    if let Some(format) = &column.format
        && !COLUMN_FORMATS.contains(&format.value.as_str())
    {
        let hint = instead(&format.value, COLUMN_FORMATS.iter().copied());
        errors.at_span(format.span, format!("a column cannot have the format `{}`{hint}", format.value));
    }
    if let Some(priority) = column.priority.as_ref().filter(|priority| priority.value < 0) {
        errors.at_span(priority.span, "a priority is 0 for columns that are always shown, or more for `-o wide`");
    }
}

/// The most fields that lists may be selected by.
const MOST_SELECTABLE: usize = 8;

fn selectable(model: &Model<'_>, errors: &mut Errors) {
    let fields = &model.version_says.selectable_fields;
    for (index, field) in fields.iter().enumerate() {
        path(model, field, None, errors);
        if field.value.starts_with(".metadata") {
            errors.at_span(
                field.span,
                "`metadata.name` and `metadata.namespace` are selectable in every kind, and nothing else of the metadata is: remove it",
            );
        } else if fields[..index].iter().any(|before| before.value == field.value) {
            errors.at_span(field.span, format!("{:?} stands twice in `selectable_fields`; keep one", field.value));
        }
    }
    if let Some(field) = fields.get(MOST_SELECTABLE) {
        errors.at_span(field.span, format!("a kind has at most {MOST_SELECTABLE} selectable fields: remove some"));
    }
}

fn deprecation(model: &Model<'_>, errors: &mut Errors) {
    let Some(warning) = &model.version_says.deprecation_warning else { return };
    let message = if warning.value.is_empty() {
        "say what to use instead, or write `deprecated` alone: the server has words of its own"
    } else if warning.value.len() > 256 {
        "a deprecation warning is at most 256 bytes long"
    } else if warning.value.contains(char::is_control) {
        "a deprecation warning is one line, without tabs"
    } else {
        return;
    };
    errors.at_span(warning.span, message);
}

fn labels(model: &Model<'_>, errors: &mut Errors) {
    let says = &model.version_says;
    for (key, value) in &says.labels {
        name(key, naming::label_key, errors);
        name(value, naming::label_value, errors);
    }
    for (key, _) in &says.annotations {
        name(key, |key| naming::label_key(&key.to_lowercase()), errors);
    }
    for (what, pairs) in [("label", &says.labels), ("annotation", &says.annotations)] {
        for (index, (key, _)) in pairs.iter().enumerate() {
            if pairs[..index].iter().any(|(before, _)| before.value == key.value) {
                errors.at_span(key.span, format!("the {what} {:?} is given twice; keep one", key.value));
            }
        }
    }
}

fn scale(model: &Model<'_>, scale: &Scale, errors: &mut Errors) {
    let counts = "a number stands at the end of this path: write";
    for (value, roots, leaf) in [
        (&scale.spec, &["spec"][..], (counts, "replicas")),
        (&scale.status, &["status"], (counts, "replicas")),
        (&scale.selector, &["spec", "status"], ("a text stands at the end of this path: write", "selector")),
    ] {
        let Some(value) = value else { continue };
        let below = Some((roots, leaf));
        if scale.unchecked {
            start(value, below, errors);
        } else {
            path(model, value, below, errors);
        }
    }
}

fn rule(model: &Model<'_>, rule: &Rule, errors: &mut Errors) {
    rules::check(rule, &rules::of_root(model), errors);
    if let Some(field_path) = &rule.field_path {
        path(model, field_path, None, errors);
    }
}

/// What a path may start with, and what stands at its end: in words, and by an example.
type Below<'a> = Option<(&'a [&'a str], (&'a str, &'a str))>;

/// Checks a path such as `.status.ready` as far as the fields of the root.
fn path(model: &Model<'_>, path: &Spanned<String>, below: Below<'_>, errors: &mut Errors) {
    let Some(first) = start(path, below, errors) else { return };
    let known: Vec<&str> = model.fields.iter().map(|field| field.json.as_str()).chain(["apiVersion", "kind"]).collect();
    if !known.contains(&first) {
        let hint = match first {
            "status" => "; add the field `status: Option<…>`".to_owned(),
            _ => instead(first, known.iter().copied()),
        };
        errors.at_span(path.span, format!("`{}` has no field `{first}`{hint}", model.input.ident));
    }
}

/// Checks how a path is written, and returns the field that it starts with.
fn start<'a>(path: &'a Spanned<String>, below: Below<'_>, errors: &mut Errors) -> Option<&'a str> {
    let text = path.value.as_str();
    let Some(rest) = text.strip_prefix('.') else {
        let hint = if text.is_empty() {
            "such as \".status.ready\"".to_owned()
        } else {
            format!("write \".{}\"", text.trim_start_matches("$.").trim_start_matches("self."))
        };
        errors.at_span(path.span, format!("a path starts with a dot: {hint}"));
        return None;
    };
    let first = rest.split(['.', '[']).next().unwrap_or_default();
    if let Some((roots, _)) = below
        && !roots.contains(&first)
    {
        let wanted = roots.iter().map(|root| format!("`.{root}.`")).collect::<Vec<_>>().join(" or ");
        errors.at_span(path.span, format!("this path must start with {wanted}"));
        return None;
    }
    if rest.ends_with('.') || rest.contains("..") {
        errors.at_span(path.span, "a name is missing between two dots, or after the last one");
        return None;
    }
    if let Some((_, (words, leaf))) = below
        && rest == first
    {
        errors.at_span(path.span, format!("{words} \".{first}.{leaf}\""));
        return None;
    }
    Some(first)
}
