//! What is written, before it is text.

use super::known::Known;

/// A type of a field.
#[derive(Clone, Debug)]
pub(super) enum Ty {
    /// One of the types of the module, by its number.
    Own(usize),
    /// One that Kubist has.
    Known(&'static Known),
    /// One of the prelude, or of Kubist's root.
    Plain(&'static str),
    List(Box<Ty>),
    Map(Box<Ty>),
    Boxed(Box<Ty>),
}

impl Ty {
    /// Returns the type that Kubist has and that stands in it.
    pub(super) fn known(&self) -> Option<&'static Known> {
        match self {
            Self::Known(known) => Some(known),
            Self::List(inner) | Self::Map(inner) | Self::Boxed(inner) => inner.known(),
            Self::Own(_) | Self::Plain(_) => None,
        }
    }

    /// Returns the type of the module that stands in it, and whether it stands in it as it is.
    pub(super) fn own(&self) -> Option<usize> {
        match self {
            Self::Own(index) => Some(*index),
            Self::List(inner) | Self::Map(inner) | Self::Boxed(inner) => inner.own(),
            Self::Known(_) | Self::Plain(_) => None,
        }
    }
}

/// What stands between the commas of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Arg {
    Flag(&'static str),
    /// `key = value`, the value as Rust writes it.
    Value(&'static str, String),
    List(&'static str, Vec<Arg>),
    /// A value that stands for itself.
    Plain(String),
}

/// A struct or an enum.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) docs: Option<String>,
    /// Lines that say what could not be.
    pub(super) lost: Vec<String>,
    /// `#[resource(…)]`
    pub(super) said: Vec<Arg>,
    pub(super) body: Body,
    /// Who holds it, and by which name of one value.
    pub(super) hints: Vec<Hint>,
    pub(super) described: Use,
}

/// Where a name can come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hint {
    /// The type that has the field.
    pub(super) parent: Option<usize>,
    /// What the field is called, in the words of one value, in Pascal case.
    pub(super) name: String,
}

/// How a type is described where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// By the comment of a field.
    Described(String),
    /// Not at all: a comment of the type would be taken for its description.
    Bare,
    /// As an item of a list or a map, whose description is that of the type.
    Item(String),
}

#[derive(Debug)]
pub(super) enum Body {
    Struct {
        fields: Vec<Field>,
        /// Whether it keeps what it has no name for.
        open: bool,
    },
    Enum(Vec<Variant>),
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) json: String,
    pub(super) ident: String,
    pub(super) ty: Ty,
    pub(super) optional: bool,
    /// Whether the schema requires it; an `Option` can be required where a default fills it.
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) docs: Option<String>,
    pub(super) lost: Vec<String>,
    pub(super) said: Vec<Arg>,
}

/// A variant of an enum: its name and its value.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) ident: String,
    pub(super) value: String,
}
