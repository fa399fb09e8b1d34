//! Values of schemas that have several shapes.

use kubist_model::Str;
use kubist_model::reflect::{self, ChoiceField, Merged, Ref, Reflect, Shape, Source, Type, Typed};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::apiextensions::v1::JsonSchemaProps;

/// A schema, or whether anything is allowed: `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the name says what it holds")]
#[doc(alias = "JSONSchemaPropsOrBool")]
pub enum JsonSchemaPropsOrBool {
    /// Whether anything is allowed.
    Bool(bool),
    /// The schema of what is allowed.
    Schema(Box<JsonSchemaProps>),
}

/// One schema for all items, or one for each: `items`.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the name says what it holds")]
#[doc(alias = "JSONSchemaPropsOrArray")]
pub enum JsonSchemaPropsOrArray {
    /// The schema of all items.
    Schema(Box<JsonSchemaProps>),
    /// The schemas of the items by their place.
    Schemas(Vec<JsonSchemaProps>),
}

/// A schema, or names of properties: `dependencies`.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the name says what it holds")]
#[doc(alias = "JSONSchemaPropsOrStringArray")]
pub enum JsonSchemaPropsOrStringArray {
    /// The schema.
    Schema(Box<JsonSchemaProps>),
    /// The names.
    Names(Vec<Str>),
}

impl Default for JsonSchemaPropsOrBool {
    fn default() -> Self {
        Self::Bool(false)
    }
}

impl Default for JsonSchemaPropsOrArray {
    fn default() -> Self {
        Self::Schema(Box::default())
    }
}

impl Default for JsonSchemaPropsOrStringArray {
    fn default() -> Self {
        Self::Names(Vec::new())
    }
}

impl ChoiceField for JsonSchemaPropsOrBool {
    fn proto_numbers(&self) -> &'static [(u32, Shape)] {
        &[(2, Shape::Object), (1, Shape::Bool)]
    }

    fn current(&self) -> (u32, Ref<'_>) {
        (self.number(), self.value())
    }

    fn read_chosen(&mut self, from: &mut dyn Source) -> Merged {
        self.read_value(from)
    }

    fn choose(&mut self, shape: Shape) -> bool {
        *self = match shape {
            Shape::Bool => Self::Bool(false),
            Shape::Object => Self::Schema(Box::default()),
            _ => return false,
        };
        true
    }

    fn shapes(&self) -> &'static str {
        "an object, true or false"
    }
}

impl ChoiceField for JsonSchemaPropsOrArray {
    fn proto_numbers(&self) -> &'static [(u32, Shape)] {
        &[(2, Shape::List), (1, Shape::Object)]
    }

    fn current(&self) -> (u32, Ref<'_>) {
        (self.number(), self.value())
    }

    fn read_chosen(&mut self, from: &mut dyn Source) -> Merged {
        self.read_value(from)
    }

    fn choose(&mut self, shape: Shape) -> bool {
        *self = match shape {
            Shape::List => Self::Schemas(Vec::new()),
            Shape::Object => Self::Schema(Box::default()),
            _ => return false,
        };
        true
    }

    fn shapes(&self) -> &'static str {
        "an object or a list"
    }
}

impl ChoiceField for JsonSchemaPropsOrStringArray {
    fn proto_numbers(&self) -> &'static [(u32, Shape)] {
        &[(2, Shape::List), (1, Shape::Object)]
    }

    fn current(&self) -> (u32, Ref<'_>) {
        (self.number(), self.value())
    }

    fn read_chosen(&mut self, from: &mut dyn Source) -> Merged {
        self.read_value(from)
    }

    fn choose(&mut self, shape: Shape) -> bool {
        *self = match shape {
            Shape::List => Self::Names(Vec::new()),
            Shape::Object => Self::Schema(Box::default()),
            _ => return false,
        };
        true
    }

    fn shapes(&self) -> &'static str {
        "an object or a list"
    }
}

macro_rules! choice {
    ($name:ident { $($variant:ident = $number:literal),* }) => {
        impl $name {
            fn number(&self) -> u32 {
                match self {
                    $(Self::$variant(_) => $number,)*
                }
            }

            fn value(&self) -> Ref<'_> {
                match self {
                    $(Self::$variant(value) => value.view(),)*
                }
            }

            fn read_value(&mut self, from: &mut dyn Source) -> Merged {
                match self {
                    $(Self::$variant(value) => value.read(from),)*
                }
            }
        }

        impl Reflect for $name {
            fn is_absent(&self) -> bool {
                false
            }

            fn view(&self) -> Ref<'_> {
                Ref::Choice(self)
            }

            fn empty() -> Self {
                Self::default()
            }

            fn read(&mut self, from: &mut dyn Source) -> Merged {
                from.choice(self)
            }
        }

        impl Typed for $name {
            const TYPE: Type = Type::Choice(stringify!($name));
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                reflect::serialize_value(self.view(), serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut value = Self::default();
                reflect::deserialize_value(deserializer, |source| source.choice(&mut value))?;
                Ok(value)
            }
        }
    };
}
choice!(JsonSchemaPropsOrBool { Bool = 1, Schema = 2 });
choice!(JsonSchemaPropsOrArray { Schema = 1, Schemas = 2 });
choice!(JsonSchemaPropsOrStringArray { Schema = 1, Names = 2 });
