//! The `CustomResourceDefinition` of a derived resource.

mod check;
mod conversion;
mod diff;
mod install;
mod merge;
mod program;
mod read;
mod uninstall;
mod yaml;

use kubist_model::ResourceInfo;
use kubist_model::schema::structural;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

pub use kubist_model::definition::diff::{Change, Class};
pub use kubist_model::schema::{SchemaError, SchemaProblem};

pub use self::check::check;
#[doc(hidden)]
pub use self::conversion::Conversion;
pub use self::conversion::{CaBundleError, set_ca_bundle};
pub use self::diff::diff;
pub use self::install::{Install, InstallError, Installed, install};
pub use self::merge::{MergeError, merge};
#[doc(hidden)]
pub use self::program::Terminal;
pub use self::program::{Program, main};
pub use self::read::{ReadError, read};
pub use self::uninstall::{Installation, Uninstall, UninstallError, uninstall};
pub use self::yaml::{print, to_yaml};
#[doc(no_inline)]
pub use kubist_types::apiextensions::v1::CustomResourceDefinition;

/// What a definition is made of; the derive writes it as a constant.
#[doc(hidden)]
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct CrdParts {
    /// The description of the kind.
    pub info: fn() -> &'static ResourceInfo,
    /// What the kind is for; may be empty.
    pub description: &'static str,
    /// Printer columns.
    pub columns: &'static [Column],
    /// The scale subresource.
    pub scale: Option<Scale>,
    /// Whether there is a status subresource.
    pub status: bool,
    /// Validation rules over the whole object.
    pub rules: &'static [Rule],
    /// What is said of the version.
    pub version: VersionParts,
    /// The schema of all fields but `apiVersion`, `kind` and `metadata`.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

/// What is said of a version, and of its definition; empty texts are absent.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct VersionParts {
    /// Whether the server warns those who use it.
    pub deprecated: bool,
    /// What the server says then.
    pub deprecation_warning: &'static str,
    /// Whether the server answers for it.
    pub served: bool,
    /// Whether objects are stored in it.
    pub storage: bool,
    /// The paths that field selectors may name.
    pub selectable_fields: &'static [&'static str],
    /// Labels of the definition.
    pub labels: &'static [(&'static str, &'static str)],
    /// Annotations of the definition.
    pub annotations: &'static [(&'static str, &'static str)],
    /// How objects get from one version to another.
    pub conversion: Option<Conversion>,
}

impl VersionParts {
    /// A version of which nothing is said.
    pub const PLAIN: Self = Self {
        deprecated: false,
        deprecation_warning: "",
        served: true,
        storage: true,
        selectable_fields: &[],
        labels: &[],
        annotations: &[],
        conversion: None,
    };
}

impl CrdParts {
    /// The parts of a kind that has a schema and nothing else.
    pub const fn of(info: fn() -> &'static ResourceInfo, schema: fn(&mut SchemaGenerator) -> Schema) -> Self {
        Self {
            info,
            description: "",
            columns: &[],
            scale: None,
            status: false,
            rules: &[],
            version: VersionParts::PLAIN,
            schema,
        }
    }
}

/// A printer column; empty texts are absent.
#[doc(hidden)]
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct Column {
    /// The heading.
    pub name: &'static str,
    /// The path of the value.
    pub path: &'static str,
    /// The type.
    pub ty: &'static str,
    /// The format.
    pub format: &'static str,
    /// What the column shows.
    pub description: &'static str,
    /// 0 for columns that are always shown.
    pub priority: i32,
}

/// Where the scale subresource finds its values; an empty selector is absent.
#[doc(hidden)]
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct Scale {
    /// The wanted number.
    pub spec: &'static str,
    /// The number that there is.
    pub status: &'static str,
    /// The selector of what is scaled.
    pub selector: &'static str,
}

/// A validation rule; empty texts are absent.
#[doc(hidden)]
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it as a constant")]
pub struct Rule {
    /// The expression in CEL.
    pub rule: &'static str,
    /// What the server says when it does not hold.
    pub message: &'static str,
    /// An expression for what the server says.
    pub message_expression: &'static str,
    /// The reason of the error.
    pub reason: &'static str,
    /// The field that the error is about.
    pub field_path: &'static str,
    /// Whether it holds for new objects too, whose `oldSelf` is absent.
    pub optional_old_self: bool,
}

impl Rule {
    /// A rule that says nothing.
    pub const NONE: Self =
        Self { rule: "", message: "", message_expression: "", reason: "", field_path: "", optional_old_self: false };
}

/// Makes a definition; what its schema cannot say takes any value, and is logged as a warning.
#[doc(hidden)]
pub fn crd(parts: &CrdParts) -> CustomResourceDefinition {
    let (definition, checked) = build(parts);
    if let Err(error) = checked {
        tracing::warn!(kind = %(parts.info)().kind, %error, "parts of the schema take any value");
    }
    definition
}

/// Makes a definition, if its schema can say all.
///
/// # Errors
///
/// The parts of the schema that Kubernetes has no words for.
#[doc(hidden)]
pub fn try_crd(parts: &CrdParts) -> Result<CustomResourceDefinition, SchemaError> {
    let (definition, checked) = build(parts);
    checked.map(|()| definition)
}

fn build(parts: &CrdParts) -> (CustomResourceDefinition, Result<(), SchemaError>) {
    let (schema, checked) = schema(parts);
    match serde_json::from_value(definition(parts, schema)) {
        Ok(definition) => (definition, checked),
        // A user's own `x-kubernetes-…` may hold what no definition can.
        Err(error) => {
            let any = json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true });
            let definition = serde_json::from_value(definition(parts, any));
            (definition.expect("nothing of the user's is left in it"), Err(SchemaError::new(".", error.to_string())))
        }
    }
}

/// Makes the definition as it goes over the wire.
fn definition(parts: &CrdParts, schema: Value) -> Value {
    let info = (parts.info)();
    let names = json!({
        "plural": info.plural,
        "singular": info.singular,
        "kind": info.kind,
        "listKind": info.list_kind,
        "shortNames": info.short_names,
        "categories": info.categories,
    });
    let says = &parts.version;
    let paths = says.selectable_fields.iter().map(|path| json!({ "jsonPath": path }));
    let mut version = compact(object([
        ("name", (*info.version).into()),
        ("served", says.served.into()),
        ("storage", says.storage.into()),
        ("deprecationWarning", says.deprecation_warning.into()),
        ("selectableFields", paths.collect()),
        ("schema", object([("openAPIV3Schema", schema)])),
        ("subresources", subresources(parts)),
        ("additionalPrinterColumns", parts.columns.iter().map(column).collect()),
    ]));
    if says.deprecated {
        version["deprecated"] = true.into();
    }
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
    let (labels, annotations): (Map<_, _>, Map<_, _>) = (map(says.labels), map(says.annotations));
    let metadata = json!({
        "name": format!("{}.{}", info.plural, info.group),
        "labels": labels,
        "annotations": annotations,
    });
    let scope = match info.scope {
        kubist_model::Scope::Namespaced => "Namespaced",
        kubist_model::Scope::Cluster => "Cluster",
    };
    let mut spec = object([
        ("group", (*info.group).into()),
        ("names", compact(names)),
        ("scope", scope.into()),
        ("versions", vec![version].into()),
    ]);
    if let Some(conversion) = &says.conversion {
        spec["conversion"] = conversion::value(conversion);
    }
    object([
        ("apiVersion", "apiextensions.k8s.io/v1".into()),
        ("kind", "CustomResourceDefinition".into()),
        ("metadata", compact(metadata)),
        ("spec", spec),
    ])
}

/// What `json!` makes too, by a copy of each value that is one already.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

fn schema(parts: &CrdParts) -> (Value, Result<(), SchemaError>) {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let fields = (parts.schema)(&mut generator);
    let definitions: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    let (mut schema, checked) = structural(fields.as_value(), &definitions);
    if let Some(root) = schema.as_object_mut() {
        // The description of the struct with the fields alone is that of no kind.
        root.remove("description");
        if !parts.description.is_empty() {
            root.insert("description".into(), parts.description.into());
        }
        let properties = root.entry("properties").or_insert_with(|| json!({}));
        if let Some(properties) = properties.as_object_mut() {
            properties.insert("apiVersion".into(), json!({ "type": "string" }));
            properties.insert("kind".into(), json!({ "type": "string" }));
            properties.insert("metadata".into(), json!({ "type": "object" }));
        }
        if !parts.rules.is_empty() {
            root.insert("x-kubernetes-validations".into(), parts.rules.iter().map(rule).collect());
        }
    }
    (schema, checked)
}

fn subresources(parts: &CrdParts) -> Value {
    let mut out = Map::new();
    if parts.status {
        out.insert("status".into(), json!({}));
    }
    if let Some(scale) = &parts.scale {
        let paths = json!({
            "specReplicasPath": scale.spec,
            "statusReplicasPath": scale.status,
            "labelSelectorPath": scale.selector,
        });
        out.insert("scale".into(), compact(paths));
    }
    out.into()
}

fn column(column: &Column) -> Value {
    let mut out = compact(json!({
        "name": column.name,
        "type": column.ty,
        "jsonPath": column.path,
        "format": column.format,
        "description": column.description,
    }));
    if column.priority != 0 {
        out["priority"] = column.priority.into();
    }
    out
}

pub(crate) fn rule(rule: &Rule) -> Value {
    let mut out = compact(json!({
        "rule": rule.rule,
        "message": rule.message,
        "messageExpression": rule.message_expression,
        "reason": rule.reason,
        "fieldPath": rule.field_path,
    }));
    if rule.optional_old_self {
        out["optionalOldSelf"] = true.into();
    }
    out
}

/// Leaves out what is empty.
fn compact(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, value| match value {
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            _ => true,
        });
    }
    value
}

#[cfg(test)]
mod tests;
