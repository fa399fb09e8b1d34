//! What a schema declares to expressions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::escape::{escape, is_reserved};
use crate::types::Type;

/// The most bytes of a request.
pub(crate) const MAX_REQUEST: u64 = 3 * 1024 * 1024;

/// A value that a schema declares: its type, and how large it may be.
#[derive(Debug)]
#[non_exhaustive]
pub struct Declared {
    /// What errors call the type.
    pub name: String,
    /// The fields of an object, by the names that expressions use.
    pub fields: BTreeMap<String, Arc<Declared>>,
    /// The items of a list or the values of a map.
    pub item: Option<Arc<Declared>>,
    /// The most items, entries or bytes.
    pub max_elements: u64,
    /// The least bytes that a value takes in JSON.
    pub min_size: u64,
    /// The bound that the schema does not give, so that `max_elements` is what fits into a request.
    pub missing: Option<Bound>,
    kind: Kind,
}

/// A bound of how large a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, missing_docs, reason = "the keywords of a schema")]
pub enum Bound {
    MaxItems,
    MaxLength,
    MaxProperties,
}

impl Bound {
    /// The keyword of a schema.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::MaxItems => "maxItems",
            Self::MaxLength => "maxLength",
            Self::MaxProperties => "maxProperties",
        }
    }
}

#[derive(Clone, Debug)]
enum Kind {
    Plain(Type),
    List,
    Map,
    Object,
}

/// A structural schema, as far as rules are concerned.
pub trait Schema: Copy {
    /// A text of the schema: `type`, `format`.
    fn text(&self, name: &str) -> Option<&str>;
    /// A number: `maxLength`, `maxItems`, `maxProperties`.
    fn number(&self, name: &str) -> Option<i64>;
    /// An extension that is on or off: `x-kubernetes-int-or-string`.
    fn flag(&self, name: &str) -> bool;
    /// A schema within: `items`, `additionalProperties`.
    fn child(&self, name: &str) -> Option<Self>;
    /// The fields.
    fn properties(&self) -> Vec<(String, Self)>;
    /// Whether a field is required.
    fn requires(&self, field: &str) -> bool;
    /// Whether there is a default.
    fn has_default(&self) -> bool;
    /// The bytes of the longest text of an enumeration; none without one.
    fn longest_choice(&self) -> Option<u64>;
}

/// What is read of a schema where an object has a kind and metadata of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an object is a resource or not")]
pub enum Level {
    /// The whole object, or one embedded in another.
    Resource,
    /// Anything within.
    Part,
}

impl Declared {
    /// What a schema declares, or nothing where expressions cannot see its values.
    pub fn of<S: Schema>(schema: S, level: Level) -> Option<Arc<Self>> {
        declare(schema, level, "selfType")
    }

    /// An object whose fields have these types, by the names that expressions use.
    pub fn object(name: &str, fields: impl IntoIterator<Item = (String, Type)>) -> Arc<Self> {
        let fields = fields.into_iter().map(|(field, of)| {
            let declared = Self::plain(&of.to_string(), of, (MAX_REQUEST, None), 1);
            (field, declared)
        });
        let (name, fields) = (name.to_owned(), fields.collect());
        Arc::new(Self { name, fields, item: None, max_elements: 0, min_size: 2, missing: None, kind: Kind::Object })
    }

    /// A field by its name in an expression; words of the language may stand as they are, or escaped.
    pub fn field(&self, name: &str) -> Option<&Arc<Self>> {
        self.fields.get(name).or_else(|| is_reserved(name).then(|| self.fields.get(&format!("__{name}__")))?)
    }

    /// The type of the value.
    pub fn type_of(self: &Arc<Self>) -> Type {
        let item = || self.item.as_ref().map_or(Type::Dyn, Self::type_of);
        match &self.kind {
            Kind::Plain(plain) => plain.clone(),
            Kind::List => Type::list(item()),
            Kind::Map => Type::map(Type::String, item()),
            Kind::Object => Type::Object(Arc::clone(self)),
        }
    }

    /// Whether the value is a map.
    #[cfg(feature = "cost")]
    pub(crate) fn is_map(&self) -> bool {
        matches!(self.kind, Kind::Map)
    }

    fn plain(name: &str, plain: Type, (max_elements, missing): Size, min_size: u64) -> Arc<Self> {
        let (name, fields, item) = (name.to_owned(), BTreeMap::new(), None);
        Arc::new(Self { name, fields, item, max_elements, min_size, missing, kind: Kind::Plain(plain) })
    }

    fn many(name: &str, kind: Kind, item: Arc<Self>, (max_elements, missing): Size) -> Arc<Self> {
        let (name, fields, item) = (name.to_owned(), BTreeMap::new(), Some(item));
        Arc::new(Self { name, fields, item, max_elements, min_size: 2, missing, kind })
    }
}

/// The most elements, and the bound that would say how many, where the schema does not.
type Size = (u64, Option<Bound>);

fn sized(limit: Option<u64>, bound: Bound, otherwise: u64) -> Size {
    (limit.unwrap_or(otherwise), limit.is_none().then_some(bound))
}

fn level_of<S: Schema>(schema: S) -> Level {
    if schema.flag("x-kubernetes-embedded-resource") { Level::Resource } else { Level::Part }
}

fn declare<S: Schema>(schema: S, level: Level, name: &str) -> Option<Arc<Declared>> {
    let most = |name: &str| schema.number(name).map(|limit| u64::try_from(limit).unwrap_or(0));
    let longest = most("maxLength").map(|characters| characters.saturating_mul(4));
    if schema.flag("x-kubernetes-int-or-string") {
        return Some(Declared::plain("dyn", Type::Dyn, sized(longest, Bound::MaxLength, MAX_REQUEST - 2), 1));
    }
    match schema.text("type") {
        // At the root of a resource, the kind and the name can always be read.
        _ if level == Level::Resource => Some(object(schema, level, name)),
        Some("array") => {
            let items = schema.child("items")?;
            let item = declare(items, level_of(items), &format!("{name}.@idx"))?;
            let count = sized(most("maxItems"), Bound::MaxItems, (MAX_REQUEST - 2) / (item.min_size + 1));
            Some(Declared::many("list", Kind::List, item, count))
        }
        Some("object") => {
            let Some(values) = schema.child("additionalProperties") else { return Some(object(schema, level, name)) };
            let value = declare(values, level_of(values), &format!("{name}.@elem"))?;
            let count = sized(most("maxProperties"), Bound::MaxProperties, (MAX_REQUEST - 2) / (value.min_size + 6));
            Some(Declared::many("map", Kind::Map, value, count))
        }
        Some("string") => Some(match schema.text("format") {
            Some("byte") => {
                let size = sized(most("maxLength"), Bound::MaxLength, MAX_REQUEST - 2);
                Declared::plain("bytes", Type::Bytes, size, 2)
            }
            Some("duration") => Declared::plain("duration", Type::Duration, (32, None), 3),
            Some("date") => Declared::plain("timestamp", Type::Timestamp, (12, None), 12),
            Some("date-time") => Declared::plain("timestamp", Type::Timestamp, (32, None), 21),
            _ => {
                let size = sized(longest.or(schema.longest_choice()), Bound::MaxLength, MAX_REQUEST - 2);
                Declared::plain("string", Type::String, size, 2)
            }
        }),
        Some("boolean") => Some(Declared::plain("bool", Type::Bool, (0, None), 4)),
        Some("number") => Some(Declared::plain("double", Type::Double, (0, None), 1)),
        Some("integer") => Some(Declared::plain("int", Type::Int, (0, None), 1)),
        _ => None,
    }
}

fn object<S: Schema>(schema: S, level: Level, name: &str) -> Arc<Declared> {
    let mut fields = BTreeMap::new();
    let mut min_size = 2;
    let mut declare_field = |field: &str, declared: Arc<Declared>, is_required: bool| {
        if is_required {
            min_size += field.len() as u64 + declared.min_size + 4;
        }
        if let Some(escaped) = escape(field) {
            fields.insert(escaped, declared);
        }
    };
    let properties = schema.properties();
    let fills_in = level == Level::Resource && !is_complete(&properties);
    for (field, property) in &properties {
        if fills_in && ["apiVersion", "kind", "metadata"].contains(&field.as_str()) {
            continue;
        }
        if let Some(declared) = declare(*property, level_of(*property), &format!("{name}.{field}")) {
            declare_field(field, declared, schema.requires(field) && !property.has_default());
        }
    }
    if fills_in {
        for field in ["apiVersion", "kind"] {
            let declared = Declared::plain("string", Type::String, (MAX_REQUEST - 2, None), 2);
            declare_field(field, declared, schema.requires(field));
        }
        let metadata = properties.iter().find(|(field, _)| field == "metadata").map(|(_, schema)| *schema);
        declare_field("metadata", metadata_of(metadata, name), schema.requires("metadata"));
    }
    let (name, item) = (name.to_owned(), None);
    Arc::new(Declared { name, fields, item, max_elements: 0, min_size, missing: None, kind: Kind::Object })
}

/// Whether a schema says itself what every resource has.
fn is_complete<S: Schema>(properties: &[(String, S)]) -> bool {
    let is = |properties: &[(String, S)], field: &str, of: &str| {
        properties.iter().any(|(name, schema)| name == field && schema.text("type") == Some(of))
    };
    let metadata = properties.iter().find(|(field, _)| field == "metadata").map(|(_, schema)| schema.properties());
    let metadata = metadata.unwrap_or_default();
    is(properties, "kind", "string")
        && is(properties, "apiVersion", "string")
        && is(properties, "metadata", "object")
        && is(&metadata, "name", "string")
        && is(&metadata, "generateName", "string")
}

/// Of metadata, the name alone can be read, whatever the schema says of it.
fn metadata_of<S: Schema>(metadata: Option<S>, name: &str) -> Arc<Declared> {
    let field = |field: &str, most: i64| {
        let properties = metadata.map(|metadata| metadata.properties()).unwrap_or_default();
        let declared =
            properties.iter().find(|(name, _)| name == field).and_then(|(_, schema)| schema.number("maxLength"));
        let most = declared.filter(|declared| *declared < most).unwrap_or(most);
        let size = (u64::try_from(most).unwrap_or(0) * 4, None);
        (field.to_owned(), Declared::plain("string", Type::String, size, 2))
    };
    let fields = BTreeMap::from([field("name", 253), field("generateName", 252)]);
    let name = format!("{name}.metadata");
    Arc::new(Declared { name, fields, item: None, max_elements: 0, min_size: 2, missing: None, kind: Kind::Object })
}
